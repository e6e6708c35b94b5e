"""Compare when two texts say that money is provided: the same time, a clash, or nothing known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from records.mention import Timeframe

CLOSE = 45
"""Days between two starts or ends that still are the same (end of March, end of the tax year)."""
YEAR = 330
"""Days from which two starts or ends lie in different years."""
LONG_OVER = 90
"""Days after which a period that has ended is no longer what a text is about."""
KEPT_PAIRS = 100_000
"""Pairs of periods that stay in memory."""
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_DAYS = (365, 30, 7, 1)


@dataclass(frozen=True, slots=True)
class Fit:
    """How two timeframes go together.

    Attributes:
        clash: They cannot be the same period.
        degree: -2 (lengths or ends differ widely) to 3 (the same days); 0 says nothing.
        text: In words, both sides named.
    """

    clash: bool
    degree: int
    text: str


def fullest(timeframes: Iterable[Timeframe | None]) -> Timeframe | None:
    """Return the timeframe of which most is known, the first of equals; None when there is none."""
    known = [one for one in timeframes if one]
    return max(known, key=_known_parts, default=None)


def months_of(timeframe: Timeframe) -> int | None:
    """Return the length in whole months where the duration states it in years and months."""
    found = _DURATION.fullmatch(timeframe.duration or "")
    if not found or found[3] or found[4]:
        return None
    return 12 * int(found[1] or 0) + int(found[2] or 0) or None


@lru_cache(KEPT_PAIRS)
def fit(left: Timeframe, right: Timeframe) -> Fit:
    """Compare two timeframes.

    Periods that share no day clash, and so do periods whose starts and ends, as far as any is
    known, lie in different years.
    """
    pair = f"{_words(left)} against {_words(right)}"
    if _apart(left, right) or _apart(right, left) or _ends_differ(left, right):
        return Fit(clash=True, degree=-2, text=f"periods differ: {pair}")
    degree, words = _degree(left, right)
    return Fit(clash=False, degree=degree, text=f"{words}: {pair}")


def is_past(timeframe: Timeframe | None, published: date | None) -> bool:
    """Tell whether the period was long over when the text was published."""
    if not timeframe or not timeframe.until or not published:
        return False
    return (published - timeframe.until).days > LONG_OVER


def _degree(left: Timeframe, right: Timeframe) -> tuple[int, str]:
    gaps = [_gap(left.start, right.start), _gap(left.until, right.until)]
    known = [gap for gap in gaps if gap is not None]
    lengths = _length(left), _length(right)
    if all(lengths) and not _alike(*lengths):
        return -2, "lengths differ"
    if known and max(known) <= CLOSE:
        return len(known) + 1, "same period"
    if all(lengths) and not known:
        return 2, "same length"
    if known and min(known) >= YEAR:
        return -1, "periods hardly overlap"
    if left.span.text.casefold() == right.span.text.casefold():
        return 2, "same words"
    return 0, "periods can agree"


def _known_parts(timeframe: Timeframe) -> int:
    return sum(x is not None for x in (timeframe.start, timeframe.until, timeframe.duration))


def _apart(earlier: Timeframe, later: Timeframe) -> bool:
    return bool(earlier.until and later.start and earlier.until < later.start)


def _ends_differ(left: Timeframe, right: Timeframe) -> bool:
    """Tell whether all that is known of both, starts or ends, lies in different years."""
    ends = (left.start, right.start), (left.until, right.until)
    gaps = [_gap(*pair) for pair in ends if pair != (None, None)]
    return bool(gaps) and all(gap is not None and gap >= YEAR for gap in gaps)


def _gap(left: date | None, right: date | None) -> int | None:
    return abs((left - right).days) if left and right else None


def _length(timeframe: Timeframe) -> int:
    """Return the length in days, 0 when unknown; years and months are taken as 365 and 30."""
    found = _DURATION.fullmatch(timeframe.duration or "")
    if found and timeframe.duration != "P":
        return sum(int(part or 0) * days for part, days in zip(found.groups(), _DAYS, strict=True))
    if timeframe.start and timeframe.until:
        return (timeframe.until - timeframe.start).days + 1
    return 0


def _alike(left: int, right: int) -> bool:
    return 10 * abs(left - right) <= max(left, right) + 10


def _words(timeframe: Timeframe) -> str:
    return " ".join(timeframe.span.text.split())
