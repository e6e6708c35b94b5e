"""What a user says about sources, in options and in a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.locate import locate
from ingest.metadata import NOTHING_KNOWN, MetadataTable, merge, parse_given
from ingest.place import Place
from records.document import Metadata
from records.errors import SettingsError
from records.parts import Unread

GivenFor = Callable[[Place], Metadata]


def places_of(sources: Sequence[str | Path | Place]) -> list[Place | Unread]:
    """Return every place that sources name: those that are places already, then all others.

    Raises:
        SettingsError: A list of sources cannot be read.
    """
    places = [one for one in sources if isinstance(one, Place)]
    return [*places, *locate([str(one) for one in sources if not isinstance(one, Place)])]


def given_by_user(
    metadata: str | Path | None = None,
    *,
    published: str | None = None,
    publisher: str | None = None,
    country: str | None = None,
) -> GivenFor:
    """Return what the user says about any place.

    Args:
        metadata: A CSV file with columns `path,published,publisher,country,title,url`, any subset;
            None for none.
        published: Publication day of every source that the table does not date; None for nothing.
        publisher: Likewise.
        country: Likewise, ISO 3166 alpha-2.

    Raises:
        SettingsError: The table or a value cannot be used.
    """
    for_all = parse_given(published, publisher, country)
    table = None if metadata is None else MetadataTable.load(metadata)

    def given_for(place: Place) -> Metadata:
        listed = place.given or NOTHING_KNOWN
        return merge(table.given_for(place) if table else listed, listed, for_all)

    return given_for


def check_arguments(**given: object) -> None:
    """Refuse what cannot be said of all sources, in words for callers from Python.

    Args:
        given: `published`, `publisher`, `country`; None for nothing.

    Raises:
        SettingsError: One cannot be used; the message names the argument.
    """
    for name, value in given.items():
        if value is not None and not isinstance(value, str):
            raise SettingsError(f"{name}: {type(value).__name__} was given; hand in a str or None")
        said = {"published": None, "publisher": None, "country": None, name: value}
        try:
            parse_given(**said)
        except SettingsError as error:  # it names the option of the command line
            raise SettingsError(str(error).removeprefix("--")) from error
