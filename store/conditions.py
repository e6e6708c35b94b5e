"""A question's condition as bound SQL over the stored claims.

What a claim does not say does not hold, so that its negation holds: NULL counts as false where a
condition is negated, and nowhere else, for an index helps only with what is compared bare.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import (
    Boolean,
    ColumnElement,
    FromClause,
    Select,
    and_,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    true,
)

from store.corrected_conditions import named
from store.dedup.words import search_words
from store.fulltext import FullText
from store.lower import lower
from store.mention_conditions import (
    Sql,
    by_rule,
    decided_by,
    from_source,
    in_a_mention,
    in_days,
    one_of,
    origins,
    said_in,
)
from store.order_key import order_key
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
from store.tables import claim_relations, claims, documents
from store.word_conditions import rows, word_condition

PARTIES = {"who": ("funder", "attribution"), "to": ("recipient",)}
"""The fields of mentions that terms for parties look at."""
_RELATIONS = claim_relations.c
_PART_OF = claim_relations.c.type == "part_of"


@dataclass(frozen=True)
class Ground:
    """What conditions stand on beside the tables.

    Attributes:
        words: The store's index of words.
        revised: The claims whose figure was revised, by their rows; empty where nothing asks.
        pots: Pot (`p3`) to the claims in it, for every pot that is asked for.
    """

    words: FullText
    revised: Collection[int] = ()
    pots: Mapping[str, Collection[int]] = field(default_factory=dict)


def compile_condition(condition: Condition, ground: Ground) -> Sql:
    """Return a condition on the rows of `claims`; it may be NULL, which counts as false.

    Args:
        condition: Of a parsed question.
        ground: With what its terms ask for.
    """
    match condition:
        case AllOf(parts):
            return and_(*(compile_condition(part, ground) for part in parts))
        case AnyOf(parts):
            return or_(*(compile_condition(part, ground) for part in parts))
        case Not(part):
            held = compile_condition(part, ground)
            return not_(func.coalesce(held, false(), type_=Boolean()))
        case _:
            return _term(condition, ground)


def _term(term: Term, ground: Ground) -> Sql:
    match term:
        case AmountTerm():
            return _amount(term)
        case TextTerm():
            return _text(term, ground.words)
        case WordTerm():
            return word_condition(term, ground.words, ground.revised)
        case IdTerm():
            return _belongs(term, ground)
        case _:
            return _plain(term)


def _plain(term: CurrencyTerm | RateTerm | DayTerm | OriginsTerm) -> Sql:
    match term:
        case CurrencyTerm(codes):
            return claims.c.currency.in_(codes)
        case RateTerm(per):
            return claims.c.per.is_(None) if per is None else lower(claims.c.per) == per
        case DayTerm():
            return _day(term)
        case OriginsTerm():
            return origins(term)


def _amount(term: AmountTerm) -> Sql:
    if term.field == "within":
        whole = claims.alias("whole")
        return exists().where(
            claim_relations.c.claim_id == claims.c.id,
            _PART_OF,
            whole.c.id == claim_relations.c.to_id,
            _limits(term, whole, ("low_order", "high_order")),
        )
    if term.field == "peryear":
        return _limits(term, claims, ("year_low_order", "year_high_order"))
    # What follows from the limits for `worth`, which the index orders, goes along.
    worth = claims.c.worth
    if term.stated:
        return _limits(term, claims, ("worth", "high_order"))
    limits = _limits(term, claims, ("low_order", "high_order"))
    return and_(limits, _from(term, worth), _until(term, worth))


def _limits(term: AmountTerm, table: FromClause, names: tuple[str, str]) -> Sql:
    """Compare two bounds; NULL where an open one is compared."""
    low, high = (table.c[name] for name in names)
    if term.stated:
        held = or_(*(and_(b.is_not(None), _from(term, b), _until(term, b)) for b in (low, high)))
    else:
        held = and_(_from(term, low), _until(term, high))
    return _of_currency(term, table, held)


def _of_currency(term: AmountTerm, table: FromClause, held: Sql) -> Sql:
    return and_(table.c.currency.in_(term.currencies), held) if term.currencies else held


def _from(term: AmountTerm, bound: ColumnElement[str]) -> Sql:
    if term.low is None:
        return true()
    least = order_key(term.low)
    return bound >= least if term.low_included else bound > least


def _until(term: AmountTerm, bound: ColumnElement[str]) -> Sql:
    if term.high is None:
        return true()
    most = order_key(term.high)
    return bound <= most if term.high_included else bound < most


def _text(term: TextTerm, words: FullText) -> Sql:
    match term.field:
        case "for":
            return _for(term.text)
        case "source":
            return from_source(term.text)
        case "rule":
            return by_rule(term.text)
        case "by":
            return decided_by(term.text)
        case "who" | "to":
            found = words.mentions_with([term.text], term.field)
            return named(PARTIES[term.field], term.text, found)
        case "quote":
            return one_of(words.mentions_with([term.text], "any"))


def _for(text: str) -> Sql:
    stored, asked = claims.c.purpose_words, search_words(text)
    held = (stored.contains(f" {word} ", autoescape=True) for word in asked)
    return and_(*held) if asked else false()


def _day(term: DayTerm) -> Sql:
    match term.field:
        case "said":
            return said_in(term)
        case "first":
            return in_days(claims.c.first_said, term)
        case "by":
            return in_days(claims.c.period_until, term)
        case "period":
            return _period(term)


def _period(term: DayTerm) -> Sql:
    start, until = claims.c.period_start, claims.c.period_until
    parts: list[Sql] = [or_(start.is_not(None), until.is_not(None))]
    if term.last is not None:
        parts.append(or_(start.is_(None), start <= term.last.isoformat()))
    if term.first is not None:
        parts.append(or_(until.is_(None), until >= term.first.isoformat()))
    return and_(*parts)


def _belongs(term: IdTerm, ground: Ground) -> Sql:
    if term.field == "run":
        return in_a_mention(documents.c.run_id == int(term.id[1:]))
    if term.id.startswith("p"):
        return claims.c.id.in_(rows(ground.pots[term.id]))
    claim = int(term.id[1:])
    if term.field == "partof":
        return and_(claims.c.id != claim, claims.c.id.in_(_parts_of(claim)))
    return claims.c.id.in_(_around(claim))


def _parts_of(claim: int) -> Select[int]:
    """Select what is a part of a claim, or of a part of it; a circle ends where it began."""
    found = select(_RELATIONS.claim_id).where(_PART_OF, _RELATIONS.to_id == claim)
    parts = found.cte(recursive=True)
    deeper = select(_RELATIONS.claim_id).where(_PART_OF, _RELATIONS.to_id == parts.c.claim_id)
    return select(parts.union(deeper).c.claim_id)


def _around(claim: int) -> Select[int]:
    """Select a claim, what it is a part of all the way up, and every part of all these."""
    start = select(claims.c.id).where(claims.c.id == claim)
    wholes = start.cte(recursive=True)
    wholes = wholes.union(
        select(_RELATIONS.to_id).where(_PART_OF, _RELATIONS.claim_id == wholes.c.id)
    )
    tree = select(wholes.c.id).cte(recursive=True)
    tree = tree.union(select(_RELATIONS.claim_id).where(_PART_OF, _RELATIONS.to_id == tree.c.id))
    return select(tree.c.id)
