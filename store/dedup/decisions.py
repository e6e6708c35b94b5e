"""What people decided about pairs of mentions; it outranks whatever matching finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from copy import copy

from records.errors import DecisionConflictError
from store.dedup.profile import Key

Pair = tuple[Key, Key]


class Decisions:
    """Pairs of mentions that state the same money, and pairs that do not.

    `same` carries over: who says that a is b and b is c says that a is c. So a `different` between
    two mentions holds for all that are the same as either.
    """

    def __init__(self, same: Iterable[Pair] = (), different: Iterable[Pair] = ()) -> None:
        """Take the pairs in any order.

        Raises:
            DecisionConflictError: Two mentions are the same by some decisions, and different by
                another.
        """
        self._parent: dict[Key, Key] = {}
        self._different: dict[Key, set[Key]] = defaultdict(set)
        for one, other in same:
            first, second = sorted((self._root(one), self._root(other)))
            self._parent[second] = first
        for one, other in different:
            left, right = self._root(one), self._root(other)
            if left == right:
                places = " and ".join(f"{sha256[:12]}… at {at}" for sha256, at in (one, other))
                raise DecisionConflictError(
                    f"decisions contradict each other: the mentions in {places} are different by "
                    "one, and the same by others; take one of these decisions back"
                )
            self._different[left].add(right)
            self._different[right].add(left)
        self._members: dict[Key, set[Key]] = defaultdict(set)
        for mention in list(self._parent):
            self._members[self._root(mention)].add(mention)
        self._unheeded: Set[Key] = frozenset()

    def __bool__(self) -> bool:
        """Tell whether anything was decided."""
        return bool(self._parent)

    def party(self, mention: Key) -> Key | None:
        """Return what all mentions have in common that are the same as this one by decision.

        Returns:
            One of them; None where nothing was decided about the mention.
        """
        known = mention in self._parent and mention not in self._unheeded
        return self._root(mention) if known else None

    def members(self, party: Key) -> Set[Key]:
        """Return the mentions of a party."""
        return self._members.get(party, frozenset())

    def without(self, mentions: Iterable[Key]) -> Decisions:
        """Return the same decisions as if nothing had been decided about some mentions."""
        fewer = copy(self)
        fewer._unheeded = frozenset(mentions)  # noqa: SLF001 - of its own kind
        return fewer

    def differ(self, one: Key, other: Key) -> bool:
        """Tell whether two parties are different by decision."""
        return other in self._different.get(one, ())

    def _root(self, mention: Key) -> Key:
        self._parent.setdefault(mention, mention)
        while self._parent[mention] != mention:
            self._parent[mention] = self._parent[self._parent[mention]]
            mention = self._parent[mention]
        return mention


UNDECIDED = Decisions()
