"""Where the store is when nobody names one."""

from __future__ import annotations

import getpass
from pathlib import Path

import platformdirs

from records.errors import SettingsError

STORE_SUFFIX = ".earmark.db"


def store_place(given: str | None, folder: Path) -> str:
    """Return the path or URL of the store to use.

    Order: what the user gave (`--store`, else EARMARK_STORE), the only `*.earmark.db` in `folder`,
    the user's data folder.

    Args:
        given: What the user named; None or empty when nothing.
        folder: The current folder.

    Raises:
        SettingsError: `folder` holds several stores, and nobody says which.
    """
    if given:
        return given
    here = sorted(folder.glob(f"*{STORE_SUFFIX}"))
    if len(here) > 1:
        names = ", ".join(path.name for path in here)
        raise SettingsError(
            f"This folder holds {len(here)} stores ({names}). Name the one to use with --store."
        )
    if here:
        return here[0].name
    return str(default_store())


def default_store() -> Path:
    """Return the store in the user's data folder (XDG on Linux, its likes elsewhere)."""
    return platformdirs.user_data_path("earmark", appauthor=False) / f"default{STORE_SUFFIX}"


def login_name() -> str:
    """Return the name that the user is logged in with; `unknown` where the system has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"
