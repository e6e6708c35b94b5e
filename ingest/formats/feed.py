"""Feeds: each entry leads to a page, and has a text of its own where the page may not be fetched.

Source of the forms: RSS 2.0, RSS 1.0, Atom (RFC 4287), read by feedparser.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from typing import Any
from urllib.parse import urljoin

from ingest.bundle import Bundle, Opened
from ingest.decode import storable
from ingest.errors import BrokenFileError
from ingest.hints import HEAD, declares_entities, is_feed
from ingest.links import ADDRESS, without_userinfo
from ingest.metadata import merge
from ingest.transport import charset_of
from ingest.web.blocks import blocks_of
from ingest.web.markup import parse
from records.document import Gap, Known, Metadata
from records.parts import Link, Part, Unread

_MOST = 10_000  # entries; no feed of news has as many


def _entries(opened: Opened) -> Iterator[Part]:
    """Yield the entries in the order of the feed; where it is damaged, those before are yielded."""
    content = opened.file.read()
    if declares_entities(content[:HEAD]):
        raise BrokenFileError(
            f"{opened.source}: the feed declares entities, which no feed needs; read its pages by "
            "their addresses"
        )
    feedparser = import_module("feedparser")  # most runs meet no feed, and it takes long to load
    # Bytes, never a str: feedparser opens a str as a path or an address.
    parsed = feedparser.parse(content, response_headers=_carried(opened), sanitize_html=False)
    publisher, base = _text(parsed.feed.get("title")), _base(parsed.feed)
    for number, entry in enumerate(parsed.entries[:_MOST], 1):
        yield from _entry(entry, number, publisher, base, opened)
    harmless = feedparser.exceptions.ThingsNobodyCaresAboutButMe  # a wrong media type, and such
    damaged = parsed.bozo and not isinstance(parsed.bozo_exception, harmless)
    if damaged or len(parsed.entries) > _MOST:
        why = type(parsed.bozo_exception).__name__ if damaged else f"over {_MOST} entries"
        yield Unread.of(
            opened.source,
            BrokenFileError(
                f"{opened.source}: the feed is damaged or too long ({why}); only the "
                f"{len(parsed.entries[:_MOST])} entries above could be read"
            ),
        )


def _carried(opened: Opened) -> dict[str, str]:
    """Return what feedparser takes from the answer that brought a feed.

    That is where relative addresses count from (RFC 3986, 5.1.3), and an encoding, which outranks
    the XML's own (RFC 7303, 3).
    """
    headers, fetched = {}, opened.fetched
    if fetched:
        headers["content-location"] = fetched.url
    if charset := charset_of(fetched):
        headers["content-type"] = f"application/xml; charset={charset}"
    return headers


def _base(feed: Any) -> str:
    """Return where relative addresses count from in a feed that was saved: what it calls itself."""
    own = [link.get("href") for link in feed.get("links", ()) if link.get("rel") == "self"]
    named = map(_text, (*own, feed.get("link")))
    return next((address for address in named if ADDRESS.match(address)), "")


def _link(entry: Any, base: str) -> str:
    """Return the address of an entry's page; empty where it has none that leads anywhere."""
    named = _text(entry.get("link"))
    try:
        link = without_userinfo(urljoin(base, named)) if named else ""
    except ValueError:  # a bracket that opens no IPv6 address
        return ""
    return link if ADDRESS.match(link) else ""


def _entry(entry: Any, number: int, publisher: str, base: str, opened: Opened) -> Iterator[Part]:
    title, link = _text(entry.get("title")), _link(entry, base)
    told = Metadata(
        title=_known(title),
        publisher=_known(publisher),
        author=_known(_text(entry.get("author"))),
        published=_day(entry),
        url=_known(link),
    )
    given = merge(opened.given, told)
    name = link or _text(entry.get("id")) or f"entry {number}"
    said, gaps = _said(entry)
    text = storable("\n\n".join(part for part in (title, *said) if part))[0]
    own = opened.member(name, text.encode(), given) if text else None
    full = f"{opened.source}/{name}"
    if link:
        yield Link(link, given, own)
    elif own:
        yield own
    else:
        why = f"{full}: has neither a web address nor a text"
        yield Unread.of(full, BrokenFileError(why))
    for gap in gaps:
        why = f"{full}: its own text lacks {gap.where}: {gap.why}"
        yield Unread.of(full, BrokenFileError(why))


def _said(entry: Any) -> tuple[list[str], list[Gap]]:
    """Return the paragraphs of an entry's own text, its content or else its summary.

    With them comes what is missing of it.
    """
    said: list[str] = []
    gaps: list[Gap] = []
    for part in entry.get("content") or [entry.get("summary_detail") or {}]:
        value = part.get("value") or ""
        if part.get("type") == "text/plain":
            said.append(value.strip())
        elif markup := parse(value.encode()):
            said += [block.line for block in blocks_of(markup.tree)]
            gaps += markup.gaps
    return said, gaps


def _day(entry: Any) -> Known[date] | None:
    """Return the day on which an entry was published, in UTC; never that of an update."""
    parts = entry.get("published_parsed")
    try:
        return Known(date(*parts[:3]), "feed") if parts else None
    except ValueError:  # no such day
        return None


def _text(value: object) -> str:
    return " ".join(storable(value)[0].split()) if isinstance(value, str) else ""


def _known(value: str) -> Known[str] | None:
    return Known(value, "feed") if value else None


def _is_feed(opened: Opened) -> bool:
    return is_feed(opened.head)


BUNDLE = Bundle("application/rss+xml", "feeds", (".rss", ".atom"), _is_feed, _entries)
