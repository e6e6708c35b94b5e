"""The parts of a grid: header rows, rows under headings, and what each column holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.rulebook import Rule, pattern
from extract.tables.cells import Number, is_nothing, is_year, number_in
from extract.tables.grid import Cell, Grid, Line
from extract.tables.wording import Wording

_CURRENCY_COLUMN = pattern("table.currency-column")
_MOST_HEADERS = 4
_PLACES = 60  # a column beyond is read, but not looked at for its heading's reach to the right


@dataclass(slots=True)
class Row:
    """A row of figures.

    Attributes:
        line: Where it stands.
        section: The heading above it inside of the table; None for none.
        numbers: What its cells hold, by column.
    """

    line: Line
    section: Cell | None
    numbers: dict[int, Number]


@dataclass(slots=True)
class Table:
    """A grid, its headers told from its rows.

    Attributes:
        caption: Lines above, the nearest first.
        headers: Header rows, the uppermost first.
        rows: In order.
        label: The column of the rows' labels.
        width: How many columns the headers have, or else most rows.
        roles: What columns of words hold.
        currencies: The column that names each row's currency; None for none.
        filled: By upper header row, the cell that stands over each column.
    """

    caption: tuple[Cell, ...]
    headers: list[Line]
    rows: list[Row]
    label: int = 0
    width: int = 0
    roles: dict[int, Rule] = field(default_factory=dict)
    currencies: int | None = None
    filled: list[list[Cell | None]] = field(default_factory=list)

    def heads(self, column: int) -> Iterator[Cell]:
        """Yield the header cells over a column, the nearest first."""
        for level in reversed(self.filled):
            if column < len(level) and (cell := level[column]) is not None:
                yield cell


def tables_of(grid: Grid, text: str, wording: Wording) -> Iterator[Table]:
    """Yield the tables of a grid: a header among the rows begins another one."""
    caption = tuple(line.cells[0] for line in grid.caption)
    headers: list[Line] = []
    rows: list[Row] = []
    section: Cell | None = None
    lone: list[Cell] = []
    for line in grid.lines:
        if len(line.filled) <= 1 and not _numbers(line, text):
            if rows or len(line.cells) == 1:
                section = line.filled[0] if line.filled else section
                lone += line.filled
            elif line.filled:
                headers.append(line)
            continue
        if rows and _words(line, text) in [_words(header, text) for header in headers]:
            section, lone = rows[-1].section, []
            continue  # on the next page of the same table, below the lines that run over pages
        begins = _is_header(line, text, wording, first=not rows)
        if begins and rows:
            yield _table(caption, headers, rows, text, wording)
            caption = tuple(reversed(lone)) or caption
            headers, rows, section = [line], [], None
        elif begins and len(headers) < _MOST_HEADERS:
            headers.append(line)
        else:
            rows.append(Row(line, section, _numbers(line, text)))
        lone = []
    if rows:
        yield _table(caption, headers, rows, text, wording)


def _words(line: Line, text: str) -> list[str]:
    return [text[cell.start : cell.end] for cell in line.cells]


def _numbers(line: Line, text: str) -> dict[int, Number]:
    found = ((i, number_in(text[c.start : c.end])) for i, c in enumerate(line.cells))
    return {i: number for i, number in found if number is not None}


def _is_header(line: Line, text: str, wording: Wording, *, first: bool) -> bool:
    """Tell whether a row heads columns; below figures only one that names periods or units does."""
    words = _words(line, text)
    named = 0
    for place, word in enumerate(words):
        if not word:
            continue
        if number_in(word) is not None and not is_year(word) and not wording.period(word):
            return False
        if place and is_nothing(word):
            return False
        named += bool(wording.period(word) or wording.unit(word, header=True)) if place else 0
    years = [word for word in words if is_year(word)]
    if years:  # a year in one column is a row's own, as are all of a row of such figures
        return first and (len(years) > 1 or len(words) == 2) and not _mixed(words, years)  # noqa: PLR2004 - label and year
    if first:
        return True
    return named > 1 or (named == 1 and len(line.filled) == 2)  # noqa: PLR2004 - label and head


def _mixed(words: Sequence[str], years: Sequence[str]) -> bool:
    """Tell whether other figures stand in a row of years."""
    return any(number_in(word) is not None and word not in years for word in words)


def _table(
    caption: tuple[Cell, ...],
    headers: list[Line],
    rows: list[Row],
    text: str,
    wording: Wording,
) -> Table:
    widths = Counter(len(row.line.cells) for row in rows)
    usual = widths.most_common(1)[0][0]
    table = Table(caption, headers, rows, width=usual)
    table.filled = list(_filled(headers, usual, text, wording))
    for column in range(min(usual, _PLACES)):
        for head in table.heads(column):
            words = text[head.start : head.end]
            if _CURRENCY_COLUMN.fullmatch(words):
                table.currencies = column
            elif rule := wording.role(words):
                table.roles.setdefault(column, rule)
    table.label = _label_column(table, text, wording)
    return table


def _filled(
    headers: Sequence[Line], width: int, text: str, wording: Wording
) -> Iterator[list[Cell | None]]:
    """Yield each header row with merged cells standing over all their columns.

    A merged cell is followed by empty places: in upper rows it reaches to the next cell, in the
    last row only a unit does. A header without its corner cell (as in PDF) is shifted by it.
    """
    for number, line in enumerate(headers):
        cells: list[Cell] = list(line.cells)
        words = [text[cell.start : cell.end] for cell in cells]
        if len(cells) == width - 1 and words and wording.period(words[0]):
            cells.insert(0, Cell(line.start, line.start))
        level: list[Cell | None] = []
        last: Cell | None = None
        upper = number < len(headers) - 1
        for place, cell in enumerate(cells):
            if cell.end > cell.start:
                reaches = upper or wording.unit(text[cell.start : cell.end], header=True)
                last = cell if place and reaches else None
                level.append(cell)
            else:
                level.append(last)
        yield level


def _label_column(table: Table, text: str, wording: Wording) -> int:
    """Return the column whose words say most about a row: the one with most different words."""
    best, most = 0, 0
    for column in range(min(table.width, _PLACES)):
        if column == table.currencies:
            continue
        words: set[str] = set()
        for row in table.rows:
            if column < len(row.line.cells) and column not in row.numbers:
                cell = row.line.cells[column]
                word = text[cell.start : cell.end]
                period = any(c.isdigit() for c in word) and wording.period(word)
                if word and not is_nothing(word) and not (period and period.whole):
                    words.add(word)
        role = table.roles.get(column)
        weight = len(words) * (4 if role and role.values["reading"] == "purpose" else 1)
        if weight > most:
            best, most = column, weight
    return best
