"""Whether the parts of a whole come to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from records.claim import Claim
from records.money import decimal_text
from store.pots.forest import point_of

ROUNDING = Decimal("0.02")
"""Share of the whole that rounding can explain, at most."""
_SCALES = (Decimal(10) ** 9, Decimal(10) ** 6)

PartsVerdict = Literal["adds up", "does not add up", "incomplete"]


@dataclass(frozen=True, slots=True)
class PartsCheck:
    """Whether the known parts of a whole come to it.

    Attributes:
        verdict: `incomplete` where they come to less, so parts may be missing; `does not add up`
            where they come to more.
        parts: Amounts of the parts that have one, largest first.
        whole: Amount of the whole.
        unknown: Parts that are a rate, a range or an open bound.
        others: Parts that are not among these: where texts split a whole in several ways, the split
            that comes to it counts.
    """

    verdict: PartsVerdict
    parts: tuple[Decimal, ...]
    whole: Decimal
    unknown: int = 0
    others: int = 0

    @property
    def words(self) -> str:
        """Say it with the sum: `parts add up: 2.3 + 2.1 + 1.5 = 5.9`, in the scale of the whole."""
        together = sum(self.parts, Decimal(0))
        whole = self._short(self.whole)
        terms = " + ".join(map(self._short, self.parts)) or "0"
        added = f"{terms} = {self._short(together)}" if len(self.parts) > 1 else terms
        if self.verdict == "adds up":
            split = f", with another split into {self.others}" if self.others else ""
            about = "" if together == self.whole else f", about {whole}"
            return f"parts add up: {added}{about}{split}"
        if self.verdict == "does not add up":
            return f"parts do not add up: {added}, more than {whole}"
        return f"parts known: {added} of {whole}"

    def _short(self, value: Decimal) -> str:
        scale = next((scale for scale in _SCALES if self.whole >= scale), None)
        return decimal_text(value / scale) if scale else f"{value:,f}"


def check_parts(whole: Claim, parts: Sequence[Claim]) -> PartsCheck | None:
    """Hold parts against their whole; None when there are none, or the whole has no amount.

    The parts may be stated by documents other than that which states the whole. Where all of them
    come to more than the whole, one document's parts may still come to it: the whole was split in
    two ways, as by purpose and by year.
    """
    amount = point_of(whole)
    if amount is None or not parts:
        return None
    together = _check(amount, parts)
    if together.verdict == "does not add up":
        for split in _splits(parts):
            alone = _check(amount, split, others=len(parts) - len(split))
            if alone.verdict == "adds up":
                return alone
    return together


def _check(whole: Decimal, parts: Sequence[Claim], others: int = 0) -> PartsCheck:
    known = sorted((value for part in parts if (value := point_of(part)) is not None), reverse=True)
    verdict = _verdict(known, whole, complete=len(known) == len(parts))
    return PartsCheck(verdict, tuple(known), whole, len(parts) - len(known), others)


def _splits(parts: Sequence[Claim]) -> Iterator[list[Claim]]:
    """Yield the parts that each document states, in an order that does not depend on its id."""
    stated: dict[str, list[Claim]] = defaultdict(list)
    for part in parts:
        by = {name for one in part.relations if one.type == "part_of" for name in one.mentions}
        origins = {one.provenance.sha256 for one in part.mentions if one.id in by}
        for origin in origins:
            stated[origin].append(part)
    for _, split in sorted(stated.items()):
        if len(split) < len(parts):
            yield split


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
