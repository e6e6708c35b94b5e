"""An amount in a cell, and what a table says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from extract.tables.cells import Number
from extract.tables.grid import Cell
from extract.tables.wording import Period, Unit


@dataclass(frozen=True, slots=True)
class Place:
    """A span with the rule that took it."""

    start: int
    end: int
    rule: str


@dataclass(slots=True)
class Entry:
    """An amount in a cell.

    Attributes:
        start: First code point of the number, with its minus or brackets.
        end: One past the last; a footnote mark is left out.
        row: Number of its row in its table.
        column: Of its table.
        number: As written.
        unit: What it counts; None for an amount that brings its own currency.
        period: When, with where its words stand.
        fields: Purpose, recipient and funder.
        per: What it is counted by, and the rule.
        about: Header cells, heading and caption that may say what kind it is, the nearest first.
    """

    start: int
    end: int
    row: int
    column: int
    number: Number
    unit: Unit | None
    period: tuple[int, int, Period] | None = None
    fields: Mapping[str, Place] = field(default_factory=dict)
    per: tuple[str, str] | None = None
    about: tuple[Cell, ...] = ()

    @property
    def place(self) -> tuple[int, int]:
        """Row and column."""
        return self.row, self.column

    @property
    def value(self) -> Decimal:
        """The number without its sign, in whole currency units."""
        return self.number.value * (self.unit.factor if self.unit else 1)


@dataclass(slots=True)
class Column:
    """What a table says of the numbers of one column."""

    heads: tuple[Cell, ...]
    unit: Unit | None
    own: bool
    money: bool
    period: tuple[int, int, Period] | None
    per: tuple[str, str] | None
