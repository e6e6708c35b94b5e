"""The question language: every form parses to its term, everything else points at the place."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.errors import QueryError
from store.question import (
    AllOf,
    AmountTerm,
    AnyOf,
    Condition,
    CurrencyTerm,
    DayTerm,
    IdTerm,
    Not,
    Question,
    RateTerm,
    Sort,
    TextTerm,
    WordTerm,
    parse,
)
from store.question_values import SCALES, read_amount

CASES = tomllib.loads(
    Path(__file__).with_name("cases").joinpath("question.toml").read_text("utf-8")
)


def case_id(case: dict[str, Any]) -> str:
    return str(case["id"])


def amount(term: dict[str, Any]) -> AmountTerm:
    numbers: dict[str, Any] = {key: Decimal(term[key]) for key in ("low", "high") if key in term}
    fields: dict[str, Any] = {**term, **numbers, "currencies": tuple(term.get("currencies", ()))}
    return replace(AmountTerm(None, None), **fields)


@pytest.mark.parametrize("case", CASES["amount"], ids=case_id)
def test_amount_forms(case: dict[str, Any]) -> None:
    expected = amount(case["term"])
    assert read_amount(case["text"]) == expected
    assert parse(f'amount:"{case["text"]}"') == Question(f'amount:"{case["text"]}"', expected)


@pytest.mark.parametrize("case", CASES["spaced"], ids=case_id)
def test_white_space_within_an_amount_needs_no_quotes(case: dict[str, Any]) -> None:
    text, word = case["text"], case.get("word")
    term = read_amount(case["means"])
    expected = AllOf((term, TextTerm("quote", word))) if word else term
    assert parse(f"amount:{text}") == Question(f"amount:{text}", expected)
    assert parse(f"(-amount: {text} OR a)").condition == AnyOf(
        (AllOf((Not(term), TextTerm("quote", word))) if word else Not(term), WORD["a"])
    )


@pytest.mark.parametrize("scale", [scale for scale in SCALES if scale])
def test_every_scale_stands_behind_white_space(scale: str) -> None:
    expected = read_amount(f">7{scale}")
    assert parse(f"amount:>7  {scale.upper()}").condition == expected


@pytest.mark.parametrize("case", CASES["error"], ids=case_id)
def test_errors_point_and_teach(case: dict[str, Any]) -> None:
    with pytest.raises(QueryError) as caught:
        parse(case["text"])
    assert str(caught.value) == case["message"].lstrip("\n")


@pytest.mark.parametrize("case", CASES["days"], ids=case_id)
def test_days(case: dict[str, Any]) -> None:
    field = "said" if case["text"].startswith("said:") else "period"
    expected = DayTerm(field, case.get("first"), case.get("last"))  # type: ignore[arg-type]
    assert parse(case["text"]).condition == expected


WORD = {name: TextTerm("quote", name) for name in ("a", "b", "c")}


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("", None),
        ("  \t ", None),
        ("a", WORD["a"]),
        ("a b", AllOf((WORD["a"], WORD["b"]))),
        ("a AND b", AllOf((WORD["a"], WORD["b"]))),
        ("a OR b", AnyOf((WORD["a"], WORD["b"]))),
        ("a b OR c", AnyOf((AllOf((WORD["a"], WORD["b"])), WORD["c"]))),
        ("a (b OR c)", AllOf((WORD["a"], AnyOf((WORD["b"], WORD["c"]))))),
        ("-a", Not(WORD["a"])),
        ("NOT a", Not(WORD["a"])),
        ("-(a b)", Not(AllOf((WORD["a"], WORD["b"])))),
        ("((a))", WORD["a"]),
        ('"on top of"', TextTerm("quote", "on top of")),
        ("“on top of”", TextTerm("quote", "on top of")),
        ('"OR"', TextTerm("quote", "OR")),
        ("or", TextTerm("quote", "or")),
        ("£2.1bn", read_amount("£2.1bn")),
        ("a £2.1 billion b", AllOf((WORD["a"], read_amount("£2.1bn"), WORD["b"]))),
        ("(GBP 2.1bn)", read_amount("£2.1bn")),
        ("-5m", Not(read_amount("5m"))),
        ('"£2.1bn"', TextTerm("quote", "£2.1bn")),
        ("2021", TextTerm("quote", "2021")),
        ("MRI 3", AllOf((TextTerm("quote", "MRI"), TextTerm("quote", "3")))),
        ("peryear:>£2 billion", replace(read_amount(">£2bn"), field="peryear")),
        ("within:1bn..2bn", replace(read_amount("1bn..2bn"), field="within")),
        ("by:2025", DayTerm("by", None, date(2025, 12, 31))),
        ("by:2022-23", DayTerm("by", None, date(2023, 3, 31))),
        ("by:2024..2025", DayTerm("by", date(2024, 1, 1), date(2025, 12, 31))),
        ("by:>2025", DayTerm("by", date(2026, 1, 1), None)),
        ("by:anna", TextTerm("by", "anna")),
        ("by:2nd-reader", TextTerm("by", "2nd-reader")),
        ("first:2021-12", DayTerm("first", date(2021, 12, 1), date(2021, 12, 31))),
        ("status:Restated,new", WordTerm("status", ("new", "restated"))),
        ("partof:C03", IdTerm("partof", "c3")),
        ("pot:p3", IdTerm("pot", "p3")),
        ("run:r7", IdTerm("run", "r7")),
        ("rule:bound.up-to", TextTerm("rule", "bound.up-to")),
        ("https://example.org/a", TextTerm("quote", "https://example.org/a")),
        ('for:"NHS IT"', TextTerm("for", "NHS IT")),
        ('For: "NHS IT"', TextTerm("for", "NHS IT")),
        ("who:treasury", TextTerm("who", "treasury")),
        ('to:"NHS England"', TextTerm("to", "NHS England")),
        ("source:gov.uk", TextTerm("source", "gov.uk")),
        ("kind:Cost", WordTerm("kind", ("cost",))),
        ("rate:total", RateTerm(None)),
        ("rate:Year", RateTerm("year")),
        ("currency:gbp", CurrencyTerm(("GBP",))),
        ("currency:€", CurrencyTerm(("EUR",))),
        ("currency:£,EUR", CurrencyTerm(("GBP", "EUR"))),
        ('amount:>"5 m"', AmountTerm(Decimal(5_000_000), None, low_included=False)),
    ],
)
def test_conditions(text: str, condition: Condition | None) -> None:
    assert parse(text) == Question(text, condition)


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("sort:-amount", Sort("amount", descending=True)),
        ("sort:said", Sort("said", descending=False)),
        ("sort:-SAID", Sort("said", descending=True)),
    ],
)
def test_an_order_stands_beside_the_condition(text: str, sort: Sort) -> None:
    assert parse(text) == Question(text, None, sort)
    assert parse(f"a {text} b").condition == AllOf((WORD["a"], WORD["b"]))
    assert parse(f"a {text} b").sort == sort


def test_a_bare_dollar_is_any_dollar() -> None:
    term = parse("amount:$5m").condition
    assert isinstance(term, AmountTerm)
    assert {"USD", "CAD", "AUD", "NZD"} < set(term.currencies)
    assert parse("amount:US$5m").condition == parse("amount:USD5m").condition


@pytest.mark.parametrize("text", ["a " * 1001, "(" * 31 + "a" + ")" * 31], ids=["long", "deep"])
def test_a_question_has_its_limits(text: str) -> None:
    with pytest.raises(QueryError, match="too long"):
        parse(text)


def test_the_deepest_allowed_question_parses() -> None:
    condition = parse("-(" * 30 + "a" + ")" * 30).condition
    for _ in range(30):
        assert isinstance(condition, Not)
        condition = condition.part
    assert condition == WORD["a"]


PIECES = ["amount:", "said:", "for:", "(", ")", '"', "-", "OR ", "AND", "..", "~", ">=", "£", "1bn"]
PIECES += [" billion", "GBP "]
PIECES += [" ", "a", "2021", "period:", "2021-22", "%", "sort:", "$", "\n", "\0", "“", "”", "x:"]


@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.text())
def test_a_question_parses_or_points_inside_itself(text: str) -> None:
    try:
        assert parse(text).text == text
    except QueryError as error:
        what, *_, line, mark, hint = str(error).split("\n")
        assert what.strip()
        assert hint.startswith("  ")
        assert set(mark) <= {" ", "^"}
        assert len(mark.rstrip()) <= len(line) + 1


@given(st.integers(1, 10**12), st.integers(0, 3))
def test_a_tilde_covers_half_of_the_last_digit(digits: int, places: int) -> None:
    written = format(Decimal(digits).scaleb(-places), "f")
    term, exact = read_amount("~" + written), read_amount(written)
    assert term.low is not None
    assert term.high is not None
    assert exact.low is not None
    assert term.low + term.high == 2 * exact.low
    unit = term.high - term.low
    assert exact.low % unit == 0
    assert unit >= Decimal(1).scaleb(-places)


def test_the_parser_loads_with_the_first_question_only() -> None:
    script = "import sys, store.question; sys.exit('lark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0  # noqa: S603 - our own words
