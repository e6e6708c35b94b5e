"""What people decided about pairs of mentions and their fields, as grouping needs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, func, select

from records.decision import DecidedMention, Decision
from records.mention import Mention
from store.corrections import changes_a_field, corrected
from store.decisions import NOT_TAKEN_BACK, Place, place_of, read_decisions
from store.dedup.candidate import Candidate
from store.dedup.decisions import Decisions
from store.dedup.profile import Key
from store.tables import decision_undos, decisions, redactions

Stamp = tuple[int, int, int]
"""Tells whether anything was decided since: the last decision, how many were taken back, and the
last redaction, which may have emptied some."""


class Told:
    """The decisions that hold.

    A part is not its whole, so `part_of` keeps two mentions apart as `different` does.

    Attributes:
        decisions: Which mentions are the same, and which are not.
    """

    def __init__(self, found: Iterable[Decision] = ()) -> None:
        """Take decisions that hold, of any kind.

        Raises:
            DecisionConflictError: They contradict each other.
        """
        pairs: dict[str, list[tuple[Key, Key]]] = defaultdict(list)
        self._quotes: dict[Key, set[str]] = defaultdict(set)
        self._wholes: dict[Key, list[tuple[int, Key]]] = defaultdict(list)
        self._partners: dict[Key, set[Key]] = defaultdict(set)
        self._corrections: dict[Place, list[Decision]] = defaultdict(list)
        for one in found:
            if changes_a_field(one):
                self._corrections[place_of(one.mention)].append(one)
            if one.other is None or one.word == "not_sure":
                continue
            left, right = self._key(one.mention), self._key(one.other)
            pairs[one.word].append((left, right))
            if one.word == "part_of":
                self._wholes[left].append((int(one.id[1:]), right))
                self._partners[left].add(right)
                self._partners[right].add(left)
        self.decisions = Decisions(pairs["same"], pairs["different"] + pairs["part_of"])

    @property
    def has_parts(self) -> bool:
        """Tell whether anybody said of a mention what it is part of."""
        return bool(self._partners)

    def heeded(self, candidates: Sequence[Candidate]) -> Decisions:
        """Return the decisions as far as they are about these mentions of one document.

        A mention that begins where a decision names one, and has other words, is another.
        """
        others = [one.key for one in candidates if not self._is_meant(one)]
        return self.decisions.without(others) if others else self.decisions

    def corrected(self, document: str, mention: Mention) -> Mention | None:
        """Return a mention as people corrected it; None where nobody did.

        Args:
            document: SHA-256 of its document's bytes.
            mention: As it was read.
        """
        at = mention.amount.span
        return corrected(mention, self._corrections.get((document, at.start, at.text), ()))

    def wholes(self, one: Candidate) -> Iterator[tuple[int, Key]]:
        """Yield what a mention is part of by decision: row of the decision, and the whole."""
        if self._is_meant(one):
            yield from self._wholes.get(one.key, ())

    def partners(self, mentions: Iterable[Key]) -> set[Key]:
        """Return the mentions that are a part or a whole of some by decision."""
        return {other for key in mentions for other in self._partners.get(key, ())}

    def means(self, one: Candidate) -> bool:
        """Tell whether a mention is one that a decision names."""
        return one.key in self._quotes and self._is_meant(one)

    def _is_meant(self, one: Candidate) -> bool:
        return one.quote in self._quotes.get(one.key, (one.quote,))

    def _key(self, mention: DecidedMention) -> Key:
        key = mention.sha256, mention.start
        self._quotes[key].add(mention.quote)
        return key


NOTHING_TOLD = Told()


def stamp(connection: Connection) -> Stamp:
    """Return what changes whenever anything is decided or taken back."""
    last, undone, redacted = connection.execute(_STAMP).one()
    return int(last), int(undone), int(redacted)


_STAMP = select(
    select(func.coalesce(func.max(decisions.c.id), 0)).scalar_subquery(),
    select(func.count()).select_from(decision_undos).scalar_subquery(),
    select(func.coalesce(func.max(redactions.c.id), 0)).scalar_subquery(),
)


def read_told(connection: Connection) -> Told:
    """Return the decisions that hold."""
    return Told(read_decisions(connection, NOT_TAKEN_BACK))
