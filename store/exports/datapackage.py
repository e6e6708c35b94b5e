"""A data package: a folder of CSV tables, and a `datapackage.json` that describes each column.

Source of the form: the Frictionless specifications "Data Package" and "Tabular Data Resource", v1.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from store.exports.csv import csv_line
from store.exports.kinds import FolderExport
from store.exports.tables import Table, read_tables

if TYPE_CHECKING:
    from store.exports.selection import Selection

NAME = "datapackage.json"
_DATETIME = "%Y-%m-%dT%H:%M:%S.%fZ"


def files(chosen: Selection) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield each table, and last what describes them, with the size and the hash of each file."""
    resources = []
    for table in read_tables():
        lines = _Measured(_lines(table, chosen))
        yield f"{table.name}.csv", lines
        resources.append(_resource(table, lines))
    package = {
        "profile": "tabular-data-package",
        "name": "earmark",
        "title": "Claims of money, with the mentions and documents that state them",
        "resources": resources,
    }
    yield NAME, [json.dumps(package, ensure_ascii=False, indent=1) + "\n"]


class _Measured:
    """Lines that count their bytes and hash them on the way."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines
        self.bytes = 0
        self.hash = hashlib.sha256()

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            content = line.encode()
            self.bytes += len(content)
            self.hash.update(content)
            yield line


def _lines(table: Table, chosen: Selection) -> Iterator[str]:
    yield csv_line(table.columns)
    for row in table.rows(chosen):
        yield csv_line(row[name] for name in table.columns)


def _resource(table: Table, lines: _Measured) -> dict[str, object]:
    links = [
        {"fields": column, "reference": {"resource": target, "fields": "id"}}
        for column, target in table.links.items()
    ]
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": lines.bytes,
        "hash": f"sha256:{lines.hash.hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "doubleQuote": True},
        "schema": {
            "fields": [_field(name, facts) for name, facts in table.columns.items()],
            "missingValues": [""],
            "primaryKey": table.key,
            "foreignKeys": links,
        },
    }


def _field(name: str, facts: Mapping[str, str]) -> dict[str, object]:
    unit = {"unit": facts["unit"]} if "unit" in facts else {}
    kind = facts["type"]
    form = {"format": _DATETIME} if kind == "datetime" else {}
    return {"name": name, "type": kind, **form, "description": facts["about"], **unit}


DATA_PACKAGE = FolderExport("datapackage", files)
