"""What the user says about documents, and how it goes together with what they say themselves."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.countries import country_code
from ingest.dates import parse_day
from ingest.links import NO_SECRETS, has_userinfo
from ingest.place import STDIN, Place
from ingest.rows import rows_of
from records.document import Known, Metadata
from records.errors import SettingsError

NOTHING_KNOWN = Metadata()

FIELDS = ("published", "publisher", "country", "title", "url")
"""What a user can say about a document."""

_COLUMNS = ("path", *FIELDS)


def merge(given: Metadata, *found: Metadata) -> Metadata:
    """Return every field from the first of the arguments that knows it.

    Args:
        given: By the user; outranks all.
        found: In the document, most trusted first.
    """
    merged = given
    for other in found:
        merged = replace(
            merged,
            title=merged.title or other.title,
            publisher=merged.publisher or other.publisher,
            author=merged.author or other.author,
            published=merged.published or other.published,
            country=merged.country or other.country,
            url=merged.url or other.url,
        )
    return merged


def parse_given(published: str | None, publisher: str | None, country: str | None) -> Metadata:
    """Read what a user gives for every source at once; None leaves a field open.

    Args:
        published: A day; `2021-10-27` is understood everywhere.
        publisher: Outlet or body.
        country: ISO 3166-1 alpha-2 code, in capitals or not.

    Raises:
        SettingsError: The day or the code cannot be read; the message names the option.
    """
    values = {"published": published, "publisher": publisher, "country": country}
    return read_given(
        {field: value for field, value in values.items() if value is not None},
        where={field: f"--{field}" for field in values},
    )


@dataclass(frozen=True, slots=True)
class MetadataTable:
    """A CSV file that says of many documents what they do not say themselves.

    Attributes:
        file: The table, as the user named it.
        rows: What each line says, by the path as the line has it.
        targets: The same by the absolute path, a relative one being relative to the table's folder.
    """

    file: Path
    rows: dict[str, Metadata]
    targets: dict[str, Metadata]

    @classmethod
    def load(cls, path: str | Path) -> MetadataTable:
        """Read a table: UTF-8, a header line with `path` and any of the other columns.

        Columns: `path,published,publisher,country,title,url`. An empty cell says nothing.

        Raises:
            SettingsError: The file cannot be read, a column is unknown, a day or a country cannot
                be read, or a path stands twice; the message names line and column.
        """
        table = cls(Path(path), {}, {})
        for line, cells in rows_of(table.file, _COLUMNS, ("path",)):
            name = cells.pop("path")
            where = {column: f"{path}: line {line}, column {column}" for column in _COLUMNS}
            target = table.target(name)
            if not name or target in table.targets:
                problem = f"{name!r} stands there twice" if name else "the path is missing"
                raise SettingsError(f"{where['path']}: {problem}; write one line per document")
            table.rows[name] = table.targets[target] = read_given(cells, where)
        return table

    def target(self, name: str) -> str:
        """Return the absolute path that a line of the table names."""
        return os.path.abspath(self.file.parent / name)  # noqa: PTH100 - `..` away, links kept

    def given_for(self, place: Place) -> Metadata:
        """Return what the table says of one place; all None when it says nothing.

        A line names a document by its path from the table's folder. Where there is no such file,
        its path is taken as the user's own spelling of the source, then as a bare file name.
        """
        if place.path is not None:
            absolute = os.path.abspath(place.path)  # noqa: PTH100 - as in `target`
            if absolute in self.targets:
                return self.targets[absolute]
        for name in (place.name, place.path.name if place.path else STDIN):
            if name in self.rows and not os.path.lexists(self.target(name)):
                return self.rows[name]
        return NOTHING_KNOWN


def read_given(values: dict[str, str], where: dict[str, str]) -> Metadata:
    """Read given values; an empty one in a table says nothing.

    Args:
        values: Field name to what the user wrote.
        where: Field name to the place that a message names.
    """

    def known(field: str) -> Known[str] | None:
        value = values.get(field, "").strip()
        return Known(value, "given") if value else None

    country, published = known("country"), known("published")
    if country:
        code = country_code(country.value)
        if code is None:
            raise SettingsError(
                f"{where['country']}: {country.value!r} is no country code; "
                "use two letters as in ISO 3166: GB (not UK), US, IE"
            )
        country = Known(code, "given")
    url = known("url")
    if url and has_userinfo(url.value):
        raise SettingsError(f"{where['url']}: the address {NO_SECRETS}")
    day = parse_day(published.value) if published else None
    if published and day is None:
        raise SettingsError(
            f"{where['published']}: {published.value!r} is no day that can be read for sure; "
            "write it as 2021-10-27"
        )
    return Metadata(
        title=known("title"),
        publisher=known("publisher"),
        published=Known(day, "given") if day else None,
        country=country,
        url=url,
    )
