"""Which claim is a part of which, and whether the parts of a whole come to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Literal

from records.claim import Claim
from records.money import decimal_text

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
    """

    verdict: PartsVerdict
    parts: tuple[Decimal, ...]
    whole: Decimal
    unknown: int = 0

    @property
    def words(self) -> str:
        """Say it with the sum: `parts add up: 2.3 + 2.1 + 1.5 = 5.9`, in the scale of the whole."""
        together = sum(self.parts, Decimal(0))
        whole = self._short(self.whole)
        terms = " + ".join(map(self._short, self.parts)) or "0"
        added = f"{terms} = {self._short(together)}" if len(self.parts) > 1 else terms
        if self.verdict == "adds up":
            return f"parts add up: {added}" + ("" if together == self.whole else f", about {whole}")
        if self.verdict == "does not add up":
            return f"parts do not add up: {added}, more than {whole}"
        return f"parts known: {added} of {whole}"

    def _short(self, value: Decimal) -> str:
        scale = next((scale for scale in _SCALES if self.whole >= scale), None)
        return decimal_text(value / scale) if scale else f"{value:,f}"


def whole_of(claims: Sequence[Claim]) -> dict[str, str]:
    """Return part to whole, by their ids, as a forest.

    A claim that is stated as a part of two goes under the smaller that can hold it. A whole in
    another currency holds nothing, and a statement that would close a circle is left out.

    Args:
        claims: In the order in which they are placed; relations to others count for nothing.
    """
    by_id = {claim.id: claim for claim in claims}
    wholes: dict[str, str] = {}
    for claim in claims:
        stated = {relation.to for relation in claim.relations if relation.type == "part_of"}
        found = [by_id[other] for other in stated if other in by_id]
        holding = [whole for whole in found if whole.currency == claim.currency]
        for whole in sorted(holding, key=partial(_preference, claim)):
            if claim.id not in _upwards(whole.id, wholes):
                wholes[claim.id] = whole.id
                break
    return wholes


def point_of(claim: Claim) -> Decimal | None:
    """Return the sum that a claim states as one figure; None for rates, ranges and open bounds."""
    return claim.low if claim.per is None and claim.low == claim.high else None


def check_parts(whole: Claim, parts: Sequence[Claim]) -> PartsCheck | None:
    """Hold parts against their whole; None when there are none, or the whole has no amount."""
    amount = point_of(whole)
    if amount is None or not parts:
        return None
    known = sorted((value for part in parts if (value := point_of(part)) is not None), reverse=True)
    return PartsCheck(
        _verdict(known, amount, complete=len(known) == len(parts)),
        tuple(known),
        amount,
        len(parts) - len(known),
    )


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


def _upwards(claim_id: str, wholes: dict[str, str]) -> set[str]:
    """Return a claim and everything that it is a part of."""
    found = {claim_id}
    while (claim_id := wholes.get(claim_id, "")) and claim_id not in found:
        found.add(claim_id)
    return found


def _preference(part: Claim, whole: Claim) -> tuple[bool, Decimal, int]:
    """Sort wholes that can hold the part first, smaller before larger."""
    amount, share = point_of(whole), point_of(part)
    fits = amount is not None and (share is None or share <= amount)
    return not fits, amount or Decimal(0), number_of(whole)


def number_of(claim: Claim) -> int:
    """Return the number in a claim's id."""
    return int(claim.id[1:])
