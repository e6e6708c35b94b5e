"""`earmark store`: a store as a whole."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from earmark.cli.options import open_for_reading, session_of
from earmark.cli.wording import count

EXAMPLES = """\b
Examples:
  earmark store copy nhs.earmark.db postgresql+psycopg://anna@db.example.org/nhs
  earmark store copy postgresql+psycopg://anna@db.example.org/nhs backup.earmark.db

\b
Exit status: 0 done, 5 the store cannot be read, or nothing can be made there.
"""


class Action(StrEnum):
    """What to do with a store."""

    COPY = "copy"


def command(
    context: typer.Context,
    action: Annotated[Action, typer.Argument(help="What to do.")],
    source: Annotated[str, typer.Argument(metavar="FROM", help="A store, a path or a URL.")],
    target: Annotated[
        str, typer.Argument(metavar="TO", help="A new file, or the URL of an empty database.")
    ],
) -> None:
    """Copy a store to another place, also from one kind of database to the other.

    The copy has the same ids and the same ledger. It is there as a whole or not at all; the store
    stays as it is.
    """
    screen = session_of(context).screen()
    with open_for_reading(source) as kept:
        kept.copy_to(target)
        counts = kept.counts()
    screen.line(
        f"Copied {count(counts.documents, 'document')} and {count(counts.claims, 'claim')}."
    )
    screen.hint("Next: earmark audit --store TO    the copy says what the store says")
