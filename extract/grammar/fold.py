"""A same-length copy of a text with look-alikes made one: patterns read it, quotes never.

Offsets in the copy are offsets in the text, so a rule may say `-` for every dash and ` ` for every
space. What offsets count in is never normalised; only this copy is.
"""

from __future__ import annotations

import re

from records.unseen import UNSEEN

_SPACES = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
# Marks of no width (joiners, marks of direction) stand for a space too, and hide no number; inside
# of one they stand for damage, for a page that shows `£412m` must not be read as `£4`.
_MARKS = f"{UNSEEN}\u0300-\u036f"
_DAMAGING = frozenset(UNSEEN) | {chr(code) for code in range(0x300, 0x370)}
_INSIDE = re.compile(f"(?<=[0-9.,])[{_MARKS}]+(?=[0-9.,])")
_HYPHENS = "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
_SINGLE = "\u2018\u2019\u201a\u201b\u02bc\uff07"
_DOUBLE = "\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02"

_TABLE = {
    **dict.fromkeys(_SPACES + UNSEEN.replace("\u00ad", ""), " "),
    **dict.fromkeys(_HYPHENS, "-"),
    **dict.fromkeys(_SINGLE, "'"),
    **dict.fromkeys(_DOUBLE, '"'),
    **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
    "\uff0c": ",",
    "\uff0e": ".",
    "\uff04": "$",
    "\ufe69": "$",
    "\uffe1": "£",
    "\uffe5": "¥",
    "\u25cf": "•",
    "\u25aa": "•",
    "\u00b7": "•",
}
_FOLDED = re.compile(f"[{re.escape(''.join(_TABLE))}{_MARKS}]")
# Markdown emphasis (`**£5m**`) is no part of a word; a bullet, with a space behind it, stays.
_EMPHASIS = re.compile(r"\*\*|__|(?<=\S)\*|\*(?=\S)")


def fold(text: str) -> str:
    """Return `text` with spaces, dashes, quotes, emphasis and full-width digits made plain.

    A text with nothing to fold costs one look at its characters, and each kind of character that is
    there one replacement: a table for every character would cost more than the tokenizer.
    """
    if "*" in text or "__" in text:
        text = _EMPHASIS.sub(lambda match: " " * len(match.group()), text)
    if text.isascii():
        return text.replace("\t", " ")
    found = set(_FOLDED.findall(text))
    if _DAMAGING.intersection(found):
        text = _INSIDE.sub(lambda match: "\ufffd" * len(match.group()), text)
    for character in found & _TABLE.keys():
        text = text.replace(character, _TABLE[character])
    return text


def lower_case(text: str) -> str:
    """Return a text in lower case, code point for code point (`İ` would become two)."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)
