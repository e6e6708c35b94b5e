"""Printing: data to standard output, everything else to standard error, and nobody is surprised.

On a terminal: colour, aligned tables, hints. Anywhere else: tab-separated lines, no colour, no
wrapping, no hints, so that `earmark query … | wc -l` is always right.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

from earmark.cli.safe import json_text, one_line, show_safe

if TYPE_CHECKING:
    from rich.console import Console

_BOLD, _MARK = "1", "1;33"
RESULT_SCHEMA = "earmark.result/1"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table on a terminal.

    Attributes:
        heading: Its title.
        right: It stands right-aligned.
        share: Part of the width that is left over, for a column that may be cut; None for one
            that is always shown whole.
    """

    heading: str
    right: bool = False
    share: int | None = None


class Screen:
    """Where the answer goes, and how much of a terminal it is.

    Attributes:
        terminal: Standard output is a terminal, so people read it.
        hints: Standard error is one, so hints and a progress bar help.
        colour: Colour on standard output is wanted.
    """

    def __init__(self, environ: Mapping[str, str], *, colour: bool = True) -> None:
        """Look at the streams and at NO_COLOR, TERM and FORCE_COLOR.

        Args:
            environ: The environment.
            colour: False for `--no-color`.
        """
        self.terminal = sys.stdout.isatty()
        self.hints = sys.stderr.isatty()
        dumb = environ.get("TERM") == "dumb"
        wanted = self.terminal and not dumb and not environ.get("NO_COLOR")
        self.colour = colour and bool(wanted or environ.get("FORCE_COLOR"))

    def line(self, text: str = "") -> None:
        """Print one line of data; the caller has made it safe."""
        sys.stdout.write(f"{text}\n")

    def lines(self, lines: Iterable[str]) -> None:
        """Print lines of a file format, which bring their own ends, as they are."""
        sys.stdout.writelines(lines)

    def fields(self, cells: Iterable[str]) -> None:
        """Print one tab-separated line of data."""
        self.line("\t".join(one_line(cell) for cell in cells))

    def json(self, data: Sequence[object], **beside: object) -> None:
        """Print one JSON object in the shape that every command shares."""
        self.line(json_text({"schema": RESULT_SCHEMA, "data": data, **beside}, indent=1))

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
        """Print rows aligned under headings, each on one line of the terminal's width."""
        table = import_module("rich.table").Table(
            box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold"
        )
        for column in columns:
            table.add_column(
                column.heading,
                justify="right" if column.right else "left",
                no_wrap=True,
                overflow="ellipsis",
                ratio=column.share,
            )
        for row in rows:
            table.add_row(*(self.styled(one_line(cell)) for cell in row))
        table.expand = any(column.share for column in columns)
        self.console().print(table)

    def styled(self, text: str, style: str = "") -> object:
        """Return text that no markup inside it can style."""
        return import_module("rich.text").Text(text, style=style)

    def console(self, stream: TextIO | None = None) -> Console:
        """Return a console that prints literally what it is given."""
        console: Console = import_module("rich.console").Console(
            file=stream or sys.stdout,
            no_color=not self.colour,
            force_terminal=self.colour or None,
            highlight=False,
            markup=False,
            emoji=False,
        )
        return console

    def heading(self, kind: str, name: str, about: str) -> None:
        """Print the first line of a card; a blank line above it on a terminal."""
        if self.terminal:
            self.line()
            self.line(f"{self._styled(one_line(name), _BOLD)}  {one_line(about)}")
        else:
            self.fields([kind, name, about])

    def labelled(self, label: str, value: str) -> None:
        """Print one line of a card."""
        if self.terminal:
            self.line(f"  {label:<12}{one_line(value)}")
        else:
            self.fields([label, value])

    def quote(self, before: str, amount: str, after: str) -> None:
        """Print the sentence an amount stands in, the amount marked.

        Brackets mark it where there is no colour, and wherever a program may read along.
        """
        marked = one_line(amount)
        marked = self._styled(marked, _MARK) if self.colour else f"[{marked}]"
        sentence = f"{_inline(before)}{marked}{_inline(after)}".strip()
        self.line(f"  “{sentence}”" if self.terminal else f"quote\t{sentence}")

    def error(self, message: str, code: str) -> None:
        """Print what went wrong, on one line, with the code that programs look for."""
        self.note(f"error: {message} [{code}]")

    def trace(self, detail: str) -> None:
        """Print a traceback, line by line."""
        for line in detail.splitlines():
            self.note(line)

    def note(self, text: str) -> None:
        """Print one line beside the data."""
        sys.stderr.write(f"{show_safe(text)}\n")

    def hint(self, text: str) -> None:
        """Print one line for people; nothing where no person reads along."""
        if self.hints:
            self.note(text)

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour else text


def _inline(text: str) -> str:
    """Return a piece of a sentence on one line, the spaces at its ends kept."""
    return one_line(f"|{text}|")[1:-1]
