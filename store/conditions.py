"""A question's condition as bound SQL over the stored claims.

What a claim does not say does not hold: no part is ever NULL, so that its negation holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

from sqlalchemy import (
    BindParameter,
    Boolean,
    Column,
    ColumnElement,
    ScalarSelect,
    Table,
    and_,
    bindparam,
    distinct,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    true,
)

from records.mention import SPAN_FIELDS
from records.money import MAX_MINOR, currency_codes, exponent
from store.dedup.words import search_words
from store.live import IS_LIVE
from store.lower import lower
from store.question_terms import (
    AllOf,
    AmountTerm,
    AnyOf,
    Condition,
    CurrencyTerm,
    DayTerm,
    KindTerm,
    Not,
    OriginsTerm,
    RateTerm,
    TextTerm,
)
from store.tables import captures, claim_mentions, claims, documents, mentions, wordings

Sql = ColumnElement[bool]
_QUOTES = ("sentence", *(f"{name}_text" for name in ("timeframe", *SPAN_FIELDS)))
_SOURCE = ("title", "publisher", "url")


class OddAmount(NamedTuple):
    """A claim's amount that does not fit into integers (2.5 cent): compared exactly, one by one."""

    currency: str
    low: Decimal | None
    high: Decimal | None


def compile_condition(condition: Condition, odd: Mapping[int, OddAmount]) -> Sql:
    """Return a condition on the rows of `claims`.

    Args:
        condition: Of a parsed question.
        odd: Every claim whose amount does not fit into integers.
    """
    match condition:
        case AllOf(parts):
            return and_(*(compile_condition(part, odd) for part in parts))
        case AnyOf(parts):
            return or_(*(compile_condition(part, odd) for part in parts))
        case Not(part):
            return not_(compile_condition(part, odd))
        case AmountTerm():
            return _amount(condition, odd)
        case _:
            return _term(condition)


def _term(
    term: CurrencyTerm | TextTerm | DayTerm | KindTerm | RateTerm | OriginsTerm,
) -> Sql:
    match term:
        case CurrencyTerm(codes):
            return claims.c.currency.in_(codes)
        case TextTerm():
            return _text(term)
        case DayTerm():
            return _period(term) if term.field == "period" else _said(term)
        case KindTerm(kind):
            return claims.c.kind == kind
        case RateTerm(per):
            return claims.c.per.is_(None) if per is None else _sure(lower(claims.c.per) == per)
        case OriginsTerm(least, most):
            found = _origins()
            return found >= least if most is None else found.between(least, most)


def _amount(term: AmountTerm, odd: Mapping[int, OddAmount]) -> Sql:
    fits = and_(claims.c.low_text.is_(None), claims.c.high_text.is_(None))
    scales = sorted({exponent(code) for code in currency_codes()})
    plain = or_(*(and_(claims.c.exponent == scale, _limits(term, scale)) for scale in scales))
    # Rendered into the statement: numbers of our own, and more of them than may be bound.
    held = [claim for claim, one in odd.items() if _holds(term, one)]
    ids: BindParameter[int] = bindparam(
        "odd", held, expanding=True, literal_execute=True, unique=True
    )
    found = or_(and_(fits, _sure(plain)), claims.c.id.in_(ids))
    return and_(found, claims.c.currency.in_(term.currencies)) if term.currencies else found


def _limits(term: AmountTerm, scale: int) -> Sql:
    """Compare in minor units of one size."""
    low, high = claims.c.low_minor, claims.c.high_minor
    if term.stated:
        parts = (
            and_(b.is_not(None), _from(term, b, scale), _until(term, b, scale)) for b in (low, high)
        )
        return or_(*map(_sure, parts))
    return and_(_from(term, low, scale), _until(term, high, scale))


def _from(term: AmountTerm, bound: Column[int], scale: int) -> Sql:
    if term.low is None:
        return true()
    exact = _shifted(term.low, scale)
    least = int(exact.to_integral_value(ROUND_CEILING))
    if least == exact and not term.low_included:
        least += 1
    return false() if least > MAX_MINOR else bound >= max(least, -MAX_MINOR)


