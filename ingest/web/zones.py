"""Parts of a page that are no article: told by tag, role, class, id and component name.

A name alone is no proof: wrappers are called `has-sidebar` and `newsletter-page`. What holds the
headline, the page's main element, or most of the page's text is never such a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise

from lxml import etree

from ingest.web.words import (
    ALWAYS_OUT,
    ASKS,
    CORRECTION,
    FOLDED_WORDS,
    INSIDE_PAIRS,
    INSIDE_WORDS,
    OFFER_WORDS,
    OUT_PAIRS,
    OUT_ROLES,
    OUT_TAGS,
    OUT_WORDS,
    WEAK_WORDS,
)

_NAMES = ("class", "id", "data-component", "data-testid", "data-module", "aria-label", "role")
_CONTAINERS = (
    {"div", "section", "aside", "article", "ul", "ol", "dl", "li", "p", "table", "details", "ins"}
    | {"header", "figure", "main", "center", "td"}
    | OUT_TAGS
)
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_STATE = re.compile(r"^(?:has|with|no|not|is|without)[-_]")  # says something of a wrapper's content
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FOLD_LEVELS = 3
_PROSE = 200  # code points of one paragraph
_NOTE = 600  # code points; a longer one is no note
_PIECES = 40  # of text, between tags; a note has fewer


def words_of(names: str) -> list[str]:
    """Return the words of class names and the like, in lower case."""
    told = (name for name in names.split() if not _STATE.match(name))
    return [part.lower() for name in told for part in _PARTS.findall(name)]


def matches(words: list[str], single: Iterable[str], pairs: Iterable[str] = ()) -> bool:
    """Tell whether one of the words, or two of them side by side, are in the lists."""
    if not set(words).isdisjoint(single):
        return True
    beside = {f"{one} {two}" for one, two in pairwise(words)}
    joined = {pair.replace(" ", "") for pair in beside}
    return not beside.isdisjoint(pairs) or not joined.isdisjoint(single)


@dataclass(slots=True)
class Zones:
    """Finds what of a page is no article.

    Attributes:
        protected: What is never such a part: all that the headline stands in, and the like.
    """

    protected: set[etree._Element]
    _known: dict[str, str] = field(default_factory=dict)

    @classmethod
    def around(cls, body: etree._Element, headline: etree._Element | None) -> Zones:
        """Protect what holds the page's headline, its main element, and its marked body."""
        kept = [element for element in (headline,) if element is not None]
        kept += body.xpath(".//main | .//*[@role='main' or @itemprop='articleBody']")
        protected = {body, *kept}
        for element in kept:
            protected.update(element.iterancestors())
        return cls(protected)

    def is_out(self, element: etree._Element) -> bool:
        """Tell whether `element` begins a part that is no article."""
        tag = element.tag
        if tag not in _CONTAINERS or element in self.protected:
            return False
        attributes = element.attrib
        kind = self._kind(attributes) if len(attributes) else ""
        if kind == "out" or (
            tag in OUT_TAGS and not (tag == "aside" and (kind == "inside" or _is_own(element)))
        ):
            return not _is_correction(element)
        if kind == "offer" and _asks(element):
            return True
        if kind == "weak" and not (_has_prose(element) or _has_caption(element)):
            return True
        if attributes.get("role") in OUT_ROLES and kind != "inside":
            return True
        return self.is_unseen(element) or attributes.get("itemprop") == "comment"

    def holds_more(self, element: etree._Element) -> bool:
        """Tell parts that may hold more text than the article: comments, related stories."""
        return matches(_words(element.attrib), ALWAYS_OUT)

    def _kind(self, attributes: etree._Attrib) -> str:
        names = _names(attributes)
        if names not in self._known:
            self._known[names] = _kind(words_of(names))
        return self._known[names]

    def is_unseen(self, element: etree._Element) -> bool:
        """Tell what does not show, unless a click unfolds it."""
        if not (is_hidden(element) or element.get("aria-hidden") == "true"):
            return False
        around = [element, *_first(element.iterancestors(), _FOLD_LEVELS)]
        return not any(matches(_words(each.attrib), FOLDED_WORDS) for each in around)


def is_hidden(element: etree._Element) -> bool:
    """Tell an element that its own attributes keep from showing."""
    hidden = element.get("hidden")
    unseen = _UNSEEN.search(element.get("style") or "")
    return bool(unseen) or (hidden is not None and hidden != "until-found")


def _kind(words: list[str]) -> str:
    if matches(words, OUT_WORDS, OUT_PAIRS):
        return "out"
    if matches(words, OFFER_WORDS):
        return "offer"
    if matches(words, INSIDE_WORDS, INSIDE_PAIRS):
        return "inside"
    return "weak" if matches(words, WEAK_WORDS) else ""


def _names(attributes: etree._Attrib) -> str:
    return " ".join(filter(None, (attributes.get(name) for name in _NAMES)))


def _words(attributes: etree._Attrib) -> list[str]:
    return words_of(_names(attributes))


def _first(elements: Iterator[etree._Element], count: int) -> list[etree._Element]:
    return [element for _, element in zip(range(count), elements, strict=False)]


def _is_own(element: etree._Element) -> bool:
    """Tell an aside of the article: it stands in it and leads nowhere."""
    return (
        next(element.iterancestors("article"), None) is not None
        and next(element.iter("a", "form", "input", "button", "iframe"), None) is None
    )


def _asks(element: etree._Element) -> bool:
    """Tell what offers or sells the rest of the article."""
    text = "".join(islice(element.itertext(), _PIECES))[:_NOTE]
    return ASKS.search(text) is not None or next(element.iter("form", "button"), None) is not None


def _is_correction(element: etree._Element) -> bool:
    """Tell a note that sets the article right; pages put it where nothing else is the article's."""
    text = "".join(islice(element.itertext(), _PIECES)).strip()
    return len(text) < _NOTE and CORRECTION.match(text) is not None


def _has_caption(element: etree._Element) -> bool:
    """Tell a picture with a caption that leads nowhere from a row of linked ones."""
    captions = list(element.iter("figcaption"))
    return len(captions) == 1 and next(element.iter("a"), None) is None


def _has_prose(element: etree._Element) -> bool:
    paragraphs = [element] if element.tag == "p" else element.iter("p")
    return any(len("".join(each.itertext())) > _PROSE for each in paragraphs)
