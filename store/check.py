"""Has this been said before? A draft's amounts held against the claims; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from records.check import Check, DraftDay, Find, Hearing, Link
from records.claim import Claim, StoredMention
from records.document import Document
from records.mention import Amount, Mention
from store.alike import claims_for_the_same, claims_of_the_amount
from store.dedup.candidate import Candidate, LocalPot
from store.documents import count_all, id_of
from store.judging import (
    Stored,
    Verdict,
    may_be_same,
    pots_of_draft,
    same_as,
    score,
    states_the_same,
)
from store.matching import Matching
from store.promise import unsaid
from store.provenance import read_claims
from store.regroup import claims_of_mentions

MOST = 3
"""Claims of one kind that a hearing lists."""
_STATED: tuple[Link, ...] = ("part_of", "in_addition_to", "replaces")


def check_draft(
    connection: Connection,
    matching: Matching,
    document: Document,
    mentions: Sequence[Mention],
    day: DraftDay,
) -> Check:
    """Say of each sum of money in a draft whether the store has it.

    Args:
        connection: In a transaction, for one snapshot.
        matching: Pots of stored documents.
        document: The draft.
        mentions: What it states.
        day: Its day; documents published later are left out.
    """
    stored = Stored(connection, matching, document.sha256, day.value)
    own = pots_of_draft(document, mentions, day.value)
    hearings = tuple(_Hearings(connection, stored, own).all())
    notes = [] if hearings else ["The text states no amount of money."]
    return Check(document, day, hearings, (*notes, *_notes(connection, document, stored, day)))


@dataclass(frozen=True)
class _Lead:
    """A claim, by its row, that a hearing is to list."""

    link: Link
    claim: int
    verdict: Verdict = field(default_factory=Verdict)


class _Hearings:
    """Puts the hearings of one draft together."""

    def __init__(self, connection: Connection, stored: Stored, own: Sequence[LocalPot]) -> None:
        self._connection, self._stored, self._own = connection, stored, own
        same = same_as(own, stored)
        rows = [stored.rows[pot.key] for pots in same.values() for pot in pots]
        claim_of = claims_of_mentions(connection, rows)
        self._same = {
            pot.key: _leads(
                "same", pot, ((claim_of[stored.rows[one.key]], one) for one in same[pot.key])
            )
            for pot in own
        }

    def all(self) -> Iterator[Hearing]:
        for pot in self._own:
            leads, unlisted = self._leads_of(pot)
            first = pot.candidates[0]
            mentions = _mentions([pot])
            yield Hearing(
                mentions=mentions,
                before=first.before,
                after=first.after,
                finds=tuple(self._finds(leads, [mention.amount for mention in mentions])),
                unlisted=unlisted,
                unsaid=unsaid(mentions, _mentions(self._pointed_at(pot, "part_of"))),
            )

    def _leads_of(self, pot: LocalPot) -> tuple[list[_Lead], int]:
        same = self._same[pot.key]
        stated = [*self._stated(pot), *self._of_the_same(same), *self._since(same)]
        if same:
            return [*same, *stated], 0
        near = claims_of_the_amount(self._connection, pot)
        found = [(one.claim, one.pot) for one in self._stored.of_claims(near)]
        every = _leads("possible", pot, found)
        possible = [lead for lead in every if may_be_same(pot, lead.verdict)]
        equal = {claim for claim, other in found if states_the_same(pot, other)}
        others = [
            replace(lead, link="other_money")
            for lead in every
            if lead.claim in equal and lead not in possible
        ]
        listed = {lead.claim for lead in (*stated, *possible, *others)}
        alike = () if possible else claims_for_the_same(self._connection, pot, listed)
        amounts = [_Lead("other_amount", int(claim.id[1:])) for claim in alike]
        leads = [*stated, *possible[:MOST], *amounts[:MOST], *others[:MOST]]
        return leads, len(possible[MOST:]) + len(others[MOST:])

    def _stated(self, pot: LocalPot) -> Iterator[_Lead]:
        """Yield what the draft says of its amount and another one that was heard."""
        for link in _STATED:
            for other in self._pointed_at(pot, link):
                yield from (_Lead(link, lead.claim) for lead in self._same[other.key])

    def _pointed_at(self, pot: LocalPot, link: Link) -> Iterator[LocalPot]:
        """Yield the draft's pots that a pot is said to be part of, on top of, or instead of."""
        stated = (one.mention.relation for one in pot.candidates)
        places = [one.to.start for one in stated if one and one.type == link]
        for other in self._own:
            if other is not pot and any(_holds(other.candidates, at) for at in places):
                yield other

    def _of_the_same(self, same: Iterable[_Lead]) -> Iterator[_Lead]:
        """Yield what the store says of the claims that an amount was held to be."""
        for claim in read_claims(self._connection, [lead.claim for lead in same]):
            heard = {one.id for one in claim.mentions if self._stored.was_said(one)}
            for relation in claim.relations:
                if relation.type in _STATED and not heard.isdisjoint(relation.mentions):
                    yield _Lead(relation.type, int(relation.to[1:]))

    def _since(self, same: Iterable[_Lead]) -> Iterator[_Lead]:
        """Yield what has taken the place of claims, one figure after the other."""
        waiting = [lead.claim for lead in same]
        seen = set(waiting)
        while waiting:
            names = (
                int(name[1:])
                for claim in read_claims(self._connection, waiting)
                for name in claim.replaced_by
            )
            waiting = [claim for claim in dict.fromkeys(names) if claim not in seen]
            seen.update(waiting)
            yield from (_Lead("replaced_by", claim) for claim in waiting)

    def _finds(self, leads: Sequence[_Lead], amounts: Sequence[Amount]) -> Iterator[Find]:
        ids = list(dict.fromkeys(lead.claim for lead in leads))
        claims = {claim.id: claim for claim in read_claims(self._connection, ids)}
        for lead in _once(leads):
            claim = claims[f"c{lead.claim}"]
            heard = [one for one in claim.mentions if self._stored.was_said(one)]
            if not heard:
                continue
            same = [one for one in heard if any(map(one.counted.amount.says_as, amounts))]
            yield Find(
                link=lead.link,
                claim=claim,
                heard=tuple(heard),
                quoted=(same or [one for one in heard if _states(claim, one)] or heard)[0],
                same_figure=bool(same),
                reasons=lead.verdict.reasons,
                why_not=lead.verdict.gate,
            )


