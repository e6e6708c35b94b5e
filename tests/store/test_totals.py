"""What a list adds up to: the same by SQL as by adding up its claims."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from records.claim import Claim
from store.question import parse
from store.results import ListTotals
from store.store import Store
from tests.databases import Databases
from tests.store.factory import given, mention
from tests.store.language import fill_all
from tests.store.stories import fill, story

ASKED = [
    "",
    "currency:GBP",
    "amount:>=2bn",
    "status:restated",
    "-partof:c17",
    "for:ferries",
    "£1",
]


@pytest.fixture(scope="module")
def filled(databases: Databases) -> Iterator[Store]:
    with Store.open(databases.new(), create=True) as store:
        fill_all(store)
        yield store


def slowly(currency: str, listed: list[Claim]) -> ListTotals:
    counted = {one.id: one for one in listed if _counts(one)}
    parts = {
        one.id
        for one in counted.values()
        for relation in one.relations
        if relation.type == "part_of" and relation.to in counted
    }
    alone = [one for one in counted.values() if one.id not in parts and not one.replaced_by]
    fresh = [one for one in alone if any(said.mention.newness for said in one.mentions)]
    return ListTotals(
        currency=currency,
        claims=len(listed),
        pots=len(alone),
        parts=len(parts),
        headlines=sum((_headlines(one) for one in counted.values()), Decimal(0)),
        distinct=sum((one.low or Decimal(0) for one in alone), Decimal(0)),
        stated_new=sum((one.low or Decimal(0) for one in fresh), Decimal(0)),
        cannot_tell=len(alone) - len(fresh),
    )


def _counts(claim: Claim) -> bool:
    return claim.kind == "funding" and claim.per is None and claim.low == claim.high is not None


def _headlines(claim: Claim) -> Decimal:
    amounts = (one.mention.amount for one in claim.mentions)
    return sum((one.low or Decimal(0) for one in amounts if one.low == one.high), Decimal(0))


@pytest.mark.parametrize("asked", ASKED)
def test_a_list_adds_up_to_what_its_claims_do(filled: Store, asked: str) -> None:
    listed = filled.find_claims(parse(asked)).claims
    expected = [
        slowly(currency, [one for one in listed if one.currency == currency])
        for currency in sorted({one.currency for one in listed})
    ]
    assert filled.totals(parse(asked)) == expected


def test_sums_beyond_64_bits_stay_exact(store: Store) -> None:
    text = "\n\n".join(f"Hall {number} gets £8{number}0000tn here." for number in range(10, 40))
    found = [mention(text, f"£8{number}0000tn", f"8{number}{'0' * 13}") for number in range(10, 40)]
    fill(store, [story(text, "a.txt", given(), found)])
    (totals,) = store.totals(parse(""))
    every = sum(Decimal(800 + number) for number in range(10, 40)) * 10**13
    assert every * 100 > 2**63
    assert (totals.distinct, totals.headlines) == (every, every)
