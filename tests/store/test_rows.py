from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.document import Capture, Decoding, Document, Gap, Known, Metadata, Reader
from records.errors import StoreError
from records.layout import Layout, Word
from records.mention import (
    KINDS,
    NEWNESS_STATUSES,
    RELATION_TYPES,
    SPAN_FIELDS,
    Amount,
    Mention,
    Newness,
    Relation,
    Timeframe,
)
from records.span import Span
from store.mention_rows import mention_row, read_mention
from store.rows import (
    capture_row,
    document_row,
    given_text,
    name_text,
    read_capture,
    read_document,
    read_given,
)
from store.store import Store
from tests.databases import Databases
from tests.store.factory import NOON, VERSIONS, capture, document, mention

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
DAYS = st.dates(date(1, 1, 1))


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def known(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return maybe(st.builds(Known, values, st.sampled_from(["given", "text header", "default"])))


METADATA = st.builds(
    Metadata,
    title=known(TEXTS),
    publisher=known(TEXTS),
    author=known(TEXTS),
    published=known(DAYS),
    country=known(TEXTS),
    url=known(TEXTS),
)
NUMBERS = st.integers(0, 2**31 - 1)
WORDS = st.builds(Word, NUMBERS, NUMBERS, NUMBERS, st.tuples(*[st.integers(-999, 10**7)] * 4))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(TEXTS)
    taken = capture(text, draw(TEXTS))
    return document(
        taken,
        reader=Reader(draw(TEXTS), draw(TEXTS)),
        metadata=draw(METADATA),
        decoding=draw(maybe(st.builds(Decoding, TEXTS, st.just("utf-8"), NUMBERS))),
        pages=draw(maybe(NUMBERS)),
        words=Layout(draw(st.lists(WORDS, max_size=4))),
        gaps=tuple(draw(st.lists(st.builds(Gap, TEXTS, TEXTS), max_size=3))),
        warnings=tuple(draw(st.lists(TEXTS, max_size=3))),
    )


BOUNDS = maybe(
    st.decimals(-(10**24), 10**24, allow_nan=False, places=5)
    | st.integers(-(2**65), 2**65).map(Decimal)
    | st.sampled_from([Decimal(2**63 - 1) / 100, Decimal(2**63) / 100, Decimal("0.025")])
)


@st.composite
def mentions(draw: st.DrawFn, currencies: list[str]) -> tuple[Document, Mention]:
    read = draw(documents())

    def span() -> Span:
        start = draw(st.integers(0, len(read.text) - 1))
        return Span.of(read.text, start, draw(st.integers(start + 1, len(read.text))))

    def sometimes(value: Any) -> Any:
        return value if draw(st.booleans()) else None

    built = Mention(
        Amount(
            span(),
            draw(st.sampled_from(currencies)),
            draw(BOUNDS),
            draw(BOUNDS),
            draw(st.booleans()),
            draw(maybe(TEXTS)),
            draw(st.booleans()),
        ),
        draw(st.sampled_from(KINDS)),
        sometimes(Timeframe(span(), draw(maybe(TEXTS)), draw(maybe(DAYS)), draw(maybe(DAYS)))),
        relation=sometimes(Relation(draw(st.sampled_from(RELATION_TYPES)), span())),
        newness=sometimes(Newness(draw(st.sampled_from(NEWNESS_STATUSES)), span())),
        rules=draw(st.dictionaries(TEXTS, TEXTS, max_size=2)),
        **{name: sometimes(span()) for name in SPAN_FIELDS},
    )
    return read, built


@given(documents())
def test_a_document_comes_back_as_it_was(read: Document) -> None:
    row = document_row(read)
    taken = {
        "sha256": read.sha256,
        "source": read.source,
        "captured_at": capture_row(capture(""))["captured_at"],
    }
    assert read_document({**row, **taken}) == read


@given(mentions(["GBP", "JPY", "KWD", "XXQ"]))
def test_a_mention_comes_back_as_it_was(case: tuple[Document, Mention]) -> None:
    read, built = case
    row = mention_row(built, read)
    back = read_mention(row)
    assert back == built
    assert back.to_dict() == built.to_dict()
    for bound in ("low", "high"):
        minor = row[f"{bound}_minor"]
        assert minor is None or abs(minor) < 2**63
    start = row["sentence_start"]
    assert read.text[start : start + len(row["sentence"])] == row["sentence"]
    assert start <= built.amount.span.start
    assert start + len(row["sentence"]) >= built.amount.span.end


@given(METADATA, st.binary(), TEXTS)
def test_a_capture_comes_back_as_it_was(said: Metadata, content: bytes, source: str) -> None:
    taken = Capture.of(source, content, NOON, said)
    row = {**capture_row(taken), "sha256": taken.sha256, "body": content}
    assert read_capture(row) == taken
    assert read_given(given_text(said)) == said


def test_a_name_that_is_no_text_is_written_out() -> None:
    assert name_text("r\udce9sum\u00e9.txt") == "r\\udce9sumé.txt"


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_a_bound_must_be_finite(value: str) -> None:
    text = "pay £5m"
    with pytest.raises(StoreError, match="finite"):
        mention_row(mention(text, "£5m", value), document(capture(text)))


def test_the_page_is_that_of_the_amount() -> None:
    text = "pay £5m"
    words = Layout([Word(0, 3, 1, (0, 0, 1, 1)), Word(4, 7, 2, (0, 0, 1, 1))])
    row = mention_row(mention(text, "£5m", "5000000"), document(capture(text), words=words))
    assert row["page"] == 2


@pytest.fixture(scope="module")
def store(databases: Databases) -> Iterator[Store]:
    with Store.open(databases.new(), create=True) as opened:
        yield opened
        # The amounts are drawn, and not read from their quotes.
        found = opened.audit().findings
        assert [one for one in found if "is no figure of" not in one.what] == []


@settings(max_examples=25)
@given(mentions(["GBP", "JPY", "KWD"]))
def test_what_is_stored_comes_back_as_it_was(store: Store, case: tuple[Document, Mention]) -> None:
    read, built = case
    run = store.start_run(VERSIONS)
    taken = store.add_capture(run, capture(read.text, read.source, read.metadata))
    added = store.add_document(run, taken, read, [built])
    stored = store.document(added.document)
    assert stored.document == replace(read, source=stored.document.source)
    (placed,) = stored.mentions
    assert placed.mention == built
    (held,) = (one for one in store.claim(placed.id).mentions if one.id == placed.id)
    origin = held.provenance
    quote = f"{origin.before}{built.amount.span.text}{origin.sentence_after}"
    assert quote in read.text
