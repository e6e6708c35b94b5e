"""PDF: glyphs with their boxes by `ingest.pdf`, running text by `ingest.layout`."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import groupby

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdftypes import resolve1
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from ingest.dates import parse_day
from ingest.errors import BrokenPdfError, LockedPdfError, NoTextLayerError
from ingest.header import read_header
from ingest.layout.flow import PageWords, flow
from ingest.layout.glyphs import Box, page_glyphs
from ingest.layout.words import words_of
from ingest.look import Look
from ingest.metadata import merge
from ingest.pdf.fonts import Fonts
from ingest.pdf.page import Drawn, draw
from ingest.properties import known_author, known_title
from ingest.reading import Format, Reading
from ingest.shorten import shorten
from records.document import Capture, Gap, Known, Metadata, Reader
from records.errors import UnreadableDocumentError

_SIGNATURE = re.compile(rb"(?:\A|[\r\n])\s*%PDF-[0-9]")
_HEAD = 1024  # readers accept other bytes before the signature; source: ISO 32000, annex H
_END = b"%%EOF"
_TAIL = 8192  # bytes; some servers append to a PDF, none as much as that
_DRAWN = 20  # curves; a page that has no text and as many is a drawing or text as outlines
_UNMAPPED = 0.3  # share of a page's characters beyond which its text is no text
_COVERED = 0.5  # of the page: a picture as large, with nothing but a running line, is a scan
_NO_TEXT = "images without text; recognise the text first, then ingest again"
_NO_MAP = "its fonts do not say which characters they show; recognise the text, then ingest again"
_DAMAGED = "damaged; get a fresh copy, or print it to a new PDF"
_LOST = "listed in the PDF and not in it; get a complete copy"
_SHOW_TEXT = re.compile(rb"[\s)>\]](?:Tj|TJ)\b")
_MOST_PAGES = 20_000  # a PDF that claims more is lying
_DAY = re.compile(r"D?:?(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")


@dataclass(slots=True)
class _Pages:
    """What the pages of one PDF hold."""

    words: list[PageWords] = field(default_factory=list)
    missing: dict[int, str] = field(default_factory=dict)
    pictured: set[int] = field(default_factory=set)
    slanted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    layered: list[int] = field(default_factory=list)
    doubts: dict[int, str] = field(default_factory=dict)
    off_page: int = 0
    unmapped: int = 0


def read_pdf(capture: Capture) -> Reading:
    """Derive the text of a PDF, page by page, every word with its page and box.

    Raises:
        LockedPdfError: It opens only with a password.
        BrokenPdfError: It is cut off or damaged.
        NoTextLayerError: No page holds text.
    """
    source = capture.source
    if _END not in capture.content[-_TAIL:]:
        raise BrokenPdfError(f"{source}: the PDF is cut off at its end; get a complete copy")
    try:
        with pdfplumber.open(io.BytesIO(capture.content)) as pdf:
            pages = _read_pages(pdf)
            metadata = _metadata(pdf.metadata)
    except PdfminerException as error:
        raise _unopened(source, error) from error
    text, words, has_body = flow(pages.words)
    scanned = {n for n, body in enumerate(has_body, 1) if not body} & pages.pictured
    gaps = tuple(_gaps(pages.missing | dict.fromkeys(scanned, _NO_TEXT)))
    if not text:
        raise _textless(source, gaps)
    return Reading(
        text=text,
        metadata=merge(read_header(text), metadata),
        pages=len(pages.words),
        words=words,
        gaps=gaps,
        warnings=tuple(_warnings(pages)),
    )


def _read_pages(pdf: pdfplumber.PDF) -> _Pages:
    pages = _Pages()
    fonts = pdf.rsrcmgr = Fonts()
    for number, page in enumerate(pdf.pages, 1):
        try:
            pages.words.append(_read_page(page, draw(page, fonts), number, pages))
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - one damaged page must not lose the others
            pages.words.append(PageWords(0, ()))
            pages.missing[number] = f"{_DAMAGED} ({type(error).__name__})"
        finally:
            page.close()  # or pdfplumber keeps 10 MB a page
    listed = _listed(pdf)
    while len(pages.words) < listed:
        pages.words.append(PageWords(0, ()))
        pages.missing[len(pages.words)] = _LOST
    return pages


def _read_page(page: Page, drawn: Drawn, number: int, pages: _Pages) -> PageWords:
    """Return the words of one page, and note in `pages` what is missing of it."""
    visible = _visible(page)
    glyphs = page_glyphs(drawn.glyphs, visible)
    frames = tuple(tuple(words_of(frame)) for frame in glyphs.frames)
    area = (visible[2] - visible[0]) * (visible[3] - visible[1])
    if not any(frames):
        if not (glyphs.off_page or glyphs.slanted or drawn.hidden) and _shows_text(page):
            pages.missing[number] = _DAMAGED
        elif drawn.pictures or len(page.curves) >= _DRAWN:
            pages.missing[number] = _NO_TEXT
    elif glyphs.unmapped > _UNMAPPED * glyphs.characters:
        pages.missing[number] = _NO_MAP
        frames = ()
    elif sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in drawn.pictures) >= _COVERED * area:
        pages.pictured.add(number)
    pages.unmapped += glyphs.unmapped if frames else 0
    pages.off_page += glyphs.off_page
    pages.slanted += filter(None, [glyphs.slanted.strip()])
    pages.hidden += filter(None, [drawn.hidden])
    if drawn.layer:
        pages.layered.append(number)
    if drawn.doubts:
        pages.doubts[number] = drawn.doubts[0]
    return PageWords(visible[3] - visible[1], frames)


def _shows_text(page: Page) -> bool:
    """Tell whether the page's own content has operators that show text."""
    streams = (resolve1(content) for content in page.page_obj.contents)
    return any(_SHOW_TEXT.search(stream.get_data()) for stream in streams)


