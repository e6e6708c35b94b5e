"""Views for other programs: what counts, under readable names, in whole units of currency.

Earmark itself reads none of them. They hold no data, so a change of the schema makes them anew; a
change of a view is a change of the schema, for a store with other views than its revision's is
refused. An amount is there twice: as a number, which SQLite has right to 15 digits and PostgreSQL
to the last, and as exact decimal text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from string import Template
from typing import NamedTuple


class _Words(NamedTuple):
    """What a database says in its own words.

    Attributes:
        number: An amount, from minor units and exponent.
        parsed: A number from decimal text.
        digits: Minor units as digits, more of them than the exponent says.
        text: Text from bytes.
        true: A boolean from a condition.
    """

    number: str
    parsed: str
    digits: str
    text: str
    true: str


_SQLITE = _Words(
    number="{minor} / CAST('1e' || {exponent} AS REAL)",
    parsed="CAST({text} AS REAL)",
    digits="printf('%0*d', {exponent} + 1, {minor})",
    text="CAST({bytes} AS TEXT)",
    true="{condition}",
)
_POSTGRESQL = _Words(
    number="{minor} * CAST('1e-' || {exponent} AS numeric)",
    parsed="CAST({text} AS numeric)",
    digits="lpad({minor}::text, greatest({exponent} + 1, length({minor}::text))::int, '0')",
    text="convert_from({bytes}, 'UTF8')",
    true="({condition})",
)


@lru_cache
def views(dialect: str) -> dict[str, str]:
    """Return the statements that make the views, by name.

    Args:
        dialect: SQLAlchemy's name of the database.
    """
    words = _POSTGRESQL if dialect == "postgresql" else _SQLITE
    template = resources.files("store").joinpath("views.sql").read_text("utf-8")
    filled = Template(re.sub(r"(?m)^--.*$", "", template)).substitute(
        claim_amount=_amount(words, "c"),
        mention_amount=_amount(words, "m"),
        vague=words.true.format(condition="m.vague = 1"),
        body=words.text.format(bytes="d.body"),
    )
    statements = [one.strip() for one in filled.split(";") if one.strip()]
    return {one.split()[2]: one for one in statements}


def _amount(words: _Words, row: str) -> str:
    """Return the columns of an amount."""
    parts = [f"{row}.currency"]
    for bound in ("low", "high"):
        minor, text, exponent = f"{row}.{bound}_minor", f"{row}.{bound}_text", f"{row}.exponent"
        number = words.number.format(minor=minor, exponent=exponent)
        digits = words.digits.format(minor=minor, exponent=exponent)
        whole = f"CAST(length({digits}) - {exponent} AS INTEGER)"
        parts += [
            f"CASE WHEN {minor} IS NULL THEN {words.parsed.format(text=text)} ELSE {number} END "
            f"AS {bound}",
            f"CASE WHEN {minor} IS NULL THEN {text} WHEN {exponent} = 0 THEN CAST({minor} AS TEXT) "
            f"ELSE substr({digits}, 1, {whole}) || '.' || substr({digits}, {whole} + 1) END "
            f"AS {bound}_exact",
        ]
    approximate = words.true.format(condition=f"{row}.approximate = 1")
    return ", ".join([*parts, f"{approximate} AS approximate", f"{row}.per"])
