"""Sources to documents."""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from ingest import errors
from ingest.formats import plain
from ingest.metadata import MetadataTable
from ingest.read import read, read_capture
from ingest.reading import Reading
from ingest.registry import FORMATS
from records.document import Capture, Decoding, Known, Metadata, Reader
from records.errors import (
    FetchError,
    IngestError,
    LimitExceededError,
    UnreadableDocumentError,
)
from tests.ingest import pdfs
from tests.ingest.tables import NOON, captured

WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="<%\ufeff"))


def test_formats_are_pinned() -> None:
    assert [entry.reader.name for entry in FORMATS] == [
        "pdf",
        "docx",
        "xlsx",
        "mail",
        "html",
        "markdown",
        "csv",
        "plain",
    ]


def test_a_text_is_kept_exactly_as_decoded() -> None:
    text = "By Jane Doe\r\n\r\nThe NHS gets £2.1bn.\tNow\u00a0or  never.\r\n\n"
    document = read_capture(captured(b"\xef\xbb\xbf" + text.encode(), "press/a.txt"))
    assert document.text == text
    assert document.source == "press/a.txt"
    assert document.captured_at == NOON
    assert document.media_type == "text/plain"
    assert document.reader == Reader("plain", "1")
    assert document.decoding == Decoding("utf-8", "bom")
    assert document.metadata == Metadata(author=Known("Jane Doe", "text header"))
    assert document.pages is None
    assert (len(document.words), document.gaps, document.warnings) == (0, (), ())


def test_a_markdown_heading_is_the_title_and_the_text_is_the_file() -> None:
    text = "Intro\n\n# Cash for the *coast* #\n\n> > deep [£5m](x)\n\n## Part\n"
    document = read_capture(captured(text, "a.md"))
    assert document.text == text
    assert document.media_type == "text/markdown"
    assert document.metadata.title == Known("Cash for the *coast*", "text header")


def test_front_matter_outranks_the_heading() -> None:
    document = read_capture(captured("---\ntitle: Front\n---\n# Heading\n", "a.md"))
    assert document.metadata.title == Known("Front", "text header")


def test_what_the_user_gives_outranks_the_text() -> None:
    told = Metadata(author=Known("Ali Khan", "given"))
    assert read_capture(captured("By Jane Doe\n", given=told)).metadata == told


@given(WORDS)
def test_plain_text_comes_back_exactly(text: str) -> None:
    assume(text.strip())
    assert read_capture(captured(text)).text == text


@given(st.binary(max_size=500), st.sampled_from(["a.txt", "a.md", "-"]))
def test_any_bytes_are_a_document_or_one_clear_error(content: bytes, name: str) -> None:
    try:
        document = read_capture(captured(content, name))
    except IngestError as error:
        event(str(error))  # any other error fails the test
        return
    assert document.text.strip()
    assert document == read_capture(captured(content, name))


def test_a_folder_is_read_in_order_with_its_table(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md"):
        (tmp_path / name).write_text("cash")
    table = tmp_path / "metadata.csv"
    table.write_text("path,publisher,country\na.md,The Gazette,IE\n")
    told = Metadata(country=Known("GB", "given"))
    documents = list(read(str(tmp_path), given=told, table=MetadataTable.load(table)))
    assert [Path(document.source).name for document in documents] == ["a.md", "b.txt"]
    assert [document.country for document in documents] == ["IE", "GB"]
    assert documents[0].metadata.publisher == Known("The Gazette", "given")


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("£5m".encode())))
    assert [(document.source, document.text) for document in read("-")] == [("-", "£5m")]


def test_a_text_of_white_space_only_is_empty() -> None:
    with pytest.raises(errors.EmptyDocumentError, match=r"^a\.txt: is empty; check"):
        read_capture(captured("\u00a0\u2003\n\u3000"))


def test_a_missing_source_raises() -> None:
    with pytest.raises(FetchError, match=r"^gone\.txt: "):
        list(read("gone.txt"))


DERIVE = """
import sys
from ingest.read import read
for document in read(sys.argv[1]):
    print(document.text_sha256, hash(document.words), document.metadata, document.gaps)
"""


def test_every_process_derives_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdfs.typeset(pdfs.paragraphs(pdfs.prose(9)), 2, running=True))
    page = "".join(f"<p>{text}</p>" for text in pdfs.prose(9))
    (tmp_path / "b.html").write_text(f"<title>Walls</title><article>{page}</article>")
    (tmp_path / "c.txt").write_text("\n".join(pdfs.prose(3)))
    found = {
        subprocess.run(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-c", DERIVE, str(tmp_path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
    assert len(found.pop().splitlines()) == 3


@pytest.mark.parametrize(
    "error",
    [
        getattr(errors, name)("a: b")
        for name in sorted(vars(errors))
        if name.endswith("Error") and name != "UnreadableDocumentError"
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_travel_between_processes(error: UnreadableDocumentError) -> None:
    assert isinstance(error, UnreadableDocumentError)
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (type(copy), str(copy)) == (type(error), "a: b")
    assert error.code not in {"internal", "source.unreadable"}


def test_numbers_that_hide_characters_are_said() -> None:
    document = read_capture(captured("It gets £4\u200b12m.\nAnd £5m. And £1,\u202e000."))
    assert document.warnings == (
        '2 numbers with characters that nobody sees (line 1 "£4?12m.") may not be read; compare '
        "figures with the source [text.hidden]",
    )


def test_what_is_nested_beyond_all_bounds_is_refused_by_its_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def recurse(content: Capture) -> Reading:
        return recurse(content)

    entry = replace(plain.FORMAT, read=recurse)
    monkeypatch.setattr("ingest.read.format_of", lambda content, source: entry)
    with pytest.raises(LimitExceededError, match="nested too deeply"):
        read_capture(captured("x"))
