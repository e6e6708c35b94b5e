"""Pots: what claims add up to, and what never gets added."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.claim import Claim, ClaimRelation, Provenance, StoredMention
from records.mention import KINDS, RELATION_TYPES, Amount, Kind, Mention, Newness, NewnessStatus
from records.span import Span
from store.pots.build import build_pots
from store.pots.model import Pot, PotsReport
from store.pots.parts import check_parts

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
BILLION, MILLION = 10**9, 10**6


def mention(
    low: int | None,
    high: int | None,
    per: str | None = None,
    new: NewnessStatus | None = None,
    kind: Kind = "funding",
) -> Mention:
    least, most = (None if bound is None else Decimal(bound) for bound in (low, high))
    amount = Amount(Span(0, 2, "£5"), "GBP", least, most, per=per)
    return Mention(amount, kind, newness=new and Newness(new, Span(3, 6, "new")))


def claim(number: int, value: int | tuple[int | None, int | None], **facts: Any) -> Claim:
    """A claim of funding; `part_of` and the other relations take numbers of claims."""
    low, high = value if isinstance(value, tuple) else (value, value)
    kind = facts.get("kind", "funding")
    said = facts.pop("said", [mention(low, high, facts.get("per"), kind=kind)])
    relations = [
        ClaimRelation(kind, f"c{to}") for kind in RELATION_TYPES for to in facts.pop(kind, ())
    ]
    origin = Provenance("d1", "0" * 64, "a.txt", None, None, None, None, NOON, None, "", "")
    fields: dict[str, Any] = {
        **{"currency": "GBP", "approximate": False, "per": None, "kind": "funding"},
        **{"purpose": None, "recipient": None, "funder": None, "timeframe": None},
        **{"period_start": None, "period_until": None, "first_said": date(2021, 10, 24)},
    }
    return Claim(
        id=f"c{number}",
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
        mentions=tuple(StoredMention(f"m{i}", one, origin) for i, one in enumerate(said)),
        relations=tuple(relations),
        **{**fields, **facts},
    )


def every(report: PotsReport) -> list[Pot]:
    return list(report.every())


def tree(pots: tuple[Pot, ...]) -> dict[str, Any]:
    return {pot.claim.id: tree(pot.parts) for pot in pots}


def test_parts_stand_under_their_whole_and_add_nothing_to_it() -> None:
    capital = [mention(5_900 * MILLION, 5_900 * MILLION)] * 3
    report = build_pots(
        [
            claim(4, 2_100 * MILLION, part_of=[1]),
            claim(1, 5_900 * MILLION, said=capital, in_addition_to=[5]),
            claim(2, 2_300 * MILLION, part_of=[1]),
            claim(3, 1_500 * MILLION, part_of=[1]),
            claim(5, 36 * BILLION),
        ]
    )
    assert tree(report.pots) == {"c5": {}, "c1": {"c2": {}, "c4": {}, "c3": {}}}
    assert [pot.id for pot in every(report)] == ["p1", "p2", "p3", "p4", "p5"]
    levy, whole = report.pots
    assert whole.on_top_of == (levy.id,)
    assert whole.headlines == 17_700 * MILLION
    assert whole.distinct == 5_900 * MILLION
    assert (whole.said, whole.first_said) == (3, date(2021, 10, 24))
    assert whole.check is not None
    assert whole.check.words == "parts add up: 2.3 + 2.1 + 1.5 = 5.9"
    (total,) = report.totals
    assert total.headlines == (36_000 + 17_700 + 5_900) * MILLION
    assert total.distinct == (36_000 + 5_900) * MILLION
    assert (total.pots, total.parts, total.cannot_tell, total.stated_new) == (2, 3, 2, None)
    assert report.left_out == ()


@pytest.mark.parametrize(
    ("whole", "parts", "words"),
    [
        (10, [6, 4], "parts add up: 6 + 4 = 10"),
        (10, [6], "parts known: 6 of 10"),
        (10, [6, 3], "parts known: 6 + 3 = 9 of 10"),
        (10, [6, 5], "parts do not add up: 6 + 5 = 11, more than 10"),
        (10, [11], "parts do not add up: 11, more than 10"),
        (10, [(None, 6), (None, 4)], "parts known: 2 without one figure, of 10"),
        (10, [6, (None, 4)], "parts known: 6 of 10, and 1 without one figure"),
        (
            5_900 * MILLION,
            [3_200 * MILLION, 2_690 * MILLION],
            "parts add up: 3.2 + 2.69 = 5.89, about 5.9",
        ),
        (
            5_900 * MILLION,
            [3_200 * MILLION, 2_600 * MILLION],
            "parts known: 3.2 + 2.6 = 5.8 of 5.9",
        ),
        (27_418_300, [16_900_000, 10_518_300], "parts add up: 16.9 + 10.5183 = 27.4183"),
        (20_000, [12_500, 7_500], "parts add up: 12,500 + 7,500 = 20,000"),
        (2_000_000_000, [6_800_000], "parts known: 6.8 of 2,000"),
    ],
)
def test_parts_are_held_against_their_whole(whole: int, parts: list[Any], words: str) -> None:
    found = check_parts(claim(1, whole), [claim(2, part) for part in parts])
    assert found is not None
    assert found.words == words


@pytest.mark.parametrize(
    ("older", "verdict", "words"),
    [
        (11, "added up before", "parts add up to what it was: 6 + 5 = 11"),
        (12, "does not add up", "parts do not add up: 6 + 5 = 11, more than 10"),
    ],
)
def test_parts_may_be_those_of_what_the_whole_was(older: int, verdict: str, words: str) -> None:
    report = build_pots(
        [
            claim(1, 10, replaces=[2]),
            claim(2, older),
            claim(3, 6, part_of=[2]),
            claim(4, 5, part_of=[2]),
        ]
    )
    (pot,) = report.pots
    assert pot.check
    assert (pot.check.verdict, pot.check.words) == (verdict, words)
    assert [one.kind for one in report.alarms] == ["sum"] * (verdict == "does not add up")


def minus(value: int) -> list[Mention]:
    """Return what a table says of a figure with a minus: a saving, and what said so."""
    return [replace(mention(value, value), kind="saving", rules={"sign": "table.minus"})]


def test_what_stands_with_a_minus_in_a_table_is_taken_from_the_whole() -> None:
    less = claim(3, 20, said=minus(20), kind="saving", part_of=[1])
    other = claim(4, 3, said=minus(3), kind="saving", part_of=[1], currency="EUR")
    report = build_pots([claim(1, 30), claim(2, 50, part_of=[1]), less, other])
    (whole,) = report.pots
    assert whole.check is not None
    assert whole.check.words == "parts add up: 50 - 20 = 30"
    assert [part.claim.id for part in whole.parts] == ["c2"]
    assert [total.distinct for total in report.totals] == [30]


def test_a_saving_without_a_minus_is_no_part_of_a_sum() -> None:
    (whole,) = build_pots([claim(1, 30), claim(2, 20, kind="saving", part_of=[1])]).pots
    assert whole.check is None


def test_without_parts_or_amount_there_is_nothing_to_check() -> None:
    assert check_parts(claim(1, 10), []) is None
    assert check_parts(claim(1, (10, None)), [claim(2, 5)]) is None


def test_a_part_of_two_wholes_goes_under_the_smaller_that_can_hold_it() -> None:
    report = build_pots(
        [
            claim(1, 100, part_of=[3]),
            claim(2, 5, part_of=[1, 3, 4]),
            claim(3, 900),
            claim(4, 3),
        ]
    )
    assert tree(report.pots) == {"c3": {"c1": {"c2": {}}}, "c4": {}}
    assert report.totals[0].distinct == 903


def test_a_circle_of_parts_is_broken_and_nothing_is_lost() -> None:
    circle = [claim(1, 10, part_of=[2]), claim(2, 10, part_of=[3]), claim(3, 10, part_of=[1, 3])]
    report = build_pots(circle)
    assert tree(report.pots) == {"c3": {"c2": {"c1": {}}}}
    assert report.totals[0].distinct == 10


def test_only_single_sums_are_added_and_the_rest_is_named() -> None:
    report = build_pots(
        [
            claim(1, 10),
            claim(2, 20, per="year"),
            claim(3, (None, 30)),
            claim(4, (40, 50)),
            claim(5, (None, None)),
            claim(6, 60, kind="cost"),
            claim(7, 70, replaces=[8]),
            claim(8, 80),
        ]
    )
    assert tree(report.pots) == {"c7": {}, "c1": {}}
    assert report.totals[0].distinct == 80
    assert {left.why: left.claims for left in report.left_out} == {
        "a rate of which nothing says for how long": ("c2",),
        "a range or an open bound": ("c3", "c4"),
        "vague": ("c5",),
        "replaced by another figure": ("c8",),
    }


@pytest.mark.parametrize(
    ("kind", "said", "counts"),
    [
        ("income", ["income", "funding", "funding"], True),
        ("income", ["income", "funding"], False),
        ("funding", ["cost", "cost"], True),
    ],
)
def test_what_most_mentions_call_funding_is_a_pot(
    kind: Kind, said: list[Kind], *, counts: bool
) -> None:
    one = claim(1, 10, kind=kind, said=[mention(10, 10, kind=each) for each in said])
    assert bool(build_pots([one]).pots) == counts


def test_a_whole_without_a_sum_comes_to_its_parts() -> None:
    report = build_pots(
        [claim(1, (160, None)), claim(2, 68, part_of=[1]), claim(3, 96, part_of=[1])]
    )
    assert tree(report.pots) == {"c1": {"c3": {}, "c2": {}}}
    whole = report.pots[0]
    assert whole.amount is None
    assert whole.check is None
    assert whole.distinct == 164
    assert whole.headlines == 0
    assert report.totals[0].distinct == 164
    assert [left.claims for left in report.left_out] == [("c1",)]


def test_currencies_never_meet() -> None:
    report = build_pots([claim(1, 10), claim(2, 4, currency="USD", part_of=[1])])
    assert {total.currency: str(total.distinct) for total in report.totals} == {
        "GBP": "10",
        "USD": "4",
    }
    assert tree(report.pots) == {"c1": {}, "c2": {}}


def test_headlines_add_the_sums_that_mentions_state() -> None:
    said = [mention(36, 36), mention(12, 12, "year"), mention(30, None), mention(36, 36)]
    pot = build_pots([claim(1, 36, said=said)]).pots[0]
    assert pot.headlines == 72
    assert pot.said == 4


@pytest.mark.parametrize(
    ("said", "newness", "stated"),
    [
        ([None, None], "unknown", None),
        ([None, "new"], "new", 10),
        (["additional"], "new", 10),
        (["existing", None], "existing", 0),
        (["existing", "new"], "both", None),
    ],
)
def test_new_is_what_the_texts_say_is_new(
    said: list[NewnessStatus | None], newness: str, stated: int | None
) -> None:
    one = claim(1, 10, said=[mention(10, 10, new=status) for status in said])
    report = build_pots([one])
    assert (report.pots[0].newness, report.pots[0].stated_new) == (newness, stated)
    assert report.totals[0].stated_new == stated
    assert report.totals[0].cannot_tell == (stated is None)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"purpose": "for new hospitals", "recipient": "the NHS"}, "new hospitals"),
        ({"purpose": "into\nschools"}, "schools"),
        ({"purpose": "tomorrow's skills"}, "tomorrow's skills"),
        ({"purpose": "station repairs in Wexley"}, "station repairs in Wexley"),
        ({"purpose": "for repairs in Wexley"}, "repairs in Wexley"),
        ({"recipient": "the NHS"}, "the NHS"),
        ({}, "no purpose stated"),
    ],
)
def test_a_pot_is_named_by_its_purpose(facts: dict[str, str], name: str) -> None:
    assert build_pots([claim(1, 10, **facts)]).pots[0].name == name


@pytest.mark.parametrize(
    ("facts", "unsummed"),
    [
        ({"said": [mention(10, 10), mention(8, 12), mention(9, None), mention(5, 5, "year")]}, 3),
        ({"said": [mention(10, 10), mention(10, 10)]}, 0),
        ({"per": "year"}, 0),
    ],
)
def test_figures_of_a_pot_that_no_sum_holds_are_counted(
    facts: dict[str, Any], unsummed: int
) -> None:
    """A claim left out as a whole is listed by its id, so its figures are not counted as well."""
    part = claim(2, 4, said=[mention(4, 4), mention(None, 4)], part_of=[1])
    assert build_pots([claim(1, 10, **facts)]).unsummed == unsummed
    assert build_pots([claim(1, 10, **facts), part]).unsummed == unsummed + 1


def test_no_claims_make_no_pots() -> None:
    assert build_pots([]) == PotsReport((), (), (), 0)


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    count = draw(st.integers(0, 7))
    numbers = st.lists(st.integers(1, count + 1), max_size=2)
    values = st.integers(1, 40) | st.just((None, 9)) | st.just((3, None)) | st.just((None, None))
    kinds = st.sampled_from(("funding", "funding", *KINDS))
    newness = st.none() | st.sampled_from(get_args(NewnessStatus))
    return [
        claim(
            number,
            draw(values),
            kind=kind,
            per=draw(st.sampled_from((None, None, "year"))),
            currency=draw(st.sampled_from(("GBP", "GBP", "EUR"))),
            said=[
                mention(5, 5, kind=kind, new=draw(newness)) for _ in range(draw(st.integers(1, 3)))
            ],
            **{kind: draw(numbers) for kind in RELATION_TYPES},
        )
        for number, kind in enumerate(draw(st.lists(kinds, min_size=count, max_size=count)), 1)
    ]


@given(claims(), st.randoms(use_true_random=False))
def test_every_claim_of_funding_is_counted_once_or_named(made: list[Claim], chance: Any) -> None:
    report = build_pots(made)
    placed = [pot.claim.id for pot in every(report)]
    assert len(set(placed)) == len(placed)
    left_out = {claim_id for left in report.left_out for claim_id in left.claims}
    summed = {pot.claim.id for pot in every(report) if pot.amount is not None}
    assert summed | left_out == {one.id for one in made if one.kind == "funding"}
    assert not summed & left_out
    chance.shuffle(made)
    assert build_pots(made) == report


@given(claims())
def test_totals_are_the_roots_and_no_part_lifts_them(made: list[Claim]) -> None:
    report = build_pots(made)
    for total in report.totals:
        roots = [pot for pot in report.pots if pot.claim.currency == total.currency]
        assert total.distinct == sum(pot.distinct for pot in roots)
        assert total.pots == len(roots)
    for pot in every(report):
        assert all(part.claim.currency == pot.claim.currency for part in pot.parts)
        assert pot.distinct == (
            sum(part.distinct for part in pot.parts) if pot.amount is None else pot.amount
        )


def test_a_report_of_some_claims_takes_their_parts_along() -> None:
    made = [
        claim(1, 100, purpose="roads"),
        claim(2, 60, part_of=[1]),
        claim(3, 20, part_of=[2]),
        claim(4, 7, replaces=[3]),
        claim(5, 9),
    ]
    report = build_pots(made, only={"c2"})
    assert tree(report.pots) == {"c2": {"c4": {}}}
    assert report.pots[0].within == "c1"
    assert report.totals[0].distinct == 60
    assert [left.claims for left in report.left_out] == [("c3",)]
    assert build_pots(made, only={"c1", "c5"}).totals[0].distinct == 109
    assert build_pots(made, only=set()).pots == ()


def test_the_figure_that_holds_takes_the_place_of_the_one_it_replaces() -> None:
    """£250m with its parts becomes £205m: the pot is one, and what it was stays with it."""
    report = build_pots(
        [
            claim(1, 1000),
            claim(2, 250, part_of=[1], purpose="flood walls", first_said=date(2025, 3, 3)),
            claim(3, 150, part_of=[2]),
            claim(4, 205, replaces=[2], purpose="walls", in_addition_to=[5]),
            claim(5, 40, in_addition_to=[2]),
        ]
    )
    assert tree(report.pots) == {"c1": {"c4": {"c3": {}}}, "c5": {}}
    wall = report.pots[0].parts[0]
    assert [older.id for older in wall.before] == ["c2"]
    assert report.pots[1].on_top_of == (wall.id,)
    assert report.totals[0].distinct == 1040


def test_a_sum_that_is_cut_and_raised_again_is_what_was_said_last() -> None:
    """£3bn up from £2bn, later £2bn again instead of £3bn: a circle that days resolve."""

    def said(number: int, value: int, other: int, day: date) -> Claim:
        one = claim(number, value)
        dated = replace(
            one.mentions[0], provenance=replace(one.mentions[0].provenance, published=day)
        )
        relation = ClaimRelation("replaces", f"c{other}", (dated.id,))
        return replace(one, mentions=(dated,), relations=(relation,))

    for first, last in (("c1", "c2"), ("c2", "c1")):
        days = {first: date(2024, 1, 1), last: date(2025, 1, 1)}
        report = build_pots([said(1, 3, 2, days["c1"]), said(2, 2, 1, days["c2"])])
        assert [pot.claim.id for pot in report.pots] == [last]
        assert [older.id for older in report.pots[0].before] == [first]


def test_newness_of_parts_holds_where_the_whole_is_silent() -> None:
    def said(status: NewnessStatus | None, value: int) -> list[Mention]:
        return [mention(value, value, new=status)]

    report = build_pots(
        [
            claim(1, 10, said=said(None, 10)),
            claim(2, 4, part_of=[1], said=said("new", 4)),
            claim(3, 3, part_of=[1], said=said("existing", 3)),
            claim(4, 2, part_of=[1]),
        ]
    )
    pot = report.pots[0]
    assert [pot.stated_new, pot.untold] == [4, 3]
    total = report.totals[0]
    assert [total.stated_new, total.untold, total.cannot_tell] == [4, 3, 1]


@pytest.mark.parametrize("kind", ["part_of", "replaces"])
def test_long_chains_and_long_circles_are_no_trouble(kind: str) -> None:
    length = 3000
    for above in (0, 1):  # the last hangs nowhere, or on the first
        made = [claim(n, 10**9 - n, **{kind: [n + 1]}) for n in range(1, length)]
        made.append(claim(length, 10**9, **{kind: [1] * above}))
        report = build_pots(made)
        placed = sum(1 for _ in report.every()) + sum(len(one.claims) for one in report.left_out)
        assert placed == length


def test_two_ways_of_splitting_a_whole_are_not_added() -> None:
    """One document splits the money by purpose, another by year."""

    def part(number: int, value: int, document: str) -> Claim:
        one = claim(number, value)
        origin = replace(one.mentions[0].provenance, sha256=document * 64)
        return replace(
            one,
            mentions=(replace(one.mentions[0], provenance=origin),),
            relations=(ClaimRelation("part_of", "c1", ("m0",)),),
        )

    parts = [part(2, 6, "a"), part(3, 4, "a"), part(4, 5, "b"), part(5, 5, "b")]
    found = check_parts(claim(1, 10), parts)
    assert found is not None
    assert found.words == "parts add up: 6 + 4 = 10; 2 more overlap them"
    wrong = check_parts(claim(1, 10), [parts[0], part(3, 7, "a"), parts[2]])
    assert wrong is not None
    assert wrong.verdict == "does not add up"


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([6, 4, 3], "parts add up: 6 + 4 = 10; 1 more overlaps them"),
        ([7, 6, 4, 3], "parts add up: 6 + 4 = 10; 2 more overlap them"),
        ([5, 3, 2, (None, 4), 1], "parts add up: 5 + 3 + 2 = 10; 2 more overlap them"),
        ([10, 3], "parts do not add up: 10 + 3 = 13, more than 10"),
        ([9, 8], "parts do not add up: 9 + 8 = 17, more than 10"),
        ([1] * 40, "parts add up: " + "1 + " * 9 + "1 = 10; 30 more overlap them"),
    ],
)
def test_some_parts_that_come_to_the_whole_are_one_way_to_split_it(
    parts: list[Any], words: str
) -> None:
    found = check_parts(claim(1, 10), [claim(n, part) for n, part in enumerate(parts, 2)])
    assert found is not None
    assert found.words == words
