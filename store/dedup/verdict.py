"""The outcome of comparing two pots, and the arguments that every comparison uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from records.claim import Reason
from records.money import display_bounds
from store.dedup.candidate import LocalPot
from store.dedup.figure import Figure, Meeting, meeting
from store.dedup.period import Fit, fit, is_past
from store.dedup.words import Likeness, Words, likeness, same_rate

THRESHOLD = 50
"""Score from which two pots are held to be the same money, hundredths."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two pots can be the same money, and how much speaks for it.

    Attributes:
        score: Sum of the reasons' weights, hundredths; `THRESHOLD` or more speaks for a match.
        reasons: For and against, strongest first.
        gate: Why the two can never be the same, in words; None when they can.
        comparable: False where no figure of one can be held against a figure of the other (a yearly
            rate and a total): neither for nor against.
    """

    score: int = 0
    reasons: tuple[Reason, ...] = ()
    gate: str | None = None
    comparable: bool = True


OTHER_PERIOD, SAME_PAST = -45, 10
NEUTRAL = Verdict(comparable=False)


def summed(reasons: Iterable[Reason]) -> Verdict:
    """Add up the reasons."""
    ordered = sorted(reasons, key=lambda reason: (-abs(reason.weight), reason.code))
    return Verdict(sum(reason.weight for reason in ordered), tuple(ordered))


def best_meeting(left: LocalPot, right: LocalPot) -> Meeting | Verdict:
    """Find how two pots' figures can be one amount.

    Returns:
        The closest meeting; else a verdict: neutral where no currency and rate is shared, gated
        where the amounts differ.
    """
    pairs = [(a, b) for a in left.figures for b in right.figures if _comparable(a, b)]
    if not pairs:
        return NEUTRAL
    meetings = [found for a, b in pairs if (found := meeting(a, b))]
    if meetings:
        return max(meetings, key=_closeness)
    a, b = pairs[0]
    return Verdict(gate=f"amounts differ: {a.words()} against {b.words()}")


def period_gate(left: LocalPot, right: LocalPot) -> str | None:
    """Say how the periods that two pots state for themselves exclude each other; None otherwise."""
    compared = _fit(left, right)
    sure = left.states_period and right.states_period
    return compared.text if compared and compared.clash and sure else None


def period_reasons(left: LocalPot, right: LocalPot, step: int, only_one: int) -> list[Reason]:
    """Argue from the periods.

    A period that a mention has only from elsewhere in its text speaks against at most, never bars,
    and one that is over counts for nothing: it may have been borrowed from another amount.

    Args:
        left: A pot.
        right: Another.
        step: Weight of one degree of agreement.
        only_one: Weight of one looking back where the other is undated.
    """
    back = left.looks_back, right.looks_back
    compared = _fit(left, right)
    borrowed = any(
        is_past(pot.timeframe, pot.published) and not pot.states_period for pot in (left, right)
    )
    if any(back) and not all(back) and (borrowed or not compared):
        return [Reason("only-one-past", only_one, "one is over, the other is undated")]
    if compared and compared.clash and not borrowed:
        return [Reason("other-period", OTHER_PERIOD, compared.text)]
    if not compared or borrowed or not compared.degree:
        return []
    found = [Reason("period", step * compared.degree, compared.text)]
    if all(back) and compared.degree > 0:
        found.append(Reason("same-past", SAME_PAST, "both look back on one period"))
    return found


def _fit(left: LocalPot, right: LocalPot) -> Fit | None:
    if left.timeframe is None or right.timeframe is None:
        return None
    return fit(left.timeframe, right.timeframe)


def amount_words(found: Meeting) -> str:
    """Say how two figures meet: `same amount £2.1bn`, `£5.9bn can be nearly £6bn`."""
    if found.how == "same":
        shared = max(set(found.left.points) & set(found.right.points))
        return f"same amount {display_bounds(shared, shared, found.left.currency)}"
    sides = f"{found.left.words()} and {found.right.words()}"
    return f"{sides} are near" if found.how == "near" else f"{sides} meet by rounding"


def closest(left: tuple[Words, ...], right: tuple[Words, ...]) -> Likeness | None:
    """Return the best likeness between two sets of wordings; None when one side has none."""
    pairs = ((a, b) for a in left for b in right)
    return max((likeness(a, b) for a, b in pairs), default=None)


def _comparable(left: Figure, right: Figure) -> bool:
    return left.currency == right.currency and same_rate(left.rate, right.rate)


def _closeness(found: Meeting) -> tuple[bool, bool, int]:
    stated = not (found.left.derived or found.right.derived)
    return stated, found.how == "same", found.digits
