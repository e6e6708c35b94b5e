"""`earmark store`: a store as a whole."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import Annotated

import typer

from earmark.cli.options import open_for_reading, session_of
from earmark.words.wording import count
from records.errors import SettingsError

EXAMPLES = """\b
Examples:
  earmark store copy nhs.earmark.db postgresql+psycopg://anna@db.example.org/nhs
  earmark store copy postgresql+psycopg://anna@db.example.org/nhs backup.earmark.db
  earmark store upgrade nhs.earmark.db

\b
Exit status: 0 done, 5 the store cannot be read, or nothing can be made there.
"""


class Action(StrEnum):
    """What to do with a store."""

    COPY = "copy"
    UPGRADE = "upgrade"


def command(
    context: typer.Context,
    action: Annotated[Action, typer.Argument(help="What to do.")],
    place: Annotated[str, typer.Argument(metavar="STORE", help="The store, a path or a URL.")],
    target: Annotated[
        str | None,
        typer.Argument(metavar="[TO]", help="To copy to: a new file, or an empty database's URL."),
    ] = None,
) -> None:
    """Copy a store to another place, or upgrade it to this program's schema.

    A copy has the same ids and the same ledger, from one kind of database to the other too. Both
    are done as a whole or not at all; before a file is upgraded it is backed up beside its place.
    """
    screen = session_of(context).screen()
    if (action is Action.COPY) != (target is not None):
        raise SettingsError("use: earmark store copy STORE TO, or: earmark store upgrade STORE")
    if target is None:
        backup = import_module("store.upgrade").upgrade_store(place)
        screen.line(f"Upgraded. Backup: {backup}" if backup else "It has the newest schema.")
        return
    with open_for_reading(place) as kept:
        kept.copy_to(target)
        counts = kept.counts()
    screen.line(
        f"Copied {count(counts.documents, 'document')} and {count(counts.claims, 'claim')}."
    )
    screen.hint("Next: earmark audit --store TO    the copy says what the store says")
