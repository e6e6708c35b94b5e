"""Facts in the first lines of a text: what a pasted article or a press release says of itself.

The lines stay in the text. Only a whole line that can be nothing else is taken (`Author Pritish
Mistry`, `Published 12 September 2025`, `Publisher: The Gazette`): a sentence that begins with one
of the words is none, for its end is neither a name nor a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ingest.countries import country_code
from ingest.dates import parse_day
from records.document import Known, Metadata

_HEAD = 12  # lines that hold a word; further down a label is part of the story
_LINE = 120  # code points; a longer line is a paragraph, and the head ends before it
_SCAN = 20_000  # code points that are looked at, whatever the text's length

_NAME = r"[A-Z][\w.'\u2019&-]*"
_NAMES = rf"{_NAME}(?:,? (?:(?:of|for|and|the|de|du|van|von|der|la|le|&) ){{0,2}}{_NAME}){{0,7}}"
_NO_NAME = re.compile(
    r"(?:The|A|An|This|That|Our|My|Now|All|Mid|End|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_BYLINE_END = re.compile(r"\s*(?:[|·•]|,\s|\s[\u2013\u2014-]\s).*")
_DATE_END = re.compile(
    r"\s*(?:[|·•;]|[,(]?\s*\b(?:last\s+)?(?:updated|modified)\b).*", re.IGNORECASE
)
_URL = re.compile(r"https?://[^\s<>\"]+")

_AUTHOR = re.compile(
    r"(?:authors?|written by|by|byline)(?P<colon>:)?\s+(?P<value>.+)", re.IGNORECASE
)
_PUBLISHER = re.compile(
    r"(?:publishing body|publisher|published by|publication|outlet|source|site)(?P<colon>:)?\s+"
    r"(?P<value>.+)",
    re.IGNORECASE,
)
_NEEDS_COLON = re.compile(r"publication|outlet|source|site", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"(?:(?:first |date |originally )?(?:published|posted)(?: on| date)?"
    r"|(?:publication |release )?date|date of publication)\s*[:\u2013-]?\s+(?P<value>.+)",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:title|headline):\s+(?P<value>.+)", re.IGNORECASE)
_LINK = re.compile(r"(?:url|link|web ?site|source|original):?\s+(?P<value>\S+)", re.IGNORECASE)

_FENCE = re.compile(r"---[ \t]*")
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w-]*):(?:\s+(?P<value>.*))?")
_FENCED_LINES = 80
_KEYS = {
    "title": "title",
    "headline": "title",
    "author": "author",
    "authors": "author",
    "byline": "author",
    "publisher": "publisher",
    "source": "publisher",
    "site": "publisher",
    "sitename": "publisher",
    "date": "published",
    "published": "published",
    "publication_date": "published",
    "date_published": "published",
    "url": "url",
    "link": "url",
    "canonical": "url",
    "country": "country",
}


def read_header(text: str) -> Metadata:
    """Return what the head of `text` says of it: labelled lines, or front matter between `---`.

    Returns:
        `how` is always `text header`; a field that no line states is None. The title of a text
        without a label is not guessed.
    """
    lines = text[:_SCAN].splitlines()
    found = _front_matter(lines)
    for line in _head(lines):
        for field, value in _facts(line):
            found.setdefault(field, value)
    return _metadata(found)


def _metadata(found: dict[str, str]) -> Metadata:
    def known(field: str) -> Known[str] | None:
        value = found.get(field)
        return Known(value, "text header") if value else None

    day: date | None = parse_day(found["published"]) if "published" in found else None
    return Metadata(
        title=known("title"),
        publisher=known("publisher"),
        author=known("author"),
        published=Known(day, "text header") if day else None,
        country=known("country"),
        url=known("url"),
    )


def _head(lines: list[str]) -> Iterator[str]:
    """Yield the lines before the first paragraph, fenced ones aside."""
    seen = 0
    for line in lines:
        stripped = line.strip().lstrip("*_").rstrip("*_ ")
        if not stripped:
            continue
        seen += 1
        if seen > _HEAD or len(stripped) > _LINE:
            return
        yield stripped


def _facts(line: str) -> Iterator[tuple[str, str]]:
    """Yield field and value of one line of the head."""
    line = re.sub(r"^(\w[\w ]*):?\*\*:?\s", r"\1: ", line)
    if (match := _PUBLISHED.fullmatch(line)) and parse_day(_DATE_END.sub("", match["value"])):
        yield "published", _DATE_END.sub("", match["value"])
    elif (match := _LINK.fullmatch(line)) and _URL.fullmatch(match["value"]):
        yield "url", match["value"]
    elif match := _TITLE.fullmatch(line):
        yield "title", match["value"].strip()
    elif match := _AUTHOR.fullmatch(line):
        name = _BYLINE_END.sub("", match["value"]).strip()
        if _is_name(name) and (match["colon"] or (line[0].isupper() and " " in name)):
            yield "author", name
    elif (match := _PUBLISHER.fullmatch(line)) and (match["colon"] or not _NEEDS_COLON.match(line)):
        name = match["value"].strip()
        if re.fullmatch(_NAMES, name) or (match["colon"] and not name.endswith(".")):
            yield "publisher", name


def _is_name(text: str) -> bool:
    return bool(re.fullmatch(_NAMES, text)) and not _NO_NAME.match(text)


def _front_matter(lines: list[str]) -> dict[str, str]:
    """Return the pairs between two `---` lines at the very top; empty when there are none."""
    if len(lines) < 3 or not _FENCE.fullmatch(lines[0]) or not _PAIR.fullmatch(lines[1]):  # noqa: PLR2004 - two fences and a pair
        return {}
    fenced = lines[1:_FENCED_LINES]
    end = next((i for i, line in enumerate(fenced) if _FENCE.fullmatch(line)), None)
    found: dict[str, str] = {}
    for line in fenced[:end] if end else ():
        pair = _PAIR.fullmatch(line.rstrip())
        field = _KEYS.get(pair["key"].lower().replace("-", "_")) if pair else None
        value = _unquoted(pair["value"] or "") if pair else ""
        if field and value and field not in found:
            found |= _checked(field, value)
    return found


def _checked(field: str, value: str) -> dict[str, str]:
    """Return the pair if its value can be one of `field`, else nothing."""
    if field == "published":
        return {field: value} if parse_day(value) else {}
    if field == "country":
        code = country_code(value)
        return {field: code} if code else {}
    if _URL.fullmatch(value):
        return {"url": value}
    return {} if field == "url" else {field: value}


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(_unquoted(part) for part in value[1:-1].split(","))
    return "" if value in {"|", ">", "~", "null"} else value
