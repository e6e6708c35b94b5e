"""A timeline drawn as SVG: a row for each pot, a mark for each statement, a bar for its years."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape

from earmark.words.safe import inline
from earmark.words.wording import day
from records.claim import Standing

WIDTH, LABELS, TOP, ROW, RIGHT = 960, 330, 84, 38, 20
LEFT = LABELS + 16
PAD = 12
MOST_LETTERS = 40
LEAST, MOST = 3.0, 7.0
"""Radius of the mark of a small sum, and of the largest."""
LEVELS = (0, -11, 11)
STYLE = """
.time text{fill:#1e1d1a;font-family:system-ui,sans-serif;font-size:13px}
.time .soft{fill:#5d5a52;font-size:12px}.time .grid{stroke:#dedad0}
.time .today{stroke:#a1261d;stroke-dasharray:4 3}.time .bg{fill:#fff}
.time .years{fill:#0072b2;fill-opacity:.16;stroke:#0072b2;stroke-opacity:.5}
.time .first{fill:#0072b2;stroke:#0072b2}.time .again{fill:#fff;stroke:#0072b2;stroke-width:2}
.time .turn{fill:#a85400;stroke:#a85400}.time .open{fill:none;stroke:#5d5a52;stroke-dasharray:2 2}
.time .gone{fill:none;stroke:#a1261d;stroke-width:2.5}.time .due{fill:#1e1d1a;stroke:#1e1d1a}
@media screen and (prefers-color-scheme:dark){.time text{fill:#eceae4}.time .soft{fill:#b3afa5}
.time .grid{stroke:#373a40}.time .today{stroke:#ff9a8d}.time .bg{fill:#1e2024}
.time .years{fill:#56b4e9;stroke:#56b4e9}.time .first{fill:#56b4e9;stroke:#56b4e9}
.time .again{fill:#1e2024;stroke:#56b4e9}.time .turn{fill:#f0a13c;stroke:#f0a13c}
.time .open{stroke:#b3afa5}.time .gone{stroke:#ff9a8d}
.time .due{fill:#eceae4;stroke:#eceae4}}
"""
Kind = Standing | Literal["taken away"]
"""What a document does with the money of a pot."""


class Moment(NamedTuple):
    """A document says the money of a pot; its size is a share of the largest sum's."""

    day: date
    kind: Kind
    amount: str
    size: float


class Line(NamedTuple):
    """A pot: its name, its amount, what was said of it, first and last day of its money.

    With a last day alone the money is due by then.
    """

    name: str
    amount: str
    moments: tuple[Moment, ...]
    start: date | None
    until: date | None


def timeline_svg(lines: Sequence[Line], today: date, *, inside: bool) -> str:
    """Draw pots over time.

    Args:
        lines: From the top.
        today: Where the line of today stands.
        inside: For a page that has STYLE already; else the picture stands alone.
    """
    axis = _Axis(lines, today)
    height = TOP + ROW * len(lines) + 14
    parts = [*_legend(), *axis.drawn(height), *_today(axis, today, height)]
    for number, line in enumerate(lines):
        parts += _row(line, TOP + ROW * number, axis)
    body = "\n".join(parts)
    style = "" if inside else f"<style>{STYLE}</style>\n"
    box = f"{-PAD} 0 {WIDTH + PAD} {height}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img" '
        f'class="time"><title>Who said it when</title>\n{style}'
        f'<rect x="{-PAD}" width="{WIDTH + PAD}" height="{height}" class="bg"/>\n{body}\n</svg>'
    )


class _Axis:
    """Days from the first to the last that anything is said of, a margin around them."""

    def __init__(self, lines: Sequence[Line], today: date) -> None:
        days = [moment.day for line in lines for moment in line.moments]
        ends = [end for line in lines for end in (line.start, line.until) if end]
        first = min((*days, *(end for end in ends if end.year > 1900)), default=today)  # noqa: PLR2004 - older days are misread
        last = max((*days, *(end for end in ends if end.year < today.year + 30)), default=today)
        room = max((last - first) // 40, timedelta(20))
        self.first, self.last = first - room, last + room

    def at(self, when: date) -> float:
        """Return where a day stands, kept inside the picture."""
        share = (when - self.first) / (self.last - self.first)
        return round(LEFT + min(max(share, 0), 1) * (WIDTH - RIGHT - LEFT), 1)

    def drawn(self, height: int) -> Iterator[str]:
        """Yield the years."""
        years = range(self.first.year + 1, self.last.year + 1)
        step = max(1, len(years) // 8 + (len(years) % 8 > 0))
        for year in years:
            if year % step == 0:
                x = self.at(date(year, 1, 1))
                yield f'<line x1="{x}" y1="{TOP - 8}" x2="{x}" y2="{height - 8}" class="grid"/>'
                place = f'x="{x}" y="{TOP - 14}" text-anchor="middle" class="soft"'
                yield f"<text {place}>{year}</text>"


LEGEND: tuple[tuple[Kind, str, int], ...] = (
    ("first statement", "first said", 96),
    ("restatement", "said again", 100),
    ("revision up", "raised or cut", 118),
    ("taken away", "taken away", 104),
)


def _legend() -> Iterator[str]:
    x = 8
    for kind, said, room in LEGEND:
        yield _mark(kind, (x, 20), 5.5)
        yield f'<text x="{x + 12}" y="25" class="soft">{said}</text>'
        x += room
    yield f'<rect x="{x}" y="14" width="24" height="12" class="years"/>'
    yield f'<text x="{x + 32}" y="25" class="soft">years that the money covers</text>'
    x += 226
    yield _due(x, 20)
    yield f'<text x="{x + 12}" y="25" class="soft">due by then</text>'
    yield '<text x="0" y="46" class="soft">A larger mark is a larger sum.</text>'


def _today(axis: _Axis, today: date, height: int) -> Iterator[str]:
    if axis.first < today < axis.last:
        x = axis.at(today)
        yield f'<line x1="{x}" y1="{TOP - 8}" x2="{x}" y2="{height - 8}" class="today"/>'
        yield f'<text x="{x}" y="{TOP - 30}" text-anchor="middle" class="soft">today</text>'


def _row(line: Line, top: int, axis: _Axis) -> Iterator[str]:
    middle = top + ROW // 2
    if line.start:
        left = axis.at(line.start)
        right = axis.at(line.until) if line.until else WIDTH - RIGHT
        wide = round(max(right - left, 2), 1)
        yield f'<rect x="{left}" y="{middle - 6}" width="{wide}" height="12" class="years"/>'
    yield f'<text x="0" y="{middle + 4}">{_cut(line.name)}</text>'
    place = f'x="{LABELS}" y="{middle + 4}" text-anchor="end" class="soft"'
    yield f"<text {place}>{_safe(line.amount)}</text>"
    for moment, level in _stacked(line.moments, axis):
        words = _safe(f"{day(moment.day)}: {moment.kind}, {moment.amount}")
        drawn = _mark(moment.kind, (axis.at(moment.day), middle + level), _radius(moment))
        yield f"<g><title>{words}</title>{drawn}</g>"
    if line.until and not line.start:
        words = _safe(f"due by {day(line.until)}")
        yield f"<g><title>{words}</title>{_due(axis.at(line.until), middle)}</g>"


def _stacked(moments: Sequence[Moment], axis: _Axis) -> Iterator[tuple[Moment, int]]:
    """Yield each moment with how far off the middle it stands, so that those of a week are seen.

    The first statement comes last, to lie on top of what would cover it.
    """
    found: list[tuple[Moment, int]] = []
    for number, moment in enumerate(sorted(moments, key=lambda one: one.day)):
        near = [
            level
            for other, level in found
            if abs(axis.at(other.day) - axis.at(moment.day)) < _radius(other) + _radius(moment)
        ]
        free = [level for level in LEVELS if level not in near]
        found.append((moment, free[0] if free else LEVELS[number % len(LEVELS)]))
    yield from sorted(found, key=lambda one: one[0].kind == "first statement")


def _radius(moment: Moment) -> float:
    """Return how large a mark is: its area grows with the sum."""
    return round(LEAST + (MOST - LEAST) * math.sqrt(moment.size), 1)


def _mark(kind: Kind, at: tuple[float, float], radius: float) -> str:
    x, y = at
    if kind.startswith("revision"):
        tip = radius * (1.2 if kind == "revision down" else -1.2)
        foot = round(y - tip / 2, 1)
        return (
            f'<path d="M{x - radius} {foot}L{x + radius} {foot}L{x} {y + tip:.1f}Z" class="turn"/>'
        )
    if kind == "taken away":
        left, right, top, bottom = x - radius, x + radius, y - radius, y + radius
        return (
            f'<path d="M{left} {top}L{right} {bottom}M{left} {bottom}L{right} {top}" class="gone"/>'
        )
    look = {"first statement": "first", "undated": "open"}.get(kind, "again")
    return f'<circle cx="{x}" cy="{y}" r="{radius}" class="{look}"/>'


def _due(x: float, y: float) -> str:
    return f'<path d="M{x} {y - 7}L{x + 5} {y}L{x} {y + 7}L{x - 5} {y}Z" class="due"/>'


def _cut(words: str) -> str:
    room = MOST_LETTERS - 8
    shown = inline(words)
    return escape(shown if len(shown) <= room else shown[: room - 1].rstrip() + "…")


def _safe(words: str) -> str:
    return escape(inline(words))
