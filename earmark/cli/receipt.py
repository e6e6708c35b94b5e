"""`earmark receipt`: proof that a mention stands in the store, to be checked without it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from earmark.cli.options import HeadOption, StoreOption, open_for_reading, session_of
from earmark.files import write_file
from earmark.given import heads_in

EXAMPLES = """\b
Examples:
  earmark receipt m7 -o m7.receipt
  earmark receipt m7 --head 2026-11-02.head | earmark verify - --head 2026-11-02.head

\b
Exit status: 0 done, 1 no such mention, 2 the head given cannot be meant, 5 a problem with the
store.
"""
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="The file; without it standard output."),
]


def command(
    context: typer.Context,
    mention: Annotated[str, typer.Argument(metavar="MENTION", help="Its id: m7.")],
    *,
    output: Output = None,
    head: HeadOption = None,
    store: StoreOption = None,
) -> None:
    """Write proof that a mention stands in the store, with its words, document and capture.

    With the store's head, which the other side holds already or is given, anybody can check it
    without the store and without Earmark.
    """
    screen = session_of(context).screen()
    given = None if head is None else heads_in(head)[-1]
    with open_for_reading(store) as kept:
        receipt = kept.receipt(mention, given)
    if output is None:
        screen.lines(receipt.splitlines(keepends=True))
    else:
        write_file(output, [receipt])
        screen.note(f"The receipt of {mention} is in {output}.")
    screen.hint("Whoever gets it checks it with: earmark verify FILE --head HEAD")
