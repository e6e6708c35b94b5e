"""A second opinion on the figures of a page, by PDFium."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import pypdfium2
from pypdfium2 import PdfiumError

from records.closing import Closing

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_DIGIT = re.compile("[0-9]")
_SIGNS = frozenset("£€$¥₹")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class SecondReader(Closing):
    """PDFium on the pages of one document; used from one thread.

    It knows nothing of the layout, but finds characters, fonts and encodings in its own way: where
    both agree on the figures of a page, an error of either would have to be one of both.
    """

    def __init__(self, content: bytes) -> None:
        """Open a document; one that PDFium cannot open has no second opinion."""
        self._pdf: pypdfium2.PdfDocument | None = None
        try:
            self._pdf = pypdfium2.PdfDocument(content)
        except PdfiumError:
            return

    def close(self) -> None:
        """Release the document."""
        if self._pdf is not None:
            self._pdf.close()

    def contradicts(self, number: int, text: str) -> bool | None:
        """Tell whether PDFium reads other figures on a page.

        Args:
            number: The page, from 1.
            text: All that was read on it, in any order, words apart.

        Returns:
            None when PDFium cannot read the page.
        """
        other = self._text(number)
        return None if other is None else not _agree(text.translate(_RAISED), other)

    def differing(self, number: int, text: str) -> tuple[str, str] | None:
        """Return the figures that only the text has, and those that only PDFium reads.

        Args:
            number: The page, from 1.
            text: As for `contradicts`.

        Returns:
            None when they agree, or PDFium cannot read the page.
        """
        other = self._text(number)
        if other is None or _agree(text.translate(_RAISED), other):
            return None
        ours, theirs = (_figures(one) for one in (text.translate(_RAISED), other))
        return " ".join(sorted(ours - theirs)), " ".join(sorted(theirs - ours))

    def _text(self, number: int) -> str | None:
        """Return what PDFium reads on a page; None where it cannot."""
        if self._pdf is None or number > len(self._pdf):
            return None
        try:
            page = self._pdf[number - 1]
        except PdfiumError:
            return None
        try:
            return str(page.get_textpage().get_text_bounded())
        except PdfiumError:
            return None
        finally:
            page.close()  # and the text with it, or memory grows with the pages


def differing_pages(content: bytes, pages: Sequence[str]) -> list[tuple[int, str, str]]:
    """Return page, figures only read before, figures only read by PDFium, where they differ.

    Args:
        content: The bytes of a PDF.
        pages: What was read on each page.
    """
    with SecondReader(content) as second:
        found = [(number, second.differing(number, text)) for number, text in enumerate(pages, 1)]
    return [(number, *two) for number, two in found if two is not None]


def _figures(text: str) -> set[str]:
    return {*_NUMBER.findall(text), *_SIGNS.intersection(text)}


def _agree(one: str, other: str) -> bool:
    """Tell whether two texts hold the same figures, wherever words begin and lines end.

    Either the same numbers, however often (type drawn twice is read once by one of them), or the
    same digits, in whatever pieces (one may part what the other joins).
    """
    if _SIGNS.intersection(one) != _SIGNS.intersection(other):
        return False
    if set(_NUMBER.findall(one)) == set(_NUMBER.findall(other)):
        return True
    return Counter(_DIGIT.findall(one)) == Counter(_DIGIT.findall(other))
