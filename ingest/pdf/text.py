"""The text of a PDF: glyphs with their boxes by `ingest.pdf`, running text by `ingest.layout`."""

from __future__ import annotations

import gc
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdftypes import resolve1
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from ingest.dates import parse_day
from ingest.errors import BrokenPdfError, LockedPdfError, NoTextLayerError
from ingest.header import read_header
from ingest.layout.flow import PageWords, flow
from ingest.layout.glyphs import PageGlyphs, page_glyphs
from ingest.layout.grid import NO_RULES, Rules
from ingest.layout.words import words_of
from ingest.metadata import merge
from ingest.pdf.annotations import words_beside
from ingest.pdf.fonts import Fonts
from ingest.pdf.notes import Notes
from ingest.pdf.page import Drawn, draw, visible_part
from ingest.pdf.second import SecondReader
from ingest.properties import known_author, known_title
from ingest.reading import Reading
from records.document import Capture, Gap, Known, Metadata
from records.errors import UnreadableDocumentError

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
_YOUNG = 1  # the collector's generation that holds what one page has left
_MOST_PAGES = 20_000  # a PDF that claims more is lying
_DAY = re.compile(r"D?:?(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")


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
        with pdfplumber.open(io.BytesIO(capture.content)) as pdf, _seldom_collected():
            with SecondReader(capture.content) as second:
                words, notes = _read_pages(pdf, second)
            metadata = _metadata(pdf.metadata)
            text, places, has_body = flow(words)
    except (PdfminerException, MalformedPDFException) as error:
        raise _unopened(source, error) from error
    scanned = {n for n, body in enumerate(has_body, 1) if not body} & notes.pictured
    notes.missing |= dict.fromkeys(sorted(scanned), _NO_TEXT)
    gaps = tuple(notes.gaps())
    if not text:
        raise _textless(source, gaps)
    return Reading(
        text=text,
        metadata=merge(read_header(text), metadata),
        pages=len(words),
        words=places,
        gaps=gaps,
        warnings=tuple(notes.warnings()),
    )


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Collect what is in cycles after each page only, and of that page only.

    By itself the collector looks through the words of all pages again and again.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _read_pages(pdf: pdfplumber.PDF, second: SecondReader) -> tuple[list[PageWords], Notes]:
    words: list[PageWords] = []
    notes = Notes()
    fonts = pdf.rsrcmgr = Fonts()
    for number, page in enumerate(pdf.pages, 1):
        try:
            words.append(_read_page(page, fonts, second, notes))
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - one damaged page must not lose the others
            words.append(PageWords(0, ()))
            notes.missing[number] = f"{_DAMAGED} ({type(error).__name__})"
        finally:
            page.close()  # or pdfplumber keeps 10 MB a page
            gc.collect(_YOUNG)
    listed = _listed(pdf)
    while len(words) < listed:
        words.append(PageWords(0, ()))
        notes.missing[len(words)] = _LOST
    return words, notes


def _read_page(page: Page, fonts: Fonts, second: SecondReader, notes: Notes) -> PageWords:
    """Return the words of one page, and note what is missing of it or speaks against it."""
    number, visible = page.page_number, visible_part(page)
    drawn = draw(page, fonts)
    if beside := words_beside(page.page_obj.annots):
        notes.beside[number] = beside
    glyphs = page_glyphs(drawn.glyphs, visible)
    frames = tuple(tuple(words_of(frame)) for frame in glyphs.frames)
    read = [word.text for frame in frames for word in frame]
    area = (visible[2] - visible[0]) * (visible[3] - visible[1])
    if not read:
        if not (glyphs.off_page or glyphs.slanted or drawn.hidden) and _shows_text(page):
            notes.missing[number] = _DAMAGED
        elif drawn.pictures or len(page.curves) >= _DRAWN:
            notes.missing[number] = _NO_TEXT
    elif glyphs.unmapped > _UNMAPPED * glyphs.characters:
        notes.missing[number] = _NO_MAP
        frames = ()
    else:
        if sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in drawn.pictures) >= _COVERED * area:
            notes.pictured.add(number)
        _note_trust(" ".join([*read, glyphs.slanted, drawn.hidden]), drawn, number, second, notes)
    notes.unmapped += glyphs.unmapped if frames else 0
    _note_left_out(glyphs, drawn, number, notes)
    upright = bool(glyphs.frames) and glyphs.frames[0].turn == 0
    rules = Rules.of(drawn.rules, visible) if upright else NO_RULES
    return PageWords(visible[3] - visible[1], frames, rules)


def _note_left_out(glyphs: PageGlyphs, drawn: Drawn, number: int, notes: Notes) -> None:
    notes.off_page += glyphs.off_page
    if glyphs.slanted.strip():
        notes.slanted.append(glyphs.slanted)
    if drawn.hidden:
        notes.hidden[number] = drawn.hidden


def _note_trust(text: str, drawn: Drawn, number: int, second: SecondReader, notes: Notes) -> None:
    """Note what speaks against the figures of a page whose text has been read."""
    if drawn.layer:
        notes.layered.append(number)
    if drawn.doubts:
        notes.doubts[number] = drawn.doubts[0]
    contradicts = second.contradicts(number, text)
    if contradicts is None:
        notes.unchecked.append(number)
    elif contradicts:
        notes.disputed.append(number)


def _shows_text(page: Page) -> bool:
    """Tell whether the page's own content has operators that show text."""
    streams = (resolve1(content) for content in page.page_obj.contents)
    return any(_SHOW_TEXT.search(stream.get_data()) for stream in streams)


def _listed(pdf: pdfplumber.PDF) -> int:
    """Return how many pages the PDF says it has; 0 when it does not say."""
    root = resolve1(pdf.doc.catalog.get("Pages"))
    count = resolve1(root.get("Count")) if isinstance(root, dict) else None
    return count if isinstance(count, int) and count <= _MOST_PAGES else 0


def _unopened(source: str, error: Exception) -> UnreadableDocumentError:
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
