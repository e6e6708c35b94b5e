"""What people decided about pairs of mentions; it outranks whatever matching finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

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
                raise DecisionConflictError(one, other)
            self._different[left].add(right)
            self._different[right].add(left)

    def __bool__(self) -> bool:
        """Tell whether anything was decided."""
        return bool(self._parent)

    def party(self, mention: Key) -> Key | None:
        """Return what all mentions have in common that are the same as this one by decision.

        Returns:
            One of them; None where nothing was decided about the mention.
        """
        return self._root(mention) if mention in self._parent else None

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
