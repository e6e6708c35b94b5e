"""A rule beside an amount: matched behind it, or up to it from the head of its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extract.groups import Found
from extract.rulebook import Rule, pattern
from extract.sentences import Sentence

# Words that set a second figure beside the first, so that what is said of one is said of both.
_BESIDE = pattern("beside.beside")


def stands_beside(masked: str, previous: Found, amount: Found) -> bool:
    """Tell whether an amount only restates, compares or continues the one before it."""
    return _BESIDE.fullmatch(masked, previous.end, amount.start) is not None


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a rule matched, in offsets of the text.

    Attributes:
        start: First code point of the match.
        end: One past the last.
        groups: Named groups that took part, with their offsets.
    """

    start: int
    end: int
    groups: Mapping[str, tuple[int, int]]


def beside(rule: Rule, masked: str, sentence: Sentence, amount: Found) -> Hit | None:
    """Match a rule on its side of an amount; None when it does not fit.

    A rule with `side` (or `where`) `after` begins at the amount's end; any other is searched in the
    words of the sentence before the amount, where `^` is the sentence's head and `$` the amount.
    """
    side = rule.values.get("side") or rule.values.get("where")
    if side == "after":
        match, offset = rule.pattern.match(masked, amount.end, sentence.end), 0
    else:
        offset = sentence.start
        match = rule.pattern.search(masked[offset : amount.start])
    if match is None:
        return None
    groups = {
        name: (offset + match.start(name), offset + match.end(name))
        for name, value in match.groupdict().items()
        if value is not None
    }
    return Hit(offset + match.start(), offset + match.end(), groups)
