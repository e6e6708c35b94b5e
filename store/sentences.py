"""Where the sentence around a quote begins and ends: for showing and searching, never for rules."""

from __future__ import annotations

import re

REACH = 600
"""Code points looked at on each side; a longer sentence is cut there, at a space if it can be."""

# A full stop ends a sentence where white space and the start of another follow. A line break does
# unless the next line goes on in lower case (text that was wrapped by hand). It begins with one set
# of characters: `re` looks for that much faster than it tries to match at each place.
_END = re.compile(
    r"[.!?…\n](?:(?<=\n)\s*(?![a-z])|(?<!\n)(?P<stop>[.!?…]*[\"'\u201d\u2019)\]]*)"
    r"\s+(?=[\"'\u201c\u2018(\[]?[^\Wa-z]|[£€$₹¥•\-\u2013\u2014]))"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sir|St|No|Nos|Ltd|Inc|Co|Corp|vs|cf|approx|est|Rs|Jan|Feb|Mar|Apr|"
    r"Aug|Sept?|Oct|Nov|Dec|Fig|pp?|e\.g|i\.e|c)|\b[A-Z])\.$"
)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence that holds `text[start:end]`, without spaces around it.

    The bounds always enclose the quote, also where it runs over what looks like an end.
    """
    floor, ceiling = max(0, start - REACH), min(len(text), end + REACH)
    left = floor if floor == 0 else _next_space(text, floor, start)
    before = list(_END.finditer(text, floor, end))  # beyond the start, to see what begins there
    for match in reversed(before):
        if match.end() <= start and _is_end(text, match):
            left = match.end()
            break
    right = ceiling if ceiling == len(text) else _last_space(text, end, ceiling)
    for match in _END.finditer(text, end, ceiling):
        if _is_end(text, match):
            right = match.start() if match["stop"] is None else match.end("stop")
            break
    while left < start and text[left].isspace():
        left += 1
    while right > end and text[right - 1].isspace():
        right -= 1
    return left, right


def _is_end(text: str, match: re.Match[str]) -> bool:
    if match["stop"] is None:
        return True
    head = text[max(0, match.start() - 8) : match.end("stop")]
    return not _ABBREVIATION.search(head)


def _next_space(text: str, floor: int, start: int) -> int:
    found = text.find(" ", floor, start)
    return floor if found < 0 else found + 1


def _last_space(text: str, end: int, ceiling: int) -> int:
    found = text.rfind(" ", end, ceiling)
    return ceiling if found < 0 else found
