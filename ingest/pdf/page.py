"""One page of a PDF to its glyphs: fast, or by pdfplumber where it is set in an unusual way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pdfminer.utils import apply_matrix_rect
from pdfplumber.page import Page

from ingest.layout.glyphs import Box, Glyph, turn_of
from ingest.pdf.device import GlyphDevice, Pale
from ingest.pdf.fonts import Fonts, clean
from ingest.pdf.interpreter import Interpreter, layers_off

_BAND = 20  # points of height in which glyphs are looked for together


class Drawn(NamedTuple):
    """What a page draws.

    Attributes:
        glyphs: In the order of its content, those that nobody can see left out.
        hidden: Text that nobody can see: drawn without ink, in white on white, under white paint,
            outside of what is clipped, in a layer that is off, or in type too small.
        layer: Some of the glyphs are drawn without ink over a picture, as text recognition does.
        pictures: The box of each image.
        doubts: Where the text layer contradicts the names of the font's glyphs.
        rules: Straight lines, each as a thin box.
    """

    glyphs: list[Glyph]
    hidden: str
    layer: bool
    pictures: list[Box]
    doubts: tuple[str, ...]
    rules: Sequence[Box] = ()


def draw(page: Page, fonts: Fonts) -> Drawn:
    """Return what a page draws, every length in pdfplumber's coordinates.

    Raises:
        Exception: Whatever pdfplumber raises for a damaged page.
    """
    device = GlyphDevice(fonts, page.height, page.mediabox[:2])
    try:
        interpreter = Interpreter(fonts, device)
        interpreter.layers_off = layers_off(page.pdf.doc.catalog)
        interpreter.process_page(page.page_obj)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - pdfplumber decides whether the page can be read
        return by_pdfplumber(page)
    over = [glyph for glyph in device.unseen if _covers(device.pictures, glyph)]
    kept = set(map(id, over))
    unseen = [glyph for glyph in device.unseen if id(glyph) not in kept]
    pale = [pale.glyph for pale in device.pale if not _is_visible(pale, device)]
    white = set(map(id, pale))
    seen = [pale.glyph for pale in device.pale if id(pale.glyph) not in white]
    covered = _painted_over(device)
    hidden = _words([*unseen, *pale, *device.sight.hidden, *covered.values()])
    glyphs = [glyph for glyph in device.glyphs if id(glyph) not in covered]
    glyphs += [*seen, *over]
    return Drawn(glyphs, hidden, bool(over), device.pictures, tuple(device.doubts), device.rules)


def by_pdfplumber(page: Page) -> Drawn:
    """Return what pdfplumber says that a page draws."""
    glyphs = [
        Glyph(
            clean(char["text"]),
            char["x0"],
            char["top"],
            char["x1"],
            char["bottom"],
            "bold" in char["fontname"].lower(),
            turn_of(char["matrix"]),
            char["x1"],
        )
        for char in page.chars
        if char["text"]
    ]
    pictures = [(i["x0"], i["top"], i["x1"], i["bottom"]) for i in page.images]
    return Drawn(glyphs, "", layer=False, pictures=pictures, doubts=())


def visible_part(page: Page) -> Box:
    """Return the part of the page that a viewer shows.

    pdfplumber's own crop box stands elsewhere when the page is turned.
    """
    x0, y0, x1, y1 = page.page_obj.mediabox
    onto = {90: (0, -1, 1, 0, -y0, x1), 180: (-1, 0, 0, -1, x1, y1), 270: (0, 1, -1, 0, y1, -x0)}
    matrix = onto.get(page.page_obj.rotate, (1, 0, 0, 1, -x0, -y0))
    left, low, right, high = apply_matrix_rect(matrix, page.page_obj.cropbox)
    across, down = page.mediabox[:2]
    e, f, g, h = page.bbox
    crop = (left + across, page.height - high + down, right + across, page.height - low + down)
    box = (max(crop[0], e), max(crop[1], f), min(crop[2], g), min(crop[3], h))
    return box if box[0] < box[2] and box[1] < box[3] else (e, f, g, h)


def _covers(boxes: Iterable[Box], glyph: Glyph) -> bool:
    across, down = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return any(x0 <= across <= x1 and top <= down <= bottom for x0, top, x1, bottom in boxes)


def _is_visible(pale: Pale, device: GlyphDevice) -> bool:
    """Tell whether white text stands on something that is not white, or on a picture."""
    under = [paint for paint in device.fills[: pale.fills] if _covers([paint.box], pale.glyph)]
    return bool(under and not under[-1].white) or _covers(device.pictures, pale.glyph)


def _painted_over(device: GlyphDevice) -> dict[int, Glyph]:
    """Return the glyphs that white paint was laid over, by their identity."""
    paints = [paint for paint in device.fills if paint.white and paint.glyphs]
    if not paints:
        return {}
    bands: dict[int, list[tuple[int, Glyph]]] = defaultdict(list)
    for number, glyph in enumerate(device.glyphs):
        bands[int((glyph.top + glyph.bottom) / 2 // _BAND)].append((number, glyph))
    return {
        id(glyph): glyph
        for paint in paints
        for band in range(int(paint.box[1] // _BAND), int(paint.box[3] // _BAND) + 1)
        for number, glyph in bands.get(band, ())
        if number < paint.glyphs and _covers([paint.box], glyph)
    }


def _words(glyphs: Sequence[Glyph]) -> str:
    return "".join(g.text + (" " if g.space > g.x1 else "") for g in glyphs).strip()
