"""Lists of sources: `@sources.csv` names each line's file or address, and what is known of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ingest.links import ADDRESS
from ingest.metadata import FIELDS, read_given
from ingest.place import Place, web_place
from ingest.rows import rows_of
from records.errors import SettingsError
from records.parts import Unread

_COLUMNS = ("source", "url", *(field for field in FIELDS if field != "url"))


def places_in(file: Path) -> Iterator[Place | Unread]:
    """Yield the place that each line of a list names.

    Args:
        file: A table with a column `source` (a file, relative to the list's folder, or an address)
            or `url` (an address), and any of `published`, `publisher`, `country`, `title`. Where a
            line has both, the source is read, and the url is where it was published.

    Raises:
        SettingsError: The list cannot be read, or a line names nothing.
    """
    for line, cells in rows_of(file, _COLUMNS, ("source", "url")):
        where = {column: f"{file}: line {line}, column {column}" for column in _COLUMNS}
        source, url = cells.pop("source", ""), cells.get("url", "")
        if not (source or url):
            raise SettingsError(f"{file}: line {line} names no source; fill in 'source' or 'url'")
        given = read_given(cells, where)
        address = source if ADDRESS.match(source) else url if not source else None
        if address:
            yield web_place(address, given)
        else:
            path = os.path.normpath(file.parent / source)
            yield Place(path, Path(path), None, given)
