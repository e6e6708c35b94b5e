"""What comes with a page: the encoding it declares, and the headers that are kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.decode import How
from ingest.read import read_capture
from ingest.transport import charset_of, kept_headers
from records.document import Decoding, Document, Fetched
from tests.ingest.tables import captured

LATIN = "iso8859-15"
WORDS = "Die Stadt gibt £2.1bn und €5m für die Brücke, sagte die Bürgermeisterin am Freitag."


def fetched(media_type: str) -> Fetched:
    return Fetched("https://example.org/a", 200, (("content-type", media_type),))


def read(content: bytes, media_type: str, name: str = "https://example.org/a") -> Document:
    return read_capture(replace(captured(content, name), fetched=fetched(media_type)))


def page(encoding: str, meta: str = "") -> bytes:
    head = f"<meta charset={meta}>" if meta else ""
    html = f"<html><head>{head}</head><body><article><p>{WORDS}</p></article></body></html>"
    return html.encode(encoding)


@pytest.mark.parametrize(
    ("content", "media_type", "encoding", "how"),
    [
        (page(LATIN), "text/html; charset=ISO-8859-15", LATIN, "declared"),
        (
            page(LATIN, "windows-1252"),
            "text/html;charset=iso-8859-15",
            LATIN,
            "declared",
        ),
        (page(LATIN, "iso-8859-15"), "text/html", LATIN, "declared"),
        (
            page(LATIN, "iso-8859-15"),
            'text/html; charset="no such"',
            LATIN,
            "declared",
        ),
        (page(LATIN, "iso-8859-15"), "text/html; charset=utf-8", LATIN, "declared"),
        (page("utf-8", "utf-8"), "text/html; charset=iso-8859-1", "utf-8", "declared"),
        (page("utf-8"), "text/html; charset=iso-8859-1", "utf-8", "utf-8"),
        (page("utf-8-sig", "iso-8859-15"), "text/html; charset=iso-8859-15", "utf-8", "bom"),
        (page("cp1252"), 'text/html; q="; charset=x', "cp1252", "assumed"),
        (page("cp1252"), "text/html; charset*=x'y'z", "cp1252", "assumed"),
        (WORDS.encode(LATIN), "text/plain; charset=iso-8859-15", LATIN, "declared"),
        (WORDS.encode("utf-8"), "text/plain; charset=iso-8859-15", "utf-8", "utf-8"),
    ],
)
def test_the_server_outranks_the_page(
    content: bytes, media_type: str, encoding: str, how: How
) -> None:
    document = read(content, media_type)
    assert document.decoding == Decoding(encoding, how, 0)
    assert document.text == WORDS


def test_tables_are_decoded_as_the_server_says() -> None:
    table = "item;sum\nroof;€5m\n".encode(LATIN)
    assert "€5m" in read(table, "text/csv; charset=iso-8859-15", "https://example.org/a.csv").text


def test_a_file_has_no_server() -> None:
    assert charset_of(None) is None
    assert charset_of(Fetched("https://example.org/a", 200, ())) is None


def test_cookies_are_not_kept_and_the_rest_can_be_stored() -> None:
    headers = [("ETag", '"1"'), ("Set-Cookie", "visit=secret"), ("X-Odd", "a\0b\udc80")]
    assert kept_headers(headers) == (("etag", '"1"'), ("x-odd", "a\ufffdb\ufffd"))
