"""`earmark undo`: take a run or a decision back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from earmark.cli.options import (
    ByOption,
    JsonOption,
    StoreOption,
    deciding_name,
    open_for_writing,
    session_of,
)
from earmark.words.wording import count
from records.errors import SettingsError
from store.exports.jsonl import decision_data

EXAMPLES = """\b
Examples:
  earmark runs                       which runs there were
  earmark undo r7                    take the last one back
  earmark undo w3 --by anna --reason "another year"    take a decision back
"""


def command(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(metavar="ID", help="Of a run, as `ingest` says it: r7; or a decision: w3."),
    ],
    *,
    by: ByOption = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why, for a decision.")
    ] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a run of ingest back, or a person's decision.

    A run: documents that it alone gave no longer count, documents that it had replaced count again,
    and claims are those of the documents that remain. A decision: what it joined or parted is as if
    it had never been. Nothing is deleted, and the ledger says what was taken back.
    """
    screen = session_of(context).screen()
    with open_for_writing(store) as kept:
        if name.startswith("w"):
            decision = kept.undo_decision(name, by=deciding_name(screen, by), reason=reason)
            if as_json:
                screen.json([decision_data(decision)])
            else:
                screen.line(f"{decision.id} taken back: {decision.says}, said {decision.by}.")
            return
        if by or reason:
            raise SettingsError("--by and --reason are for decisions; a run is taken back without")
        undone = kept.undo(name)
    if as_json:
        screen.json([asdict(undone)])
        return
    gone = ", ".join(undone.documents) or "no documents"
    screen.line(f"{undone.run} taken back: {gone}; {count(undone.claims, 'claim')} went with it.")
    if undone.kept:
        screen.line(f"Stay, for another run found them too: {', '.join(undone.kept)}.")
    if undone.restored:
        screen.line(f"Count again: {', '.join(undone.restored)}.")
    screen.hint("Next: earmark audit    the store is whole, and its ledger says what was undone")
