"""What a person corrects counts everywhere, until it is taken back; what was read stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pytest

from records.decision import FieldWord
from records.errors import SettingsError
from records.mention import Amount, Timeframe
from records.span import Span
from store.pots.build import build_pots
from store.question import parse
from store.saying import ReadValue, Saying
from store.store import Store
from tests.store.factory import VERSIONS, given, mention
from tests.store.stories import Story, fill, story

ROOFS = "The council will give Ash School £41m for roofs in 2024. It gives £9m for roads too."
AGAIN = "Ash School gets £41m for roofs."
PERIOD = ("in 2024", "2024-01-01", "2024-12-31")


def pounds(low: str, per: str | None = None) -> ReadValue:
    def read(value: str, day: date | None, country: str, currency: str) -> Amount:
        assert (day, country, currency) == (date(2024, 5, 1), "GB", "GBP")
        return Amount(Span(0, len(value), value), "GBP", Decimal(low), Decimal(low), per=per)

    return read


def years(value: str, *_: object) -> Timeframe:
    first, last = date(2030, 1, 1), date(2030, 12, 31)
    return Timeframe(Span(0, len(value), value), None, first, last)


def roofs(day: date = date(2024, 5, 1)) -> Story:
    told = [
        mention(
            *(ROOFS, "£41m", "41000000"),
            purpose="roofs",
            recipient="Ash School",
            funder="The council",
            timeframe=PERIOD,
            newness=("new", "will give"),
        ),
        mention(ROOFS, "£9m", "9000000", purpose="roads"),
    ]
    return story(ROOFS, "roofs.txt", given(published=day), told)


def again() -> Story:
    told = [mention(AGAIN, "£41m", "41000000", purpose="roofs", recipient="Ash School")]
    return story(AGAIN, "again.txt", given(published=date(2024, 5, 3)), told)


def claims(store: Store, question: str) -> list[str]:
    return [claim.id for claim in store.find_claims(parse(question)).claims]


def says(store: Store, saying: Saying) -> str:
    return store.decide(saying).id


def total(store: Store) -> tuple[Decimal, Decimal]:
    (totals,) = build_pots(store.all_claims()).totals
    return totals.headlines, totals.distinct


class Case(NamedTuple):
    """A decision on a field of m1, what a question then finds, and what it found before."""

    field: str
    value: str | None
    finds: str
    found: str
    read: ReadValue | None = None


CASES = (
    Case("purpose", "desks", "for:desks", "for:roofs"),
    Case("recipient", "Elm Academy", 'to:"elm academy"', "to:ash"),
    Case("funder", "The Treasury", "who:treasury", "who:council"),
    Case("newness", "existing", "status:restated", "status:new"),
    Case("kind", "cost", "kind:cost", "kind:funding"),
    Case("timeframe", "in 2030", "period:2030", "period:2024", years),
    Case("amount", "£41bn", "amount:41bn", "amount:41m", pounds("41000000000")),
    Case("amount", "£41m a year", "rate:year", "rate:total", pounds("41000000", "year")),
    Case("purpose", None, "-for:roofs", "for:roofs"),
    Case("recipient", None, "-to:ash", "to:ash"),
    Case("funder", None, "-who:council", "who:council"),
    Case("newness", None, "-status:new", "status:new"),
    Case("timeframe", None, "-period:2024", "period:2024"),
    Case("amount", None, "-amount:41m", "amount:41m"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.field}-{case.value}")
def test_questions_see_what_was_corrected_until_it_is_taken_back(case: Case, store: Store) -> None:
    fill(store, [roofs()])
    word: FieldWord = "correct" if case.value else "reject"
    assert "c1" not in claims(store, case.finds)
    name = says(store, Saying(word, ("m1",), "anna", None, case.field, case.value, case.read))
    assert "c1" in claims(store, case.finds)
    assert "c1" not in claims(store, case.found)
    stored = store.claim("m1").mentions[0]
    assert stored.mention == roofs().mentions[0]
    assert stored.counted.rules.get(case.field) == (name if case.value else None)
    assert store.audit(None, VERSIONS).findings == ()
    store.undo_decision(name, "anna")
    assert "c1" not in claims(store, case.finds)
    assert "c1" in claims(store, case.found)
    assert store.claim("m1").mentions[0].correction is None
    assert store.audit(None, VERSIONS).findings == ()


def test_pots_add_up_the_corrected_amount(store: Store) -> None:
    fill(store, [roofs(), again()])
    million = Decimal(1_000_000)
    assert total(store) == (91 * million, 50 * million)
    read = pounds("4100000")
    name = says(store, Saying("correct", ("m1",), "anna", None, "amount", "£4.1m", read))
    assert total(store) == (Decimal("54.1") * million, Decimal("54.1") * million)
    store.undo_decision(name, "anna")
    assert total(store) == (91 * million, 50 * million)


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
def test_matching_goes_by_the_corrected_words(late: bool, store: Store) -> None:  # noqa: FBT001
    fill(store, [roofs()] if late else [roofs(), again()])
    says(store, Saying("correct", ("m1",), "anna", None, "purpose", "libraries"))
    says(store, Saying("correct", ("m1",), "anna", None, "recipient", "Elm Town"))
    if late:
        fill(store, [again()])
    assert store.claim("m1").id != store.claim("m3").id
    assert store.audit(None, VERSIONS).findings == ()


def test_a_correction_outlives_a_new_reading(store: Store) -> None:
    fill(store, [roofs()])
    says(store, Saying("correct", ("m1",), "anna", None, "purpose", "desks"))
    fill(store, [newly_read()])
    claim = store.claim("m1")
    assert claim.purpose == "desks"
    assert claim.mentions[0].mention.purpose != claim.mentions[0].counted.purpose
    assert store.audit(None, VERSIONS).findings == ()


def newly_read() -> Story:
    told = roofs()
    return told._replace(mentions=[replace(told.mentions[0], recipient=None), *told.mentions[1:]])


def test_a_relation_is_corrected_where_there_is_one(store: Store) -> None:
    fill(store, [roofs()])
    with pytest.raises(SettingsError, match="no relation to correct"):
        says(store, Saying("correct", ("m1",), "anna", None, "relation", "part_of"))
    assert store.decisions() == []
    text = "The fund has £9bn. On top of it, £2bn goes to roads."
    told = [
        mention(text, "£9bn", "9000000000"),
        mention(text, "£2bn", "2000000000", relation=("in_addition_to", "£9bn")),
    ]
    fill(store, [story(text, "fund.txt", given(published=date(2024, 6, 1)), told)])
    name = says(store, Saying("correct", ("m4",), "anna", None, "relation", "part_of"))
    assert [(one.type, one.to) for one in store.claim("m4").relations] == [("part_of", "c3")]
    store.undo_decision(name, "anna")
    says(store, Saying("reject", ("m4",), "anna", None, "relation"))
    assert store.claim("m4").relations == ()
    assert store.audit(None, VERSIONS).findings == ()
