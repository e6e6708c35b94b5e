"""Fonts of a PDF: the characters and breadths of the strings that a page shows.

What was looked up once is kept for the document, for its words come again on every page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from pdfminer.encodingdb import name2unicode
from pdfminer.pdffont import PDFFont, PDFSimpleFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral

from ingest.decode import storable
from ingest.layout.glyphs import UNMAPPED, Letters

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\uf0b7": "•"}
)
_SPACE = 32  # the code that word spacing widens, whatever character it shows
_MOST_PIECES = 20_000  # kept for a font; more come from a hostile file
_MONEY = frozenset("0123456789£€$¥₹")


class Piece(NamedTuple):
    """A part of a shown string: a word with the white space after it, or white space alone.

    Attributes:
        text: Its characters; empty where the font has none for the code.
        letters: One by one, each with its width in ems.
        width: Of all of them, in ems.
        after: Width of the one character of white space that follows, in ems; None without one.
        spacer: It ends with code 32 of a font of single bytes.
        plain: Letters without white space, each with a width of its own.
        doubt: What the text layer says and what the font draws, where they differ; else empty.
    """

    text: str
    letters: Letters
    width: float
    after: float | None
    spacer: bool
    plain: bool
    doubt: str


class Fonts(PDFResourceManager):  # type: ignore[misc] # pdfminer is not typed here
    """The fonts of one document, with what each of them is."""

    def __init__(self) -> None:
        super().__init__()
        self._types: dict[PDFFont, Type] = {}
        self._specs: dict[PDFFont, Mapping[str, Any]] = {}

    def get_font(self, objid: object, spec: Mapping[str, Any]) -> PDFFont:
        """Return a font, and remember how the document describes it."""
        font = super().get_font(objid, spec)
        self._specs.setdefault(font, spec)
        return font

    def type_of(self, font: PDFFont) -> Type:
        """Return the font as it sets strings."""
        if font not in self._types:
            self._types[font] = Type(font, _names(font, self._specs.get(font, {})))
        return self._types[font]


class Type:
    """One font as it sets strings.

    Attributes:
        bold: Its name says so.
        descent: Lowest edge under the base line, in ems; not positive.
        by_bytes: Each byte is a character.
    """

    def __init__(self, font: PDFFont, names: Mapping[int, str]) -> None:
        """Read a font; `names` are the characters that its encoding names, by code."""
        name = font.fontname
        self.bold = "bold" in (name if isinstance(name, str) else str(name)).lower()
        self.descent = float(font.get_descent())
        self.by_bytes = not font.is_multibyte()
        self._font = font
        self._names = names
        self._letters: dict[int, tuple[str, float]] = {}
        self._kept: dict[bytes, tuple[Piece, ...]] = {}

    def pieces(self, shown: bytes) -> tuple[Piece, ...]:
        """Return the words and spaces of a shown string, in order."""
        kept = self._kept.get(shown)
        if kept is not None:
            return kept
        if len(self._kept) > _MOST_PIECES:
            self._kept.clear()
        if self.by_bytes and b" " in shown[:-1]:
            *words, last = shown.split(b" ")
            found: list[Piece] = []
            for word in words:
                found += self.pieces(word + b" ")
            return (*found, *(self.pieces(last) if last else ()))
        pieces = self._kept[shown] = tuple(self._pieces(shown))
        return pieces

    def _pieces(self, shown: bytes) -> Iterator[Piece]:
        word: list[int] = []
        for code in self._font.decode(shown):
            text = self.letter(code)[0]
            if text and not text.isspace() and not self._is_spacer(code):
                word.append(code)
            elif word and text.isspace():
                yield self._piece(word, code)
                word = []
            else:
                if word:
                    yield self._piece(word)
                yield self._piece([code])
                word = []
        if word:
            yield self._piece(word)

    def _is_spacer(self, code: int) -> bool:
        return self.by_bytes and code == _SPACE

    def _piece(self, codes: list[int], blank: int | None = None) -> Piece:
        letters = tuple(map(self.letter, codes))
        text = "".join(letter for letter, _ in letters)
        widths = [width for _, width in letters]
        return Piece(
            text,
            letters,
            sum(widths),
            after=None if blank is None else self.letter(blank)[1],
            spacer=self._is_spacer(codes[-1] if blank is None else blank),
            plain=min(widths) > 0 and bool(text) and not any(map(str.isspace, text)),
            doubt=next(filter(None, map(self._doubt, codes)), ""),
        )

    def letter(self, code: int) -> tuple[str, float]:
        """Return the character of a code, and its width in ems."""
        found = self._letters.get(code)
        if found is None:
            try:
                text = clean(self._font.to_unichr(code))
            except PDFUnicodeNotDefined:
                text = UNMAPPED
            found = self._letters[code] = text, self._font.char_width(code)
        return found

    def _doubt(self, code: int) -> str:
        said, named = self.letter(code)[0], self._names.get(code)
        if named is None or said == named or not _MONEY.intersection(said + named):
            return ""
        return f"“{said}” where the font draws “{named}”"


def clean(text: str) -> str:
    """Return what a font says of a glyph in characters that a text can hold."""
    return UNMAPPED if text.startswith("(cid:") else storable(text.translate(_LIGATURES))[0]


def _names(font: PDFFont, spec: Mapping[str, Any]) -> Mapping[int, str]:
    """Return the characters of codes whose glyphs the font names, if a map also says others."""
    if not isinstance(font, PDFSimpleFont) or not font.unicode_map:
        return {}
    encoding = resolve1(spec.get("Encoding"))
    if isinstance(encoding, PSLiteral):
        return dict(font.cid2unicode)
    embedded = any(key.startswith("FontFile") for key in font.descriptor)
    if not isinstance(encoding, dict):
        return {} if embedded else dict(font.cid2unicode)
    based = not embedded or "BaseEncoding" in encoding
    names = dict(font.cid2unicode) if based else {}
    code = 0
    for entry in resolve1(encoding.get("Differences")) or ():
        if isinstance(entry, int):
            code = entry
        elif isinstance(entry, PSLiteral):
            names.pop(code, None)
            with suppress(KeyError, ValueError):  # names such as g21 say nothing
                names[code] = name2unicode(str(entry.name))
            code += 1
    return names
