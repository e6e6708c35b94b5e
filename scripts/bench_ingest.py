#!/usr/bin/env python3
"""Time and weigh the reading of documents against named references, in one process and one run.

    scripts/bench_ingest.py [pdf] [memory] [folder] [--pages N] [--rounds N] [--texts N]

`pdf` makes two reports with money on 20 % and on 5 % of their pages, and times, in turn,
pdfplumber's `extract_text` on every page, Earmark's reading of the whole document, and reading with
the extraction of its claims: a ratio of 8 is eight times as fast as pdfplumber. It also compares
text and boxes, page by page, with those from pdfplumber's characters. `memory` weighs the reading
of a report and of one with four times the pages, each in a process of its own. Times are processor
times, which other programs do not lengthen. `folder` ingests a folder of short texts, one commit a
document, and then writes the same rows to an empty database by plain SQLAlchemy inserts, one commit
a document too; both wait for the disk, so these are times by the clock.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

# The checkout comes first, also where another copy is installed.
sys.path.insert(0, str(Path(__file__).parents[1]))

import pdfplumber
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph
from sqlalchemy import create_engine, insert, select, text

from earmark import open_store
from extract.pipeline import extract
from ingest.layout.flow import PageWords, flow
from ingest.layout.glyphs import page_glyphs
from ingest.layout.words import words_of
from ingest.pdf.fonts import Fonts
from ingest.pdf.page import Drawn, by_pdfplumber, draw, visible_part
from ingest.pdf.text import read_pdf
from records.document import Capture
from store.sqlite import journal_mode, settings_for
from store.tables import documents, metadata

WORDS = tuple(
    re.findall(
        r"\w+",
        """the council said local people want better roads schools and parks while members met in
        public to hear plans for housing near the river before any vote on trees or libraries since
        records began and officers reported that repairs to harbour walls will last until May""",
    )
)
PLACES = ("Wenbury", "Eastmere", "Castle Orley", "Norhaven", "Sallow Bridge")
MONEY = (
    " Ministers will give {place} a further £{n}m for road repairs by {year}.",
    " {place} council needs £{n},000 a year for school meals.",
    " Of the £{n}bn announced in {year}, the ferry at {place} gets up to £{n}m.",
)
BODY = ParagraphStyle(
    "body", fontName="Helvetica", fontSize=10, leading=12.5, spaceAfter=6, alignment=TA_JUSTIFY
)
HEADING = ParagraphStyle("heading", BODY, fontName="Helvetica-Bold", fontSize=14, leading=18)
PARAGRAPHS = 8  # fill a page and do not run over


def report(pages: int, share: float) -> bytes:
    """Return a report of `pages` full pages, with money on a share of them, evenly spread."""
    dice = random.Random(5)  # noqa: S311 - made-up prose, the same each time
    story: list[Flowable] = []
    for page in range(pages):
        money = int((page + 1) * share) > int(page * share)
        story.append(Paragraph(f"Part {page + 1}: {dice.choice(PLACES)}", HEADING))
        for number in range(PARAGRAPHS):
            text = " ".join(_sentence(dice) for _ in range(5))
            if money and number % 2:
                text += dice.choice(MONEY).format(
                    place=dice.choice(PLACES), n=dice.randint(2, 900), year=dice.randint(2019, 2031)
                )
            story.append(Paragraph(text, BODY))
        story.append(PageBreak())
    out = io.BytesIO()
    frame = Frame(72, 60, A4[0] - 144, A4[1] - 120)
    template = BaseDocTemplate(out, pagesize=A4, invariant=1, title="A report")
    template.addPageTemplates(PageTemplate(frames=[frame], onPage=_running))
    template.build(story)
    return out.getvalue()


def _sentence(dice: random.Random) -> str:
    return " ".join(dice.choices(WORDS, k=dice.randint(9, 22))).capitalize() + "."


def _running(canvas: Canvas, template: BaseDocTemplate) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(72, 810, "Annual report")
    canvas.drawCentredString(300, 30, f"Page {template.page}")


def plumb(content: bytes) -> int:
    """Let pdfplumber extract the text of every page; return its length."""
    length = 0
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            length += len(page.extract_text())
            page.close()
    return length


def capture(content: bytes) -> Capture:
    """Return a report as a source."""
    return Capture.of("report.pdf", content, datetime.now(UTC))


def claims(content: bytes) -> int:
    """Read a report and extract its mentions; return their number."""
    return len(extract(read_pdf(capture(content)).text))


def seconds(run: Callable[[], object]) -> float:
    """Return the processor time of one call."""
    begun = time.process_time()
    run()
    return time.process_time() - begun


def pdf(asked: argparse.Namespace) -> None:
    """Print the ratios to pdfplumber for both reports, and whether text and boxes are the same."""
    say(f"{'report':8}{'pages':>7}{'pdfplumber':>12}{'whole':>9}{'claims':>9}{'mentions':>10}")
    for share in (0.2, 0.05):
        content = report(asked.pages, share)
        found = claims(content)  # and the rules are loaded
        times = [
            [seconds(lambda f=f, c=content: f(c)) for f in (plumb, _read, claims)]  # type: ignore[misc]
            for _ in range(asked.rounds)
        ]
        speed = asked.pages / statistics.median(row[0] for row in times)
        whole, with_claims = (statistics.median(row[0] / row[n] for row in times) for n in (1, 2))
        say(
            f"{share:<8.0%}{asked.pages:7}{speed:10.1f}/s{whole:8.1f}x{with_claims:8.1f}x{found:10}"
        )
        say(f"  text and boxes as from pdfplumber's characters: {same(content)}")


def _read(content: bytes) -> object:
    return read_pdf(capture(content))


def same(content: bytes) -> str:
    """Return on how many pages the words, boxes and text are those of pdfplumber's characters."""
    fast: list[PageWords] = []
    slow: list[PageWords] = []
    with pdfplumber.open(io.BytesIO(content)) as opened:
        fonts = opened.rsrcmgr = Fonts()
        for page in opened.pages:
            for words, drawn in ((fast, draw(page, fonts)), (slow, by_pdfplumber(page))):
                words.append(_words(page, drawn))
            page.close()
    pages = sum(one == other for one, other in zip(fast, slow, strict=True))
    whole = "the same text" if flow(fast) == flow(slow) else "ANOTHER TEXT"
    return f"{pages} of {len(fast)} pages, {whole}"


