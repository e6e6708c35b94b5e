"""What a question means, read slowly off the claims themselves, one by one and without SQL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from records.claim import Claim, StoredMention
from records.mention import Timeframe
from store.dedup.words import search_words
from store.question_terms import (
    AllOf,
    AmountTerm,
    AnyOf,
    Condition,
    CurrencyTerm,
    DayTerm,
    IdTerm,
    Not,
    OriginsTerm,
    RateTerm,
    Term,
    TextTerm,
    WordTerm,
)
from store.results import StoredDocument
from store.word_conditions import DECISIONS, HEDGES, MEDIA_TYPES

_WORD = re.compile(r"[^\W_]+")


class World:
    """Every claim and document of a store by its id."""

    def __init__(
        self, claims: Mapping[str, Claim], documents: Mapping[str, StoredDocument]
    ) -> None:
        self.claims, self.documents = claims, documents

    def found(self, condition: Condition) -> set[str]:
        return {name for name, claim in self.claims.items() if self.holds(condition, claim)}

    def holds(self, condition: Condition, claim: Claim) -> bool:
        match condition:
            case AllOf(parts):
                return all(self.holds(part, claim) for part in parts)
            case AnyOf(parts):
                return any(self.holds(part, claim) for part in parts)
            case Not(part):
                return not self.holds(part, claim)
            case _:
                return self._term(condition, claim)

    def _term(self, term: Term, claim: Claim) -> bool:
        match term:
            case AmountTerm():
                return any(
                    (not term.currencies or currency in term.currencies) and lies(term, low, high)
                    for currency, low, high in self._amounts(term, claim)
                )
            case WordTerm(field, words):
                return any(self._word(field, word, claim) for word in words)
            case IdTerm():
                return self._belongs(term, claim)
            case _:
                return _plain(term, claim)

    def _amounts(
        self, term: AmountTerm, claim: Claim
    ) -> Iterator[tuple[str, Decimal | None, Decimal | None]]:
        if term.field == "amount":
            yield claim.currency, claim.low, claim.high
        elif term.field == "within":
            for whole in self._wholes(claim):
                yield whole.currency, whole.low, whole.high
        elif (share := _share_a_year(claim)) is not None:
            low, high = (
                bound if bound is None else bound * share for bound in (claim.low, claim.high)
            )
            yield claim.currency, low, high

    def _wholes(self, claim: Claim) -> list[Claim]:
        return [self.claims[one.to] for one in claim.relations if one.type == "part_of"]

    def _word(self, field: str, word: str, claim: Claim) -> bool:
        match field:
            case "kind":
                return claim.kind == word
            case "type":
                types = {self.documents[d].document.media_type for d in _documents(claim)}
                return MEDIA_TYPES[word] in types
            case "status":
                return word in (_statuses(claim) or {"unclear"})
            case "hedge":
                return word in (_hedges(claim) or {"none"})
            case "decision":
                made = {one.word for one in claim.decisions}
                return not made if word == "none" else DECISIONS[word] in made
            case _:
                return _is_missing(word, claim)

    def _belongs(self, term: IdTerm, claim: Claim) -> bool:
        if term.field == "run":
            return term.id in {self.documents[d].run for d in _documents(claim)}
        above = self._above(claim)
        if term.field == "partof":
            return term.id in above - {claim.id}
        around = self._above(self.claims[term.id]) if term.id in self.claims else set()
        return bool(around & above)

    def _above(self, claim: Claim) -> set[str]:
        found, waiting = {claim.id}, [claim]
        while waiting:
            new = [one for one in self._wholes(waiting.pop()) if one.id not in found]
            found |= {one.id for one in new}
            waiting += new
        return found


def _plain(term: CurrencyTerm | RateTerm | OriginsTerm | TextTerm | DayTerm, claim: Claim) -> bool:
    match term:
        case CurrencyTerm(codes):
            return claim.currency in codes
        case RateTerm(per):
            return claim.per == per
        case OriginsTerm(least, most):
            return least <= claim.origins and (most is None or claim.origins <= most)
        case TextTerm():
            return _said(term, claim)
        case DayTerm():
            return _timed(term, claim)


def _documents(claim: Claim) -> set[str]:
    return {one.provenance.document for one in claim.mentions}


def lies(term: AmountTerm, low: Decimal | None, high: Decimal | None) -> bool:
    """The meaning of an amount term, word for word as `store.question_terms` gives it."""

    def over(bound: Decimal | None) -> bool:
        if term.low is None:
            return True
        return bound is not None and (bound >= term.low if term.low_included else bound > term.low)

    def under(bound: Decimal | None) -> bool:
        if term.high is None:
            return True
        return bound is not None and (
            bound <= term.high if term.high_included else bound < term.high
        )

    if term.stated:
        return any(b is not None and over(b) and under(b) for b in (low, high))
    return over(low) and under(high)


def _share_a_year(claim: Claim) -> Decimal | None:
    if claim.per is not None:
        times = {"year": 1, "quarter": 4, "month": 12, "week": 52}.get(claim.per)
        return None if times is None else Decimal(times)
    frames = [one.counted.timeframe for one in claim.mentions if one.counted.timeframe]
    frame = next((one for one in frames if one.span.text == claim.timeframe), None)
    years = _years(frame) if frame else None
    return 1 / Decimal(years) if years else None


def _years(frame: Timeframe) -> int | None:
    """Whole years are enough for the claims of the tests."""
    if frame.duration:
        return int(frame.duration[1:-1])
    if frame.start and frame.until:
        return ((frame.until - frame.start).days + 1) // 365
    return None


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.lower()))} "


def _quotes(stored: StoredMention) -> Iterator[str]:
    mention, place = stored.mention, stored.provenance
    yield f"{place.before}{mention.amount.span.text}{place.sentence_after}"
    for name, span in mention.spans():
        if name not in ("amount", "relation", "newness"):
            yield span.text


def _said(term: TextTerm, claim: Claim) -> bool:
    mentions = [one.counted for one in claim.mentions]
    places = [one.provenance for one in claim.mentions]
    asked, letters = _words(term.text), term.text.lower()
    match term.field:
        case "quote":
            texts: Sequence[str] = [text for one in claim.mentions for text in _quotes(one)]
        case "who":
            texts = [s.text for one in mentions for s in (one.funder, one.attribution) if s]
        case "to":
            texts = [one.recipient.text for one in mentions if one.recipient]
        case "for":
            purposes = (one.purpose.text for one in mentions if one.purpose)
            held = {word for purpose in purposes for word in search_words(purpose)}
            return set(search_words(term.text)) <= held
        case "source":
            named = (text for one in places for text in (one.source, one.title, one.publisher))
            return any(letters in text.lower() for text in named if text)
        case "rule":
            read = (one.mention for one in claim.mentions)
            return any(rule.startswith(letters) for one in read for rule in one.rules.values())
        case "by":
            return any(letters in one.by.lower() for one in claim.decisions)
    return any(asked in _words(text) for text in texts)


def _timed(term: DayTerm, claim: Claim) -> bool:
    first, last = term.first or date.min, term.last or date.max
    if term.field == "period":
        start, until = claim.period_start, claim.period_until
        known = start is not None or until is not None
        return known and (start or date.min) <= last and (until or date.max) >= first
    days = {
        "said": [one.provenance.published for one in claim.mentions],
        "first": [claim.first_said],
        "by": [claim.period_until],
    }[term.field]
    return any(day is not None and first <= day <= last for day in days)


def _statuses(claim: Claim) -> set[str]:
    told = {one.counted.newness.status for one in claim.mentions if one.counted.newness}
    related = {one.type for one in claim.relations}
    standings = {one.standing for one in claim.timeline}
    days = [one.provenance.published for one in claim.mentions if one.provenance.published]
    again = claim.first_said is not None and any(day > claim.first_said for day in days)
    held = {
        "new": bool(told & {"new", "additional"}),
        "restated": again or "existing" in told,
        "revised": bool(claim.replaced_by)
        or "replaces" in related
        or any(one.startswith("revision") for one in standings),
        "partof": "part_of" in related,
        "ontop": "in_addition_to" in related,
    }
    return {word for word, holds in held.items() if holds}


def _hedges(claim: Claim) -> set[str]:
    low, high = claim.low, claim.high
    sentences = [_words(next(_quotes(one))) for one in claim.mentions]
    held = {
        "about": claim.approximate,
        "upto": low is None and high is not None,
        "atleast": low is not None and high is None,
        "range": low is not None and high is not None and low != high,
        "vague": low is None and high is None,
        **{
            word: any(f" {phrase} " in text for phrase in phrases for text in sentences)
            for word, phrases in HEDGES.items()
        },
    }
    return {word for word, holds in held.items() if holds}


def _is_missing(word: str, claim: Claim) -> bool:
    return {
        "who": not any(one.counted.funder or one.counted.attribution for one in claim.mentions),
        "to": claim.recipient is None,
        "for": claim.purpose is None,
        "period": claim.period_start is None and claim.period_until is None,
        "by": claim.period_until is None,
        "said": claim.first_said is None,
    }[word]
