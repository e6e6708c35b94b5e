"""Write an evidence pack: a ZIP file, the same bytes of the same store and question."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Iterable, Iterator
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from earmark.boxes import words_of
from earmark.pack.page import Pages, page_lines
from earmark.picture import picture_of, size_of
from records.errors import ExtraMissingError, SettingsError
from store import verify
from store.captures import stored_capture
from store.exports.jsonl import JSONL
from store.exports.jsonld import JSONLD
from store.exports.kinds import FileExport, Written
from store.receipts import Receipts
from store.results import StoredDocument

if TYPE_CHECKING:
    from store.exports.selection import Selection

_PDF = "application/pdf"
_WHEN = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP file knows: no clock is in the bytes
_RIGHTS = 0o100644 << 16


class _Zip:
    """A ZIP file that grows by one file after the other, and knows what it holds."""

    def __init__(self, file: ZipFile) -> None:
        self._file = file
        self.sums: dict[str, str] = {}

    def add(self, name: str, parts: Iterable[str | bytes]) -> None:
        """Add a file as its parts come; one that is there already is left."""
        if name in self.sums:
            return
        info = ZipInfo(name, _WHEN)
        info.compress_type = ZIP_STORED if name.endswith(".png") else ZIP_DEFLATED
        info.external_attr = _RIGHTS
        digest = hashlib.sha256()
        with self._file.open(info, "w", force_zip64=True) as member:
            for part in parts:
                data = part.encode() if isinstance(part, str) else part
                digest.update(data)
                member.write(data)
        self.sums[name] = digest.hexdigest()


def _write(chosen: Selection, place: Path) -> Written:
    return _pack(chosen, place, sources=False)


def _write_with_sources(chosen: Selection, place: Path) -> Written:
    return _pack(chosen, place, sources=True)


def _pack(chosen: Selection, place: Path, *, sources: bool) -> Written:
    ids = {f"c{number}" for number in chosen.claim_ids}
    numbers, notes = chosen.mention_numbers(), list[str]()
    done, steps = 0, 2 * len(numbers)  # with its document, and with its receipt
    with ZipFile(place, "w", ZIP_DEFLATED) as file:
        made = _Zip(file)
        pages: Pages = {}
        for stored in chosen.documents():
            made.add(f"texts/{stored.document.text_sha256}.txt", [stored.document.text])
            notes += _add_pages(made, chosen, stored, ids, pages)
            if sources:
                content = stored_capture(chosen.connection, stored.document.sha256).content
                made.add(capture_name(stored), [content])
            done += sum(one.claim in ids for one in stored.mentions)
            chosen.advance(done, steps)
        receipts = Receipts(chosen.connection, numbers)
        made.add("index.html", page_lines(chosen, receipts.head, pages, sources=sources))
        made.add("claims.jsonl", JSONL.lines(chosen))
        notes += _add_prov(made, chosen)
        for done, number in enumerate(numbers, len(numbers) + 1):
            made.add(f"receipts/m{number}.json", [receipts.of(number)])
            chosen.advance(done, steps)
        made.add("head.txt", [str(receipts.head)])
        made.add("verify.py", [inspect.getsource(verify)])
        made.add(
            "HOW-TO-VERIFY.txt", [(files(__package__) / "HOW-TO-VERIFY.txt").read_text("utf-8")]
        )
        sums = sorted(made.sums.items())
        made.add("manifest.sha256", (f"{digest}  {name}\n" for name, digest in sums))
    return Written(len(ids), "claim", tuple(notes))


def capture_name(stored: StoredDocument) -> str:
    """Return where a pack keeps bytes; only a PDF is named so that a program opens it."""
    suffix = "pdf" if stored.document.media_type == _PDF else "bin"
    return f"captures/{stored.document.sha256}.{suffix}"


def _add_pages(
    made: _Zip, chosen: Selection, stored: StoredDocument, ids: set[str], pages: Pages
) -> Iterator[str]:
    """Draw the pages of a PDF on which chosen quotes stand; yield what cannot be drawn."""
    document = stored.document
    if document.media_type != _PDF or not document.words:
        return
    spans = [one.mention.amount.span for one in stored.mentions if one.claim in ids]
    content = stored_capture(chosen.connection, document.sha256).content
    for page in sorted({word.page for span in spans for word in words_of(document, span)[:1]}):
        try:
            picture = picture_of(content, page, [])
        except SettingsError as error:
            yield f"{stored.id}: {error}"
            continue
        name = f"pages/{stored.id}-{page}.png"
        made.add(name, [picture])
        pages[stored.id, page] = (name, *size_of(picture))


def _add_prov(made: _Zip, chosen: Selection) -> Iterator[str]:
    lines = iter(JSONLD.lines(chosen))
    try:
        first = next(lines)
    except ExtraMissingError as error:
        yield f"prov.jsonld was left out. {error}"
    else:
        made.add("prov.jsonld", chain([first], lines))


PACK = FileExport("pack", _write, {"with_sources": _write_with_sources})
