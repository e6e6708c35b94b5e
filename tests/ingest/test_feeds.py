"""Feeds: where the links of their entries lead, and how they are decoded."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from ingest.bundle import Opened
from records.document import Capture, Fetched, Known, Metadata
from records.parts import Link
from tests.ingest.bundles import opened, parts
from tests.ingest.tables import NOON

RSS = '<rss version="2.0"><channel><title>T</title>{}<item><link>{}</link></item></channel></rss>'
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"{}><title>T</title><link rel="self" href="{}"/>'
    '<link href="https://site.example/"/><entry{}><title>A</title><link href="y/1"/></entry></feed>'
)
BASE = ' xml:base="https://base.example/x/"'
BROUGHT = Fetched("https://news.example/feeds/all", 200, ())


@pytest.mark.parametrize(
    ("content", "fetched", "url"),
    [
        (RSS.format("", "../a/1"), BROUGHT, "https://news.example/a/1"),
        (RSS.format("", "//other.example/1"), BROUGHT, "https://other.example/1"),
        (
            RSS.format("<link>https://site.example/x/</link>", "a/1"),
            None,
            "https://site.example/x/a/1",
        ),
        (ATOM.format(BASE, "/f", ""), None, "https://base.example/x/y/1"),
        (ATOM.format(BASE, "/f", ' xml:base="z/"'), BROUGHT, "https://base.example/x/z/y/1"),
        (ATOM.format("", "https://self.example/f/a", ""), None, "https://self.example/f/y/1"),
        (
            ATOM.format("", "https://self.example/f/a", ""),
            BROUGHT,
            "https://news.example/feeds/y/1",
        ),
        (RSS.format("", "https://me:secret@site.example/1"), None, "https://site.example/1"),
    ],
)
def test_links_of_entries_count_from_where_the_feed_says(
    content: str, fetched: Fetched | None, url: str
) -> None:
    (link,) = parts(Opened(io.BytesIO(content.encode()), "a.xml", NOON, Metadata(), fetched))
    assert isinstance(link, Link)
    assert link.url == url
    assert link.given.url == Known(url, "feed")


@pytest.mark.parametrize(
    ("channel", "link"),
    [
        ("", "a/1"),
        ("<link>https://site.example/</link>", "http://[::1/a"),
        ("", "javascript:x"),
        ("", "mailto:a@b.example"),
        ("<link>a</link>", "b"),
    ],
)
def test_an_entry_that_leads_nowhere_is_its_text(channel: str, link: str) -> None:
    content = RSS.format(channel, link).replace("<item>", "<item><title>Only £5m</title>")
    (capture,) = parts(opened(content.encode(), "a.xml"))
    assert isinstance(capture, Capture)
    assert capture.content == "Only £5m".encode()


def test_a_feed_is_decoded_as_its_server_says() -> None:
    content = RSS.format("", "https://site.example/1").replace("<item>", "<item><title>€5m</title>")
    told = replace(BROUGHT, headers=(("content-type", "text/xml; charset=iso-8859-15"),))
    file = io.BytesIO(content.encode("iso8859-15"))
    (link,) = parts(Opened(file, "a.xml", NOON, Metadata(), told))
    assert isinstance(link, Link)
    assert link.given.title == Known("€5m", "feed")
