"""The three kinds of export: lines of one file, a file that a library writes, a folder of files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from store.exports.selection import Selection


@dataclass(frozen=True, slots=True)
class LineExport:
    """One file of lines, which may as well go to standard output.

    Attributes:
        name: What the user asks for.
        lines: Yields lines with their line ends, one record in memory at a time.
        ways: Other forms by the option that asks for them: `excel`, `with_sources`.
    """

    name: str
    lines: Callable[[Selection], Iterator[str]]
    ways: Mapping[str, Callable[[Selection], Iterator[str]]] = field(default_factory=dict)


class Written(NamedTuple):
    """What an export wrote.

    Attributes:
        records: How many of its units.
        unit: `line`, `row`, `file` or `record`.
        notes: What to know before using the file, one sentence each.
    """

    records: int
    unit: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileExport:
    """One file that is not made of lines.

    Attributes:
        name: What the user asks for.
        write: Writes it at a place where nothing is yet, one record in memory at a time.
        ways: Other forms by the option that asks for them, as of `LineExport`.
        named: Is told the file's place, once it is whole and has its name there.
    """

    name: str
    write: Callable[[Selection, Path], Written]
    ways: Mapping[str, Callable[[Selection, Path], Written]] = field(default_factory=dict)
    named: Callable[[Path], None] = lambda place: None


@dataclass(frozen=True, slots=True)
class FolderExport:
    """A folder of files.

    Attributes:
        name: What the user asks for.
        files: Yields names and lines with their ends; each file is read before the next comes.
    """

    name: str
    files: Callable[[Selection], Iterator[tuple[str, Iterable[str]]]]


Export: TypeAlias = LineExport | FileExport | FolderExport
