"""Files that other programs read: the exporting half of `earmark.api.EarmarkStore`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from earmark.files import write_file, write_folder, write_whole
from earmark.pack.pack import PACK
from records.claim import Claim
from records.errors import SettingsError
from store.exports.kinds import Export, FileExport, FolderExport, LineExport, Written
from store.exports.registry import EXPORTS, export_of
from store.exports.selection import Selection
from store.imports.lines import Line, read_lines
from store.imports.load import Loaded
from store.question import Question, parse
from store.results import StoredDocument
from store.sqlite import APPLICATION_ID
from store.store import Store

_MARK = slice(68, 72)
"""Where a SQLite file says of which program it is."""


class Exporting:
    """What leaves the store as streams and files."""

    _store: Store

    def documents(self) -> Iterator[StoredDocument]:
        """Stream every document with its mentions, in the order of their ids."""
        return self._store.documents()

    def claims(self) -> Iterator[Claim]:
        """Stream every claim, in the order of their ids."""
        return self._store.all_claims()

    def lines(
        self, form: str, question: str = "", *, excel: bool = False, with_sources: bool = False
    ) -> Iterator[str]:
        """Stream an export as lines with their ends.

        Args:
            form: `csv`, `jsonl`, `jsonld` or `store`.
            question: Which claims, as for `query`; empty for all.
            excel: In the form for spreadsheet programs; only of `csv`.
            with_sources: With the bytes of the documents; only of `store`.

        Raises:
            SettingsError: It is none of them.
            QueryError: The question cannot be read; the message points at the place.
        """
        export = _export_of(form)
        if isinstance(export, FolderExport):
            raise SettingsError(f"{form} is a folder of files; name the folder with -o FOLDER")
        if isinstance(export, FileExport):
            ending = "zip" if export is PACK else form
            raise SettingsError(f"{form} is no text; name the file with -o FILE.{ending}")
        lines = _lines_of(export, {"excel": excel, "with_sources": with_sources})
        asked = parse(question) if question else None
        return self._lines(lines, asked)

    def export(
        self,
        form: str,
        target: str | Path,
        question: str = "",
        advance: Callable[[int, int], None] = lambda done, total: None,
        **options: bool,
    ) -> Written:
        """Write claims or documents to files, all from one snapshot.

        Args:
            form: As docs/exports.md lists them.
            target: The file, or the folder for `gold` and `datapackage`. A file is replaced only
                when the new one is whole.
            question: Which claims, as for `query`; empty for all. Of formats about documents: the
                documents that state them, whole.
            advance: Told how many of how many steps are done, where the format takes long: `pack`.
            options: `excel` and `with_sources`, as for `lines`; `with_sources` also of `pack`.

        Returns:
            How many lines, files or rows were written, and what to know before using them.

        Raises:
            SettingsError: There is no such format, a library that it needs is not installed, or
                the target cannot be written.
            QueryError: The question cannot be read; the message points at the place.
        """
        export, place = _export_of(form), Path(target)
        _spare_stores(place)
        if isinstance(export, LineExport):
            lines = self.lines(form, question, **options)
            return Written(write_file(place, lines), "line")
        ways = export.ways if isinstance(export, FileExport) else {}
        asked = [name for name, wished in options.items() if wished]
        _refuse(form, {name: True for name in asked if name not in ways})
        with self._store.selection(parse(question) if question else None) as chosen:
            chosen.advance = advance
            if isinstance(export, FolderExport):
                return Written(write_folder(place, export.files(chosen)), "file")
            write = ways[asked[0]] if asked else export.write
            written = write_whole(place, lambda part: write(chosen, part))
        if isinstance(export, FileExport):
            export.named(place)
        return written

    def load(self, file: str | Path) -> Loaded:
        """Import a whole store from what the export `store` wrote, all of it or nothing.

        Records keep their ids. What is there already must be the same. Claims are worked out anew
        and held against those of the file. The ledger gets an entry that names the SHA-256 of the
        file, and the head of the ledger that it was exported from.

        Raises:
            SettingsError: The file cannot be read.
            BrokenImportError: It is not what an export wrote; the message has the line.
            ImportConflictError: The store has other records under the same ids.
        """
        with opened(file) as (lines, sha256):
            return self._store.load(lines, sha256)

    def _lines(
        self, lines: Callable[[Selection], Iterator[str]], asked: Question | None
    ) -> Iterator[str]:
        with self._store.selection(asked) as chosen:
            yield from lines(chosen)


@contextmanager
def opened(file: str | Path) -> Iterator[tuple[Iterator[Line], str]]:
    """Open what the export `store` wrote, and yield its lines and its SHA-256.

    Raises:
        SettingsError: It cannot be read.
    """
    try:
        with Path(file).open("rb") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
            content.seek(0)
            yield read_lines(content), sha256
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read ({error.strerror})") from error


def import_new(place: str, file: str | Path) -> Loaded:
    """Make a store of what the export `store` wrote; nothing is there where that fails.

    Raises:
        NotAStoreError: Something is there; it was not touched.
        SettingsError: The file cannot be read.
        BrokenImportError: It is not what an export wrote; the message has the line.
    """
    with opened(file) as (lines, sha256):
        return Store.import_new(place, lines, sha256)


def _export_of(form: str) -> Export:
    """Return the export of a name; the pack draws pages, which a store alone cannot."""
    return PACK if form == PACK.name else export_of(form)


def _spare_stores(target: Path) -> None:
    """Refuse to write over a store, be it the one that is exported.

    Raises:
        SettingsError: `target` is one.
    """
    if target.is_file():
        with target.open("rb") as file:
            head = file.read(_MARK.stop)
        if head[_MARK] == APPLICATION_ID.to_bytes(4, "big"):
            raise SettingsError(f"{target}: is a store, and is not written over; name another file")


def _lines_of(
    export: LineExport, options: Mapping[str, bool]
) -> Callable[[Selection], Iterator[str]]:
    asked = [name for name, wished in options.items() if wished]
    if not asked:
        return export.lines
    _refuse(export.name, {name: True for name in asked if name not in export.ways})
    return export.ways[asked[0]]


def _refuse(form: str, options: Mapping[str, bool]) -> None:
    for name, wished in options.items():
        if wished:
            option = name.replace("_", "-")
            of = ", ".join(
                one.name
                for one in (*EXPORTS, PACK)
                if not isinstance(one, FolderExport) and name in one.ways
            )
            raise SettingsError(f"--{option} is for {of or 'no format'}, not for {form}")
