"""What a page says of itself, in its metadata only: JSON-LD, meta elements, a time that is its own.

Never a date out of running text, a footer or an address: a guess at the publication day would date
every claim of the page. Source of the names: schema.org, Open Graph, Dublin Core, Parsely, the
citation tags of publishers, as found on news sites.
"""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from lxml import html

from ingest.dates import parse_day
from ingest.web.blocks import blocks_of
from records.document import Known, Metadata

_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "og:published_time"),
    *("datepublished", "published_time", "parsely-pub-date", "sailthru.date", "article.published"),
    *("citation_publication_date", "citation_online_date", "dc.date.issued", "dcterms.issued"),
    *("govuk:first-published-at", "publication_date", "publication-date", "publish_date"),
    *("publish-date", "publishdate", "pubdate", "article_date_original", "originalpublicationdate"),
    *("date.issued", "dc.date", "dcterms.date", "date"),
)
_TITLE = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title")
_AUTHOR = ("author", "article:author", "parsely-author", "citation_author", "dc.creator", "byl")
_PUBLISHER = ("og:site_name", "publisher", "dc.publisher", "citation_publisher")
_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|PressRelease|WebPage)$")
_UPDATED = re.compile(r"updated|modified|edited|amended", re.IGNORECASE)
_OTHERS = "ancestor::aside|ancestor::nav|ancestor::footer|ancestor::li|ancestor::form"
_URL = re.compile(r"https?://\S+")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z][\w-]+")
_LENGTH = 500  # code points; a longer value is no name and no headline
_LABEL = 40  # code points before a time that may say `Last updated`


def read_facts(tree: html.HtmlElement, headline: html.HtmlElement | None = None) -> Metadata:
    """Return what the page's metadata says; `how` is always `page metadata`.

    Args:
        tree: The whole page.
        headline: As `headline_of` finds it.
    """
    shown = _words(headline) if headline is not None else None
    meta = _meta(tree)
    story = _story(tree)
    published = _first_day([_text(story.get("datePublished")), *_all(meta, _PUBLISHED)])
    canonical = [link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"]
    return Metadata(
        title=_known([shown, _text(story.get("headline")), *_all(meta, _TITLE), _title(tree)]),
        publisher=_known([*_all(meta, _PUBLISHER), _name(story.get("publisher"))]),
        author=_author([_name(story.get("author")), *_all(meta, _AUTHOR)]),
        published=_day(published or _own_time(tree)),
        url=_known(url for url in (*canonical, meta.get("og:url")) if url and _URL.fullmatch(url)),
    )


def site_of(facts: Metadata) -> Metadata:
    """Return the host of the page's own address as its publisher: what is known when nothing is.

    `www.` is no part of a name; a number or a name without a dot is nobody's.
    """
    host = _host(facts.url.value) if facts.url else None
    if not host or not _HOST.fullmatch(host):
        return Metadata()
    return Metadata(publisher=Known(host.removeprefix("www."), "page address"))


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:  # a bracket that opens no IPv6 address
        return None


def headline_of(tree: html.HtmlElement) -> html.HtmlElement | None:
    """Return the page's visible headline: the `h1` of its article, or one that its title repeats.

    None when there is none, or when the `h1` may be the site's name.
    """
    inside = tree.xpath("//article//h1 | //main//h1")
    anywhere = [] if inside else list(tree.iter("h1"))
    title = (_title(tree) or "").casefold()
    for heading in (*inside, *anywhere):
        text = _words(heading)
        if text and len(text) <= _LENGTH and (inside or text.casefold() in title):
            return heading
    return None


def _words(heading: html.HtmlElement) -> str:
    return " ".join(block.key for block in blocks_of(heading))


def _title(tree: html.HtmlElement) -> str | None:
    return next((" ".join(title.text_content().split()) for title in tree.iter("title")), None)


def _meta(tree: html.HtmlElement) -> dict[str, str]:
    """Return the first content of every name, property or itemprop, names in lower case."""
    found: dict[str, str] = {}
    for element in tree.xpath("//meta | //*[@itemprop='datePublished']"):
        content = element.get("content") or element.get("datetime")
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content and content.strip():
                found.setdefault(name, " ".join(content.split()))
    return found


def _all(meta: dict[str, str], names: tuple[str, ...]) -> Iterator[str]:
    return (meta[name] for name in names if name in meta)


def _story(tree: html.HtmlElement) -> dict[str, Any]:
    """Return the JSON-LD object of the page's article; empty when several disagree on the day."""
    stories = [
        entry
        for script in tree.xpath("//script[@type='application/ld+json']")
        for entry in _entries(script.text or "")
        if any(_ARTICLE_TYPES.search(kind) for kind in _types(entry))
    ]
    stories.sort(key=lambda entry: "WebPage" in _types(entry))
    articles = [entry for entry in stories if "WebPage" not in _types(entry)] or stories
    days = {_text(entry.get("datePublished")) for entry in articles}
    return articles[0] if articles and len(days) == 1 else {}


def _entries(script: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of one script, those of a `@graph` included; none when it is no JSON."""
    try:
        data = json.loads(script)
    except (ValueError, RecursionError):
        return
    for entry in data if isinstance(data, list) else [data]:
        if isinstance(entry, dict):
            graph = entry.get("@graph")
            yield from (
                part
                for part in (graph if isinstance(graph, list) else [entry])
                if isinstance(part, dict)
            )


def _types(entry: dict[str, Any]) -> list[str]:
    kinds = entry.get("@type")
    return [
        kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)
    ]


def _own_time(tree: html.HtmlElement) -> date | None:
    """Return the day of `<time>` elements of the article, if all that are not updates agree."""
    days: set[date | None] = set()
    for element in tree.xpath(
        "//article//time[@datetime] | //main//time[@datetime] | //time[@pubdate]"
    ):
        before = element.xpath("string(preceding::text()[normalize-space()][1])")
        label = f"{element.get('class')} {element.get('itemprop')} {before[-_LABEL:]}"
        if element.xpath(_OTHERS) or _UPDATED.search(label):
            continue
        days.add(parse_day(element.get("datetime") or element.text_content()))
    days.discard(None)
    return days.pop() if len(days) == 1 else None


def _name(value: object) -> str | None:
    """Return the name of a JSON-LD person or body, or the names of several."""
    if isinstance(value, list):
        names = [name for name in map(_name, value) if name]
        return ", ".join(names) or None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _text(value: object) -> str | None:
    return " ".join(entities.unescape(value).split()) if isinstance(value, str) else None


def _known(values: Any) -> Known[str] | None:
    value = next((value for value in values if value and len(value) <= _LENGTH), None)
    return Known(value, "page metadata") if value else None


def _author(values: list[str | None]) -> Known[str] | None:
    names = (re.sub(r"^by\s+", "", value, flags=re.IGNORECASE) for value in values if value)
    return _known(name for name in names if not _URL.match(name))


def _first_day(values: list[str | None]) -> date | None:
    return next((day for day in map(parse_day, filter(None, values)) if day), None)


def _day(day: date | None) -> Known[date] | None:
    return Known(day, "page metadata") if day else None
