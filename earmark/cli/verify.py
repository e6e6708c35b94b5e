"""`earmark verify`: does a receipt prove what it says? Without the store, without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from earmark.cli import status
from earmark.cli.options import HeadOption, JsonOption, session_of
from earmark.cli.screen import Screen
from earmark.given import heads_in, text_in
from records.errors import SettingsError
from store.verify import ReceiptError, check

EXAMPLES = """\b
Examples:
  earmark verify m7.receipt --head 2026-11-02.head
  earmark verify m7.receipt --head 2026-11-02.head --text report.txt

\b
Exit status: 0 proven, 1 not proven, 2 wrong usage, 3 proven, but held against no head.
"""
TextOption = Annotated[
    Path | None,
    typer.Option("--text", metavar="FILE", help="The document's text, in which it must stand."),
]


def command(
    context: typer.Context,
    receipt: Annotated[str, typer.Argument(metavar="RECEIPT", help="A file, or - for a pipe.")],
    *,
    head: HeadOption = None,
    text: TextOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check a receipt: that its mention stood in the store that had this head.

    With --head it must be the head that you hold. No store and no network is used; verify.py of an
    evidence pack does the same without Earmark.
    """
    screen = session_of(context).screen()
    if receipt == head == "-":
        raise SettingsError("only one of RECEIPT and --head can be standard input")
    heads = None if head is None else "".join(map(str, heads_in(head)))
    told, where = text_in(receipt, "RECEIPT")
    if told == receipt and not told.lstrip().startswith("{"):
        raise SettingsError(f"{receipt}: there is no such file; name a receipt")
    try:
        rows = check(told, heads, _bytes_of(text))
    except ReceiptError as error:
        screen.error(f"{where} {error}; it proves nothing", "receipt.broken")
        raise typer.Exit(status.FAILED) from error
    with status.ending_with(status.PARTIAL if heads is None else status.DONE):
        if as_json:
            screen.json([rows], head=heads is not None)
        else:
            _print(screen, rows)
        if heads is None:
            screen.note(
                "Proven of the head that the receipt names. It was held against none of yours: "
                "--head"
            )


def _bytes_of(text: Path | None) -> bytes | None:
    try:
        return None if text is None else text.read_bytes()
    except OSError as error:
        raise SettingsError(f"{text} cannot be read: {error.strerror}") from error


def _print(screen: Screen, rows: dict[str, Any]) -> None:
    mention, document, capture = (rows[name] for name in ("mentions", "documents", "captures"))
    screen.heading("proven", f"m{mention['number']}", mention["amount_text"])
    for label, value in (
        ("sentence", mention["sentence"]),
        ("source", capture["source"]),
        ("captured", capture["captured_at"]),
        ("bytes", rows["contents"]["sha256"]),
        ("text", document["body"]),
        ("place", f"characters {mention['amount_start']} to {mention['amount_end']}"),
    ):
        screen.labelled(label, value)
