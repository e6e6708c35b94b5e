"""The pipeline as a whole: founding articles, fast path, spaCy registration, hostile text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.analysis import Analysis, set_analysis
from extract.factories import build
from extract.grammar.amounts import find_amounts
from extract.grammar.fold import fold
from extract.groups import read
from extract.pipeline import COMPONENTS, extract, mentions_of
from extract.rulefiles import rulebook
from records.errors import ExtractError
from records.mention import Mention

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
MONEY = st.sampled_from(
    ["£5m", "£2bn to £3bn", "1.5m-£2", "$27,418,300", "20p", "half a billion pounds", "₹500 crore"]
)
WORDS = st.sampled_from(
    [
        "The",
        "council",
        "will",
        "spend",
        "on",
        "roads",
        "over",
        "three",
        "years",
        ".",
        ",",
        "“",
        "”",
        "and",
        "a",
        "further",
        "of",
        "which",
        "including",
        "to",
        "receive",
        "for",
        "schools",
        "said",
        "ministers",
        "\n",
        "\n\n",
        "•",
        "-",
        "in",
        "2024-25",
        "(",
        ")",
        "each",
        "a",
        "year",
        "up",
        "from",
    ]
)
FULL = build()
ARTICLES = st.lists(st.one_of(MONEY, WORDS, st.text(max_size=8)), max_size=60).map(" ".join)


def seeds() -> list[Any]:
    if not SEEDS.is_dir():
        mark = pytest.mark.skip(reason="the founding articles are not beside this checkout")
        return [pytest.param(None, marks=mark)]
    return [pytest.param(path, id=path.stem) for path in sorted(SEEDS.glob("*.json"))]


def plain(mention: Mention) -> dict[str, Any]:
    data = mention.to_dict()
    if mention.timeframe:
        gold = ("text", "start", "end", "duration", "from", "until")
        data["timeframe"] = {key: mention.timeframe.to_dict()[key] for key in gold}
    return {k: v for k, v in data.items() if k not in {"rules", "newness"}}


@pytest.mark.parametrize("path", seeds())
def test_founding_articles_are_read_as_annotated(path: Path) -> None:
    text = path.with_suffix(".txt").read_bytes().decode()
    gold = json.loads(path.read_text("utf-8"))["mentions"]
    found = [plain(mention) for mention in extract(text)]
    for name in ("amount", "timeframe", "kind", "relation"):
        assert [m[name] for m in found] == [m[name] for m in gold], name
    assert [m["purpose"] is None for m in found] == [m["purpose"] is None for m in gold]


def test_every_field_names_its_rule() -> None:
    text = "Ministers will give schools about £5m a year for repairs over three years."
    (mention,) = extract(text)
    fields = {name for name, _ in mention.spans()}
    assert fields - {"amount"} <= set(mention.rules)
    assert {"amount", "per", "approximate", "kind"} <= set(mention.rules)


@settings(max_examples=150)
@given(ARTICLES)
def test_the_fast_path_finds_what_the_full_pipeline_finds(text: str) -> None:
    doc = FULL.make_doc(text)
    set_analysis(doc, Analysis.of(text, date(2025, 9, 12), "GB"))
    for _, component in FULL.pipeline:
        doc = component(doc)
    assert mentions_of(doc) == extract(text, published=date(2025, 9, 12))


@settings(max_examples=200)
@given(ARTICLES)
def test_quotes_are_slices_and_amounts_are_never_lost(text: str) -> None:
    mentions = extract(text, published=date(2025, 9, 12))
    for mention in mentions:
        mention.check(text)
    assert [m.amount.span.start for m in mentions] == [
        a.start for a in find_amounts(fold(text), "GB")
    ]


@pytest.mark.parametrize("name", COMPONENTS)
def test_factories_are_found_by_entry_point(name: str) -> None:
    assert spacy.blank("en").has_factory(name)


def test_a_component_without_its_forerunner_says_so() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("earmark_kind")
    with pytest.raises(ExtractError, match="earmark_amount"):
        nlp("£5m")


def test_a_glued_token_hides_no_amount() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("earmark_amount")
    doc = nlp("It cost £1.5m-£2m of it.")
    assert [span.text for span in doc.spans["earmark_amount"]] == ["£1.5m-£2m"]
    assert [found.start for found in read(doc, "amount")] == [8]


HOSTILE = {
    "empty": "",
    "spaces": " " * 1_000_000 + "£5m",
    "surrogates": "\ud800 gave £5m \udfff to \ud83d schools",
    "quotation-marks": '"' * 20_000 + "£5m",
    "no-break-spaces": "£5\u00a0\u202fm\u2009 for\u00a0roads",
    "digits": "9" * 100_000,
    "brackets": "(" * 20_000 + "£5m",
    "numbers": "£1 " * 1_000,
    "bidi": "\u202e£5m\u202c",
    "full-width": "￡５００万",
    "commas": "£" + "1," * 5_000,
    "one-line": "a council said " * 20_000 + "£5m",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_ends_and_quotes_itself(text: str) -> None:
    for mention in extract(text):
        mention.check(text)


HALF = "\ud800\udbff\udc00"


@settings(max_examples=100)
@given(st.lists(st.one_of(MONEY, WORDS, st.sampled_from(HALF + "\u202e\u2066\uff15￡\x00\ue000"))))
def test_any_code_points_are_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for mention in extract(text):
        mention.check(text)


def test_the_rules_version_is_stable_and_short() -> None:
    assert rulebook().version() == rulebook().version()
    assert len(rulebook().version()) < 20


def test_metadata_decides_dollars_and_years() -> None:
    (mention,) = extract("It gets $5m in 2024-25.", country="AU")
    assert mention.amount.currency == "AUD"
    assert mention.timeframe is not None
    assert mention.timeframe.start == date(2024, 7, 1)
