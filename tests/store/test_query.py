import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from records.errors import QueryError
from records.money import decimal_text
from store.question import AmountTerm, Not, Question, parse
from store.store import Store
from tests.databases import Databases
from tests.store.factory import VERSIONS, mention
from tests.store.factory import given as told
from tests.store.reading import lies
from tests.store.stories import STORIES, fill, story, whole

CASES = tomllib.loads((Path(__file__).parent / "cases/queries.toml").read_text())["case"]


@pytest.fixture(scope="module")
def shared(databases: Databases) -> Iterator[Store]:
    with Store.open(databases.new(), create=True) as store:
        fill(store, [make() for make in (*STORIES, whole)])
        yield store


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.get("id", case["ask"]))
def test_question(shared: Store, case: dict[str, Any]) -> None:
    answer = shared.find_claims(parse(case["ask"]))
    assert [claim.id for claim in answer.claims] == case["finds"]
    assert shared.count_claims(parse(case["ask"])) == len(case["finds"])
    assert case.get("note", "") in " ".join(answer.notes)
    assert bool(answer.notes) == ("note" in case)


def test_a_limit_leaves_out_the_rest(shared: Store) -> None:
    answer = shared.find_claims(parse("amount:>=2bn"), limit=2)
    assert [claim.id for claim in answer.claims] == ["c5", "c1"]
    assert answer.next is not None
    assert shared.find_claims(parse("amount:>=2bn"), limit=6).next is None


def test_an_order_given_apart_outranks_the_question(shared: Store) -> None:
    question = parse("amount:>=2bn sort:-amount")
    answer = shared.find_claims(question, sort="said", limit=1)
    assert [claim.id for claim in answer.claims] == ["c1"]
    with pytest.raises(QueryError):
        shared.find_claims(question, sort="colour")


EDGES = [
    *map(Decimal, ("0", "0.01", "0.025", "0.05", "1", "1.005", "2", "4999.9999", "5000", "10000")),
    *(Decimal(2**63 - 1).scaleb(-places) + step for places in (0, 2, 3, 4) for step in (0, 1)),
]
PAIRS = [
    (low, high)
    for low in (None, *EDGES[::2])
    for high in (None, *EDGES[1::2])
    if low is None or high is None or low <= high
]
CURRENCIES = ("GBP", "JPY", "KWD", "CLF")  # 2, 0, 3 and 4 decimals
LIMITS = st.none() | st.sampled_from(EDGES) | st.decimals(0, 20000, places=3)


@pytest.fixture(scope="module")
def edges(databases: Databases) -> Iterator[Store]:
    """A claim for every pair of bounds, told apart by what it is counted by."""
    text = "\n\n".join(f"{number} pays £{number} here." for number in range(len(PAIRS)))
    found = [
        mention(
            text,
            f"£{number} ",
            f"{_text(low)}..{_text(high)}",
            currency=CURRENCIES[number % 4],
            per=f"kind {number}",
        )
        for number, (low, high) in enumerate(PAIRS)
    ]
    with Store.open(databases.new(), create=True) as store:
        story(text, "a.txt", told(), found).add(store, store.start_run(VERSIONS))
        yield store


@given(st.builds(AmountTerm, LIMITS, LIMITS, st.booleans(), st.booleans(), st.booleans()))
@example(AmountTerm(None, None, stated=True))
@settings(max_examples=60)
def test_comparisons_are_exact(edges: Store, term: AmountTerm) -> None:
    """Integers in SQL and decimals in Python decide alike, for every bound and every limit."""
    expected = {f"kind {n}" for n, (low, high) in enumerate(PAIRS) if lies(term, low, high)}
    yes = edges.find_claims(Question("", term))
    assert {claim.per for claim in yes.claims} == expected
    assert edges.count_claims(Question("", Not(term))) == len(PAIRS) - len(expected)


def _text(bound: Decimal | None) -> str:
    return "" if bound is None else decimal_text(bound)
