"""Archives, web archives and feeds: what they hold is handed out one by one, losses named."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime

import pytest

from ingest import errors
from ingest.hints import may_hold_documents
from ingest.locate import NAMED_SUFFIXES, READABLE_SUFFIXES
from ingest.registry import BUNDLES, FORMATS, bundle_of
from records.document import Capture, Known, Metadata
from records.errors import IngestError, LimitExceededError
from records.parts import Link, Unread
from tests.ingest.bundles import opened, parts
from tests.ingest.docxs import docx, paragraph
from tests.ingest.mails import ITEM, feed, mail, packed, warc
from tests.ingest.tables import NOON

PAGE = ("https://example.org/a", "text/html; charset=utf-8", b"<p>5m</p>")
OTHER = ("https://example.org/b", "application/pdf", b"%PDF-1.4")


def test_the_suffixes_of_folders_are_those_of_all_kinds() -> None:
    formats = {suffix for entry in FORMATS for suffix in entry.suffixes}
    bundles = {suffix for entry in BUNDLES for suffix in entry.suffixes}
    assert {*READABLE_SUFFIXES, *NAMED_SUFFIXES} == formats | bundles


@pytest.mark.parametrize(
    ("content", "source", "kind"),
    [
        (packed({"a.txt": "£5m"}), "a.zip", "application/zip"),
        (warc([PAGE]), "a.warc", "application/warc"),
        (gzip.compress(warc([PAGE])), "a.warc.gz", "application/warc"),
        (feed(), "a.xml", "application/rss+xml"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"/>', "-", "application/rss+xml"),
        (mail().as_bytes(), "a.eml", "message/rfc822"),
        (docx(paragraph("x")), "a.zip", None),
        (packed({"mimetype": "application/epub+zip"}), "a.epub", None),
        (gzip.compress(b"x"), "a.gz", None),
        (b"<?xml version='1.0'?><html/>", "a.xml", None),
        ("£5m".encode(), "a.txt", None),
    ],
    ids=lambda part: "" if isinstance(part, bytes) else str(part),
)
def test_kinds(content: bytes, source: str, kind: str | None) -> None:
    bundle = bundle_of(opened(content, source))
    assert (bundle and bundle.media_type) == kind
    if kind:
        assert may_hold_documents(content[:4096], source)


def test_files_of_an_archive_keep_their_bytes_and_order() -> None:
    told = Metadata(country=Known("IE", "given"))
    content = packed({"b/two.txt": "£2m", "one.txt": b"\xff\0", "__MACOSX/x": "", ".hidden": ""})
    assert parts(opened(content, "press.zip", told)) == [
        Capture.of("press.zip/b/two.txt", "£2m".encode(), NOON, told),
        Capture.of("press.zip/one.txt", b"\xff\0", NOON, told),
    ]


def test_a_damaged_file_does_not_stop_the_others() -> None:
    content = bytearray(packed({"a.txt": "a" * 5000 + "£5m", "b.txt": "£2m"}))
    content[45:55] = b"\xff" * 10
    first, second = parts(opened(bytes(content), "a.zip"))
    assert isinstance(first, Unread)
    assert first.code == "source.broken"
    assert isinstance(second, Capture)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (packed({"../up.txt": "x"}), errors.UnsafeArchiveError),
        (packed({"/etc/passwd": "x"}), errors.UnsafeArchiveError),
        (packed({"a\\..\\..\\b": "x"}), errors.UnsafeArchiveError),
        (packed({"zeros": b"\0" * 9_000_000}), LimitExceededError),
        (packed({f"{n}": "" for n in range(10_001)}), LimitExceededError),
    ],
    ids=["up", "root", "backslashes", "bomb", "many"],
)
def test_unsafe_archives_are_refused_whole(content: bytes, kind: type[IngestError]) -> None:
    with pytest.raises(kind):
        parts(opened(content, "a.zip"))


def test_pages_of_a_web_archive_have_their_own_address_and_time() -> None:
    told = Metadata()
    then = datetime(2024, 3, 6, 10, tzinfo=UTC)
    picture = ("https://example.org/i.png", "image/png", b"x")
    content = gzip.compress(warc([PAGE, picture, OTHER]))
    first, second = parts(opened(content, "a.warc.gz", told))
    assert isinstance(first, Capture)
    assert (first.source, first.content, first.captured_at) == (PAGE[0], PAGE[2], then)
    assert first.fetched is not None
    assert first.fetched.url == PAGE[0]
    assert ("content-type", PAGE[1]) in first.fetched.headers
    assert isinstance(second, Capture)
    assert second.source == OTHER[0]


@pytest.mark.parametrize("status", ["404 Not Found", "301 Moved", "206 Partial Content"])
def test_answers_that_are_no_page_are_named_together(status: str) -> None:
    content = warc([PAGE]) + warc([OTHER, PAGE], status=status)
    page, unread = parts(opened(content, "a.warc"))
    assert isinstance(page, Capture)
    assert isinstance(unread, Unread)
    assert (unread.source, unread.code) == ("a.warc", "fetch.status")
    assert (
        f"2 answers that are no page, by status, the first being {OTHER[0]} with" in unread.message
    )


def test_passwords_and_cookies_of_a_web_archive_are_not_kept() -> None:
    told = "text/html\r\nSet-Cookie: visit=1"
    content = warc([("https://me:secret@example.org/a", told, PAGE[2])])
    (capture,) = parts(opened(content, "a.warc"))
    assert isinstance(capture, Capture)
    assert capture.source == "https://example.org/a"
    assert "secret" not in repr(capture)
    assert capture.fetched is not None
    assert "set-cookie" not in dict(capture.fetched.headers)


@pytest.mark.parametrize(
    "content",
    [warc([PAGE, OTHER])[:-9], warc([OTHER], extra="WARC-Truncated: length\r\n")],
    ids=["cut", "said"],
)
def test_a_page_that_is_cut_off_is_no_document(content: bytes) -> None:
    last = parts(opened(content, "a.warc"))[-1]
    assert isinstance(last, Unread)
    assert last.source == OTHER[0]
    assert "only a part of it" in last.message


def test_entries_of_a_feed_lead_to_pages_and_have_a_text_of_their_own() -> None:
    item = ITEM.format(
        title="£5m for x", link="https://example.org/1", text="&lt;p&gt;It is £5m.&lt;/p&gt;"
    )
    (link,) = parts(opened(feed(item), "a.xml", Metadata(country=Known("IE", "given"))))
    assert isinstance(link, Link)
    assert link.url == "https://example.org/1"
    assert link.given == Metadata(
        title=Known("£5m for x", "feed"),
        publisher=Known("The Gazette", "feed"),
        published=Known(date(2024, 3, 6), "feed"),
        country=Known("IE", "given"),
        url=Known("https://example.org/1", "feed"),
    )
    assert link.otherwise == Capture.of(
        "a.xml/https://example.org/1", "£5m for x\n\nIt is £5m.".encode(), NOON, link.given
    )


def test_an_entry_without_an_address_is_its_text() -> None:
    item = "<item><title>Only £5m</title><guid>7</guid></item>"
    (capture,) = parts(opened(feed(item), "a.xml"))
    assert isinstance(capture, Capture)
    assert capture.content == "Only £5m".encode()


def test_a_broken_feed_gives_the_entries_before_the_break_and_says_so() -> None:
    item = ITEM.format(title="A", link="https://example.org/1", text="x")
    found = parts(opened(feed(item, item)[:-120], "a.xml"))
    assert isinstance(found[0], Link)
    assert isinstance(found[-1], Unread)
    assert found[-1].code == "source.broken"


def test_what_the_text_of_an_entry_lacks_is_named() -> None:
    item = ITEM.format(
        title="One", link="https://example.org/1", text="It is £5m &lt;del&gt;not £4m&lt;/del&gt;"
    )
    link, unread = parts(opened(feed(item), "a.rss"))
    assert isinstance(link, Link)
    assert isinstance(unread, Unread)
    assert unread.source == "a.rss/https://example.org/1"
    assert "its own text lacks struck-out text “not £4m”" in unread.message


def test_a_feed_that_declares_entities_is_refused() -> None:
    content = feed(ITEM.format(title="&a;", link="https://example.org/1", text="x")).replace(
        b"<rss", b'<!DOCTYPE rss [<!ENTITY a "1m">]><rss'
    )
    with pytest.raises(errors.BrokenFileError, match="declares entities"):
        parts(opened(content, "a.rss"))


@pytest.mark.parametrize(
    ("media_type", "body", "found"),
    [
        ("image/png", b"\x89PNG", 0),
        ("image/png", b"\n<!DOCTYPE html><p>5m", 1),
        ("text/css", b"<a", 0),
    ],
)
def test_a_page_is_one_whatever_it_is_said_to_be(media_type: str, body: bytes, found: int) -> None:
    assert len(parts(opened(warc([(PAGE[0], media_type, body)]), "a.warc"))) == found
