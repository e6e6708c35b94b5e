"""What `import earmark` promises, and what it must not cost."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import earmark
from records.errors import SettingsError

HEAVY = ("spacy", "sqlalchemy", "trafilatura", "pdfplumber", "rich.console", "lark", "rapidfuzz")
SENTENCE = "Ministers will spend $5m on flood defences next year."


def loaded_by(program: str) -> set[str]:
    """Return which of the heavy libraries a program has loaded when it ends."""
    report = f"{program}\nimport sys; print(*sys.modules, file=sys.stderr)"
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", report], capture_output=True, text=True, check=True
    )
    return set(HEAVY) & set(ended.stderr.split())


def command(*arguments: str) -> str:
    return f"from earmark.cli.program import run; run({list(arguments)!r})"


def test_the_public_names_are_these() -> None:
    assert earmark.__all__ == [
        "EarmarkError",
        "IngestOptions",
        "__version__",
        "amounts",
        "extract",
        "extract_many",
        "open_store",
        "timeframes",
    ]
    assert all(getattr(earmark, name) for name in earmark.__all__)


def test_other_names_are_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        earmark.nonsense  # noqa: B018 - reading it is the test


@pytest.mark.parametrize(
    ("program", "needed"),
    [
        ("import earmark; earmark.__version__", set()),
        (command("--help"), set()),
        (command("--version"), set()),
        (command("query", "--help"), set()),
        ("import earmark; earmark.open_store", {"sqlalchemy", "rapidfuzz"}),
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(program: str, needed: set[str]) -> None:
    assert loaded_by(program) <= needed


@pytest.mark.parametrize(
    "arguments",
    [["query", "amount:>=1bn"], ["show", "c1"], ["why", "m1"], ["why", "c1", "m2"]],
    ids=" ".join,
)
def test_asking_a_store_loads_no_language_pipeline(read_store: Path, arguments: list[str]) -> None:
    loaded = loaded_by(command(*arguments, "--store", str(read_store)))
    assert "sqlalchemy" in loaded
    assert not loaded & {"spacy", "trafilatura", "pdfplumber"}


def test_extraction_runs_on_text_alone() -> None:
    """A tokenizer is loaded for a pipeline of the user's only, a reader for its own format."""
    loaded = loaded_by(f"import earmark; earmark.extract({SENTENCE!r})")
    assert not loaded & {"spacy", "trafilatura", "pdfplumber"}


def test_extract_reads_one_text() -> None:
    (mention,) = earmark.extract(SENTENCE, published="2024-03-06", country="US")
    assert mention.amount.span.text == "$5m"
    assert (mention.amount.currency, mention.amount.low) == ("USD", Decimal(5_000_000))
    assert mention.timeframe is not None
    assert mention.timeframe.start == date(2025, 1, 1)
    assert mention.to_dict()["kind"] == "funding"


def test_a_date_means_the_same_as_its_words() -> None:
    assert earmark.extract(SENTENCE, published=date(2024, 3, 6)) == earmark.extract(
        SENTENCE, published="2024-03-06"
    )


def test_timeframes_reads_expressions_without_money() -> None:
    text = "Building runs from April 2026. It was announced in June. Staff stay for three years."
    found = earmark.timeframes(text, published="2025-09-12")
    assert [t.span.text for t in found] == ["from April 2026", "for three years"]
    assert [t.to_dict()["interval"] for t in found] == ["2026-04-01/..", "P3Y"]


@pytest.mark.parametrize(
    ("text", "country", "interval"),
    [
        ("2008 to 2009", "GB", "2008-04-01/2009-03-31"),
        ("2024-25", "AU", "2024-07-01/2025-06-30"),
        ("next year", "GB", "2026-01-01/2026-12-31"),
        ("three years", "GB", "P3Y"),
        ("the next 18 months", "GB", "2025-09-12/2027-03-11"),
        ("March 2026", "GB", "2026-03-01/2026-03-31"),
        ("Q3 2025", "IE", "2025-07-01/2025-09-30"),
        ("Duration: April 2025 - March 2028", "GB", "2025-04-01/2028-03-31"),
    ],
)
def test_timeframes_reads_a_bare_expression(text: str, country: str, interval: str) -> None:
    (found,) = earmark.timeframes(text, published=date(2025, 9, 12), country=country)
    assert found.span.text in text
    assert found.to_dict()["interval"] == interval


def test_timeframes_checks_its_arguments() -> None:
    with pytest.raises(SettingsError, match="'yesterday' is no ISO date"):
        earmark.timeframes(SENTENCE, published="yesterday")
    with pytest.raises(SettingsError, match=r"^text: bytes was given"):
        earmark.timeframes(b"in 2025")  # type: ignore[arg-type]


def test_extract_many_streams_in_order() -> None:
    texts = (text for text in ("£1m for roads", "no money here", "£2m for rail"))
    found = [[m.amount.span.text for m in mentions] for mentions in earmark.extract_many(texts)]
    assert found == [["£1m"], [], ["£2m"]]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"published": "yesterday"}, "'yesterday' is no ISO date"),
        ({"published": 2021}, "published: int was given; hand in a date, an ISO string or None"),
        ({"country": "Narnia"}, "^country: 'Narnia' is no country code"),
        ({"country": ""}, "^country: '' is no country code"),
        ({"country": None}, "^country: None was given; hand in a code such as 'GB'"),
        ({"text": None}, "^text: None was given; hand in a str$"),
        ({"text": b"5m"}, "^text: bytes was given; hand in a str; decode it first"),
    ],
)
def test_an_argument_that_cannot_be_used_is_said(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        earmark.extract(**{"text": SENTENCE, **arguments})


@pytest.mark.parametrize("texts", [SENTENCE, b"5m", None])
def test_one_text_is_not_many(texts: Any) -> None:
    with pytest.raises(SettingsError, match=r"^texts: .* hand in a list or stream of str"):
        earmark.extract_many(texts)


def test_a_moment_stands_for_its_day() -> None:
    moment = datetime(2024, 3, 6, 9, 30, tzinfo=UTC)
    assert earmark.extract(SENTENCE, published=moment) == earmark.extract(
        SENTENCE, published="2024-03-06"
    )


def test_a_lone_surrogate_is_a_code_point_like_any_other() -> None:
    text = "\ud800 gave £5m \udfff for roads"
    (mention,) = earmark.extract(text)
    mention.check(text)
    assert mention.amount.span.start == 7
    assert json.loads(json.dumps(mention.to_dict())) == mention.to_dict()
    assert earmark.amounts(text) == [mention.amount]


def test_amounts_reads_the_money_alone() -> None:
    first, second = earmark.amounts("It gives about $5m a year, up to £20m in all.", country="AU")
    assert (first.span.text, first.currency, first.approximate) == ("$5m", "AUD", True)
    assert (first.low, first.high, first.per) == (Decimal(5_000_000), Decimal(5_000_000), "year")
    assert (second.low, second.high) == (None, Decimal(20_000_000))


@pytest.mark.parametrize("text", [SENTENCE, "", "Over €2bn, 20p a head and millions of pounds."])
def test_amounts_are_those_of_the_mentions(text: str) -> None:
    assert earmark.amounts(text) == [mention.amount for mention in earmark.extract(text)]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("£5m", "Narnia"), "^country: 'Narnia' is no country code"),
        (("£5m", None), "^country: None was given; hand in a code such as 'GB'"),
        ((None,), "^text: None was given; hand in a str$"),
        ((b"5m",), "^text: bytes was given; hand in a str; decode it first"),
    ],
)
def test_amounts_says_what_it_cannot_use(arguments: Any, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        earmark.amounts(*arguments)
