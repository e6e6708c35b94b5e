"""`earmark audit`: is every number still what its source says?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import earmark
from earmark.cli import status
from earmark.cli.audit_view import print_json, print_report
from earmark.cli.options import (
    HeadOption,
    JsonOption,
    PipelineOption,
    PrivateOption,
    RulesOption,
    StoreOption,
    fetch_of,
    open_for_reading,
    session_of,
)
from earmark.cli.progress import ProgressBar
from earmark.files import write_file
from earmark.given import heads_in
from earmark.words.audit_page import audit_page
from records.errors import SettingsError, StoreError

if TYPE_CHECKING:
    from store.audit.asked import Asked
    from store.heads import Head

EXAMPLES = """\b
Examples:
  earmark audit
  earmark audit m7 c3 d2                  a mention, a claim, a document, and what they rest on
  earmark audit --deep                    derive everything again from the kept bytes
  earmark audit --since 2026-11-02 --json
  earmark audit --sample 200 --report audit.html
  earmark audit --head 2026-11-02.head    is all still there, unchanged, that was there then?
  earmark audit d2 --live                 what does its address say today?

\b
Exit status: 0 all proven; 1 something was changed, moved or is gone; 2 the store cannot be read, or
wrong usage; 3 proven as far as asked, but something weaker must be said (no head given, made by
other versions, redacted, unreachable).
"""
_STATUS = {
    "proven": status.DONE,
    "weaker": status.PARTIAL,
    "findings": status.FAILED,
}
_UNREADABLE = status.USAGE

IdsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID]...", help="Only these and what they rest on: m7, c3, d2, r1."),
]
SinceOption = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="RUN|DATE|ENTRY|HEAD",
        help="Only what was written since a run (r3), a day (2026-11-02), a number of ledger "
        "entries (34), or a head, as a file or as text.",
    ),
]
SampleOption = Annotated[
    int | None,
    typer.Option("--sample", metavar="N", min=1, help="Only N mentions, and what they rest on."),
]
DeepOption = Annotated[
    bool,
    typer.Option(
        "--deep", help="Also derive texts, mentions, claims and origins again and compare."
    ),
]
LiveOption = Annotated[
    bool,
    typer.Option(
        "--live",
        help="Also fetch the addresses that documents came from, and look every sentence up in "
        "what they say today. Nothing of it is kept.",
    ),
]
SignedOption = Annotated[
    Path | None,
    typer.Option("--signed-by", metavar="KEY.pem", help="The public key that must have signed it."),
]
CrossOption = Annotated[
    bool,
    typer.Option(
        "--cross", help="Also list the pages of PDFs on which another reader finds other figures."
    ),
]
ReportOption = Annotated[
    Path | None,
    typer.Option("--report", metavar="FILE.html", help="Write the report as a page as well."),
]


def command(  # noqa: PLR0913 - Typer reads one parameter per option
    context: typer.Context,
    ids: IdsArgument = None,
    *,
    since: SinceOption = None,
    sample: SampleOption = None,
    deep: DeepOption = False,
    head: HeadOption = None,
    signed_by: SignedOption = None,
    cross: CrossOption = False,
    live: LiveOption = False,
    allow_private: PrivateOption = False,
    report_file: ReportOption = None,
    store: StoreOption = None,
    rules: RulesOption = None,
    pipeline: PipelineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check every quote against its source.

    Bytes, texts, quotes, every row and the ledger are checked against each other; with --deep
    everything is derived again from the kept bytes. Nothing is changed.
    """
    screen = session_of(context).screen()
    heads = _heads(head, signed_by)
    fetch = fetch_of(no_fetch=not live, allow_private=allow_private)
    try:
        with (
            open_for_reading(store, rules, pipeline, fetch) as kept,
            ProgressBar(shown=screen.hints, doing="checking") as bar,
        ):
            asked = _asked()(tuple(ids or ()), _first(since), sample, deep, heads, bar.draw)
            report, place = kept.audit(asked, live=live, cross=cross), kept.place
    except StoreError as error:
        screen.error(str(error), error.code)
        raise typer.Exit(_UNREADABLE) from error
    if report_file:
        write_file(report_file, audit_page(report, place, datetime.now(UTC), earmark.__version__))
        screen.note(f"The report is in {report_file}.")
    with status.ending_with(_STATUS[report.outcome]):
        if as_json:
            print_json(screen, report)
        else:
            print_report(screen, report, each=bool(ids))


def _asked() -> type[Asked]:
    from store.audit.asked import Asked  # noqa: PLC0415 - brings the database library

    return Asked


def _heads(head: str | None, signed_by: Path | None) -> tuple[Head, ...] | None:
    if head is not None:
        return tuple(heads_in(head, signed_by=signed_by))
    if signed_by:
        raise SettingsError("--signed-by is for --head; give both")
    return None


def _first(since: str | None) -> str | None:
    """Return what `Asked` knows: of a head, in a file or as text, the number of its entries."""
    if since is None or ("\n" not in since and not Path(since).is_file()):
        return since
    return str(max(head.size for head in heads_in(since)))
