"""`earmark head`: what the store's ledger is now, in three lines."""

from __future__ import annotations

import base64

import typer

from earmark.cli.options import JsonOption, StoreOption, open_for_reading, session_of

EXAMPLES = """\b
Examples:
  earmark head
  earmark head > 2026-11-02.head
  earmark audit --head 2026-11-02.head

\b
Exit status: 0 done, 5 a problem with the store.
"""


def command(
    context: typer.Context, *, store: StoreOption = None, as_json: JsonOption = False
) -> None:
    """Print the store's head: its origin, how many entries the ledger has, the root over them.

    Kept elsewhere (in a mail, in print, with a colleague), it proves later that all up to it is
    still there, unchanged.
    """
    screen = session_of(context).screen()
    with open_for_reading(store) as kept:
        head = kept.head()
    if as_json:
        root = base64.b64encode(head.root).decode()
        screen.json([{"origin": head.origin, "size": head.size, "root": root}])
        return
    screen.lines(str(head).splitlines(keepends=True))
    screen.hint("Keep it where whoever writes the store cannot. Later: earmark audit --head FILE")
