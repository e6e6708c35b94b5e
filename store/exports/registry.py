"""Every export, one file each. To add one: a file beside this, and a line here."""

from records.errors import SettingsError
from store.exports.csv import CSV
from store.exports.datapackage import DATA_PACKAGE
from store.exports.gold import GOLD
from store.exports.jsonl import JSONL
from store.exports.jsonld import JSONLD
from store.exports.kinds import Export
from store.exports.parquet import PARQUET
from store.exports.sqlite import SQLITE
from store.exports.whole import STORE_LINES
from store.exports.xlsx import XLSX

EXPORTS: tuple[Export, ...] = (
    *(CSV, JSONL, GOLD, DATA_PACKAGE, XLSX, STORE_LINES, SQLITE, PARQUET, JSONLD),
)


def export_of(form: str) -> Export:
    """Return the export of a name.

    Raises:
        SettingsError: There is none; the message lists them.
    """
    for export in EXPORTS:
        if export.name == form:
            return export
    names = ", ".join(export.name for export in EXPORTS)
    raise SettingsError(f"there is no export format {form!r}; there are {names}")
