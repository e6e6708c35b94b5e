"""Values out of an address, checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from starlette.requests import Request

from records.errors import SettingsError

T = TypeVar("T")
PAGE, MOST = 25, 500
"""Rows of a page where nobody says how many, and at most."""
ROWS = 100
"""Rows of a table of what was worked out as a whole."""


class Part(NamedTuple, Generic[T]):
    """One page of a table.

    Attributes:
        rows: What stands on it.
        page: Its number, from 1 on.
        pages: How many there are, at least one.
    """

    rows: Sequence[T]
    page: int
    pages: int


def part_of(request: Request, rows: Sequence[T], size: int = ROWS) -> Part[T]:
    """Return the page of a table that an address asks for (`page=2`), the first without a word.

    Raises:
        SettingsError: There is no such page.
    """
    pages = max(1, -(-len(rows) // size))
    page = number_in("page", request.query_params.get("page") or "1", pages)
    return Part(rows[(page - 1) * size : page * size], page, pages)


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


def word_in(request: Request, name: str, known: Sequence[str]) -> str:
    """Return one of some words, the first where an address does not say.

    Raises:
        SettingsError: It is none of them.
    """
    value = request.query_params.get(name) or known[0]
    if value not in known:
        raise SettingsError(f"{name}: {value[:20]!r} is none of {', '.join(known)}")
    return value


def refuse_unclear(request: Request) -> None:
    """Refuse an address that says one thing several times, or names one and says nothing of it.

    An empty question asks for everything.

    Raises:
        SettingsError: It does.
    """
    said = request.query_params.multi_items()
    empty = next((name for name, value in said if not value and name != "q"), None)
    if empty is not None:
        raise SettingsError(f"{empty[:40]}: is empty; give a value, or leave it out")
    names = [name for name, _ in said]
    repeated = next((name for name in names if names.count(name) > 1), None)
    if repeated is not None:
        raise SettingsError(f"{repeated[:40]}: stands in the address more than once; keep one")