def _until(term: AmountTerm, bound: Column[int], scale: int) -> Sql:
    if term.high is None:
        return true()
    exact = _shifted(term.high, scale)
    most = int(exact.to_integral_value(ROUND_FLOOR))
    if most == exact and not term.high_included:
        most -= 1
    return false() if most < -MAX_MINOR else bound <= min(most, MAX_MINOR)


def _shifted(value: Decimal, scale: int) -> Decimal:
    """Move the decimal point exactly; `scaleb` would round to the context's precision."""
    sign, digits, places = value.as_tuple()
    assert isinstance(places, int)  # noqa: S101 - a question's limits are finite
    return Decimal((sign, digits, places + scale))


def _holds(term: AmountTerm, one: OddAmount) -> bool:
    """Decide in decimals exactly what `_limits` decides in integers."""

    def above(bound: Decimal | None) -> bool:
        if term.low is None or bound is None:
            return term.low is None
        return bound > term.low or (term.low_included and bound == term.low)

    def below(bound: Decimal | None) -> bool:
        if term.high is None or bound is None:
            return term.high is None
        return bound < term.high or (term.high_included and bound == term.high)

    if term.stated:
        stated = (bound for bound in (one.low, one.high) if bound is not None)
        return any(above(bound) and below(bound) for bound in stated)
    return above(one.low) and below(one.high)


def _text(term: TextTerm) -> Sql:
    match term.field:
        case "for":
            words = search_words(term.text)
            stored = claims.c.purpose_words
            held = (stored.contains(f" {word} ", autoescape=True) for word in words)
            return and_(*held) if words else false()
        case "who":
            return _in_a_mention(_has(mentions, ("funder_text", "attribution_text"), term.text))
        case "to":
            return _in_a_mention(_has(mentions, ("recipient_text",), term.text))
        case "source":
            named = exists().where(
                captures.c.content_id == documents.c.content_id,
                IS_LIVE,
                _has(captures, ("source",), term.text),
            )
            return _in_a_mention(or_(_has(documents, _SOURCE, term.text), named))
        case "quote":
            return _in_a_mention(_has(mentions, _QUOTES, term.text))


def _has(table: Table, names: tuple[str, ...], text: str) -> Sql:
    """Look for a text in columns, upper and lower case alike, a space for any one space."""
    for special in "/%_":
        text = text.replace(special, f"/{special}")
    pattern = f"%{'_'.join(text.lower().split())}%"
    return or_(*(_sure(lower(table.c[name]).like(pattern, escape="/")) for name in names))


def _said(term: DayTerm) -> Sql:
    day = documents.c.published
    parts: list[Sql] = [day.is_not(None)]
    if term.first is not None:
        parts.append(day >= term.first.isoformat())
    if term.last is not None:
        parts.append(day <= term.last.isoformat())
    return _in_a_mention(and_(*parts))


def _period(term: DayTerm) -> Sql:
    start, until = claims.c.period_start, claims.c.period_until
    parts: list[Sql] = [or_(start.is_not(None), until.is_not(None))]
    if term.last is not None:
        parts.append(or_(start.is_(None), start <= term.last.isoformat()))
    if term.first is not None:
        parts.append(or_(until.is_(None), until >= term.first.isoformat()))
    return _sure(and_(*parts))


def _origins() -> ScalarSelect[int]:
    """Count the documents that state a claim, each echo and version as its origin."""
    origin = func.coalesce(wordings.c.origin_id, mentions.c.document_id)
    stated = claim_mentions.join(mentions, mentions.c.id == claim_mentions.c.mention_id).outerjoin(
        wordings, wordings.c.document_id == mentions.c.document_id
    )
    count = select(func.count(distinct(origin))).select_from(stated)
    return count.where(claim_mentions.c.claim_id == claims.c.id).scalar_subquery()


def _in_a_mention(condition: Sql) -> Sql:
    return exists().where(
        claim_mentions.c.claim_id == claims.c.id,
        mentions.c.id == claim_mentions.c.mention_id,
        documents.c.id == mentions.c.document_id,
        _sure(condition),
    )


def _sure(condition: Sql) -> Sql:
    return func.coalesce(condition, false(), type_=Boolean())
