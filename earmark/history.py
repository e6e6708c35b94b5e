"""A claim with the claims that its figure was, or has become."""

from __future__ import annotations

from collections.abc import Callable

from records.claim import Claim

MOST = 50
"""Claims followed from one to the next at most."""


def history_of(claim: Claim, find: Callable[[str], Claim]) -> tuple[Claim, ...]:
    """Return a claim with those whose figure it replaces or which replace it, over any steps.

    £250m became £205m and then £190m: three claims, one history.

    Args:
        claim: The claim.
        find: Returns a claim by its id.

    Returns:
        The claim first.
    """
    found = {claim.id: claim}
    waiting = [claim]
    while waiting:
        one = waiting.pop(0)
        replaced = (relation.to for relation in one.relations if relation.type == "replaces")
        for name in (*replaced, *one.replaced_by):
            if name not in found and len(found) < MOST:
                found[name] = find(name)
                waiting.append(found[name])
    return tuple(found.values())