def _leads(link: Link, pot: LocalPot, others: Iterable[tuple[int, LocalPot]]) -> list[_Lead]:
    """Return claims, each once, with the verdict that speaks most for it; the likeliest first."""
    judged = [(claim, other.key, score(pot, other)) for claim, other in others]
    judged.sort(key=lambda one: (one[2].gate or "", -one[2].score, one[1]))
    found: dict[int, _Lead] = {}
    for claim, _, verdict in judged:
        found.setdefault(claim, _Lead(link, claim, verdict))
    return list(found.values())


def _mentions(pots: Iterable[LocalPot]) -> tuple[Mention, ...]:
    return tuple(one.mention for pot in pots for one in pot.candidates)


def _once(leads: Iterable[_Lead]) -> Iterator[_Lead]:
    seen: set[tuple[Link, int]] = set()
    for lead in leads:
        if (lead.link, lead.claim) not in seen:
            seen.add((lead.link, lead.claim))
            yield lead


def _holds(candidates: Iterable[Candidate], place: int) -> bool:
    spans = (one.mention.amount.span for one in candidates)
    return any(span.start <= place < span.end for span in spans)


def _states(claim: Claim, stored: StoredMention) -> bool:
    """Tell whether a mention states the figures that the claim goes by."""
    amount = stored.counted.amount
    figures = amount.currency, amount.low, amount.high, amount.per
    return figures == (claim.currency, claim.low, claim.high, claim.per)


def _notes(
    connection: Connection, document: Document, stored: Stored, day: DraftDay
) -> Iterator[str]:
    if not count_all(connection).documents:
        yield "The store holds no documents yet, so nothing can have been heard before."
    if known := id_of(connection, document.sha256):
        yield f"This very text is in the store as {known}; it is held against the other documents."
    if stored.later:
        left = len(stored.later)
        yield f"Left out, for it was said after the day of this text ({day.value}): {left}."
