"""What is missing of the pages of a PDF, and what the reader of its text should know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ingest.shorten import shorten
from records.document import Gap


@dataclass(slots=True)
class Notes:
    """Notes on the pages of one PDF, pages counted from 1.

    Attributes:
        missing: Pages that are not in the text, with the reason.
        pictured: Pages that are mostly pictures.
        slanted: Text at a slant, page by page; it is left out.
        hidden: Text that nobody can see, page by page; it is left out.
        beside: Words of notes and fields of forms, page by page.
        layered: Pages whose text is drawn without ink over a picture.
        doubts: Pages whose text layer contradicts the names of its glyphs, and where.
        disputed: Pages on which a second reader finds other figures.
        unchecked: Pages that the second reader cannot read.
        off_page: Number of characters beside the page; they are left out.
        unmapped: Number of characters that the PDF does not name.
    """

    missing: dict[int, str] = field(default_factory=dict)
    pictured: set[int] = field(default_factory=set)
    slanted: list[str] = field(default_factory=list)
    hidden: dict[int, str] = field(default_factory=dict)
    beside: dict[int, str] = field(default_factory=dict)
    layered: list[int] = field(default_factory=list)
    doubts: dict[int, str] = field(default_factory=dict)
    disputed: list[int] = field(default_factory=list)
    unchecked: list[int] = field(default_factory=list)
    off_page: int = 0
    unmapped: int = 0

    def gaps(self) -> Iterator[Gap]:
        """Yield one gap for each reason, the pages as ranges."""
        reasons = list(self.missing.values())
        for why in sorted(set(reasons), key=reasons.index):
            numbers = [number for number, reason in self.missing.items() if reason == why]
            yield Gap(_named(numbers), why)
        for number, words in self.beside.items():
            where = f"notes or fields of a form on page {number} “{shorten(words)}”"
            yield Gap(where, "they are no part of the page's text; print it to a new PDF")

    def warnings(self) -> Iterator[str]:
        """Yield one sentence for each thing that the user should know."""
        if self.slanted:
            where = _count(len(self.slanted), "page")
            first = shorten(self.slanted[0])
            yield f"slanted text on {where} is left out, the first being “{first}” [pdf.slanted]"
        if self.off_page:
            yield f"left out: {_count(self.off_page, 'character')} outside the page [pdf.off-page]"
        if self.hidden:
            first = shorten(next(iter(self.hidden.values())))
            yield (
                f"left out: text that nobody can see on {_named(self.hidden)}, the first being "
                f"“{first}” [pdf.hidden]"
            )
        if self.unmapped:
            yield (
                f"U+FFFD stands for {_count(self.unmapped, 'character')} of which the PDF does not "
                "say what they are [pdf.unmapped]"
            )
        yield from self._on_trust()

    def _on_trust(self) -> Iterator[str]:
        """Yield what speaks against taking the figures of pages as they are."""
        if self.layered:
            yield (
                f"the text of {_named(self.layered)} was recognised in a picture; compare figures "
                "with the page [pdf.recognised]"
            )
        if self.doubts:
            first = next(iter(self.doubts.values()))
            yield (
                f"the text of {_named(self.doubts)} is doubtful: it says {first}; compare figures "
                "with the page [pdf.doubtful]"
            )
        if self.disputed:
            yield (
                f"a second reader finds other figures on {_named(self.disputed)}; compare them "
                "with the page [pdf.disputed]"
            )
        if self.unchecked:
            yield f"the second reader cannot read {_named(self.unchecked)} [pdf.unchecked]"


def _named(pages: Iterable[int]) -> str:
    """Return page numbers in words: `pages 2-4, 7`."""
    numbers = sorted(pages)
    runs: list[Sequence[int]] = [
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    ]
    ranges = ", ".join(f"{run[0]}-{run[-1]}" if run[1:] else f"{run[0]}" for run in runs)
    return f"page{'s' if numbers[1:] else ''} {ranges}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
