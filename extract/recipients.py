"""Whether a noun phrase names somebody who can get money, and where that name ends.

Source: docs/annotation.md, ruling "purpose": an institution, group or sector that gets the money
is a recipient; an activity, thing, service or programme is a purpose.
"""

from __future__ import annotations

import re

from extract.rulebook import compile_pattern, pattern

_HEAD = pattern("recipient.head")
_COORDINATED = pattern("recipient.coordinated")
_NAME = re.compile(
    r"(?:[Tt]he )?[A-Z][\w'&.-]*\w(?: (?:of|for|and|the|&|de|upon) (?=[A-Z])| (?=[A-Z]))?"
    r"(?:[A-Z][\w'&.-]*\b(?: (?:of|for|and|the|&) (?=[A-Z])| (?=[A-Z]))?){0,6}"
)
# `the Department for Education`: the name goes on behind what is a body already.
_OFFICE = re.compile(r" (?:for|of) [A-Z]")
_CLAUSE = pattern("recipient.clause")
_FOLLOWS = pattern("recipient.follows")
_THEME = compile_pattern(r"\b{theme_noun}$")
_THING = compile_pattern(r"\b(?:{theme_noun}|{thing_noun}|{fund_noun}|{compound_head})$")
_LABEL = pattern("recipient.label")


def name_end(masked: str, start: int, end: int) -> int | None:
    """Return where a recipient that begins at `start` ends; None when the phrase is none."""
    phrase = masked[start:end]
    head, name = _HEAD.match(phrase), _NAME.match(phrase)
    longer = head and name and name.end() > head.end() and _OFFICE.match(phrase, head.end())
    if head and not longer and _FOLLOWS.match(phrase, head.end()):
        stop = head.end()
    elif name and _is_somebody(name.group()) and _FOLLOWS.match(phrase, name.end()):
        stop = name.end()
    else:
        return None
    while more := _COORDINATED.match(phrase, stop):
        if not _FOLLOWS.match(phrase, more.end()):
            break
        stop = more.end()
    clause = _CLAUSE.match(phrase, stop)
    return start + (clause.end() if clause else stop)


def _is_somebody(name: str) -> bool:
    """Tell whether a name is of somebody, not of a thing (`Faster Internet`)."""
    return any(c.islower() for c in name) and not _THEME.search(name)


def is_theme(name: str) -> bool:
    """Tell whether a name ends in what is a thing, a pot or a programme (`Towns Fund`)."""
    return _THING.search(name) is not None


def is_recipient(phrase: str, *, label: bool = False) -> bool:
    """Tell whether a whole phrase names a recipient.

    Args:
        phrase: Masked text of the phrase.
        label: It stands before a colon, where a place or body is enough.
    """
    text = phrase.strip()
    if label:
        return bool(_LABEL.search(text)) and not re.search(
            r"(?i)\b(?:benefit|credit|payment|support|pension)s?\b", text
        )
    return name_end(text, 0, len(text)) == len(text)
