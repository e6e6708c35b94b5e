"""Amounts out of the plain numbers of tables, each with what its row and its column say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extract.tables.cells import Number
from extract.tables.entry import Column, Entry, Place
from extract.tables.grid import Cell, grids
from extract.tables.layout import Row, Table, tables_of
from extract.tables.wording import Period, Unit, Wording

_PLACES = 2  # a grid has two rows and two columns


def read_tables(text: str, wording: Wording) -> Iterator[tuple[Table, list[Entry]]]:
    """Yield the tables of a folded text that hold amounts, with these.

    Args:
        text: What `fold` returned.
        wording: The rules, for this document's country and day.
    """
    for grid in grids(text):
        for table in tables_of(grid, text, wording):
            if len(table.headers) + len(table.rows) < _PLACES or table.width < _PLACES:
                continue
            entries = list(_Reader(text, wording, table).entries())
            if entries:
                yield table, entries


@dataclass(slots=True)
class _Reader:
    text: str
    wording: Wording
    table: Table
    general: Unit | None = None
    columns: dict[int, Column] = field(default_factory=dict)
    labels: dict[int, Cell] = field(default_factory=dict)
    bare: dict[int, bool] = field(default_factory=dict)

    def entries(self) -> Iterator[Entry]:
        self.general = self._general_unit()
        for number, row in enumerate(self.table.rows):
            places = self._places(row)
            unit, stands = self._row_unit(row)
            fields = self._fields(row)
            own = self._row_period(row)
            for column, found in row.numbers.items():
                about = places.get(column)
                glued = about and any(self.wording.is_glued(self._words(h)) for h in about.heads)
                if column == self.table.label or about is None or glued:
                    continue
                chosen = self._unit_of(about, found, unit, column, stands=stands)
                if chosen is None and not found.currency:
                    continue
                yield self._entry(number, column, found, chosen, (about, fields, own))

    def _entry(
        self,
        row: int,
        column: int,
        found: Number,
        unit: Unit | None,
        rest: tuple[Column, dict[str, Place], tuple[int, int, Period] | None],
    ) -> Entry:
        about, fields, own = rest
        cell = self.table.rows[row].line.cells[column]
        section = self.table.rows[row].section
        cells = (*about.heads, *((section,) if section else ()), *self.table.caption)
        start, end = cell.start + found.start, cell.start + found.end
        entry = Entry(start, end, row, column, found, unit, about.period or own, fields)
        entry.per, entry.about = about.per, cells
        if "purpose" not in fields and own and not about.period:
            entry.fields = {**fields, **self._headed(about)}
        return entry

    def _words(self, cell: Cell) -> str:
        return self.text[cell.start : cell.end]

    def _general_unit(self) -> Unit | None:
        """Return the unit of the whole table: of its corner, of a header alone, of its caption."""
        for line in reversed(self.table.headers):
            corner = line.cells[0]
            whole = [corner] if len(line.cells) > 1 else []
            whole += line.filled if len(line.filled) == 1 else []
            for cell in whole:
                if unit := self.wording.unit(self._words(cell), header=True):
                    return unit
        found = (self.wording.unit(self._words(cell)) for cell in self.table.caption)
        return next((unit for unit in found if unit), None)

    def _column(self, column: int) -> Column:
        if column not in self.columns:
            heads = tuple(self.table.heads(column))
            words = [self._words(head) for head in heads]
            units = (self.wording.unit(word, header=True) for word in words)
            unit = next((unit for unit in units if unit), None)
            money = all(self.wording.is_money(word) for word in words)
            if self.table.headers and not heads:
                money = False
            periods = (
                (head, self.wording.period(word)) for head, word in zip(heads, words, strict=True)
            )
            period = next(((h.start + p.start, h.start + p.end, p) for h, p in periods if p), None)
            pers = (self.wording.per(word) for word in words)
            per = next((per for per in pers if per), None)
            self.columns[column] = Column(heads, unit, unit is not None, money, period, per)
        return self.columns[column]

    def _places(self, row: Row) -> dict[int, Column]:
        """Return which column each number of a row stands in.

        A row with fewer cells than its table has lost empty ones (as in PDF): its numbers stand in
        the last columns if there are as many as columns of money, else nobody knows where.
        """
        missing = self.table.width - len(row.line.cells)
        if missing <= 0:
            return {column: self._column(column) for column in row.numbers}
        after = range(self.table.label + 1, self.table.width)
        money = [c for c in after if self._column(c).money and self._column(c).heads]
        numbers = [c for c in row.numbers if c != self.table.label]
        if numbers and len(numbers) == len(money) and numbers[-1] == len(row.line.cells) - 1:
            return {n: self._column(c) for n, c in zip(numbers, money, strict=True)}
        unknown = Column((), None, own=False, money=not money, period=None, per=None)
        return dict.fromkeys(numbers, unknown)

    def _unit_of(
        self, about: Column, found: Number, row: Unit | None, column: int, *, stands: bool
    ) -> Unit | None:
        """Choose among the units of row, column and table; a cell's own scale is not scaled."""
        if not stands:
            return None
        unit = row if row and row.rule != "table.unit-row" else about.unit or row or self.general
        if row and row.rule == "table.unit-row" and not about.unit:
            words = (self._words(head) for head in about.heads)
            unit = row if any(self.wording.names_money(word) for word in words) else None
        if unit is None or (found.currency and not self._shares(found, unit, column, about)):
            return None
        beside = column < self.table.label or not about.money
        if beside and not about.own:
            return None
        if found.scaled:
            return Unit(unit.currency, Decimal(1), unit.rule, unit.start, unit.end)
        return unit

    def _shares(self, found: Number, unit: Unit, column: int, about: Column) -> bool:
        """Tell whether a figure with a sign of its own is in the unit of its column.

        It is where the header states the unit, and where the column has figures without a sign: in
        statements of accounts only the first row and the totals have one.
        """
        if found.scaled or self.wording.currency(found.currency or "") != unit.currency:
            return False
        if column not in self.bare:
            numbers = (row.numbers.get(column) for row in self.table.rows)
            self.bare[column] = any(number and not number.currency for number in numbers)
        return about.own or self.bare[column]

    def _row_unit(self, row: Row) -> tuple[Unit | None, bool]:
        """Return the unit that a row names, and whether its numbers can be money."""
        cells = row.line.cells
        if self.table.currencies is not None and self.table.currencies < len(cells):
            words = self._words(cells[self.table.currencies])
            return self.wording.row_unit(words), True
        if self.table.label >= len(cells):
            return None, True
        words = self._words(cells[self.table.label])
        unit = self.wording.unit(words)
        return unit, unit is not None or self.wording.is_money_row(words)

    def _label(self, row: Row) -> Cell | None:
        """Return a row's label; one that is merged over rows stands above."""
        cells, place = row.line.cells, self.table.label
        if (
            place < len(cells)
            and place not in row.numbers
            and cells[place].end > cells[place].start
        ):
            self.labels[place] = cells[place]
            return cells[place]
        others = [
            c
            for i, c in enumerate(cells)
            if i not in row.numbers and c.end > c.start and i != self.table.currencies
        ]
        return (self.labels.get(place) or others[0]) if others else None

    def _fields(self, row: Row) -> dict[str, Place]:
        """Return what the words of a row say: what for, to whom, from whom."""
        fields: dict[str, Place] = {}
        for column, rule in self.table.roles.items():
            reading = rule.values["reading"]
            cells = row.line.cells
            if reading == "purpose" or column >= len(cells) or column in row.numbers:
                continue
            words = self._words(cells[column])
            if words and not self.wording.named("total", words):
                fields.setdefault(reading, Place(cells[column].start, cells[column].end, rule.id))
        label = self._label(row)
        role = self.table.roles.get(self.table.label)
        if label and not (role and role.values["reading"] != "purpose"):
            if place := self._purpose(label):
                named = place.rule == "table.row-label" and role
                fields["purpose"] = replace(place, rule=role.id) if named and role else place
        elif row.section and (place := self._purpose(row.section)):
            fields["purpose"] = place
        return fields

    def _purpose(self, label: Cell) -> Place | None:
        words = self._words(label)
        period = self.wording.period(words) if any(c.isdigit() for c in words) else None
        if period and period.whole:
            return None
        if rule := self.wording.named("total", words):
            match = rule.pattern.fullmatch(words)
            kept = next((n for n in ("of", "of2") if match and match.groupdict().get(n)), None)
            if match is None or kept is None:
                return None
            return Place(label.start + match.start(kept), label.start + match.end(kept), rule.id)
        unit = self.wording.unit(words, header=True)
        if unit and not words[unit.end :].strip(" )."):
            words = words[: unit.start].rstrip(" (,:-")
        for rule in self.wording.rules("label"):
            if match := rule.pattern.fullmatch(words):
                start, end = match.span("label")
                return Place(label.start + start, label.start + end, rule.id)
        return None

    def _headed(self, about: Column) -> dict[str, Place]:
        """Return the header as the purpose, in a table whose rows are periods."""
        if not about.heads:
            return {}
        place = self._purpose(about.heads[0])
        return {"purpose": place} if place else {}

    def _row_period(self, row: Row) -> tuple[int, int, Period] | None:
        """Return the period that a cell of a row is, in a table with periods in a column."""
        for column, cell in enumerate(row.line.cells):
            heads = [self._words(head).lower() for head in self.table.heads(column)]
            figure = column in row.numbers and column and "year" not in heads
            if figure or any("date" in head for head in heads):  # of an award, as a rule
                continue
            words = self._words(cell)
            period = self.wording.period(words) if any(c.isdigit() for c in words) else None
            if period and period.whole:
                return cell.start + period.start, cell.start + period.end, period
        return None