def _words(page: pdfplumber.page.Page, drawn: Drawn) -> PageWords:
    frames = page_glyphs(drawn.glyphs, visible_part(page)).frames
    return PageWords(page.height, tuple(tuple(words_of(frame)) for frame in frames))


def memory(asked: argparse.Namespace) -> None:
    """Print the most memory that reading takes, for a report and for one four times as long."""
    with tempfile.TemporaryDirectory() as folder:
        held = []
        for number in (asked.pages, 4 * asked.pages):
            path = Path(folder) / f"{number}.pdf"
            path.write_bytes(report(number, 0.2))
            ended = subprocess.run(  # noqa: S603 - this very script
                [sys.executable, __file__, "--weigh", str(path)],
                capture_output=True,
                check=True,
                text=True,
            )
            held.append(int(ended.stdout) / 1024)
            say(f"{number} pages: at most {held[-1]:.0f} MB")
        more = (held[1] - held[0]) * 1024 / (3 * asked.pages)
        say(f"{more:.0f} kB for each further page")


def weigh(path: str) -> None:
    """Read one file and print the most memory that this process has held, in kilobytes."""
    _read(Path(path).read_bytes())
    say(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))


def folder(asked: argparse.Namespace) -> None:
    """Print documents a second, and how much longer it takes than to insert the rows alone."""
    with tempfile.TemporaryDirectory() as place:
        texts = Path(place) / "texts"
        texts.mkdir()
        dice = random.Random(7)  # noqa: S311 - made-up prose, the same each time
        for number in range(asked.texts):
            (texts / f"{number:05}.txt").write_text(_short_text(dice), "utf-8")
        (Path(place) / "first.txt").write_text(_short_text(dice), "utf-8")
        with open_store(Path(place) / "whole.earmark.db") as store:
            store.ingest(Path(place) / "first.txt")  # what is loaded once is no document's
            begun = time.perf_counter()
            run = store.ingest(texts)
            whole = time.perf_counter() - begun
            claims = run.new_claims
        alone = _insert_again(Path(place) / "whole.earmark.db", Path(place) / "alone.db")
    say(f"{asked.texts} texts, {claims} claims: {asked.texts / whole:.0f} documents a second")
    say(f"{whole / alone:.1f} times as long as inserting their rows alone")


def _short_text(dice: random.Random) -> str:
    sentences = [_sentence(dice) for _ in range(dice.randint(2, 8))]
    for _ in range(dice.choice((0, 1, 1, 2))):
        money = dice.choice(MONEY).format(
            place=dice.choice(PLACES), n=dice.randint(2, 900), year=dice.randint(2019, 2031)
        )
        sentences.insert(dice.randrange(len(sentences)), money.strip())
    return f"{dice.choice(PLACES)} news\n\n{' '.join(sentences)}\n"


def _insert_again(store: Path, copy: Path) -> float:
    """Insert every row of a store into an empty one as cheaply as can be; return the seconds.

    As safely, too: commits wait for the disk as those of the store do.
    """
    engine = create_engine(f"sqlite:///{store}")
    with engine.connect() as connection:
        mode = journal_mode(connection)
        rows = {
            table: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in metadata.sorted_tables
        }
    engine = create_engine(f"sqlite:///{copy}")
    metadata.create_all(engine)
    commits = len(rows[documents])
    seconds = 0.0
    with engine.connect() as connection:
        synchronous = settings_for(mode, 0, read_only=False)["synchronous"]
        connection.execute(text(f"PRAGMA journal_mode={mode}"))
        connection.execute(text(f"PRAGMA synchronous={synchronous}"))
        for number in range(commits):
            shares = {
                table: found[len(found) * number // commits : len(found) * (number + 1) // commits]
                for table, found in rows.items()
            }
            begun = time.perf_counter()
            for table, share in shares.items():
                if share:
                    connection.execute(insert(table), share)
            connection.commit()
            seconds += time.perf_counter() - begun
    return seconds


def say(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


SECTIONS = (pdf, memory, folder)


def main() -> None:
    """Run the sections asked for."""
    names = [section.__name__ for section in SECTIONS]
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(names))
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--weigh", metavar="FILE", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.weigh:
        weigh(asked.weigh)
        return
    if unknown := set(asked.sections) - set(names):
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    for section in SECTIONS:
        if not asked.sections or section.__name__ in asked.sections:
            say(f"# {section.__name__}")
            section(asked)


if __name__ == "__main__":
    main()
