"""Every term of the question language finds what it says, on a store that has all of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from store.question import parse
from store.question_fields import READERS
from store.question_terms import WORDS
from store.store import Store
from tests.databases import Databases
from tests.store.language import fill_all

CASES = tomllib.loads((Path(__file__).parent / "cases/language.toml").read_text("utf-8"))["case"]


@pytest.fixture(scope="module")
def store(databases: Databases) -> Iterator[Store]:
    with Store.open(databases.new(), create=True) as store:
        fill_all(store)
        yield store


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["ask"])
def test_every_term_finds(store: Store, case: dict[str, Any]) -> None:
    answer = store.find_claims(parse(case["ask"]))
    assert [claim.id for claim in answer.claims] == case["finds"]


def test_every_field_and_word_has_a_case() -> None:
    asked = " ".join(case["ask"] for case in CASES)
    assert [field for field in READERS if f"{field}:" not in asked] == []
    words = [f"{field}:{word}" for field in ("status", "hedge") for word in WORDS[field]]
    assert [word for word in words if word not in asked] == []


@pytest.mark.parametrize("field", ["partof:c", "pot:p", "pot:c", "run:r"])
def test_an_id_that_does_not_exist_finds_nothing(store: Store, field: str) -> None:
    assert store.find_claims(parse(f"{field}999999999999")).claims == ()


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("nhs*", "nhs"),
        ("^nhs", "nhs"),
        ("'nhs'|'tests'", '"nhs tests"'),
        ('"nhs OR tests"', '"nhs or tests"'),
        ('"NEAR(nhs tests)"', '"near nhs tests"'),
        ('"{sentence} : nhs"', '"sentence nhs"'),
    ],
)
def test_no_operator_of_an_engine_leaks_in(store: Store, asked: str, plain: str) -> None:
    found, expected = (store.find_claims(parse(one)).claims for one in (asked, plain))
    assert [claim.id for claim in found] == [claim.id for claim in expected]
