"""`earmark_table`: amounts that stand as plain numbers in tables, with what the table says of them.

It comes last: what the other components read of sentences stays as it is, and what a table says of
an amount in a cell takes the place of what a sentence would.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extract.analysis import Analysis, analysis_of
from extract.cues import Cue
from extract.governor import Governed
from extract.grammar.calendar import Context
from extract.grammar.fold import lower_case
from extract.groups import Found, Sheet, read, write
from extract.tables.cells import Number
from extract.tables.entry import Entry
from extract.tables.grid import Cell, has_rows
from extract.tables.layout import Table
from extract.tables.reading import read_tables
from extract.tables.totals import wholes_of
from extract.tables.wording import Wording
from records.money import decimal_text

_FIELDS = ("purpose", "excludes", "recipient", "funder", "attribution")
_GROUPS = (*_FIELDS, "timeframe", "kind", "relation", "newness")
# What an amount with a minus is, where one without is the other.
_OPPOSITE = {"funding": "saving", "cost": "saving", "saving": "cost", "income": "cost"}
_DEFAULT = Cue("funding", "kind.funding-default")


class TableReader:
    """Add the amounts of tables to every group; change nothing that stands outside of tables."""

    def __call__(self, doc: Sheet) -> Sheet:
        """Read each table; a text without any costs one look."""
        analysis = analysis_of(doc)
        if not has_rows(analysis.text):
            return doc
        groups = {name: {item.amount: item for item in read(doc, name)} for name in _GROUPS}
        amounts = _Amounts(read(doc, "amount"))
        wording = Wording(analysis.book, Context(analysis.published, analysis.country))
        kinds = _Kinds(analysis, wording)
        for table, cells in read_tables(analysis.text, wording):
            amounts.drop_units(analysis.text, table, wording)
            entries = [entry for entry in cells if amounts.place(entry)]
            wholes = wholes_of(analysis.text, table, entries, wording)
            for entry in entries:
                own = amounts.of(entry)
                said = _said(entry, own, kinds)
                if entry.place in wholes:
                    whole, rule = wholes[entry.place]
                    said["relation"] = _part_of(own, amounts.of(whole), rule)
                for name, item in said.items():
                    groups[name][own.amount] = item
        if amounts.changed:
            _write(doc, amounts, groups)
        return doc


def _write(doc: Sheet, amounts: _Amounts, groups: dict[str, dict[int, Found]]) -> None:
    """Write every group anew; what belonged to an amount that is none goes with it."""
    write(doc, "amount", amounts.in_order())
    for name, items in groups.items():
        kept = [items[i] for i in sorted(items) if i in amounts.found]
        if name == "relation":
            kept = [item for item in kept if item.values["to"] in amounts.found]
        write(doc, name, kept)


class _Amounts:
    """The amounts of a text; those of cells are added, or take the place of one found before.

    Attributes:
        found: By index.
        changed: Whether a table said anything.
    """

    def __init__(self, found: Sequence[Found]) -> None:
        self.found = {item.amount: item for item in found}
        self.changed = False
        self._at = {item.end: item.amount for item in found}
        self._starts = [(item.start, item.amount) for item in found]
        self._of: dict[int, int] = {}
        self._next = max(self.found, default=-1) + 1

    def place(self, entry: Entry) -> bool:
        """Take up a cell's amount; one with a sign of its own must have been found by it."""
        known = self._at.get(entry.end, self._at.get(entry.end - 1))
        if known is None and entry.unit is None:
            return False
        if known is None:  # `5`, and `Grand total` on the next line, are not five grand
            self._drop(entry.start, entry.end, entry.end)
        number = self._next if known is None else known
        self._next += known is None
        if entry.unit is not None:
            self.found[number] = _amount(number, entry)
        elif entry.number.sign:
            self.found[number] = _signed(self.found[number], entry.number)
        self._of[entry.start] = number
        self.changed = True
        return True

    def of(self, entry: Entry) -> Found:
        """Return the amount of a cell that was taken up."""
        return self.found[self._of[entry.start]]

    def drop_units(self, text: str, table: Table, wording: Wording) -> None:
        """Drop what is the unit of a header and no amount: `2024-25 EUR` is not 25 euros."""
        for line in table.headers:
            for cell in line.filled:
                if unit := wording.unit(text[cell.start : cell.end], header=True):
                    self._drop(cell.start, cell.start + unit.end, cell.start + unit.start)

    def _drop(self, first: int, stop: int, over: int) -> None:
        """Drop what begins between two places and reaches over a third."""
        begin, end = (bisect_left(self._starts, (place,)) for place in (first, stop))
        for _, number in self._starts[begin:end]:
            if number in self.found and self.found[number].end > over:
                del self.found[number]
                self.changed = True

    def in_order(self) -> list[Found]:
        """Return all amounts in the order of the text."""
        return sorted(self.found.values(), key=lambda item: item.start)


