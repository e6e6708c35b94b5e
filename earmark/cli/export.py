"""`earmark export`: the store in files that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from earmark.cli.options import StoreOption, open_for_reading, session_of
from earmark.cli.wording import count
from records.errors import SettingsError

EXAMPLES = """\b
Examples:
  earmark export --format csv -o claims.csv
  earmark export --format jsonl | jq .purpose
  earmark export --format gold -o gold/
"""


def command(
    context: typer.Context,
    *,
    form: Annotated[
        Literal["csv", "jsonl", "gold"],
        typer.Option(
            "--format",
            help="csv: a row per claim; jsonl: a claim per line, with all its mentions; "
            "gold: a file per document, as docs/annotation.md describes it.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="The file, or the folder for gold; standard output without it.",
        ),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Write claims or documents to files."""
    if form == "gold" and output is None:
        raise SettingsError("gold is a folder of files; name the folder with -o FOLDER")
    screen = session_of(context).screen()
    with open_for_reading(store) as kept:
        if output is None:
            screen.lines(kept.lines(form))
            return
        written = kept.export(form, output)
    screen.note(f"{count(written, 'document' if form == 'gold' else 'line')} written to {output}")
