"""Files that other programs read: the exporting half of `earmark.api.EarmarkStore`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from earmark.files import write_file, write_folder, write_whole
from records.claim import Claim
from records.errors import SettingsError
from store.exports.kinds import FileExport, FolderExport, LineExport, Written
from store.exports.registry import export_of
from store.exports.selection import Selection
from store.question import Question, parse
from store.results import StoredDocument
from store.store import Store


class Exporting:
    """What leaves the store as streams and files."""

    _store: Store

    def documents(self) -> Iterator[StoredDocument]:
        """Stream every document with its mentions, in the order of their ids."""
        return self._store.documents()

    def claims(self) -> Iterator[Claim]:
        """Stream every claim, in the order of their ids."""
        return self._store.all_claims()

    def lines(self, form: str, question: str = "", *, excel: bool = False) -> Iterator[str]:
        """Stream an export as lines with their ends.

        Args:
            form: `csv` or `jsonl`.
            question: Which claims, as for `query`; empty for all.
            excel: In the form for spreadsheet programs; only of `csv`.

        Raises:
            SettingsError: It is none of them.
            QueryError: The question cannot be read; the message points at the place.
        """
        export = export_of(form)
        if isinstance(export, FolderExport):
            raise SettingsError(f"{form} is a folder of files; name the folder with -o FOLDER")
        if isinstance(export, FileExport):
            raise SettingsError(f"{form} is no text; name the file with -o FILE.{form}")
        lines = _lines_of(export, excel=excel)
        asked = parse(question) if question else None
        return self._lines(lines, asked)

    def export(
        self, form: str, target: str | Path, question: str = "", *, excel: bool = False
    ) -> Written:
        """Write claims or documents to files, all from one snapshot.

        Args:
            form: As docs/exports.md lists them.
            target: The file, or the folder for `gold` and `datapackage`. A file is replaced only
                when the new one is whole.
            question: Which claims, as for `query`; empty for all. Of formats about documents: the
                documents that state them, whole.
            excel: In the form for spreadsheet programs; only of `csv`.

        Returns:
            How many lines, files or rows were written, and what to know before using them.

        Raises:
            SettingsError: There is no such format, a library that it needs is not installed, or
                the target cannot be written.
            QueryError: The question cannot be read; the message points at the place.
        """
        export, place = export_of(form), Path(target)
        if isinstance(export, LineExport):
            lines = self.lines(form, question, excel=excel)
            return Written(write_file(place, lines), "line")
        if excel:
            raise _no_excel(form)
        with self._store.selection(parse(question) if question else None) as chosen:
            if isinstance(export, FolderExport):
                return Written(write_folder(place, export.files(chosen)), "file")
            return write_whole(place, lambda part: export.write(chosen, part))

    def _lines(
        self, lines: Callable[[Selection], Iterator[str]], asked: Question | None
    ) -> Iterator[str]:
        with self._store.selection(asked) as chosen:
            yield from lines(chosen)


def _lines_of(export: LineExport, *, excel: bool) -> Callable[[Selection], Iterator[str]]:
    if not excel:
        return export.lines
    if export.excel is None:
        raise _no_excel(export.name)
    return export.excel


def _no_excel(form: str) -> SettingsError:
    return SettingsError(
        f"--excel is for csv, not for {form}; for spreadsheet programs there is xlsx, too"
    )
