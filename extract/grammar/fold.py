"""A same-length copy of a text with look-alikes made one: patterns read it, quotes never.

Offsets in the copy are offsets in the text, so a rule may say `-` for every dash and ` ` for every
space. What offsets count in is never normalised; only this copy is.
"""

from __future__ import annotations

import re

_SPACES = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
_SINGLE = "\u2018\u2019\u201a\u201b\u02bc\uff07"
_DOUBLE = "\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02"
_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}

_TABLE = {
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, _HYPHENS), "-"),
    **dict.fromkeys(map(ord, _SINGLE), "'"),
    **dict.fromkeys(map(ord, _DOUBLE), '"'),
    **_FULL_WIDTH,
    ord("\uff0c"): ",",
    ord("\uff0e"): ".",
    ord("\uff04"): "$",
    ord("\ufe69"): "$",
    ord("\uffe1"): "£",
    ord("\uffe5"): "¥",
    ord("\u2022"): "•",
    ord("\u25cf"): "•",
    ord("\u25aa"): "•",
    ord("\u00b7"): "•",
}


# Markdown emphasis (`**£5m**`) is no part of a word; a bullet, with a space behind it, stays.
_EMPHASIS = re.compile(r"\*\*|__|(?<=\S)\*|\*(?=\S)")


def fold(text: str) -> str:
    """Return `text` with spaces, dashes, quotes, emphasis and full-width digits made plain."""
    if "*" in text or "__" in text:
        text = _EMPHASIS.sub(lambda match: " " * len(match.group()), text)
    return text if text.isascii() and "\t" not in text else text.translate(_TABLE)


def lower_case(text: str) -> str:
    """Return a text in lower case, code point for code point (`İ` would become two)."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)
