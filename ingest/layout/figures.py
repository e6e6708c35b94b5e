"""Figures as tables set them: numbers with what stands around them, and marks for none."""

from __future__ import annotations

import re

_SIGNS = r"[(\[+\-\u2010-\u2014\u2212£€$¥₹~<>]"
_NOTE = r"[*†‡§#^⁰¹²³⁴-⁹]{0,3}"
_FIGURE = re.compile(
    rf"(?:[A-Z]{{1,3}}(?=[$£]))?{_SIGNS}{{0,3}}[0-9][0-9.,]*(?:[/\-\u2010-\u2013][0-9]{{2,4}})?"
    rf"(?:bn|tn|m|k|p|pp|%)?[)\]%]{{0,2}}{_NOTE}"
)
_NONE = re.compile(r"[-\u2010-\u2014\u2212]{1,2}|\.{2,3}|…|n[/.]?a\.?|nil|tbc", re.IGNORECASE)
_PERIOD = re.compile(r"(?:19|20)[0-9]{2}(?:[/\-\u2010-\u2013][0-9]{2,4})?")
# What stands beside a figure with a space between: `£ 12`, `( 12 )`, `12 %`, `12 [b]`, `12 (a)`.
_BESIDE = re.compile(rf"{_SIGNS}|[)\]%*†‡§#]{{1,2}}|\[[0-9a-z]\]|\([0-9a-z]\)")


def is_figure(text: str) -> bool:
    """Tell whether a word is a number, a period of years, or a mark for a figure that is none."""
    return bool(_FIGURE.fullmatch(text) or _NONE.fullmatch(text))


def is_period(text: str) -> bool:
    """Tell whether a word is a year or a span of years, as the headers of columns are."""
    return _PERIOD.fullmatch(text) is not None


def are_figure(texts: list[str]) -> bool:
    """Tell whether words that stand together are one figure."""
    return any(map(is_figure, texts)) and all(
        is_figure(text) or _BESIDE.fullmatch(text) for text in texts
    )
