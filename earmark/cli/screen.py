"""Printing: data to standard output, everything else to standard error, and nobody is surprised.

On a terminal: colour, aligned tables, hints. Anywhere else: tab-separated lines, no colour, no
wrapping, no hints, so that `earmark query … | wc -l` is always right.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence

from earmark.cli.table import Column, Row, table_lines
from earmark.words.safe import inline, json_text, one_line, show_safe

_BOLD, _MARK = "1", "1;33"
_WIDTH = 100
RESULT_SCHEMA = "earmark.result/1"


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
        """Print one line for people."""
        _write(show_safe(text))

    def lines(self, lines: Iterable[str]) -> None:
        """Print lines of a file format: as they are, but on a terminal nothing in them may act."""
        for line in lines:
            if self.terminal:
                self.line(line.removesuffix("\n"))
            else:
                sys.stdout.write(line)

    def fields(self, cells: Iterable[str]) -> None:
        """Print one tab-separated line of data."""
        _write("\t".join(one_line(cell) for cell in cells))

    def json(self, data: Sequence[object], **beside: object) -> None:
        """Print one JSON object in the shape that every command shares."""
        _write(json_text({"schema": RESULT_SCHEMA, "data": data, **beside}, indent=1))

    def table(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Print rows aligned under headings, in the width of the terminal."""
        width = shutil.get_terminal_size((_WIDTH, 24)).columns if self.terminal else _WIDTH
        heading, *lines = table_lines(columns, rows, width)
        _write(self._styled(heading, _BOLD))
        for line in lines:
            self.line(line)

    def heading(self, kind: str, name: str, about: str) -> None:
        """Print the first line of a card; a blank line above it on a terminal."""
        if self.terminal:
            self.line()
            _write(f"{self._styled(one_line(name), _BOLD)}  {one_line(about)}")
        else:
            self.fields([kind, name, about])

    def labelled(self, label: str, value: str) -> None:
        """Print one line of a card."""
        if self.terminal:
            _write(f"  {label:<12}{one_line(value)}")
        else:
            self.fields([label, value])

    def quote(self, before: str, amount: str, after: str) -> None:
        """Print the sentence an amount stands in as a line of a card."""
        if self.terminal:
            self.sentence(before, amount, after)
        else:
            _write(f"quote\t{self._marked(before, amount, after)}")

    def sentence(self, before: str, amount: str, after: str) -> None:
        """Print the sentence an amount stands in, for people."""
        _write(f"  “{self._marked(before, amount, after)}”")

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

    def _marked(self, before: str, amount: str, after: str) -> str:
        """Mark the amount in its sentence: in brackets where there is no colour."""
        marked = one_line(amount)
        marked = self._styled(marked, _MARK) if self.colour else f"[{marked}]"
        return f"{inline(before)}{marked}{inline(after)}".strip()

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour else text


def _write(text: str) -> None:
    """Print a line whose parts were made safe."""
    sys.stdout.write(f"{text}\n")
