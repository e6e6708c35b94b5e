"""Where a field of a mention comes from: the rules that its rule id names, each with its source.

Reads rule files and no text, so nothing of the language pipeline is loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from extract.rulebook import read_data
from extract.rulefiles import Rulebook


class Origin(NamedTuple):
    """One rule behind a field.

    Attributes:
        rule: Its id; behind the first, how its words came here from elsewhere in the text.
        source: Where the rule comes from, in words; None for a rule that is not among those loaded.
    """

    rule: str
    source: str | None


def origins_of(rule: str, book: Rulebook) -> tuple[Origin, ...]:
    """Return the rules behind a field, that which read its words first.

    Args:
        rule: As a mention names it: `timeframe.date+timeframe.whole`.
        book: The rules that the document was read with.
    """
    return tuple(Origin(part, book.source_of(part) or _shaped(part)) for part in rule.split("+"))


def _shaped(part: str) -> str | None:
    return next((names[part] for names in _shapes().values() if part in names), None)


@cache
def _shapes() -> Mapping[str, Mapping[str, str]]:
    return read_data("shapes.toml")
