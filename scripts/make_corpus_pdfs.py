#!/usr/bin/env python3
"""Make the PDFs of the corpus from their sources in `corpus/pdf/`, always the same bytes.

    scripts/make_corpus_pdfs.py [FOLDER]

Writes `FOLDER/<part>/<name>.pdf` for every source; FOLDER is `corpus/` where none is given. Pages
are not compressed, so that the bytes do not depend on the zlib of the machine.

A source begins with `key: value` lines: `part`, `layout` (`release`, `columns` or `report`),
`title`, `author`, `created`, and `running` (the two ends of the running head). After a blank line
come blocks, separated by blank lines: `# ` and `## ` headings, `- ` bullets, `^ ` captions, `| `
table rows, and paragraphs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Table

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
MADE_WITH = "5.1.0"  # the reportlab that made the files in the repository
WIDTH, HEIGHT = A4
MARGIN, GUTTER, FOOT = 60, 28, 40
SIZES = {"release": 11, "columns": 11.5, "report": 11.5}


@dataclass(frozen=True)
class Source:
    """One file of `corpus/pdf/`: its head, and its blocks in order."""

    head: dict[str, str]
    blocks: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> Source:
        """Split a source into head and blocks."""
        head, _, body = path.read_text("utf-8").partition("\n\n")
        pairs = (line.split(": ", 1) for line in head.splitlines())
        return cls(dict(pairs), tuple(block.strip() for block in body.split("\n\n")))


def styles(size: float) -> dict[str, ParagraphStyle]:
    """Return the paragraph styles of a document set in `size` points."""
    body = ParagraphStyle(
        "body", fontName="Helvetica", fontSize=size, leading=size * 1.45, spaceAfter=size * 0.8
    )
    bold = partial(ParagraphStyle, parent=body, fontName="Helvetica-Bold", keepWithNext=True)
    return {
        "body": body,
        "# ": bold("title", fontSize=size * 1.5, leading=size * 1.9, spaceBefore=size * 0.6),
        "## ": bold("heading", fontSize=size * 1.15, spaceBefore=size * 0.6),
        "^ ": ParagraphStyle(
            "caption", parent=body, fontName="Helvetica-Oblique", keepWithNext=True
        ),
        # The bullet of Helvetica comes out as a code that readers cannot map to a character.
        "- ": ParagraphStyle(
            "bullet", parent=body, bulletFontName="Symbol", leftIndent=16, spaceAfter=size * 0.4
        ),
    }


def flow(source: Source) -> Iterator[Flowable]:
    """Turn blocks into what reportlab lays out."""
    style = styles(SIZES[source.head["layout"]])
    for block in source.blocks:
        if block.startswith("| "):
            yield _table(block, style["body"])
            continue
        for line in block.splitlines() if block.startswith("- ") else [block]:
            mark = next((mark for mark in ("# ", "## ", "^ ", "- ") if line.startswith(mark)), "")
            text = escape(line.removeprefix(mark))
            bullet = "•" if mark == "- " else None
            yield Paragraph(text, style[mark or "body"], bulletText=bullet)


def _table(block: str, body: ParagraphStyle) -> Flowable:
    rows = [
        [Paragraph(escape(cell.strip()), body) for cell in line.strip("| ").split("|")]
        for line in block.splitlines()
    ]
    grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Table(rows, colWidths=[300, 150], style=grid, splitByRow=0, spaceAfter=14)


def _frames(layout: str) -> list[Frame]:
    height = HEIGHT - 2 * MARGIN - FOOT
    if layout != "columns":
        return [Frame(MARGIN, MARGIN + FOOT / 2, WIDTH - 2 * MARGIN, height)]
    width = (WIDTH - 2 * MARGIN - GUTTER) / 2
    lefts = (MARGIN, MARGIN + width + GUTTER)
    return [Frame(left, MARGIN + FOOT / 2, width, height) for left in lefts]


def _page(canvas: Canvas, document: Any, running: str) -> None:
    left, right = running.split(" | ")
    canvas.saveState()
    canvas.setFont("Helvetica", 9)
    canvas.drawString(MARGIN, HEIGHT - 40, left)
    canvas.drawRightString(WIDTH - MARGIN, HEIGHT - 40, right)
    canvas.drawCentredString(WIDTH / 2, 36, f"Page {document.page}")
    canvas.restoreState()


def build(source: Source) -> bytes:
    """Lay a source out and return the PDF."""
    head = source.head
    created = datetime.fromisoformat(f"{head['created']}T09:00:00+00:00")
    # The only door through which reportlab takes the day that it writes into the file.
    os.environ["SOURCE_DATE_EPOCH"] = str(int(created.timestamp()))
    target = BytesIO()
    document = BaseDocTemplate(
        target,
        pagesize=A4,
        title=head["title"],
        author=head["author"],
        pageCompression=0,
        invariant=1,
    )
    page = partial(_page, running=head["running"])
    frames = _frames(head["layout"])
    document.addPageTemplates(PageTemplate("page", frames, onPage=page))
    document.build(list(flow(source)))
    return target.getvalue()


def main(arguments: list[str]) -> int:
    """Make every PDF under the given folder, or under `corpus/`."""
    target = Path(arguments[0]) if arguments else CORPUS
    for path in sorted((CORPUS / "pdf").glob("*.txt")):
        source = Source.read(path)
        folder = target / source.head["part"]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{path.stem}.pdf").write_bytes(build(source))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
