"""Alarms about slips: a million for a billion, pounds for dollars, by the year for in all."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from operator import ne
from typing import Any

from records.claim import Claim
from records.money import display
from store.dedup.across import CLOCK
from store.exports.csv import quoted_mention
from store.patience import Look, paced
from store.pots.alarm import Alarm, AlarmKind
from store.pots.kinship import Kinship, Subject, days_apart, kinship, pairs, periods_clash
from store.timeline import ONE_STORY

SCALES = {3: "a thousand", 6: "a million"}
"""By how many powers of ten two figures differ."""
TELLING = 2
"""Digits from which a figure is no round sum that comes back for anything."""
RECENT = 60
"""Days between two claims beyond which the second is another promise, unless much speaks for it."""
FAR = 730
"""Days beyond which it is, whatever speaks for it."""
_STEPS = {"day": 1, "week": 7, "month": 31, "year": 366}


def slips(subjects: Sequence[Subject], look: Look) -> Iterator[Alarm]:
    """Yield an alarm for each two claims of one pot that differ as by a slip of the pen."""
    for kind, place, differ, check in _CHECKS:
        for left, right in paced(pairs(subjects, place, differ), look):
            words = check(left, right)
            found = kinship(left, right) if words and not periods_clash(left, right) else None
            if found and _is_telling(left, right, found):
                claims = left.claim, right.claim
                yield Alarm(
                    kind,
                    f"{words}; {found.words}",
                    tuple(one.id for one in claims),
                    tuple(map(quoted_mention, claims)),
                )


def figure(claim: Claim) -> str:
    """Return a claim's figure with its id: `£12bn a year (c7)`."""
    assert claim.low is not None  # noqa: S101 - a subject has one figure
    rate = f" a {claim.per}" if claim.per else ""
    return f"{display(claim.low, claim.currency)}{rate} ({claim.id})"


def _is_telling(left: Subject, right: Subject, found: Kinship) -> bool:
    """Tell whether two figures are no round sums that any two promises could share."""
    apart = days_apart(left, right)
    if apart is None:
        return found.strong and left.digits >= TELLING
    if left.digits >= TELLING:
        return apart <= (FAR if found.strong else ONE_STORY if found.bare else RECENT)
    return found.strong and apart <= RECENT


def _by_digits(one: Subject) -> Iterator[tuple[Hashable, int]]:
    assert one.claim.low is not None  # noqa: S101 - see `Subject`
    digits = one.claim.low.normalize().as_tuple().digits
    yield (one.claim.currency, one.claim.per, digits), one.claim.low.adjusted()


def _is_scaled(left: int, right: int) -> bool:
    return abs(left - right) in SCALES


def _scale(left: Subject, right: Subject) -> str | None:
    low, high = sorted((left, right), key=lambda one: one.claim.low or Decimal(0))
    assert low.claim.low and high.claim.low  # noqa: S101, PT018 - see `Subject`
    if left.documents & right.documents and left.digits < TELLING:
        return None
    times = SCALES[high.claim.low.adjusted() - low.claim.low.adjusted()]
    return (
        f"{figure(high.claim)}, said {_times(high)}, is {times} times "
        f"{figure(low.claim)}, said {_times(low)}"
    )


def _times(one: Subject) -> str:
    said = len(one.claim.mentions)
    return "once" if said == 1 else f"{said} times"


def _by_currency(one: Subject) -> Iterator[tuple[Hashable, str]]:
    yield (one.claim.low, one.claim.per), one.claim.currency


def _currency(left: Subject, right: Subject) -> str | None:
    a, b = left.claim, right.claim
    if left.documents & right.documents:  # who states both means both
        return None
    words = f"{figure(a)} and {figure(b)} are one number in two currencies"
    written = [quoted_mention(one).counted.amount.span.text for one in (a, b)]
    if all(text.startswith("$") for text in written):
        return f"{words}, both written with a bare $, which the country of each document decided"
    return words


def _by_rate(one: Subject) -> Iterator[tuple[Hashable, str]]:
    if one.claim.per is None or one.claim.per in CLOCK:
        yield (one.claim.low, one.claim.currency), one.claim.per or ""


def _is_one_total(left: str, right: str) -> bool:
    return bool(left) != bool(right)


def _rate(left: Subject, right: Subject) -> str | None:
    total, rate = sorted((left, right), key=lambda one: one.claim.per or "")
    a, b = total.claim, rate.claim
    if left.documents & right.documents or _covers_one(total, b.per):
        return None
    return f"{figure(b)} and {figure(a)} in all are one number"


def _covers_one(total: Subject, step: str | None) -> bool:
    """Tell whether a total is for one step of a rate, as a year's budget is."""
    frame = total.timeframe
    if frame is None:
        return False
    if frame.start and frame.until:
        return (frame.until - frame.start).days <= _STEPS.get(step or "", 0)
    return frame.duration in ("P1Y", "P12M", "P1M", "P1W", "P1D")


_Place = Callable[[Subject], Iterable[tuple[Hashable, Hashable]]]
_Check = Callable[[Subject, Subject], str | None]
_CHECKS: tuple[tuple[AlarmKind, _Place, Callable[[Any, Any], bool], _Check], ...] = (
    ("scale", _by_digits, _is_scaled, _scale),
    ("currency", _by_currency, ne, _currency),
    ("rate", _by_rate, _is_one_total, _rate),
)
