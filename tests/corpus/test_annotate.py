"""Annotation sheets to gold."""

from __future__ import annotations

import hashlib
import tomllib
from typing import Any

import pytest

from corpus.annotate import annotate, read_value
from records.errors import SpanMismatchError

TEXT = "The BBC said £2bn goes on beds. The BBC said £2bn, part of £5m to £6m, goes on IT by 2030."


def made(*entries: str) -> list[dict[str, Any]]:
    sheet = tomllib.loads("[document]\ncountry = 'GB'\n" + "".join(entries))
    data = annotate(sheet, TEXT, hashlib.sha256(TEXT.encode()).hexdigest())
    mentions: list[dict[str, Any]] = data["mentions"]
    return mentions


def entry(amount: str, more: str = "", value: str = "GBP 2000000000") -> str:
    return (
        f"[[mention]]\namount = '{amount}'\nvalue = '{value}'\n"
        f"kind = 'funding'\nclaim = 'a'\n{more}\n"
    )


@pytest.mark.parametrize(
    ("value", "low", "high", "about", "per"),
    [
        ("GBP 5", "5", "5", False, None),
        ("~GBP 5.25", "5.25", "5.25", True, None),
        ("GBP ..5", None, "5", False, None),
        ("~GBP 5..", "5", None, True, None),
        ("GBP 2..3 per linear accelerator", "2", "3", False, "linear accelerator"),
    ],
)
def test_a_value_is_read(
    value: str, low: str | None, high: str | None, about: object, per: str | None
) -> None:
    assert read_value(value) == {
        "currency": "GBP",
        "low": low,
        "high": high,
        "approximate": about,
        "per": per,
    }


def test_a_vague_value_has_no_bounds() -> None:
    assert read_value("USD vague") == {
        "currency": "USD",
        "low": None,
        "high": None,
        "approximate": False,
        "per": None,
        "vague": True,
    }


@pytest.mark.parametrize("value", ["5", "GBP", "GBP ", "GBP ..", "GBP 5,000", "gbp 5", "GBP 5."])
def test_what_is_no_value_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="is no value"):
        read_value(value)


def test_amounts_are_taken_in_order_and_quotes_near_them() -> None:
    said = "attribution = 'The BBC'"
    first, second = made(entry("£2bn", said), entry("£2bn", said))
    assert first["amount"]["start"] == TEXT.index("£2bn")
    assert second["amount"]["start"] == TEXT.rindex("£2bn")
    assert second["attribution"]["start"] == TEXT.rindex("The BBC")


def test_brackets_mark_the_quote_in_its_surroundings() -> None:
    (mention,) = made(entry("£2bn", "attribution = 'The [BBC] said £2bn, part'"))
    assert mention["attribution"] == {
        "text": "BBC",
        "start": TEXT.rindex("BBC"),
        "end": TEXT.rindex("BBC") + 3,
    }


def test_a_timeframe_has_its_days() -> None:
    (mention,) = made(entry("£2bn", "timeframe = { quote = 'by 2030', until = 2030-12-31 }"))
    assert mention["timeframe"] == {
        "text": "by 2030",
        "start": TEXT.index("by 2030"),
        "end": TEXT.index("by 2030") + 7,
        "duration": None,
        "from": None,
        "until": "2030-12-31",
    }


def test_a_relation_points_at_the_amount_it_names() -> None:
    whole = entry("£5m to £6m", "part_of = '£2bn'", "GBP 5000000..6000000")
    *_, near = made(entry("£2bn"), entry("£2bn"), whole)
    *_, first = made(entry("£2bn"), entry("£2bn"), whole.replace("£2bn", "£2bn#1"))
    assert near["relation"]["to"]["start"] == TEXT.rindex("£2bn")
    assert first["relation"]["to"]["start"] == TEXT.index("£2bn")


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([entry("£3bn")], "'£3bn'.*not in the text after offset 0"),
        ([entry("£5m to £6m"), entry("£2bn")], "'£2bn'.*not in the text after offset"),
        ([entry("£2bn", "purpose = 'on bread'")], "'on bread' is not in the text"),
        ([entry("£2bn", "purpos = 'on beds'")], "unknown key purpos"),
        ([entry("£2bn", value="2bn")], "is no value"),
        ([entry("£2bn", "part_of = '£9bn'")], "no mention '£9bn'"),
        ([entry("£2bn", "part_of = '£2bn'")], "no mention '£2bn'"),
        ([entry("£2bn"), entry("£2bn", "part_of = '£2bn'\nreplaces = '£2bn'")], "has 2 relations"),
        (["[[mention]]\namount = '£2bn'\n"], "'£2bn': 'value'"),
    ],
)
def test_a_sheet_that_cannot_hold_is_refused(entries: list[str], message: str) -> None:
    with pytest.raises(SpanMismatchError, match=message):
        made(*entries)
