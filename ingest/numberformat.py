"""What a spreadsheet shows of a value: the number formats that change what a figure says.

Source: ECMA-376 (Office Open XML), part 1, 18.8.31. Read are the sections by sign, decimals,
groups, per cent, thousands scaled away by commas, literals, currency signs; anything else is shown
plainly.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<sign>[^\]-]*)(?:-[^\]]*)?\]|(?P<bracket>\[[^\]]*\])'
    r"|(?P<skipped>[_*].)|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)(?P<scale>,*)|(?P<other>.)",
    re.DOTALL,
)
_SECTIONS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_UNREAD = re.compile(r"[eE][+-]|[?#0]\s*/\s*[?#0-9]")
_SIGNIFICANT = 11  # digits that the format General shows
_LARGEST = 15  # digits before the point; a spreadsheet keeps no more
_CONDITION = re.compile(r"\[[<>=]")
_MOST_SECTIONS = 2


def shown(value: object, number_format: str | None) -> str:
    """Return what a cell shows of its value; an empty string for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime | date):
        return _day(value, number_format or "")
    if isinstance(value, int | float):
        return _number(Decimal(repr(value)), number_format or "General")
    return value.isoformat() if isinstance(value, time) else str(value)


def _day(value: datetime | date, number_format: str) -> str:
    """Return a day as ISO 8601; a format without days names the month, or the year alone."""
    letters = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format).lower()
    if "y" in letters and "d" not in letters and "h" not in letters:
        return f"{value:%B %Y}" if "m" in letters else f"{value:%Y}"
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()


def _number(value: Decimal, number_format: str) -> str:
    if not value.is_finite():
        return str(value)
    sections = _SECTIONS.split(number_format)
    plain = number_format.strip().lower() in {"general", "@", ""}
    if (
        plain
        or value.adjusted() > _LARGEST
        or _UNREAD.search(number_format)
        or _CONDITION.search(number_format)
    ):
        return _general(value)
    section, signed = sections[0], value < 0
    if value < 0 and len(sections) > 1:
        section, signed = sections[1], False
    elif value == 0 and len(sections) > _MOST_SECTIONS:
        section = sections[2]
    text = _filled(abs(value), section)
    return f"-{text}" if signed and any(c in "123456789" for c in text) else text


def _filled(value: Decimal, section: str) -> str:
    """Write a value without its sign into one section of a format."""
    pieces = list(_PIECE.finditer(section))
    if any(piece["other"] == "%" for piece in pieces):
        value *= 100
    for piece in pieces:
        value = value.scaleb(-3 * len(piece["scale"] or ""))
    said, placed = [], False
    for piece in pieces:
        if piece["digits"] is not None:
            said.append("" if placed else _digits(value, piece["digits"]))
            placed = True
        elif piece["bracket"] is None:
            said.append(" " if piece["skipped"] else _literal(piece))
    return " ".join("".join(said).split())


def _literal(piece: re.Match[str]) -> str:
    found = (piece[name] for name in ("quoted", "escaped", "sign", "other"))
    return next((text for text in found if text is not None), "")


def _digits(value: Decimal, places: str) -> str:
    whole, _, behind = places.partition(".")
    decimals = sum(mark in "0#?" for mark in behind)
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    if "0" not in whole and rounded < 1:
        text = text.removeprefix("0")  # `#` and `?` show no nought
    optional = len(behind) - len(behind.rstrip("#"))
    while optional and "." in text and text[-1] == "0":
        text, optional = text[:-1], optional - 1
    return text.rstrip(".") if "." in text else text


def _general(value: Decimal) -> str:
    rounded = +value if value == value.to_integral() else Decimal(f"{value:.{_SIGNIFICANT}g}")
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
