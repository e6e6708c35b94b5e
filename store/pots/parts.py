"""Whether the parts of a whole come to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from records.claim import Claim
from records.money import decimal_text
from store.pots.sums import point_of

ROUNDING = Decimal("0.02")
"""Share of the whole that rounding can explain, at most."""
MOST_SUMS = 20_000
"""Sums of some parts that are tried, so that a long list of parts stays cheap."""
_SCALES = (Decimal(10) ** 9, Decimal(10) ** 6)
_LEAST = Decimal("0.01")
"""Of a scale, that a part has at the least: £6.8m of £2bn is 6.8 of 2,000, and not 0.0068 of 2."""

PartsVerdict = Literal["adds up", "does not add up", "incomplete", "added up before"]


@dataclass(frozen=True, slots=True)
class PartsCheck:
    """Whether the known parts of a whole come to it.

    Attributes:
        verdict: `incomplete` where they come to less, so parts may be missing; `does not add up`
            where they come to more; `added up before` where they come to what the whole was before
            another, smaller figure took its place.
        parts: Amounts of the parts that have one, largest first; what takes from the whole is
            negative.
        whole: Amount of the whole, or what it was.
        unknown: Parts that are a rate, a range or an open bound.
        others: Parts that are not among these and overlap them: where texts split a whole in
            several ways, those parts count that come to it.
    """

    verdict: PartsVerdict
    parts: tuple[Decimal, ...]
    whole: Decimal
    unknown: int = 0
    others: int = 0

    @property
    def words(self) -> str:
        """Say it with the sum: `parts add up: 2.3 + 2.1 + 1.5 = 5.9`, in millions or billions."""
        together = sum(self.parts, Decimal(0))
        whole = self._short(self.whole)
        signed = (f"{'-' if part < 0 else '+'} {self._short(abs(part))}" for part in self.parts)
        terms = " ".join(signed).removeprefix("+ ")
        added = f"{terms} = {self._short(together)}" if len(self.parts) > 1 else terms
        if self.verdict == "adds up":
            verb = "overlaps" if self.others == 1 else "overlap"
            split = f"; {self.others} more {verb} them" if self.others else ""
            about = "" if together == self.whole else f", about {whole}"
            return f"parts add up: {added}{about}{split}"
        if self.verdict == "added up before":
            return f"parts add up to what it was: {added}"
        if self.verdict == "does not add up":
            return f"parts do not add up: {added}, more than {whole}"
        open_ = f"{self.unknown} without one figure" if self.unknown else ""
        if not self.parts:
            return f"parts known: {open_}, of {whole}"
        return f"parts known: {added} of {whole}" + (f", and {open_}" if open_ else "")

    def _short(self, value: Decimal) -> str:
        least = min((abs(part) for part in self.parts), default=self.whole)
        fitting = (one for one in _SCALES if self.whole >= one and least >= one * _LEAST)
        scale = next(fitting, None)
        return f"{Decimal(decimal_text(value / scale)):,f}" if scale else f"{value:,f}"


def takes_away(claim: Claim) -> bool:
    """Tell whether a claim's figure has a minus or brackets in the table that states it."""
    return any("sign" in one.mention.rules for one in claim.mentions)


def check_parts(
    whole: Claim, parts: Sequence[Claim], before: Sequence[Claim] = ()
) -> PartsCheck | None:
    """Hold parts against their whole; None when there are none, or the whole has no amount.

    What a table states with a minus is taken away.

    The parts may be stated by documents other than that which states the whole. Where all of them
    come to more than the whole, some may still come to it: it was split in several ways, as by
    purpose and by year. Such parts are those of one document, or some that come to it exactly. Else
    they may be parts of what it was.

    Args:
        whole: What they are parts of.
        parts: Stated by any document.
        before: The figures that the whole has taken the place of.
    """
    amount = point_of(whole)
    if amount is None or not parts:
        return None
    together = _check(amount, parts)
    if together.verdict != "does not add up":
        return together
    for split in (*_by_document(parts), _exact(amount, parts)):
        others = len(parts) - len(split)
        if others and (alone := _check(amount, split, others)).verdict == "adds up":
            return alone
    for older in before:
        was = point_of(older)
        if was and (then := _check(was, parts)).verdict == "adds up":
            return replace(then, verdict="added up before")
    return together


def _check(whole: Decimal, parts: Sequence[Claim], others: int = 0) -> PartsCheck:
    known = sorted((value for part in parts if (value := _signed(part)) is not None), reverse=True)
    verdict = _verdict(known, whole, complete=len(known) == len(parts))
    return PartsCheck(verdict, tuple(known), whole, len(parts) - len(known), others)


def _signed(part: Claim) -> Decimal | None:
    value = point_of(part)
    return -value if value is not None and takes_away(part) else value


def _by_document(parts: Sequence[Claim]) -> Iterator[list[Claim]]:
    """Yield the parts that each document states, in an order that does not depend on its id."""
    stated: dict[str, list[Claim]] = defaultdict(list)
    for part in parts:
        by = {name for one in part.relations if one.type == "part_of" for name in one.mentions}
        origins = {one.provenance.sha256 for one in part.mentions if one.id in by}
        for origin in origins:
            stated[origin].append(part)
    yield from (split for _, split in sorted(stated.items()))


def _exact(whole: Decimal, parts: Sequence[Claim]) -> list[Claim]:
    """Return two parts or more that come to the whole to the penny; empty when none do."""
    sums: dict[Decimal, list[Claim]] = {Decimal(0): []}
    for part in parts:
        value = _signed(part)
        if value is None or len(sums) > MOST_SUMS:
            continue
        for before, chosen in list(sums.items()):
            if before + value <= whole:
                sums.setdefault(before + value, [*chosen, part])
    found = sums.get(whole, [])
    return found if len(found) > 1 else []


def _verdict(known: Sequence[Decimal], whole: Decimal, *, complete: bool) -> PartsVerdict:
    together = sum(known, Decimal(0))
    rounded = len(known) > 1 and abs(together - whole) <= min(_half_digit(whole), whole * ROUNDING)
    if complete and (together == whole or rounded):
        return "adds up"
    return "does not add up" if together > whole and not rounded else "incomplete"


def _half_digit(value: Decimal) -> Decimal:
    """Return half of what one step of the last significant digit is worth."""
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - stated amounts are never infinite
    return Decimal(1).scaleb(exponent) / 2
