"""A second opinion on the figures of a page, by PDFium."""

from __future__ import annotations

import re
from collections import Counter

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
        if self._pdf is None or number > len(self._pdf):
            return None
        try:
            page = self._pdf[number - 1]
        except PdfiumError:
            return None
        try:
            other = page.get_textpage().get_text_bounded()
        except PdfiumError:
            return None
        finally:
            page.close()  # and the text with it, or memory grows with the pages
        return not _agree(text.translate(_RAISED), other)


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
