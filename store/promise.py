"""What a promise of money leaves open: who pays, what for, when, and whether the money is new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from records.check import Unsaid
from records.mention import Mention, Timeframe


def unsaid(mentions: Sequence[Mention], wholes: Sequence[Mention] = ()) -> tuple[Unsaid, ...]:
    """Return what a text does not say of one sum of money.

    Args:
        mentions: All that state it.
        wholes: Mentions of what it is said to be part of: who pays, and when, holds of parts too.

    Returns:
        Empty where the text does not speak of funding: only a promise can be asked these.
    """
    if not any(one.kind == "funding" for one in mentions):
        return ()
    return tuple(_unsaid(mentions, (*mentions, *wholes)))


def _unsaid(mentions: Sequence[Mention], around: Sequence[Mention]) -> Iterator[Unsaid]:
    if not any(one.funder for one in around):
        yield "payer"
    if not any(one.purpose or one.recipient for one in mentions):
        yield "purpose"
    frames = [one.timeframe for one in around if one.timeframe]
    if not any(map(_ends, frames)):
        yield "deadline"
    if not any(map(_has_years, frames)):
        yield "period"
    if not any(one.newness for one in mentions):
        yield "newness"


def _ends(frame: Timeframe) -> bool:
    """Tell whether the text says by when; words alone (`over the next parliament`) do, undated."""
    return frame.until is not None or _is_words_alone(frame)


def _has_years(frame: Timeframe) -> bool:
    """Tell whether the text says which years: a length or one end alone does not."""
    return None not in (frame.start, frame.until) or _is_words_alone(frame)


def _is_words_alone(frame: Timeframe) -> bool:
    return (frame.duration, frame.start, frame.until) == (None, None, None)
