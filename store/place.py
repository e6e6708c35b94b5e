"""Where a store is: a file, or a database of a server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from records.errors import SettingsError

POSTGRESQL = "postgresql+psycopg"
_FORMS = f"a path, sqlite:///PATH or {POSTGRESQL}://USER@HOST/DATABASE"


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A SQLite file.

    Attributes:
        path: The file.
        shown: As the user named it.
    """

    path: Path
    shown: str


@dataclass(frozen=True, slots=True)
class ServerPlace:
    """A database of a PostgreSQL server.

    Attributes:
        url: With the password, if there is one: never print it.
        shown: The same without.
    """

    url: URL
    shown: str


Place: TypeAlias = FilePlace | ServerPlace


def place_of(text: str) -> Place:
    """Return the place that a path or an address names.

    Raises:
        SettingsError: The address is of another kind of database, or names none. What it says
            holds no part of the address that could be a password.
    """
    if "://" not in text:
        return FilePlace(Path(text), text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # Without the cause, which may quote what it could not read.
        raise SettingsError(f"the store's address cannot be read; give {_FORMS}") from None
    shown = _shown(url)
    match url.get_backend_name():
        case "sqlite" if url.database and url.database != ":memory:":
            return FilePlace(Path(url.database), text)
        case "postgresql" if url.database and url.drivername in ("postgresql", POSTGRESQL):
            return ServerPlace(url.set(drivername=POSTGRESQL), shown)
    raise SettingsError(f"{shown} is no place for a store; give {_FORMS}")


def _shown(url: URL) -> str:
    secret = {name: "hidden" for name in url.query if "password" in name.lower()}
    return url.update_query_dict(secret).render_as_string(hide_password=True)
