"""Where questions about pots reach the matcher: a draft beside the store.

What is asked here is decided by `store.dedup` as when a document comes in, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from records.document import Document
from records.mention import Mention
from store.claim_rows import Placed
from store.dedup.block import Reach, closure, reach
from store.dedup.candidate import Candidate, Key, LocalPot
from store.dedup.decide import cluster
from store.dedup.linkage import UNSURE
from store.dedup.local import local_pots
from store.dedup.memo import Verdicts
from store.dedup.verdict import THRESHOLD, Verdict
from store.matching import Matching
from store.sentences import sentence_around


@dataclass(frozen=True)
class Judged:
    """One pot of a draft, and the stored pots that it can meet.

    Attributes:
        pot: Of the draft.
        same: Stored pots that it is grouped with.
        others: All other stored pots that share an amount with it.
    """

    pot: LocalPot
    same: tuple[tuple[LocalPot, Verdict], ...]
    others: tuple[tuple[LocalPot, Verdict], ...]


class Stored:
    """The stored pots that a draft may know of: those of other bytes, not published after its day.

    Attributes:
        later: Keys of pots that were left out because they were published later.
    """

    def __init__(self, connection: Connection, matching: Matching, sha256: str, day: date) -> None:
        """Look from a draft of these bytes and this day."""
        self._connection, self._matching = connection, matching
        self._sha256, self._day = sha256, day
        self._placed: dict[Key, Placed] = {}
        self._known: dict[tuple[Reach, ...], list[LocalPot]] = {}
        self.later: set[Key] = set()

    def near(self, pot: LocalPot) -> list[LocalPot]:
        """Return the stored pots that share an amount with a pot."""
        intervals = reach(pot)
        if intervals not in self._known:
            self._known[intervals] = list(self._look_up(intervals))
        return self._known[intervals]

    def row_of(self, pot: LocalPot) -> int:
        """Return the row of the first mention of a pot that `near` returned."""
        return self._placed[pot.key].id

    def _look_up(self, intervals: Iterable[Reach]) -> Iterator[LocalPot]:
        for home, pot in self._matching.near(self._connection, intervals):
            if pot.document == self._sha256:
                continue
            if pot.published and pot.published > self._day:
                self.later.add(pot.key)
                continue
            self._placed[pot.key] = home.placed[pot.key]
            yield pot


def pots_of_draft(document: Document, mentions: Sequence[Mention], day: date) -> list[LocalPot]:
    """Group the mentions of a text that is in no store, as those of a stored one are."""
    return local_pots([_candidate(document, one, day) for one in mentions])


def judge_draft(own: Sequence[LocalPot], stored: Stored) -> list[Judged]:
    """Compare a draft's pots with the stored ones as if it were one more document."""
    verdicts = Verdicts()
    keys = {pot.key for pot in own}

    def neighbours(pot: LocalPot) -> list[LocalPot]:
        return [*own, *stored.near(pot)]

    together = cluster(closure(own, neighbours, verdicts.judge), verdicts)
    group = {pot.key: one for one in together for pot in one.members}
    found = []
    for pot in own:
        same = [other for other in group[pot.key].members if other.key not in keys]
        taken = {other.key for other in same}
        others = [other for other in stored.near(pot) if other.key not in taken]
        found.append(Judged(pot, _judged(pot, same, verdicts), _judged(pot, others, verdicts)))
    return found


def may_be_same(pot: LocalPot, verdict: Verdict) -> bool:
    """Tell whether a pot of a draft could be a stored one that it is not grouped with.

    So it is where the two alone would join, or nearly; and where nothing but the amount speaks
    either way, because the draft does not say what the money is for or who gets it.
    """
    if verdict.gate is not None or not verdict.comparable:
        return False
    bare = not (pot.purposes or pot.recipients)
    return verdict.score >= (1 if bare else THRESHOLD - UNSURE)


def states_the_same(pot: LocalPot, other: LocalPot) -> bool:
    """Tell whether two pots state one number, whatever their words leave open around it."""
    return any(
        figure.currency == there.currency and set(figure.points) & set(there.points)
        for figure in pot.figures
        for there in other.figures
    )


def _judged(
    pot: LocalPot, others: Iterable[LocalPot], verdicts: Verdicts
) -> tuple[tuple[LocalPot, Verdict], ...]:
    """Return pots with their verdicts, what speaks most for one money first."""
    found = [(other, verdicts.explain(pot, other)) for other in others]
    return tuple(sorted(found, key=lambda one: (one[1].gate or "", -one[1].score, one[0].key)))


def _candidate(document: Document, mention: Mention, day: date) -> Candidate:
    at = mention.amount.span
    start, end = sentence_around(document.text, at.start, at.end)
    return Candidate(
        document=document.sha256,
        mention=mention,
        published=day,
        country=document.country,
        before=document.text[start : at.start],
        after=document.text[at.end : end],
    )
