"""What an article shows that is no text: charts and tables in frames, pictures of figures."""

from __future__ import annotations

from urllib.parse import urlsplit

from lxml import etree

from ingest.web.words import CHART_HOSTS, CHART_WORDS
from ingest.web.zones import words_of
from records.document import Gap

_SOURCES = ("src", "data-src")


def missing_parts(article: etree._Element) -> tuple[Gap, ...]:
    """Return a gap for each kind of figures that the article shows without text."""
    found = []
    for element in article.iter("iframe", "amp-iframe", "img", "amp-img"):
        address = next((value for name in _SOURCES if (value := element.get(name))), "")
        if element.tag.endswith("iframe"):
            if any(host in address for host in CHART_HOSTS):
                where = f"a chart or table from {urlsplit(address).hostname}"
                found.append(Gap(where, "shown from another site, not on the page"))
        elif not CHART_WORDS.isdisjoint(_picture_words(element, address)):
            found.append(Gap("a picture of figures", "no text in it (a chart?)"))
    return tuple(dict.fromkeys(found))


def _picture_words(element: etree._Element, address: str) -> list[str]:
    name = address.split("?", maxsplit=1)[0].rsplit("/", maxsplit=1)[-1]
    return words_of(f"{element.get('alt') or ''} {name.replace('.', ' ')}")
