"""Currencies, minor units, and amounts as people read them. Decimal only, never float.

Source of exponents: ISO 4217, list one. People read `£2.1bn`; machines read a decimal string and a
code.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib import resources

MAX_MINOR = 2**63 - 1
_SCALES = ((Decimal(10) ** 12, "tn"), (Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"))
_THOUSAND = Decimal(1000)


@cache
def _currencies() -> dict[str, dict[str, object]]:
    data = resources.files("records").joinpath("currencies.toml").read_text("utf-8")
    return tomllib.loads(data)


def is_currency(code: str) -> bool:
    """Tell whether `code` is an ISO 4217 code that Earmark knows."""
    return code in _currencies()


def currency_codes() -> frozenset[str]:
    """Return every ISO 4217 code that Earmark knows."""
    return frozenset(_currencies())


def exponent(currency: str) -> int:
    """Return how many decimals the currency's minor unit has (2 for pence, 0 for yen).

    Raises:
        KeyError: The code is unknown.
    """
    value = _currencies()[currency]["exponent"]
    assert isinstance(value, int)  # noqa: S101 - narrows a value of our own file for the type checker
    return value


def to_minor(amount: Decimal, currency: str) -> int | None:
    """Return `amount` in minor units; None when it is finer than the unit or beyond 64 bits.

    Never rounds: 2.5 cent has no exact value in euro cents, so it has none here.
    """
    numerator, denominator = amount.as_integer_ratio()
    minor, rest = divmod(numerator * 10 ** exponent(currency), denominator)
    return None if rest or abs(minor) > MAX_MINOR else minor


def from_minor(minor: int, currency: str) -> Decimal:
    """Return minor units as an exact decimal in whole currency units."""
    return Decimal(minor).scaleb(-exponent(currency))


def decimal_text(value: Decimal) -> str:
    """Return a plain decimal string without exponent or trailing zeros: `2100000000`, `0.025`."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def short_number(value: Decimal) -> str:
    """Return a number the short way, losing no digit: `2.1bn`, `1,204.6m`, `20,414.60`."""
    for scale, suffix in _SCALES:
        if abs(value) >= scale:
            short = decimal_text(value / scale)
            if len(short.partition(".")[2]) <= 3:  # noqa: PLR2004 - beyond, the long form reads better
                return f"{Decimal(short):,f}{suffix}"
    grouped = f"{value:,f}" if value == value.to_integral_value() else f"{value:,.2f}"
    if "." not in grouped or Decimal(grouped.replace(",", "")) == value:
        return grouped.removesuffix(".00") if "." in grouped else grouped
    return decimal_text(value)


def display(value: Decimal, currency: str) -> str:
    """Return a point amount for people: `£2.1bn`, `US$40m`, `CHF 5m`."""
    symbol = _currencies()[currency].get("symbol")
    number = short_number(abs(value))
    sign = "-" if value < 0 else ""
    return f"{sign}{symbol}{number}" if symbol else f"{sign}{currency} {number}"


def display_bounds(low: Decimal | None, high: Decimal | None, currency: str) -> str:
    """Return bounds for people: `up to £500m`, `at least £3bn`, `£2bn to £3bn`; `?` for none."""
    if low is None and high is None:
        return "?"
    if high is None:
        assert low is not None  # noqa: S101 - the line above leaves no other case
        return f"at least {display(low, currency)}"
    if low is None:
        return f"up to {display(high, currency)}"
    if low == high:
        return display(low, currency)
    return f"{display(low, currency)} to {display(high, currency)}"