def _signed(found: Found, number: Number) -> Found:
    """Take the minus of an amount for what it is: its kind says it, the amount is the sum."""
    values = dict(found.values)
    for bound in ("low", "high"):
        values[bound] = None if values[bound] is None else values[bound].removeprefix("-")
    values["rules"] = {**values["rules"], "sign": number.sign}
    return Found(found.amount, found.start, found.end, found.rule, values)


def _amount(index: int, entry: Entry) -> Found:
    assert entry.unit is not None  # noqa: S101 - an amount without a unit brings its own
    value = decimal_text(entry.value)
    per, rule = entry.per or (None, None)
    rules = {"unit": entry.unit.rule, "sign": entry.number.sign, "per": rule}
    values = {"currency": entry.unit.currency, "low": value, "high": value, "vague": False}
    values |= {"approximate": False, "per": per, "rules": rules}
    return Found(index, entry.start, entry.end, "table.cell", values)


def _said(entry: Entry, own: Found, kinds: _Kinds) -> dict[str, Found]:
    """Return what a table says of an amount, by field."""
    said = {
        name: Found(own.amount, place.start, place.end, place.rule)
        for name, place in entry.fields.items()
    }
    if entry.period:
        start, end, period = entry.period
        days = period.days
        values = {
            "duration": period.duration,
            "from": days.first.isoformat() if days.first else None,
            "until": days.last.isoformat() if days.last else None,
        }
        rule = period.rule if period.rule.startswith("table.") else f"{period.rule}+column"
        said["timeframe"] = Found(own.amount, start, end, rule, values)
    if entry.unit is not None or entry.number.sign:
        cue = kinds.of(entry)
        said["kind"] = Found(own.amount, own.start, own.end, cue.rule, {"kind": cue.kind})
    return said


def _part_of(part: Found, whole: Found, rule: str) -> Found:
    values = {"type": "part_of", "to": whole.amount, "share": True}
    return Found(part.amount, whole.start, whole.end, rule, values)


class _Kinds:
    """What kind the amounts under a header, a heading or a caption are, each read once."""

    def __init__(self, analysis: Analysis, wording: Wording) -> None:
        self._analysis, self._wording = analysis, wording
        self._read: dict[int, tuple[Cue, Cue] | None] = {}

    def of(self, entry: Entry) -> Cue:
        """Return the kind of an amount: that of the nearest words that name one, or its label's."""
        label = entry.fields.get("purpose")
        cells = [*entry.about, *([Cell(label.start, label.end)] if label else [])]
        said = next((cues for cell in cells if (cues := self._cues(cell))), None)
        plain, minus = said or (_DEFAULT, _opposite(_DEFAULT))
        return minus if entry.number.sign else plain

    def _cues(self, cell: Cell) -> tuple[Cue, Cue] | None:
        if cell.start not in self._read:
            self._read[cell.start] = self._look(cell)
        return self._read[cell.start]

    def _look(self, cell: Cell) -> tuple[Cue, Cue] | None:
        words = self._analysis.text[cell.start : cell.end]
        if rule := self._wording.sides(words):
            plain, minus = rule.values["positive"], rule.values["negative"]
            return Cue(plain, rule.id), Cue(minus, rule.id)
        lower = lower_case(words)
        cue = Governed(lower, lower, cell.start, self._analysis.book).subject()
        if cue is None:
            return None
        cue = Cue(cue.kind, f"{cue.rule}+column")
        return cue, _opposite(cue)


def _opposite(cue: Cue) -> Cue:
    return Cue(_OPPOSITE.get(cue.kind, cue.kind), f"{cue.rule}+minus")
