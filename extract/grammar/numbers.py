"""Numbers as English money texts write them: digits, groups, multipliers and number words.

Patterns read folded text (`grammar.fold`). Digits are ASCII only, at most 24 before and 8 behind
the point, and exponents are never read, so a number costs no more than its characters.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import cache
from importlib import resources

DIGITS = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,7}(?![0-9])(?:\.[0-9]{1,8})?"  # 1,234,567.89
    r"|[0-9]{1,2}(?:,[0-9]{2}){1,4},[0-9]{3}(?![0-9])(?:\.[0-9]{1,8})?"  # 1,22,000
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,7}(?![0-9])(?:,[0-9]{1,8})?"  # 1.234.567,89
    r"|[0-9]{1,3}\.[0-9]{3},[0-9]{2}(?![0-9])"  # 1.234,56
    r"|[0-9]{1,24}(?:[.,][0-9]{1,8})?(?![0-9]))"  # 2100 2.1 2,1
)
SPACED_DIGITS = (
    r"(?:[0-9]{1,3}(?: [0-9]{3}){1,7}(?![0-9])(?:[.,][0-9]{1,2}(?![0-9]))?)"  # 1 234 567
)


@cache
def _data() -> dict[str, dict[str, object]]:
    return tomllib.loads(
        resources.files("extract.rules").joinpath("numbers.toml").read_text("utf-8")
    )


@cache
def multipliers() -> dict[str, Decimal]:
    """Return every multiplier, lower case, with its factor."""
    both = {**_data()["multiplier"], **_data()["glued"]}
    return {name: Decimal(str(value)) for name, value in both.items()}


@cache
def multiplier_pattern() -> str:
    """Return a pattern for a multiplier behind digits, with the space or hyphen before it."""
    spaced = sorted(_data()["multiplier"], key=len, reverse=True)
    glued = sorted(_data()["glued"], key=len, reverse=True)
    words = "|".join(name.replace(" ", r"\s") for name in spaced)
    full = "|".join(name for name in spaced if len(name) > 3 and " " not in name)  # noqa: PLR2004 - `-million`, never `-m`
    return (
        rf"(?:(?:\.|\s)?(?:{words})(?![A-Za-z0-9])(?:(?<=Mrd)\.|(?<=Mio)\.)?|-(?:{full})(?![A-Za-z0-9])"
        rf"|(?:{'|'.join(glued)})(?![A-Za-z0-9]))"
    )


@cache
def word_values() -> dict[str, int]:
    """Return the plain number words with their values."""
    return {name: int(str(value)) for name, value in _data()["word"].items()}


@cache
def word_number_pattern() -> str:
    """Return a pattern for a number in words: `two and a half`, `twenty-five`, `half a`."""
    names = word_values()
    unit = "|".join(name for name, value in names.items() if value < 10)  # noqa: PLR2004 - the units
    tens = "|".join(name for name, value in names.items() if value >= 20)  # noqa: PLR2004 - the tens
    small = rf"(?:(?:{tens})[- ](?:{unit})|{'|'.join(sorted(names, key=len, reverse=True))})"
    return (
        rf"(?:half an?|(?:an?|one) quarter of an?|three[- ]quarters of an?"
        rf"|(?:an?|{small})[- ]hundred(?: and {small})?"
        rf"|{small}(?:[- ]and[- ]a[- ](?:half|quarter)| point {small})?)"
    )


def number_of(text: str) -> Decimal:
    """Return the value of folded digits in any of the groupings of `DIGITS`.

    A comma or point before exactly the last one or two digits, alone of its kind, is decimal; a
    single point always is (`1.234` is just over one); a single comma before three digits groups.
    """
    plain = text.replace(" ", "")
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma >= 0 and point >= 0:
        group, mark = (",", ".") if point > comma else (".", ",")
        return Decimal(plain.replace(group, "").replace(mark, "."))
    if comma >= 0:
        grouped = re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}", plain)
        return Decimal(plain.replace(",", "") if grouped else plain.replace(",", "."))
    if plain.count(".") > 1:
        return Decimal(plain.replace(".", ""))
    return Decimal(plain)


def word_number_of(text: str) -> Decimal:
    """Return the value of what `word_number_pattern` matched."""
    words = re.split(r"[- ]", text.lower())
    if words[0] == "half":
        return Decimal("0.5")
    if "quarter" in words[:2]:
        return Decimal("0.25")
    if words[:2] == ["three", "quarters"]:
        return Decimal("0.75")
    total, names = Decimal(0), word_values()
    for place, word in enumerate(words):
        if word == "hundred":
            total = (total or Decimal(1)) * 100
        elif word == "half":
            total += Decimal("0.5")
        elif word == "quarter":
            total += Decimal("0.25")
        elif word == "point":
            return total + Decimal("0." + "".join(str(names[w]) for w in words[place + 1 :]))
        else:
            total += names.get(word, 0)
    return total


def multiplier_of(text: str | None) -> Decimal:
    """Return the factor of a matched multiplier; 1 for none."""
    name = re.sub(r"\s", " ", (text or "").strip(" .-\n")).lower()
    return multipliers()[name] if name else Decimal(1)
