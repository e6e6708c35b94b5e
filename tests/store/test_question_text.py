"""Any question: it prints back as one that means the same, and finds what a slow reading finds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.question import parse
from store.question_terms import WORDS, Not, Question, Sort
from store.question_text import question_text
from store.store import Store
from tests.databases import Databases
from tests.store.language import fill_all
from tests.store.reading import World

CASES = Path(__file__).parent / "cases"
FORMS = [
    case["text"] for case in tomllib.loads((CASES / "question.toml").read_text("utf-8"))["amount"]
]
ASKED = [
    case["ask"] for case in tomllib.loads((CASES / "language.toml").read_text("utf-8"))["case"]
]
TERMS = [
    *("amount:>=2bn", "amount:<100m", "amount:..0.3", "£2.1bn", "amount:~6bn", "amount:36bn~2%"),
    *(
        "amount:400m..6bn",
        "amount:$5m",
        "peryear:12bn",
        "peryear:<12.5bn",
        "within:>€1",
        "within:36bn",
    ),
    *("currency:€", "currency:GBP,JPY", "currency:$", "rate:total", "rate:month", "rate:pupil"),
    *("nhs", '"on top of"', '"the government"', "million", "could", "36", "R&D", '"OR"'),
    *("for:technology", 'for:"wall work"', "who:treasury", 'who:"the town"', "to:schools"),
    *("source:txt", 'source:"news/"', "rule:by.", "rule:hand", "by:anna", "by:b", "by:carl"),
    *(
        "said:2021-10-26",
        "said:>2023",
        "said:..2022",
        "first:2023",
        "period:2022-23",
        "period:>2025",
    ),
    *(
        "by:2025",
        "by:2026",
        "by:>2026",
        "by:2023..2026-03-31",
        "origins:2",
        "origins:<2",
        "origins:>0",
    ),
    *("partof:c1", "partof:c17", "pot:c20", "pot:c1", "pot:c99", "run:r1", "run:r2"),
    *(f"{field}:{word}" for field, words in WORDS.items() for word in words),
    *("status:new,revised", "hedge:none,could", "missing:who,said", "decision:accepted,unsure"),
]
QUESTIONS = st.recursive(
    st.sampled_from(TERMS),
    lambda inner: (
        inner.map(lambda one: f"-({one})")
        | st.lists(inner, min_size=2, max_size=3).map(" ".join)
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})")
    ),
    max_leaves=6,
)
SORTS = st.none() | st.builds(Sort, st.sampled_from(["amount", "said"]), st.booleans())


@pytest.fixture(scope="module")
def store(databases: Databases) -> Iterator[Store]:
    with Store.open(databases.new(), create=True) as store:
        fill_all(store)
        yield store


@pytest.fixture(scope="module")
def world(store: Store) -> World:
    return World(
        {claim.id: claim for claim in store.all_claims()},
        {stored.id: stored for stored in store.documents()},
    )


@given(QUESTIONS, SORTS)
@settings(max_examples=150)
def test_a_question_prints_back_as_one_that_means_the_same(text: str, sort: Sort | None) -> None:
    asked = Question(text, parse(text).condition, sort)
    printed = question_text(asked)
    read = parse(printed)
    assert (read.condition, read.sort) == (asked.condition, sort)
    assert question_text(read) == printed


@pytest.mark.parametrize("value", FORMS)
@pytest.mark.parametrize("field", ["amount", "peryear"])
def test_every_form_of_an_amount_prints_back(field: str, value: str) -> None:
    asked = parse(f'{field}:"{value}" "million"')
    assert parse(question_text(asked)).condition == asked.condition


@given(st.decimals(0, 10**14, places=2), st.sampled_from(["{}", "~{}", "{}~7.5%", ">{}", "..{}k"]))
def test_every_number_prints_back(number: object, form: str) -> None:
    asked = parse(f"amount:{form.format(number)}")
    assert parse(question_text(asked)).condition == asked.condition


@given(QUESTIONS)
@settings(max_examples=60)
def test_a_question_finds_what_a_slow_reading_finds(store: Store, world: World, text: str) -> None:
    condition = parse(text).condition
    assert condition is not None
    expected = world.found(condition)
    assert {claim.id for claim in store.find_claims(Question(text, condition)).claims} == expected
    others = store.find_claims(Question(text, Not(condition))).claims
    assert {claim.id for claim in others} == world.claims.keys() - expected


@pytest.mark.parametrize("text", [one for one in ASKED if "pot:p" not in one])
def test_every_case_is_as_the_slow_reading_has_it(world: World, text: str) -> None:
    condition = parse(text).condition
    found = next(
        case["finds"]
        for case in tomllib.loads((CASES / "language.toml").read_text("utf-8"))["case"]
        if case["ask"] == text
    )
    assert condition is not None
    assert world.found(condition) == set(found)
