"""What a list of claims adds up to, for the line above it: by SQL alone, whatever its length.

Counted are claims of funding with one figure (`store.pots.sums`). A claim that is stated as part of
another on the list adds nothing to what is distinct, and neither does one that another replaces.
`earmark pots` looks closer: at parts of wholes that are not on the list, at circles, at what texts
say of wholes through their parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, Subquery, case, exists, func, select

from records.money import from_minor
from store.mention_conditions import Sql
from store.query import held_by
from store.question_terms import Question
from store.results import ListTotals
from store.tables import claim_relations, claims

_MILLION = 1_000_000


class _Group(NamedTuple):
    """Claims that count alike.

    Attributes:
        claims: How many.
        state: What they count as: see `_told`; None where they do not.
        newness: What their texts say; None for nothing.
        headlines: What their mentions add up to.
        sum: What they add up to.
    """

    claims: int
    state: str | None
    newness: str | None
    headlines: Decimal
    sum: Decimal


def totals_of(connection: Connection, question: Question) -> list[ListTotals]:
    """Return what the claims that a question asks for add up to, by currency."""
    return totals_among(connection, held_by(connection, question))


def totals_among(connection: Connection, held: Sequence[Sql]) -> list[ListTotals]:
    """Return what the claims that meet some conditions add up to, by currency."""
    told = _told(held)
    kinds = [told.c[name] for name in ("currency", "newness", "state")]
    # Each half of a sum fits where the whole would not into 64 bits.
    halves = (
        half.label(f"{name}_{place}")
        for name in ("headlines_minor", "sum_minor")
        for place, half in enumerate(
            (func.sum(told.c[name] // _MILLION), func.sum(told.c[name] % _MILLION))
        )
    )
    query = select(*kinds, func.count().label("claims"), *halves).group_by(*kinds)
    found: dict[str, list[_Group]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        found[row["currency"]].append(_group(dict(row)))
    return [_totals(currency, found[currency]) for currency in sorted(found)]


def _told(held: Sequence[Sql]) -> Subquery:
    """Select the claims on a list with what they count as.

    That is `part` of another on the list, `replaced`, or `alone`; NULL where they do not count. All
    that is read of a claim stands in the index of its amount, which a long list needs.
    """
    # What does not count has no sum here.
    counted = case((claims.c.kind == "funding", claims.c.sum_minor)).label("sum_minor")
    names = ("id", "currency", "newness", "headlines_minor")
    listed = select(*(claims.c[name] for name in names), counted).where(*held).cte("listed")
    whole, part = listed.alias("whole"), claims.alias("part")
    # From wholes on the list to their parts: by `+ 0` and `|| ''` no other way round is tried,
    # which would look up every part in the store.
    parts = (
        select(claim_relations.c.claim_id)
        .join(whole, claim_relations.c.to_id == whole.c.id + 0)
        .join(part, part.c.id == claim_relations.c.claim_id)
        .where(claim_relations.c.type == "part_of", part.c.currency == whole.c.currency + "")
        .where(whole.c.sum_minor.is_not(None))
    )
    replaced = exists().where(
        claim_relations.c.to_id == listed.c.id, claim_relations.c.type == "replaces"
    )
    told = select(
        *(listed.c[name] for name in ("currency", "newness", "headlines_minor", "sum_minor")),
        case(
            (listed.c.sum_minor.is_(None), None),
            (listed.c.id.in_(parts), "part"),
            (replaced, "replaced"),
            else_="alone",
        ).label("state"),
    )
    return told.offset(0).subquery("told")  # as it stands, not worked out anew for every use


def _group(row: dict[str, Any]) -> _Group:
    def money(name: str) -> Decimal:
        high, low = row[f"{name}_0"] or 0, row[f"{name}_1"] or 0
        minor = int(high) * _MILLION + int(low)
        return from_minor(minor, row["currency"]) if minor else Decimal(0)

    return _Group(
        claims=row["claims"],
        state=row["state"],
        newness=row["newness"],
        headlines=money("headlines_minor"),
        sum=money("sum_minor"),
    )


def _totals(currency: str, groups: Sequence[_Group]) -> ListTotals:
    alone = [one for one in groups if one.state == "alone"]
    return ListTotals(
        currency=currency,
        claims=sum(one.claims for one in groups),
        pots=sum(one.claims for one in alone),
        parts=sum(one.claims for one in groups if one.state == "part"),
        headlines=sum((one.headlines for one in groups if one.state), Decimal(0)),
        distinct=sum((one.sum for one in alone), Decimal(0)),
        stated_new=sum((one.sum for one in alone if one.newness == "new"), Decimal(0)),
        cannot_tell=sum(one.claims for one in alone if one.newness in (None, "both")),
    )
