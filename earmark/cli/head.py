"""`earmark head`: what the store's ledger is now, in three lines."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Annotated

import typer

from earmark.cli import status
from earmark.cli.options import JsonOption, StoreOption, open_for_reading, session_of
from earmark.given import heads_in, key_in
from records.errors import StoreError

EXAMPLES = """\b
Examples:
  earmark head
  earmark head > 2026-11-02.head
  earmark head --since 2026-11-02.head > 2026-12-01.head
  earmark head --sign key.pem
  earmark audit --head 2026-11-02.head

\b
Exit status: 0 done, 1 the store does not go on from the head given, 5 a problem with the store.
"""
SinceOption = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="FILE|TEXT",
        help="Print it only if the ledger goes on from this head: the last one that you hold.",
    ),
]
SignOption = Annotated[
    Path | None,
    typer.Option("--sign", metavar="KEY.pem", help="Sign it with an Ed25519 key (a signed note)."),
]


def command(
    context: typer.Context,
    *,
    since: SinceOption = None,
    key: SignOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the store's head: its origin, how many entries the ledger has, the root over them.

    Kept elsewhere (in a mail, in print, with a colleague), it proves later that all up to it is
    still there, unchanged.
    """
    from store.notes import sign  # noqa: PLC0415 - brings the database library

    screen = session_of(context).screen()
    before = None if since is None else heads_in(since, "--since")[-1]
    secret = None if key is None else key_in(key)
    with open_for_reading(store) as kept:
        try:
            head = kept.head() if before is None else kept.head_since(before)
        except StoreError as error:
            screen.error(str(error), error.code)
            raise typer.Exit(status.FAILED if before else error.exit_status) from error
    told = str(head) if secret is None else sign(head, secret)
    if as_json:
        root = base64.b64encode(head.root).decode()
        screen.json([{"origin": head.origin, "size": head.size, "root": root}])
        return
    screen.lines(told.splitlines(keepends=True))
    screen.hint("Keep it where whoever writes the store cannot. Later: earmark audit --head FILE")
