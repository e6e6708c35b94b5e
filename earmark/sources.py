"""From what a user names to bytes in hand, for commands with a store and without one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from earmark.channel import Refused
from ingest.capture import capture
from ingest.locate import Missing, Place
from ingest.metadata import MetadataTable, merge, parse_given
from records.document import Capture, Metadata
from records.errors import IngestError, SettingsError

GivenFor = Callable[[Place], Metadata]


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
    if metadata is None:
        return lambda place: for_all
    table = MetadataTable.load(metadata)
    return lambda place: merge(table.given_for(place), for_all)


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


def captured(place: Place | Missing, given_for: GivenFor) -> Capture | Refused:
    """Read the bytes at a place, or say why they cannot be had."""
    if isinstance(place, Missing):
        return refused(place)
    try:
        return capture(place, given_for(place))
    except IngestError as error:
        return Refused(error.code, str(error))


def refused(missing: Missing) -> Refused:
    """Return the answer for a source that leads nowhere."""
    return Refused(missing.error.code, str(missing.error))
