"""What only looks like money: weights, places, picture formats, codes that are words."""

from __future__ import annotations

import re

from extract.grammar.currencies import Currencies, Unit
from extract.rulebook import pattern

_LINES = frozenset({"240", "360", "480", "720", "1080", "1440", "2160", "4320"})
_WEIGHED = pattern("amount.weighed")
_WEIGHING = pattern("amount.weighing")
_PRICED = pattern("amount.priced")
_NAMED = re.compile(r"(?:Pound|Dollar|Euro|Penny|Cent|Crown|Real|Sovereign)")


def sign_is_meant(unit: Unit, digits: str, mult: str | None) -> bool:
    """Tell whether a sign or code before these digits is one of money (`TOP 10` is not)."""
    if not unit.strict or mult:
        return True
    if unit.plain and len(digits) > 2:  # noqa: PLR2004 - `R350` is a grant, `R21` a road
        return True
    return (
        unit.grouped
        and re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{2,3})+(?:\.[0-9]+)?", digits) is not None
    )


def is_money(
    match: re.Match[str], unit: Unit, known: Currencies, *, scaled: bool, digits: str = ""
) -> bool:
    """Tell whether a number with this unit behind it is an amount of money.

    Refused are weights (`5 pounds of flour`, `a 30-pound dog`), names (`12 Pound Lane`), lines of a
    picture (`1080p`), and words that are money only after a multiplier (`won 5 won prizes`).

    Args:
        match: Has a group `unit`.
        unit: What the unit stands for.
        known: The document's currencies.
        scaled: A multiplier or a scale stands in the number.
        digits: The number, where it is in digits.
    """
    text, word = match.string, match["unit"]
    name = word.strip(" -\n").lower()
    following = text[match.end() : match.end() + 40]
    if name in {"pound", "pounds"} and _is_weight(match, known, following, scaled=scaled):
        return False
    if scaled:
        return True
    if unit.strict or (name == "p" and digits in _LINES):
        return False
    named = _NAMED.fullmatch(word.strip(" -\n"))
    return named is None


def _is_weight(match: re.Match[str], known: Currencies, following: str, *, scaled: bool) -> bool:
    """Tell whether pounds are a weight."""
    hyphened = "-" in match["unit"][:1]
    if _WEIGHED.match(following):
        return True
    if scaled and not known.weighs:
        return False
    before = match.string[max(0, match.start() - 40) : match.start()]
    if _WEIGHING.search(before) or (known.weighs and not _PRICED.match(following)):
        return True
    return hyphened and not _PRICED.match(following)
