"""Pots drawn as an SVG that stands alone: bars on a money axis, legible in light and in dark."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from decimal import Decimal
from xml.sax.saxutils import escape

from rich.cells import cell_len

from earmark.words.pots_layout import Bar, Drawing, Panel, panels
from earmark.words.pots_words import EMPTY, aside, sentences
from earmark.words.safe import inline
from earmark.words.wording import day
from records.money import display
from store.pots.model import PotsReport

WIDTH, MARGIN = 960, 20
LABELS, AMOUNTS = 300, 130
INDENT, LINE, ROW, REMARK, THICK = 16, 18, 26, 17, 14
SMALL = 11.5
LEFT, RIGHT = MARGIN + LABELS + 12, WIDTH - MARGIN - AMOUNTS
LEAST = 1.5
"""Pixels that a bar has at the least, so that small money is seen beside large."""
CLASSES = ("new", "old", "open")
LEGEND = ("stated as new", "stated as existing", "the texts do not say")
STYLE = """
.pots .bg{fill:#fff}.pots text{fill:#1c1c1c;font-family:system-ui,sans-serif}
.pots .soft{fill:#555}.pots .grid{stroke:#d9dce0}.pots .edge{fill:none;stroke:#55606b}
.pots .whole{fill:#0072b2;fill-opacity:.08;stroke:#55606b}.pots .new{fill:#0072b2}
.pots .old{fill:#8c939b}.pots .paper{fill:#fff}.pots .hatch{stroke:#a85400;stroke-width:2}
@media screen and (prefers-color-scheme:dark){
.pots .bg,.pots .paper{fill:#15181c}.pots text{fill:#ececec}
.pots .soft{fill:#b4bac1}.pots .grid{stroke:#363c43}.pots .edge,.pots .whole{stroke:#a2abb5}
.pots .whole{fill:#56b4e9;fill-opacity:.14}.pots .new{fill:#56b4e9}.pots .hatch{stroke:#f0a13c}}
"""
_NARROW = frozenset("il.,:;'|!()[]fjt ")
_WIDE = frozenset("mwMW@%&\N{EM DASH}\N{HORIZONTAL ELLIPSIS}")


def pots_svg(report: PotsReport, drawing: Drawing | None = None, *, inside: bool = False) -> str:
    """Draw a report; every currency has an axis of its own.

    Args:
        report: The pots.
        drawing: What bars are as long as; None for distinct money in total.
        inside: For a page that has STYLE already; else the picture stands alone.
    """
    page = _Page(inside=inside)
    when = f", as of {day(report.as_of)}" if report.as_of else ""
    page.text(f"What the money comes to{when}", 18, weight="bold")
    if not report.pots:
        page.text(EMPTY, 13)
    else:
        page.legend(framed=drawing is not None and drawing.measure == "headlines")
    for panel in panels(report, drawing):
        _draw(page, panel)
    page.down(8)
    for sentence in aside(report):
        page.paragraph(sentence, 12, soft=True)
    finding = " ".join(words for total in report.totals for words in sentences(total))
    return page.whole(finding or EMPTY)


class _Page:
    """A drawing under way: what was drawn so far, and how far down it goes."""

    def __init__(self, *, inside: bool) -> None:
        self._inside = inside
        self._parts: list[str] = []
        self.y = MARGIN

    def add(self, part: str) -> None:
        """Draw an element."""
        self._parts.append(part)

    def down(self, by: int) -> None:
        """Leave room."""
        self.y += by

    def text(self, words: str, size: int, *, weight: str = "normal", soft: bool = False) -> None:
        """Write one line across the page, cut where the page ends."""
        self.y += size + 4
        look = f'font-size="{size}" font-weight="{weight}"' + (' class="soft"' if soft else "")
        shown = _fitted(words, WIDTH - 2 * MARGIN, size)
        self.add(f'<text x="{MARGIN}" y="{self.y}" {look}>{_safe(shown)}</text>')

    def paragraph(self, words: str, size: int, *, soft: bool = False) -> None:
        """Write text in as many lines as it needs."""
        for line in textwrap.wrap(words, int((WIDTH - 2 * MARGIN) / (0.62 * size))):
            self.text(line, size, soft=soft)

    def legend(self, *, framed: bool) -> None:
        """Say what the fillings mean."""
        self.y += 24
        x = MARGIN
        for kind, words in zip(CLASSES, LEGEND, strict=True):
            self.add(_filled(kind, (x, self.y - 11, 22, 12)))
            self.add(f'<text x="{x + 30}" y="{self.y}" font-size="13">{words}</text>')
            x += 210
        self.add(f'<rect x="{x}" y="{self.y - 11}" width="22" height="12" class="whole"/>')
        self.add(f'<text x="{x + 30}" y="{self.y}" font-size="13">a whole, its parts inside</text>')
        if framed:
            self.y += 20
            box = f'x="{MARGIN}" y="{self.y - 11}" width="22" height="12"'
            self.add(f'<rect {box} class="edge" stroke-dasharray="3 3"/>')
            words = "every headline added up, its repeats too"
            self.add(f'<text x="{MARGIN + 30}" y="{self.y}" font-size="13">{words}</text>')
        self.y += 8

    def whole(self, finding: str) -> str:
        """Return the picture; `finding` is what it says to who cannot see it."""
        height = self.y + MARGIN
        size = "" if self._inside else f'width="{WIDTH}" height="{height}" '
        style = "" if self._inside else f"<style>{STYLE}</style>\n"
        body = "\n".join(self._parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            f'{size}role="img" class="pots">\n'
            f"<title>Pots of money</title>\n<desc>{_safe(finding)}</desc>\n{style}"
            '<defs><pattern id="pots-open" width="6" height="6" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><rect width="6" height="6" class="paper"/>'
            '<line x1="1" y1="0" x2="1" y2="6" class="hatch"/></pattern></defs>\n'
            f'<rect width="{WIDTH}" height="{height}" class="bg"/>\n{body}\n</svg>\n'
        )


def _draw(page: _Page, panel: Panel) -> None:
    """Draw the pots of one currency below what was drawn so far."""
    page.down(14)
    for number, sentence in enumerate(sentences(panel.totals)):
        page.paragraph(sentence, 14 if number == 0 else 13)
    page.down(30)
    tops = list(_tops(panel.bars, page.y))
    bottom = tops[-1] + _height(panel.bars[-1])
    end = panel.ticks[-1]
    for tick in panel.ticks:
        x = _across(tick, end)
        label = display(tick, panel.totals.currency)
        page.add(f'<line x1="{x}" y1="{page.y - 6}" x2="{x}" y2="{bottom}" class="grid"/>')
        page.add(
            f'<text x="{x}" y="{page.y - 10}" font-size="12" text-anchor="middle" class="soft">'
            f"{_safe(label)}</text>"
        )
    for number, (bar, top) in enumerate(zip(panel.bars, tops, strict=True)):
        last = number + bar.inside
        page.add("<g>")
        page.add(f"<title>{_safe(f'{bar.name}: {bar.amount}')}</title>")
        if bar.inside:
            box = (bar.start, bar.end, top, tops[last] + _height(panel.bars[last]))
            page.add(_container(box, end))
        if bar.beside:
            page.add(_link(_across(bar.start, end), tops[number - bar.beside], top))
        for part in _bar_parts(bar, top, end):
            page.add(part)
        page.add("</g>")
    page.y = bottom


def _tops(bars: Iterable[Bar], top: int) -> Iterable[int]:
    for bar in bars:
        yield top
        top += _height(bar)


def _height(bar: Bar) -> int:
    return ROW + REMARK * len(_remark_lines(bar))


def _remark_lines(bar: Bar) -> list[str]:
    """Break the remarks on a row into lines that fit beside the bars."""
    room = LABELS - bar.depth * INDENT
    lines: list[str] = []
    for remark in bar.remarks:
        line = ""
        for word in remark.split():
            longer = f"{line} {word}".strip()
            if line and _width(longer, SMALL) > room:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return [_fitted(line, room, SMALL) for line in lines]


def _bar_parts(bar: Bar, top: int, end: Decimal) -> Iterable[str]:
    """Yield the texts of a row and its bar."""
    line = top + LINE
    x = MARGIN + bar.depth * INDENT
    name = _safe(_fitted(bar.name, MARGIN + LABELS - x, 13))
    weight = "normal" if bar.depth else "bold"
    amount = _safe(_fitted(bar.amount, AMOUNTS - 12, 13))
    yield f'<text x="{x}" y="{line}" font-size="13" font-weight="{weight}">{name}</text>'
    yield (
        f'<text x="{WIDTH - MARGIN}" y="{line}" font-size="13" font-weight="{weight}" '
        f'text-anchor="end">{amount}</text>'
    )
    at = bar.start
    for kind, share in zip(CLASSES, bar.shares, strict=True):
        if share > 0:
            left = _across(at, end)
            wide = max(_across(at + share, end) - left, LEAST)
            yield _filled(kind, (left, top + 6, round(wide, 2), THICK))
            at += share
    if bar.bound:
        left = _across(bar.start, end)
        wide = round(max(_across(bar.start + bar.bound, end) - left, LEAST), 2)
        yield (
            f'<rect x="{left}" y="{top + 6}" width="{wide}" height="{THICK}" class="edge" '
            'stroke-dasharray="3 3"/>'
        )
    for number, words in enumerate(_remark_lines(bar)):
        below = top + ROW + 10 + number * REMARK
        yield f'<text x="{x}" y="{below}" font-size="{SMALL}" class="soft">{_safe(words)}</text>'


def _filled(kind: str, box: tuple[float, float, float, float]) -> str:
    x, y, width, height = box
    place = f'x="{x}" y="{y}" width="{width}" height="{height}"'
    if kind == "open":
        return f'<rect {place} fill="url(#pots-open)"/><rect {place} class="edge"/>'
    return f'<rect {place} class="{kind}"/>'


def _container(box: tuple[Decimal, Decimal, int, int], end: Decimal) -> str:
    start, stop, top, bottom = box
    left = _across(start, end)
    wide = round(max(_across(stop, end) - left, LEAST), 2)
    return (
        f'<rect x="{left}" y="{top + 3}" width="{wide}" height="{bottom - top - 3}" rx="3" '
        'class="whole"/>'
    )


def _link(x: float, top: int, bottom: int) -> str:
    """Draw the line from the end of a pot down to what comes on top of it."""
    return (
        f'<line x1="{x}" y1="{top + 6}" x2="{x}" y2="{bottom + 6 + THICK}" class="edge" '
        'stroke-dasharray="2 3"/>'
    )


def _across(value: Decimal, end: Decimal) -> float:
    return round(LEFT + float(value / end) * (RIGHT - LEFT), 2)


def _fitted(words: str, room: float, size: float) -> str:
    """Cut words to the room that they have, in whatever font they are shown."""
    shown = inline(words)
    if _width(shown, size) <= room:
        return shown
    while shown and _width(shown + "…", size) > room:
        shown = shown[:-1]
    return shown.rstrip() + "…"


def _width(words: str, size: float) -> float:
    """Estimate the width of a text in pixels, on the wide side."""
    return size * sum(map(_letter, words))


def _letter(letter: str) -> float:
    if letter in _NARROW:
        return 0.4
    if letter in _WIDE:
        return 1.0
    return max(0.78 if letter.isupper() else 0.64, 1.05 * (cell_len(letter) - 1))


def _safe(words: str) -> str:
    return escape(inline(words))
