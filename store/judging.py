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
from store.dedup.candidate import Candidate, LocalPot
from store.dedup.decide import clusters
from store.dedup.graph import Edges, closure
from store.dedup.index import apart_by
from store.dedup.inside import compare_inside, leaves_open
from store.dedup.linkage import MEAN, UNSURE
from store.dedup.local import local_pots
from store.dedup.profile import Key, Profile, profile
from store.dedup.score import TOLD_APART
from store.dedup.score import score as compare
from store.dedup.verdict import THRESHOLD, Verdict
from store.matching import DocumentPots, Matching
from store.sentences import sentence_around
from store.tables import claim_mentions, mentions

__all__ = ["MEAN", "THRESHOLD", "Verdict", "apart_by"]


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
        decisions: What people decided about them.
        rows: Of the first mentions of the pots that `near` returned, by their keys.
        later: Keys of pots that were left out because they were published later.
    """

    def __init__(self, connection: Connection, matching: Matching, sha256: str, day: date) -> None:
        """Look from a draft of these bytes and this day."""
        self._connection, self._matching = connection, matching
        self._sha256, self._day = sha256, day
        self.decisions = matching.told.decisions
        self.rows: dict[Key, int] = {}
        self.later: set[Key] = set()

    def near(self, pot: LocalPot) -> Iterator[LocalPot]:
        """Yield the stored pots that a pot would be compared with if it were stored too."""
        for home, one in self._matching.near(self._connection, pot.profile):
            if self._may_know(one):
                self.rows[one.key] = home.placed[one.key].id
                yield one

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
        if pot.profile.published and pot.profile.published > self._day:
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
    pots = {pot.key: pot for pot in own}

    def neighbours(one: Profile) -> Iterator[Profile]:
        for other in (*own, *stored.near(pots[one.key])):
            pots[other.key] = other
            yield other.profile

    found, edges = closure([pot.profile for pot in own], Edges(neighbours, compare))
    together = clusters([pots[one.key] for one in found], edges, decisions=stored.decisions)
    group = {pot.key: one.members for one in together for pot in one.members}
    keys = {pot.key for pot in own}
    return {pot.key: [one for one in group[pot.key] if one.key not in keys] for pot in own}


def may_be_same(pot: LocalPot, verdict: Verdict) -> bool:
    """Tell whether a pot of a draft could be a stored one that it is not grouped with.

    So it is where the two alone would join, or nearly; where they share words of what the money is
    for, and nothing speaks against it; and where nothing but the amount speaks either way, because
    the draft does not say what the money is for or who gets it.
    """
    if verdict.gate is not None or not verdict.comparable:
        return False
    bare = not (pot.profile.purposes or pot.profile.recipients)
    shared = any(one.code in ("purpose", "topic") for one in verdict.reasons)
    agrees = shared and all(one.weight >= 0 for one in verdict.reasons)
    return verdict.score >= (1 if bare or agrees else THRESHOLD - UNSURE)


def states_the_same(pot: LocalPot, other: LocalPot) -> bool:
    """Tell whether two pots state one number, whatever their words leave open around it."""
    return any(
        figure.currency == there.currency and set(figure.points) & set(there.points)
        for figure in pot.profile.figures
        for there in other.profile.figures
    )


def score(left: LocalPot, right: LocalPot) -> Verdict:
    """Judge two pots; of two that one text tells apart, with the reasons for that."""
    first, second = sorted((left, right), key=lambda pot: pot.key)
    if first.document != second.document:
        return compare(first.profile, second.profile)
    verdict = compare_inside(first, second)
    if verdict.gate or not verdict.comparable or leaves_open(verdict):
        return verdict
    return replace(verdict, gate=TOLD_APART.gate)


def retold(
    pot: LocalPot, candidates: Sequence[Candidate], *, opens: bool | None = None
) -> LocalPot:
    """Return a pot with other mentions; what else is known of it and its document stays.

    Args:
        pot: The pot.
        candidates: In order of their offsets; never empty.
        opens: It holds the document's first amount, at its head; None for as before.
    """
    known = pot.profile
    told = profile(candidates, known.wholes, opens=known.opens if opens is None else opens)
    figures = () if pot.is_common else told.figures
    told = replace(told, figures=figures, surroundings=known.surroundings)
    return replace(pot, candidates=tuple(candidates), profile=told)


def alone(pot: LocalPot, place: int) -> LocalPot:
    """Return one mention of a pot as a pot of its own."""
    first = place == 0
    single = replace(pot, headline=pot.headline and first, matches=())
    return retold(single, [pot.candidates[place]], opens=pot.profile.opens and first)


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
