"""Where questions about pots reach the matcher: a draft beside the store, two pots beside another.

What is asked here is decided by `store.dedup` as when a document comes in, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, select

from records.claim import StoredMention
from records.document import Document
from records.mention import Mention
from store.dedup.block import Reach, closure, joins, reach
from store.dedup.candidate import Candidate, Key, LocalPot
from store.dedup.decide import cluster
from store.dedup.inside import compare_inside
from store.dedup.linkage import UNSURE
from store.dedup.local import local_pots
from store.dedup.memo import Verdicts
from store.dedup.score import score
from store.dedup.verdict import THRESHOLD, Verdict
from store.matching import DocumentPots, Matching
from store.sentences import sentence_around
from store.tables import claim_mentions, mentions

__all__ = ["THRESHOLD", "Verdict", "joins", "score"]


class ClaimPot(NamedTuple):
    """A stored pot.

    Attributes:
        claim: Row of its claim.
        pot: The pot.
        home: Its document.
    """

    claim: int
    pot: LocalPot
    home: DocumentPots

    @property
    def names(self) -> tuple[str, ...]:
        """Local ids of its mentions, in their order."""
        return tuple(f"m{self.home.placed[one.key].number}" for one in self.pot.candidates)


def pots_of_claims(
    connection: Connection, matching: Matching, claims: Iterable[int]
) -> Iterator[ClaimPot]:
    """Yield the pots of some claims, by their rows, in the order of their documents."""
    rows = connection.execute(
        select(mentions.c.document_id, mentions.c.id, claim_mentions.c.claim_id)
        .join(claim_mentions, claim_mentions.c.mention_id == mentions.c.id)
        .where(claim_mentions.c.claim_id.in_(list(claims)))
        .order_by(mentions.c.document_id)
    ).all()
    claim_of = {row.id: row.claim_id for row in rows}
    for document in dict.fromkeys(row.document_id for row in rows):
        home = matching.pots_of(connection, document)
        for pot in home.pots:
            if claim := claim_of.get(home.placed[pot.key].id):
                yield ClaimPot(claim, pot, home)


class Stored:
    """The stored pots that a draft may know of: those of other bytes, not published after its day.

    Attributes:
        rows: Of the first mentions of the pots that `near` returned, by their keys.
        later: Keys of pots that were left out because they were published later.
    """

    def __init__(self, connection: Connection, matching: Matching, sha256: str, day: date) -> None:
        """Look from a draft of these bytes and this day."""
        self._connection, self._matching = connection, matching
        self._sha256, self._day = sha256, day
        self._near: dict[tuple[Reach, ...], list[LocalPot]] = {}
        self.rows: dict[Key, int] = {}
        self.later: set[Key] = set()

    def near(self, pot: LocalPot) -> list[LocalPot]:
        """Return the stored pots that a pot would be compared with if it were stored too."""
        intervals = reach(pot)
        if intervals not in self._near:
            self._near[intervals] = []
            for home, one in self._matching.near(self._connection, intervals):
                if self._may_know(one):
                    self.rows[one.key] = home.placed[one.key].id
                    self._near[intervals].append(one)
        return self._near[intervals]

    def of_claims(self, claims: Iterable[int]) -> Iterator[ClaimPot]:
        """Yield the pots of some claims."""
        for one in pots_of_claims(self._connection, self._matching, claims):
            if self._may_know(one.pot):
                yield one

    def was_said(self, stored: StoredMention) -> bool:
        """Tell whether a mention is of another text, and not of a later day."""
        origin = stored.provenance
        later = origin.published is not None and origin.published > self._day
        return not later and origin.sha256 != self._sha256

    def _may_know(self, pot: LocalPot) -> bool:
        if pot.published and pot.published > self._day:
            self.later.add(pot.key)
            return False
        return pot.document != self._sha256


def pots_of_draft(document: Document, mentions: Sequence[Mention], day: date) -> list[LocalPot]:
    """Group the mentions of a text that is in no store, as those of a stored one are."""
    return local_pots([_candidate(document, one, day) for one in mentions])


def same_as(own: Sequence[LocalPot], stored: Stored) -> dict[Key, list[LocalPot]]:
    """Group a draft's pots with the stored ones as if it were one more document.

    Returns:
        The stored pots that each of the draft's is grouped with, by the key of the latter.
    """
    verdicts = Verdicts()
    keys = {pot.key for pot in own}

    def neighbours(pot: LocalPot) -> list[LocalPot]:
        return [*own, *stored.near(pot)]

    together = cluster(closure(own, neighbours, verdicts.judge), verdicts)
    group = {pot.key: one.members for one in together for pot in one.members}
    return {pot.key: [one for one in group[pot.key] if one.key not in keys] for pot in own}


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


def explained(left: LocalPot, right: LocalPot) -> Verdict:
    """Judge two pots; of two that one text tells apart, with the reasons for that."""
    verdict = score(left, right)
    if verdict.gate is None or left.document != right.document:
        return verdict
    inside = compare_inside(*sorted((left, right), key=lambda pot: pot.key))
    return replace(verdict, score=inside.score, reasons=inside.reasons)


def retold(pot: LocalPot, candidates: Iterable[Candidate]) -> LocalPot:
    """Return a pot with other mentions; what else is known of it and its document stays."""
    return replace(pot, candidates=tuple(candidates))


def alone(pot: LocalPot, place: int) -> LocalPot:
    """Return one mention of a pot as a pot of its own."""
    first = place == 0
    headline, opens = pot.headline and first, pot.opens and first
    single = replace(pot, headline=headline, opens=opens, matches=())
    return retold(single, [pot.candidates[place]])


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
