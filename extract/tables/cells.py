"""Numbers in cells: digits with their sign, brackets, footnote mark and multiplier."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extract.grammar.currencies import sign_texts
from extract.grammar.numbers import DIGITS, multiplier_of, multiplier_pattern, number_of
from extract.grammar.trie import trie_pattern
from extract.rulebook import pattern
from records.money import currency_codes

_NOTE = (
    r"(?:\s?(?:[⁰¹²³⁴-⁹ᵃ-ᶻ*†‡§#^~]{1,4}|\[[0-9a-z]{1,2}\]|\((?:[0-9]|[a-z])\)))?"
    r"(?:\s[a-zA-Z])?"
)
_NOTHING = pattern("table.nothing")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_LONGEST = 60  # no number in a cell is longer


@dataclass(frozen=True, slots=True)
class Number:
    """A number that fills its cell.

    Attributes:
        start: First code point from the cell's first on: its minus or bracket, its currency, or
            its first digit.
        end: One past the last; a footnote mark is left out.
        value: Without sign.
        sign: Id of what makes it negative; None for a positive one.
        currency: The sign or code that stands in the cell; None for none.
        scaled: A multiplier stands in the cell (`12.5m`), and is in the value.
        step: One in its last place.
    """

    start: int
    end: int
    value: Decimal
    sign: str | None = None
    currency: str | None = None
    scaled: bool = False
    step: Decimal = Decimal(1)

    @property
    def signed(self) -> Decimal:
        """The value with its sign."""
        return -self.value if self.sign else self.value


@cache
def _pattern() -> re.Pattern[str]:
    symbols = [text for text in sign_texts() if "&" not in text and "#" not in text]
    currency = trie_pattern([*symbols, *currency_codes()])
    return re.compile(
        rf"(?P<open>\()?\s?(?P<minus>-)?\+?\s?(?P<currency>{currency})?\s?(?P<inner>-)?"
        rf"(?P<digits>{DIGITS})(?P<mult>{multiplier_pattern()})?\s?(?P<close>\))?(?P<note>{_NOTE})"
    )


def number_in(text: str) -> Number | None:
    """Return the number that a cell's folded words are; None for words, blanks and shares."""
    if len(text) > _LONGEST or not any(c in "0123456789½¼¾" for c in text):
        return None
    match = _pattern().fullmatch(text)
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    digits = match["digits"]
    value = number_of(digits, scaled=bool(match["mult"]))
    factor = multiplier_of(match["mult"])
    minus = match["minus"] or match["inner"]
    sign = "table.brackets" if match["open"] else "table.minus" if minus else None
    first = match.start("open") if match["open"] else match.start("minus")
    if first < 0:
        first = match.start("currency") if match["currency"] else match.start("digits")
        first = match.start("inner") if match["inner"] and not match["currency"] else first
    end = match.end("close") if match["close"] else match.end("mult")
    end = match.end("digits") if end < 0 else end
    exponent = value.as_tuple().exponent
    step = Decimal(1).scaleb(min(0, int(exponent))) * factor
    return Number(first, end, value * factor, sign, match["currency"], bool(match["mult"]), step)


def is_nothing(text: str) -> bool:
    """Tell whether a cell says that there is no number (`-`, `n/a`, `..`, `nil`)."""
    return _NOTHING.fullmatch(text) is not None


def is_year(text: str) -> bool:
    """Tell whether a number is written as a year is."""
    return _YEAR.fullmatch(text) is not None
