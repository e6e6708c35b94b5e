"""Layout: where the words of a paged document stand, in its text and on its pages."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, overload

_NUMBERS = 7  # of a word: start, end, page, and the edges of its box
_MOST = 2**31 - 1


class Word(NamedTuple):
    """One word of a page, in the document's text and on the page.

    Attributes:
        start: First code point in the document's text.
        end: One past the last.
        page: Page number from 1.
        box: `(x0, top, x1, bottom)` in thousandths of a point, origin at the page's top left.
    """

    start: int
    end: int
    page: int
    box: tuple[int, int, int, int]


class Layout(Sequence[Word]):
    """Words in the order of the text; a word takes 28 bytes here, and some hundreds as an object.

    Edges beyond what 31 bits hold, as damaged files have them, are brought to their end.
    """

    __slots__ = ("_numbers",)

    def __init__(self, words: Iterable[Word] = ()) -> None:
        """Keep words."""
        self._numbers = array("i")
        for word in words:
            self.add(*word)

    def add(self, start: int, end: int, page: int, box: tuple[int, int, int, int]) -> None:
        """Append a word; only for who makes the layout."""
        try:
            self._numbers.extend((start, end, page, *box))
        except OverflowError:
            del self._numbers[len(self) * _NUMBERS :]  # what was taken up of it
            bounded = (max(-_MOST, min(edge, _MOST)) for edge in box)
            self._numbers.extend((start, end, page, *bounded))

    def pages(self, start: int, end: int) -> set[int]:
        """Return the pages that hold the text between two offsets."""
        if not self._numbers:
            return set()
        numbers = self._numbers  # without an object for each word: a book has a hundred thousand
        words = zip(*(numbers[part::_NUMBERS] for part in range(3)), strict=True)
        return {page for first, last, page in words if first < end and start < last}

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self._numbers) // _NUMBERS

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Word]: ...
    def __getitem__(self, index: int | slice) -> Word | Sequence[Word]:
        """Return one word, or several as a tuple."""
        if isinstance(index, slice):
            return tuple(self[place] for place in range(*index.indices(len(self))))
        first = range(len(self))[index] * _NUMBERS
        return _word(self._numbers[first : first + _NUMBERS])

    def __iter__(self) -> Iterator[Word]:
        """Yield the words."""
        return map(_word, zip(*[iter(self._numbers)] * _NUMBERS, strict=True))

    def __eq__(self, other: object) -> bool:
        """Tell whether another layout has the same words."""
        return self._numbers == other._numbers if isinstance(other, Layout) else NotImplemented

    def __hash__(self) -> int:
        """Return what equal layouts have in common."""
        return hash(tuple(self._numbers))

    def __getstate__(self) -> bytes:
        """Return the words as bytes, for a process on the same machine."""
        return self._numbers.tobytes()

    def __setstate__(self, state: bytes) -> None:
        """Take up what `__getstate__` returned.

        Raises:
            ValueError: It is cut off.
        """
        self._numbers = array("i")
        self._numbers.frombytes(state)
        if len(self._numbers) % _NUMBERS:
            raise ValueError("a word of the layout is cut off")

    def __repr__(self) -> str:
        """Say how many words there are."""
        return f"<Layout of {len(self)} words>"


NO_LAYOUT = Layout()
"""Of documents without pages."""


def _word(numbers: Sequence[int]) -> Word:
    start, end, page, x0, top, x1, bottom = numbers
    return Word(start, end, page, (x0, top, x1, bottom))
