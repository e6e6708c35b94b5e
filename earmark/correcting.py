"""Read what a person writes in the place of an amount or a timeframe, as texts are read."""

from __future__ import annotations

from datetime import date

from earmark.reading import amounts, timeframes
from records.errors import SettingsError
from records.mention import Amount, Timeframe
from records.span import Span


def read_amount(value: str, published: date | None, country: str, currency: str) -> Amount:
    """Read one sum of money.

    Args:
        value: `£2.1bn`, `about £12bn a year`, `$2m to $3m`; `2.1bn` is in the currency given.
        published: Not needed: sums have no days.
        country: Of the document; decides a bare `$`.
        currency: Of the amount that is corrected.

    Raises:
        SettingsError: It is no sum, or more than one.
    """
    del published
    found = amounts(value, country) or amounts(f"{currency} {value}", country)
    if len(found) != 1 or found[0].vague:
        raise SettingsError(
            f"the amount cannot be read: “{value}”; write one sum as texts do: £2.1bn, about "
            "£2.1bn, up to £5m, £12bn a year, £2bn to £3bn"
        )
    return found[0]


def read_timeframe(value: str, published: date | None, country: str, currency: str) -> Timeframe:
    """Read an expression of when; one that fixes no days is kept as its words.

    Args:
        value: `in 2025-26`, `over three years from April 2025`, `over the next parliament`.
        published: Day of publication, for `next year`; None when unknown.
        country: Of the document; decides financial years.
        currency: Not needed.

    Raises:
        SettingsError: It fixes no days, and has no words to keep either.
    """
    del currency
    found = timeframes(value, published=published, country=country)
    if len(found) == 1 and found[0].span.text.casefold() == value.strip(" .").casefold():
        return found[0]
    if not any(map(str.isalpha, value)):
        raise SettingsError(
            f"the timeframe cannot be read: “{value}”; write it as texts do: in 2025-26, from "
            "April 2025 to March 2028, over three years"
        )
    return Timeframe(Span(0, len(value), value))
