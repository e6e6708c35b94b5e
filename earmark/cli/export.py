"""`earmark export`: the store in files that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from earmark.cli.options import StoreOption, open_for_reading, session_of
from earmark.cli.progress import ProgressBar
from earmark.words.wording import count

EXAMPLES = """\b
Examples:
  earmark export --format csv --excel -o claims.csv
  earmark export --format xlsx --query 'amount:>=1bn currency:GBP' -o large.xlsx
  earmark export --format jsonl | jq .purpose
  earmark export --format datapackage -o claims/
  earmark export --format pack --query 'for:"NHS IT"' --with-sources -o evidence.zip
"""
_NO_FORMULA = (
    "A text that begins like a formula (= + - @) has an apostrophe in front; figures are as they "
    "were. Without --excel every text stands as it was written."
)
Format = Annotated[
    Literal[
        "csv",
        "jsonl",
        "gold",
        "datapackage",
        "xlsx",
        "store",
        "sqlite",
        "parquet",
        "jsonld",
        "pack",
    ],
    typer.Option(
        "--format",
        help="csv: a row per claim; jsonl: a claim per line, with all its mentions; xlsx: a "
        "workbook of claims, mentions, documents, relations, decisions; datapackage: the same as "
        "a folder of CSV files, described; gold: a file per document, as docs/annotation.md "
        "describes it; store: every record a line, which earmark import reads back; sqlite: a "
        "smaller store; parquet: a row per claim, mentions nested; jsonld: schema.org, Web "
        "Annotation and PROV; pack: a ZIP file with every quote in its context, pages, receipts "
        "and all that proves them, which opens in any browser.",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="PATH",
        help="The file, or the folder for gold and datapackage; csv, jsonl, jsonld and store go "
        "to standard output without it.",
    ),
]
QueryOption = Annotated[
    str,
    typer.Option("--query", metavar="EXPR", help="Only the claims that answer this question."),
]
ExcelOption = Annotated[
    bool, typer.Option("--excel", help="csv for spreadsheet programs: £ shows, no formula runs.")
]

SourcesOption = Annotated[
    bool, typer.Option("--with-sources", help="store and pack with the bytes of the documents.")
]


def command(  # noqa: PLR0913 - Typer reads one parameter per option
    context: typer.Context,
    *,
    form: Format,
    output: Output = None,
    question: QueryOption = "",
    excel: ExcelOption = False,
    with_sources: SourcesOption = False,
    store: StoreOption = None,
) -> None:
    """Write claims or documents to files."""
    screen = session_of(context).screen()
    with open_for_reading(store) as kept:
        if output is None:
            lines = kept.lines(form, question, excel=excel, with_sources=with_sources)
            if excel:
                screen.note(_NO_FORMULA)
            screen.lines(lines)
            return
        with ProgressBar(shown=screen.hints, doing="writing") as bar:
            ways = {"excel": excel, "with_sources": with_sources}
            written = kept.export(form, output, question, bar.draw, **ways)
    if excel:
        screen.note(_NO_FORMULA)
    for note in written.notes:
        screen.note(f"note: {note}")
    screen.note(f"{count(written.records, written.unit)} written to {output}")
