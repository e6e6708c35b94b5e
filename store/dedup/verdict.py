"""The outcome of comparing two pots, and the arguments that every comparison uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from records.claim import Reason
from records.money import display_bounds
from store.dedup.figure import Figure, Meeting, meeting
from store.dedup.likeness import Likeness, likeness
from store.dedup.period import Fit, fit, is_past
from store.dedup.profile import Profile
from store.dedup.words import Words, same_rate

THRESHOLD = 50
"""Score from which two pots are held to be the same money, hundredths."""


class Argument(NamedTuple):
    """A reason before it is put in words: most comparisons are only ever added up.

    Attributes:
        code: Stable word.
        weight: Positive speaks for a match, negative against; hundredths.
        say: Puts the facts in words; a text takes them in its braces.
        facts: What it rests on.
    """

    code: str
    weight: int
    say: str | Callable[..., str]
    facts: tuple[Any, ...] = ()

    def reason(self) -> Reason:
        """Return the reason in words."""
        say = self.say.format if isinstance(self.say, str) else self.say
        return Reason(self.code, self.weight, say(*self.facts))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two pots can be the same money, and how much speaks for it.

    Attributes:
        score: Sum of the arguments' weights, hundredths; `THRESHOLD` or more speaks for a match.
        gate: Why the two can never be the same, in words; None when they can.
        comparable: False where no figure of one can be held against a figure of the other (a yearly
            rate and a total): neither for nor against.
        arguments: For and against, as they were found.
    """

    score: int = 0
    gate: str | None = None
    comparable: bool = True
    arguments: tuple[Argument, ...] = ()

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The arguments in words, strongest first."""
        ordered = sorted(self.arguments, key=lambda one: (-abs(one.weight), one.code))
        return tuple(one.reason() for one in ordered)

    @property
    def joins(self) -> bool:
        """Tell whether it alone would join two pots."""
        return self.score >= THRESHOLD and self.gate is None and self.comparable


OTHER_PERIOD, SAME_PAST = -45, 10
NEUTRAL = Verdict(comparable=False)


@lru_cache(maxsize=1024)
def bare(score: int) -> Verdict:
    """Return the one verdict that all pairs of a score share, without reasons."""
    return Verdict(score)


def summed(arguments: Iterable[Argument]) -> Verdict:
    """Add up arguments."""
    found = tuple(arguments)
    return Verdict(sum([one.weight for one in found]), arguments=found)


def best_meeting(left: Profile, right: Profile) -> Meeting | Verdict:
    """Find how two pots' figures can be one amount.

    Returns:
        The closest meeting; else a verdict: neutral where no currency and rate is shared, gated
        where the amounts differ.
    """
    return closest_meeting(left, right) or _no_meeting(left.figures, right.figures)


def closest_meeting(left: Profile, right: Profile) -> Meeting | None:
    """Find how two pots' figures can be one amount; None when they cannot."""
    if len(left.figures) == 1 == len(right.figures):
        return meeting(left.figures[0], right.figures[0])
    pairs = ((a, b) for a in left.figures for b in right.figures)
    meetings = [found for a, b in pairs if (found := meeting(a, b))]
    return max(meetings, key=_closeness, default=None)


@lru_cache(maxsize=100_000)
def _no_meeting(left: tuple[Figure, ...], right: tuple[Figure, ...]) -> Verdict:
    for a in left:
        for b in right:
            if a.currency == b.currency and same_rate(a.rate, b.rate):
                return Verdict(gate=f"amounts differ: {a.words()} against {b.words()}")
    return NEUTRAL


def gate_between(left: Profile, right: Profile) -> str | None:
    """Say why amounts or periods exclude each other, whatever the documents; None otherwise."""
    found = best_meeting(left, right)
    return found.gate if isinstance(found, Verdict) else period_gate(left, right)


def period_gate(left: Profile, right: Profile) -> str | None:
    """Say how the periods that two pots state for themselves exclude each other; None otherwise."""
    if not (left.states_period and right.states_period):
        return None
    compared = _fit(left, right)
    return compared.text if compared and compared.clash else None


def period_arguments(left: Profile, right: Profile, step: int, only_one: int) -> Iterator[Argument]:
    """Argue from the periods.

    A period that a mention has only from elsewhere in its text speaks against at most, never bars,
    and one that is over counts for nothing: it may have been borrowed from another amount.

    Args:
        left: A pot.
        right: Another.
        step: Weight of one degree of agreement.
        only_one: Weight of one looking back where the other is undated.
    """
    if left.timeframe is None and right.timeframe is None:
        return
    compared = _fit(left, right)
    borrowed = any(
        not pot.states_period and is_past(pot.timeframe, pot.published) for pot in (left, right)
    )
    if left.looks_back != right.looks_back and (borrowed or not compared):
        yield Argument("only-one-past", only_one, "one is over, the other is undated")
    elif compared and compared.clash and not borrowed:
        yield Argument("other-period", OTHER_PERIOD, "{}", (compared.text,))
    elif compared and not borrowed and compared.degree:
        yield Argument("period", step * compared.degree, "{}", (compared.text,))
        if left.looks_back and right.looks_back and compared.degree > 0:
            yield Argument("same-past", SAME_PAST, "both look back on one period")


def _fit(left: Profile, right: Profile) -> Fit | None:
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


def shared_words(field: str, like: Likeness) -> str:
    """Say which words two wordings share."""
    return f"{field} shares {', '.join(like.shared)}"


def closest(left: tuple[Words, ...], right: tuple[Words, ...]) -> Likeness | None:
    """Return the best likeness between two sets of wordings; None when one side has none."""
    if len(left) == 1 == len(right):
        return likeness(left[0], right[0])
    pairs = ((a, b) for a in left for b in right)
    return max((likeness(a, b) for a, b in pairs), default=None)


def _closeness(found: Meeting) -> tuple[bool, bool, int]:
    stated = not (found.left.derived or found.right.derived)
    return stated, found.how == "same", found.digits
