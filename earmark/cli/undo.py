"""`earmark undo`: take a run back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from earmark.cli.options import JsonOption, StoreOption, open_for_writing, session_of
from earmark.cli.wording import count

EXAMPLES = """\b
Examples:
  earmark runs                       which runs there were
  earmark undo r7                    take the last one back
"""


def command(
    context: typer.Context,
    run: Annotated[str, typer.Argument(metavar="RUN", help="Its id, as `ingest` says it: r7.")],
    *,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a run of ingest back.

    Its documents no longer count, documents that it had replaced count again, and claims are those
    of the documents that remain. Nothing is deleted, and the ledger says what was taken back.
    """
    screen = session_of(context).screen()
    with open_for_writing(store) as kept:
        undone = kept.undo(run)
    if as_json:
        screen.json([asdict(undone)])
        return
    gone = ", ".join(undone.documents) or "no documents"
    screen.line(f"{undone.run} taken back: {gone}; {count(undone.claims, 'claim')} went with it.")
    if undone.restored:
        screen.line(f"Count again: {', '.join(undone.restored)}.")
    screen.hint("Next: earmark audit    the store is whole, and its ledger says what was undone")
