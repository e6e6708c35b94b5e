"""Parts that no text calls parts, and that complete the sum of their whole all the same.

`The £5.9bn will be used for equipment. Some £2.3bn will be spent on tests. A further £1.5bn is set
to be spent on beds.` Where £2.1bn is known to be part of the £5.9bn, what follows comes to the rest
of it, to the penny. To count it beside its whole would count it twice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice

from records.claim import Claim
from store.pots.sums import point_of

Found = tuple[str, ...]
"""Claims that together complete a whole, in the order of the text."""


def unstated_parts(
    told: Iterable[Claim], pots: Collection[str], wholes: Mapping[str, str]
) -> dict[str, str]:
    """Return part to whole, by their ids, for parts that only their sum tells.

    They are the sums of money that follow a mention of the whole in one document, one after the
    other, none of them part of anything, and come exactly to what the stated parts leave of it. A
    whole with one digit, such as £2bn, needs three parts: £1bn and another follow by chance too
    easily. Nothing is told where a sum would complete two wholes, or a whole in two ways.

    Args:
        told: Every claim that documents state, also those that are no pots.
        pots: Those that may be a part or a whole.
        wholes: Part to whole, as texts state them.
    """
    claims = {claim.id: claim for claim in told}
    sums = {name: point_of(claims[name]) for name in pots}
    stated: dict[str, list[Decimal | None]] = defaultdict(list)
    for part, whole in wholes.items():
        stated[whole].append(sums.get(part))
    found: dict[str, set[Found]] = defaultdict(set)
    for order in _orders(claims.values()):
        # What is said again, a part of what is known, or no pot is passed over.
        open_ = [at for at, name in enumerate(order) if name in sums and name not in wholes]
        for at, name in enumerate(order):
            amount, parts = sums.get(name), stated[name]
            if amount is None or None in parts:
                continue
            left = amount - sum((part or Decimal(0) for part in parts), Decimal(0))
            after = (order[place] for place in islice(open_, bisect_right(open_, at), None))
            run = _completing(after, left, claims[name], claims, sums, wholes)
            fewest = 2 if len(amount.normalize().as_tuple().digits) > 1 else 3
            if run and len(run) + len(parts) >= fewest:
                found[name].add(run)
    return _only(found)


def _orders(claims: Iterable[Claim]) -> Iterator[list[str]]:
    """Yield the ids of the claims that each document states, in the order of its text."""
    places: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for claim in claims:
        for one in claim.mentions:
            places[one.provenance.document].append((one.mention.amount.span.start, claim.id))
    for stated in places.values():
        yield [name for _, name in sorted(stated)]


def _completing(
    after: Iterable[str],
    left: Decimal,
    whole: Claim,
    claims: Mapping[str, Claim],
    sums: Mapping[str, Decimal | None],
    wholes: Mapping[str, str],
) -> Found:
    """Return the first of some claims that come to what is left of a whole; empty when none do."""
    apart = {one.to for one in whole.relations} | set(_above(whole.id, wholes))
    found: list[str] = []
    for name in after:
        if left <= 0:
            break
        if name == whole.id or name in found:
            continue
        value, claim = sums[name], claims[name]
        beside = name in apart or any(one.to == whole.id for one in claim.relations)
        if value is None or not 0 < value <= left or beside or claim.currency != whole.currency:
            break
        found.append(name)
        left -= value
    return tuple(found) if left == 0 else ()


def _above(name: str, wholes: Mapping[str, str]) -> Iterator[str]:
    while name in wholes:
        name = wholes[name]
        yield name


def _only(found: Mapping[str, set[Found]]) -> dict[str, str]:
    """Return part to whole, without what could be told in two ways."""
    ways: dict[str, set[str]] = defaultdict(set)
    for whole, runs in found.items():
        for name in {name for run in runs for name in run}:
            ways[name].add(whole)
    return {
        name: whole
        for whole, runs in found.items()
        if len(runs) == 1
        for run in runs
        if all(len(ways[name]) == 1 for name in run)
        for name in run
    }
