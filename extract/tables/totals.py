"""Rows that their column adds up to: whose whole each row is part of, and whether the sum is right.

What a total adds up is told by where it stands, and among several readings by arithmetic: the rows
since the last total or heading; all totals and loose rows above; the rows below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extract.rulebook import pattern
from extract.tables.cells import is_nothing
from extract.tables.entry import Entry
from extract.tables.layout import Table
from extract.tables.wording import Wording

_NOUGHT = pattern("table.nought")
_HALF = Decimal("0.5")
_REACH = 300  # rows that a total of totals looks over; the rows right beside it are not counted
Verdict = Literal["adds up", "does not add up", "incomplete"]


@dataclass(frozen=True, slots=True)
class TotalCheck:
    """Whether one figure of a total's row is the sum of its parts.

    Attributes:
        total: The total's cell.
        parts: The cells that it adds up, in order.
        stated: The total, with its sign, in whole currency units.
        found: What the parts come to.
        missing: Parts whose cell names no number (`n/a`).
        verdict: `adds up` within half a unit in the last place of every figure; `incomplete` where
            it does not and a part is missing.
    """

    total: Entry
    parts: tuple[Entry, ...]
    stated: Decimal
    found: Decimal
    missing: int
    verdict: Verdict


@dataclass(slots=True)
class Totals:
    """What a table's rows are to each other.

    Attributes:
        parents: By row, the row that it is part of, and the rule that says so.
        checks: One for each figure of a total.
    """

    parents: dict[int, tuple[int, str]]
    checks: list[TotalCheck]


def totals_of(text: str, table: Table, entries: Sequence[Entry], wording: Wording) -> Totals:
    """Find the totals of a table and add them up."""
    return _Adder(text, table, entries, wording).run()


class _Adder:
    def __init__(self, text: str, table: Table, entries: Sequence[Entry], wording: Wording) -> None:
        self._text, self._table, self._wording = text, table, wording
        self._cells: dict[int, dict[int, Entry]] = {}
        for entry in entries:
            self._cells.setdefault(entry.row, {})[entry.column] = entry
        self._rows = {*self._cells, *self._blank_rows()}
        self._kinds = [self._kind(row) for row in range(len(table.rows))]
        self._parents: dict[int, tuple[int, str]] = {}
        self._grouped: set[int] = set()

    def run(self) -> Totals:
        self._shares()
        checks: list[TotalCheck] = []
        for row, rule in enumerate(self._kinds):
            if rule is None or rule == "table.of-which" or row not in self._cells:
                continue
            parts = self._parts(row)
            for part in parts:
                self._parents[part] = (row, rule)
            self._grouped.add(row)
            checks += self._checks(row, parts)
        return Totals(self._parents, checks)

    def _blank_rows(self) -> Iterator[int]:
        """Yield the rows that have marks for missing figures and no figure."""
        for number, row in enumerate(self._table.rows):
            words = (self._text[cell.start : cell.end] for cell in row.line.cells[1:])
            if not row.numbers and any(is_nothing(word) for word in words if word):
                yield number

    def _kind(self, row: int) -> str | None:
        """Return the rule that makes a row a total or a share; None for a plain one."""
        cells = self._table.rows[row].line.cells
        label = self._table.label
        if label >= len(cells):
            return None
        words = self._text[cells[label].start : cells[label].end]
        for reading in ("total", "of-which"):
            if rule := self._wording.named(reading, words):
                return rule.id
        return None

    def _shares(self) -> None:
        """Make rows that begin `of which` parts of the row before them."""
        whole: int | None = None
        for row, rule in enumerate(self._kinds):
            if rule == "table.of-which" and whole is not None:
                self._parents[row] = (whole, rule)
            elif row in self._rows:
                whole = row

    def _parts(self, total: int) -> list[int]:
        """Return the rows that a total adds up, by the reading with which most columns agree."""
        readings = [rows for rows in self._readings(total) if rows]
        scored = [(self._agreeing(total, rows), -place) for place, rows in enumerate(readings)]
        if not scored:
            return []
        return readings[-max(scored)[1]]

    def _readings(self, total: int) -> Iterator[list[int]]:
        yield self._group(total, range(total - 1, -1, -1))[::-1]
        before = self._free(range(total - 1, max(-1, total - 1 - _REACH), -1))[::-1]
        yield [row for row in before if self._kinds[row] is None or row in self._grouped]
        yield self._group(total, range(total + 1, len(self._kinds)))
        yield self._free(range(total + 1, min(len(self._kinds), total + 1 + _REACH)))

    def _free(self, rows: range) -> list[int]:
        return [row for row in rows if row in self._rows and row not in self._parents]

    def _group(self, total: int, rows: Iterable[int]) -> list[int]:
        """Return the plain rows right beside a total, up to another total or heading."""
        section = self._table.rows[total].section
        group: list[int] = []
        for row in rows:
            kind = self._kinds[row]
            if kind == "table.of-which" or row not in self._rows:
                continue
            if kind or row in self._parents or self._table.rows[row].section != section:
                break
            group.append(row)
        return group

    def _agreeing(self, total: int, rows: list[int]) -> int:
        return sum(check.verdict == "adds up" for check in self._checks(total, rows))

    def _checks(self, total: int, rows: list[int]) -> Iterator[TotalCheck]:
        for column, whole in self._cells[total].items():
            found = [self._cells.get(row, {}).get(column) for row in rows]
            parts = [entry for entry in found if entry is not None]
            if not parts:
                continue
            absent = (row for row, entry in zip(rows, found, strict=True) if entry is None)
            missing = sum(not self._is_nought(row, column) for row in absent)
            yield _check(whole, parts, missing)

    def _is_nought(self, row: int, column: int) -> bool:
        """Tell whether a cell without an amount adds nothing (`-`, `nil`)."""
        cells = self._table.rows[row].line.cells
        if column >= len(cells):
            return False
        words = self._text[cells[column].start : cells[column].end]
        return is_nothing(words) and _NOUGHT.fullmatch(words) is not None


def _check(whole: Entry, parts: Sequence[Entry], missing: int) -> TotalCheck:
    stated, found = _signed(whole), sum((_signed(part) for part in parts), Decimal(0))
    room = sum((_step(entry) for entry in (whole, *parts)), Decimal(0)) * _HALF
    verdict: Verdict = "incomplete" if missing else "does not add up"
    if abs(stated - found) <= room:
        verdict = "adds up"
    return TotalCheck(whole, tuple(parts), stated, found, missing, verdict)


def _signed(entry: Entry) -> Decimal:
    return -entry.value if entry.number.sign else entry.value


def _step(entry: Entry) -> Decimal:
    return entry.number.step * (entry.unit.factor if entry.unit else 1)


def wholes_of(
    text: str, table: Table, entries: Sequence[Entry], wording: Wording
) -> dict[tuple[int, int], tuple[Entry, str]]:
    """Return, by row and column, the cell that each cell is part of, and the rule that says so.

    The total of its column goes before that of its row, for a mention has one relation.
    """
    cells = {entry.place: entry for entry in entries}
    parents = totals_of(text, table, entries, wording).parents
    wholes = _across(text, table, entries, wording)
    for row, column in cells:
        parent, rule = parents.get(row, (-1, ""))
        if (parent, column) in cells:
            wholes[row, column] = (cells[parent, column], rule)
    return wholes


def _across(
    text: str, table: Table, entries: Sequence[Entry], wording: Wording
) -> dict[tuple[int, int], tuple[Entry, str]]:
    """Return the cells of rows that add up exactly to the cell under `Total` in their row."""
    columns: dict[int, str] = {}
    for column in {entry.column for entry in entries}:
        for head in table.heads(column):
            if rule := wording.named("total-column", text[head.start : head.end]):
                columns[column] = rule.id
    rows: dict[int, list[Entry]] = {}
    for entry in entries if len(columns) == 1 else ():
        rows.setdefault(entry.row, []).append(entry)
    wholes: dict[tuple[int, int], tuple[Entry, str]] = {}
    for row in rows.values():
        parts = [entry for entry in row if entry.column not in columns]
        whole = next((entry for entry in row if entry.column in columns), None)
        if whole and len(parts) > 1 and _check(whole, parts, 0).verdict == "adds up":
            wholes |= {part.place: (whole, columns[whole.column]) for part in parts}
    return wholes
