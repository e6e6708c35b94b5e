"""Values out of an address, checked."""

from __future__ import annotations

from starlette.requests import Request

from records.errors import SettingsError

PAGE, MOST = 25, 500
"""Rows of a page where nobody says how many, and at most."""


def number_in(what: str, given: str, most: int) -> int:
    """Return a number from 1 to `most` out of an address.

    Raises:
        SettingsError: It is none.
    """
    if not (given.isascii() and given.isdigit() and len(given) < 10 and 1 <= int(given) <= most):  # noqa: PLR2004 - digits of any number that could be right
        raise SettingsError(f"{what}: {given[:20]!r} is no number from 1 to {most}")
    return int(given)


def page_size(request: Request) -> int:
    """Return how many rows an address asks for.

    Raises:
        SettingsError: It is no number from 1 to the most that one page has.
    """
    return number_in("limit", request.query_params.get("limit") or str(PAGE), MOST)
