"""The two kinds of export: lines of one file from claims, and files from documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from records.claim import Claim
from store.results import StoredDocument


@dataclass(frozen=True, slots=True)
class ClaimExport:
    """One file from claims.

    Attributes:
        name: What the user asks for, and the file's ending.
        lines: Turns claims into lines with their line ends, one claim in memory at a time.
    """

    name: str
    lines: Callable[[Iterable[Claim]], Iterator[str]]


@dataclass(frozen=True, slots=True)
class DocumentExport:
    """A folder of files from documents.

    Attributes:
        name: What the user asks for.
        files: Turns documents into file names and contents, one document in memory at a time.
    """

    name: str
    files: Callable[[Iterable[StoredDocument]], Iterator[tuple[str, str]]]


Export: TypeAlias = ClaimExport | DocumentExport
