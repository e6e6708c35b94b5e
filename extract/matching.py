"""A rule beside an amount: matched behind it, or up to it from the head of its sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from extract.analysis import Analysis, Window
from extract.groups import Found
from extract.rulebook import Rule, pattern
from extract.sentences import Sentence
from extract.tail import tail_ends

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


def beside(rule: Rule, analysis: Analysis, sentence: Sentence, amount: Found) -> Hit | None:
    """Match a rule on its side of an amount; None when it does not fit.

    A rule with `side` (or `where`) `after` begins at the amount's end; any other is searched in the
    words of the sentence before the amount, where `^` is the sentence's head and `$` the amount.
    """
    side = rule.values.get("side") or rule.values.get("where")
    if side == "after":
        return behind(rule, analysis, sentence, amount)
    return before(rule, analysis, sentence, amount)


def before(
    rule: Rule, analysis: Analysis, sentence: Sentence, amount: Found, reach: int | None = None
) -> Hit | None:
    """Search a rule in the words before an amount, or in the last `reach` characters of them."""
    window = analysis.window(sentence)
    stop = amount.start - window.start
    first = 0 if reach is None else max(0, stop - reach)
    if rule.cased:
        match = rule.pattern.search(window.text[first:stop])
    else:
        match = rule.lowered.search(window.lower[first:stop])
    return _hit(match, window.start + first) if match else None


def behind(rule: Rule, analysis: Analysis, sentence: Sentence, amount: Found) -> Hit | None:
    """Match a rule from an amount's end on, or from each end of the amount's tail."""
    window = analysis.window(sentence)
    begin = amount.end - window.start
    text, pattern = (window.text, rule.pattern) if rule.cased else (window.lower, rule.lowered)
    for position in _tail_ends(analysis, window, begin) if rule.behind_tail else (begin,):
        if match := pattern.match(text, position):
            return _hit(match, window.start)
    return None


def _tail_ends(analysis: Analysis, window: Window, begin: int) -> list[int]:
    """Return where the tail of an amount can end, walked once for each amount."""
    key = ("tail", window.start + begin)
    if key not in analysis.kept:
        analysis.kept[key] = tail_ends(window.lower, begin)
    ends: list[int] = analysis.kept[key]
    return ends


def _hit(match: re.Match[str], offset: int) -> Hit:
    groups = {
        name: (offset + match.start(name), offset + match.end(name))
        for name, value in match.groupdict().items()
        if value is not None
    }
    return Hit(offset + match.start(), offset + match.end(), groups)
