"""What one page draws, collected while pdfminer walks through its content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.utils import apply_matrix_rect, mult_matrix

from ingest.layout.glyphs import Box, Glyph, Letters, turn_of
from ingest.pdf.fonts import Fonts, Type
from ingest.pdf.sight import Sight

_APART = 0.15  # of the type size: letters as far apart are looked at one by one
_INTO = 0.3  # of an em: letters that run into one another by more than that, too
_INVISIBLE = (3, 7)  # text render modes; source: ISO 32000-1, table 106
_WHITE = 0.98  # of full brightness; paler cannot be told from paper
_FULL = {1: (1.0,), 3: (1.0, 1.0, 1.0), 4: (0.0, 0.0, 0.0, 0.0)}  # white, by number of components
_MOST_FILLS = 10_000  # remembered of a page; beyond them white text counts as visible
_MOST_RULES = 2_000  # remembered of a page; a table beyond them is told by its words alone
_MOST_EDGES = 8  # steps of one path; a box has five
_THIN = 1.5  # points; what is drawn as thin as that is a line

Matrix = tuple[float, float, float, float, float, float]


class UnusualPageError(Exception):
    """The page is set in a way that is left to pdfplumber."""


class Paint(NamedTuple):
    """A filled area: its box, whether it is white, and how many glyphs were drawn before it."""

    box: Box
    white: bool
    glyphs: int


class Pale(NamedTuple):
    """White text: its glyph, and how many areas were filled before it."""

    glyph: Glyph
    fills: int


class _Run(NamedTuple):
    """How one string is set.

    Attributes:
        type: Its font.
        matrix: From text space to the page.
        em: Points of one em along the line, in text space.
        gap: Points added after each character, in text space.
        word_gap: Points added after code 32, in text space.
    """

    type: Type
    matrix: Matrix
    em: float
    gap: float
    word_gap: float


class GlyphDevice(PDFTextDevice):  # type: ignore[misc] # pdfminer is not typed here
    """Collects the glyphs of one page, in the coordinates of pdfplumber.

    Attributes:
        glyphs: In the order of the page's content, but for those that follow.
        unseen: Glyphs that are drawn without ink.
        pale: Glyphs drawn in white.
        pictures: The box of each image.
        fills: The filled areas in order.
        rules: The lines drawn from left to right or from top to bottom, each as a thin box.
        doubts: Where the text layer contradicts the names of the font's glyphs.
        sight: What of the drawn text shows.
    """

    def __init__(self, fonts: Fonts, height: float, corner: tuple[float, float]) -> None:
        """Begin a page.

        Args:
            fonts: Of the document.
            height: Of the page's media box.
            corner: Its left and upper edge, as pdfplumber counts them.
        """
        super().__init__(fonts)
        self.glyphs: list[Glyph] = []
        self.unseen: list[Glyph] = []
        self.pale: list[Pale] = []
        self.pictures: list[Box] = []
        self.fills: list[Paint] = []
        self.rules: list[Box] = []
        self.doubts: dict[str, None] = {}
        self.sight = Sight()
        self._colour: tuple[Any, bool] = (None, False)
        self._fonts = fonts
        self._height = height
        self._left, self._upper = corner

    def render_string(self, textstate: Any, seq: Any, _ncs: Any, graphicstate: Any) -> None:
        """Collect a shown string.

        Raises:
            UnusualPageError: It is written from top to bottom.
        """
        font = textstate.font
        if font.is_vertical():
            raise UnusualPageError
        scaling = textstate.scaling * 0.01
        run = _Run(
            self._fonts.type_of(font),
            mult_matrix(textstate.matrix, self.ctm),
            textstate.fontsize * scaling,
            textstate.charspace * scaling,
            0 if font.is_multibyte() else textstate.wordspace * scaling,
        )
        a, b, c, d, _, _ = run.matrix
        x, y = textstate.linematrix
        low = run.type.descent * textstate.fontsize + textstate.rise
        band = (y, low, low + textstate.fontsize)
        straight = b == 0 and c == 0 and a > 0 and d > 0
        upright = straight and run.em > 0 and textstate.fontsize > 0
        found: list[Glyph] = []
        begun = False
        for shown in seq:
            if shown == b"":
                continue
            if isinstance(shown, bytes):
                x += run.gap if begun else 0
                place = self._upright if upright else self._singly
                x = place(shown, run, (x, *band), found)
            else:
                x -= _number(shown) * run.em * 0.001
            begun = True
        textstate.linematrix = (x, y)
        if textstate.render in _INVISIBLE:
            self.unseen += found
            return
        found = self.sight.seen(found)
        if textstate.render == 0 and self._white(graphicstate.ncolor):
            self.pale += (Pale(glyph, len(self.fills)) for glyph in found)
        else:
            self.glyphs += found

    def clip_to(self, path: Any) -> None:
        """Show what follows only in the box around a path, and in the clip so far."""
        points = [point for step in path for point in _points(step[1:])]
        if points:
            self.sight.clip_to(self._around(points))

    def _white(self, colour: Any) -> bool:
        """Tell whether a colour is white; the last one asked for mostly comes again."""
        if colour is not self._colour[0]:
            self._colour = colour, _is_white(colour)
        return self._colour[1]

    def _upright(
        self, shown: bytes, run: _Run, place: tuple[float, float, float, float], found: list[Glyph]
    ) -> float:
        """Add the glyphs of a string that reads from left to right, word by word.

        Args:
            shown: The string.
            run: How it is set.
            place: In text space, the first origin, and the lower and upper edge over it.
            found: What is added to.

        Returns:
            Where its last character ends, in text space.
        """
        type_, (a, _, _, d, e, f), em, gap, word_gap = run
        x, y, low, high = place
        e += self._left
        base = y * d + f
        top = (self._height - (d * high + base)) + self._upper
        bottom = (self._height - (d * low + base)) + self._upper
        scale, white, bold = a * em, a * gap, type_.bold
        close = -_INTO * scale <= white <= _APART * (bottom - top)
        x -= gap
        for text, letters, width, after, spacer, plain, doubt in type_.pieces(shown):
            x += gap
            x0 = a * x + e
            if plain and (close or len(letters) == 1):
                x += width * em + gap * (len(letters) - 1)
                space = x1 = a * x + e
                if after is not None:
                    x += gap + after * em
                    space = a * x + e
                each = letters if len(letters) > 1 else ()
                found.append(
                    Glyph(text, x0, top, x1, bottom, bold, 0, max(x1, space), each, scale, white)
                )
            else:
                for letter, one in _each(letters, after):
                    x0 = a * x + e
                    x += one * em
                    x1 = a * x + e
                    if letter:
                        found.append(Glyph(letter, x0, top, x1, bottom, bold, 0, x1))
                    x += gap
                x -= gap
            if spacer:
                x += word_gap
            if doubt:
                self.doubts[doubt] = None
        return x

    def _singly(
        self, shown: bytes, run: _Run, place: tuple[float, float, float, float], found: list[Glyph]
    ) -> float:
        """Add the glyphs of a string that reads in any direction, one by one; as `_upright`."""
        x, y, low, high = place
        a, b, c, d, e, f = run.matrix
        turn = turn_of(run.matrix)
        x -= run.gap
        for piece in run.type.pieces(shown):
            for letter, width in _each(piece.letters, piece.after):
                x += run.gap
                moved = (a, b, c, d, x * a + y * c + e, x * b + y * d + f)
                box = apply_matrix_rect(moved, (0, low, width * run.em, high))
                if letter:
                    found.append(self._single(letter, box, turn, bold=run.type.bold))
                x += width * run.em
            x += run.word_gap if piece.spacer else 0
            if piece.doubt:
                self.doubts[piece.doubt] = None
        return x

    def _single(self, text: str, box: Box, turn: int | None, *, bold: bool) -> Glyph:
        x0, top, x1, bottom = self._on_page(box)
        return Glyph(text, x0, top, x1, bottom, bold, turn, x1)

    def _on_page(self, box: Box) -> Box:
        x0, y0, x1, y1 = box
        top, bottom = (self._height - y1) + self._upper, (self._height - y0) + self._upper
        return x0 + self._left, top, x1 + self._left, bottom

    def begin_figure(self, _name: Any, bbox: Any, matrix: Any) -> None:
        """Remember where a figure stands, for `render_image`."""
        x, y, w, h = bbox
        whole = mult_matrix(matrix, self.ctm)
        self._figure = self._on_page(apply_matrix_rect(whole, (x, y, x + w, y + h)))

    def render_image(self, _name: Any, _stream: Any) -> None:
        """Collect an image; the figure around it has its place."""
        self.pictures.append(self._figure)

    def paint_path(
        self, graphicstate: Any, stroke: Any, fill: Any, _evenodd: Any, path: Any
    ) -> None:
        """Collect a filled area, and the straight lines of a drawn one."""
        points = [point for step in path for point in _points(step[1:])]
        if not points:
            return
        placed = self._around(points)
        thin = min(placed[2] - placed[0], placed[3] - placed[1]) <= _THIN
        if fill and len(self.fills) < _MOST_FILLS:
            self.fills.append(Paint(placed, _is_white(graphicstate.ncolor), len(self.glyphs)))
        if thin and (stroke or fill):
            self._add_rule(placed)
        elif stroke and len(path) <= _MOST_EDGES:
            corners = [step[1:3] for step in path if step[0] in "ml"]
            corners += corners[:1] if path[-1][0] == "h" else []
            for edge in pairwise(corners):
                self._add_rule(self._around(edge))

    def _around(self, points: Sequence[tuple[float, float]]) -> Box:
        across, down = zip(*points, strict=True)
        box = (min(across), min(down), max(across), max(down))
        return self._on_page(apply_matrix_rect(self.ctm, box))

    def _add_rule(self, box: Box) -> None:
        """Add a line that is straight; a dot is none."""
        short, long = sorted((box[2] - box[0], box[3] - box[1]))
        if short <= _THIN < long and len(self.rules) < _MOST_RULES:
            self.rules.append(box)


def _each(letters: Letters, after: float | None) -> Letters:
    return letters if after is None else (*letters, (" ", after))


def _points(numbers: Sequence[float]) -> Iterator[tuple[float, float]]:
    return zip(numbers[::2], numbers[1::2], strict=False)


def _number(shown: object) -> float:
    return shown if isinstance(shown, int | float) else 0


def _is_white(colour: object) -> bool:
    """Tell whether a colour is white; patterns and spot colours are not."""
    parts: Iterable[Any] = colour if isinstance(colour, tuple) else (colour,)
    numbers = [part for part in parts if isinstance(part, int | float)]
    full = _FULL.get(len(numbers))
    if full is None or len(numbers) != len(tuple(parts)):
        return False
    return all(abs(one - other) <= 1 - _WHITE for one, other in zip(numbers, full, strict=True))