def _visible(page: Page) -> Box:
    """Return the part of the page that a viewer shows."""
    (a, b, c, d), (e, f, g, h) = page.cropbox, page.bbox
    box = (max(a, e), max(b, f), min(c, g), min(d, h))
    return box if box[0] < box[2] and box[1] < box[3] else (e, f, g, h)


def _listed(pdf: pdfplumber.PDF) -> int:
    """Return how many pages the PDF says it has; 0 when it does not say."""
    root = resolve1(pdf.doc.catalog.get("Pages"))
    count = resolve1(root.get("Count")) if isinstance(root, dict) else None
    return count if isinstance(count, int) and count <= _MOST_PAGES else 0


def _unopened(source: str, error: PdfminerException) -> UnreadableDocumentError:
    cause = error.args[0] if error.args else error
    if isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError):
        return LockedPdfError(
            f"{source}: is protected by a password; save an unprotected copy and ingest that"
        )
    return BrokenPdfError(
        f"{source}: the PDF is damaged ({type(cause).__name__}); get a fresh copy, or print it to "
        "a new PDF"
    )


def _textless(source: str, gaps: Sequence[Gap]) -> UnreadableDocumentError:
    if not gaps:
        return NoTextLayerError(
            f"{source}: none of its pages holds text; check that the right file was saved"
        )
    kind = NoTextLayerError if {gap.why for gap in gaps} <= {_NO_TEXT, _NO_MAP} else BrokenPdfError
    return kind(f"{source}: {gaps[0].where}: {gaps[0].why}")


def _gaps(missing: Mapping[int, str]) -> Iterator[Gap]:
    """Yield one gap for each reason, the pages as ranges."""
    for why in sorted(set(missing.values()), key=list(missing.values()).index):
        numbers = sorted(number for number, reason in missing.items() if reason == why)
        runs = [
            [number for _, number in run]
            for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
        ]
        ranges = ", ".join(f"{run[0]}-{run[-1]}" if run[1:] else f"{run[0]}" for run in runs)
        yield Gap(f"page{'s' if numbers[1:] else ''} {ranges}", why)


def _warnings(pages: _Pages) -> Iterator[str]:
    if pages.slanted:
        first = shorten(pages.slanted[0])
        where = _count(len(pages.slanted), "page")
        yield f"slanted text on {where} is left out, the first being “{first}” [pdf.slanted]"
    if pages.off_page:
        yield f"left out: {_count(pages.off_page, 'character')} outside the page [pdf.off-page]"
    if pages.unmapped:
        yield (
            f"U+FFFD stands for {_count(pages.unmapped, 'character')} of which the PDF does not "
            "say what they are [pdf.unmapped]"
        )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _metadata(info: Mapping[str, object]) -> Metadata:
    """Return what the PDF's information dictionary says, titles and names by default aside."""
    created = info.get("CreationDate")
    match = _DAY.match(created) if isinstance(created, str) else None
    day = parse_day("-".join(match.groups())) if match else None
    return Metadata(
        title=known_title(info.get("Title"), "PDF metadata"),
        author=known_author(info.get("Author"), "PDF metadata"),
        published=Known(day, "PDF metadata") if day else None,
    )


def _is_pdf(look: Look) -> bool:
    return bool(_SIGNATURE.search(look.content[:_HEAD]))


_LIBRARIES = " ".join(f"{name} {version(name)}" for name in ("pdfplumber", "pdfminer.six"))
FORMAT = Format(
    "application/pdf", "PDF", (".pdf",), Reader("pdf", f"1 {_LIBRARIES}"), _is_pdf, read_pdf
)
