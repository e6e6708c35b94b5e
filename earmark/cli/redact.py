"""`earmark redact`: erase what a document says, for good."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from earmark.cli import status
from earmark.cli.options import (
    JsonOption,
    StoreOption,
    open_for_reading,
    open_for_writing,
    session_of,
)
from earmark.cli.screen import Screen
from earmark.words.wording import count
from records.errors import SettingsError
from store.instants import instant_text

if TYPE_CHECKING:
    from store.redact_plan import RedactionPlan, Target
    from store.redacting import Redacted
    from store.redactions import Redaction

EXAMPLES = """\b
Examples:
  earmark redact d2 --reason erasure-request --by "A. Meyer" --dry-run
  earmark redact d2 --reason erasure-request --by "A. Meyer"
  earmark redact d2 d5 --reason court-order --by legal --keep-figures --yes

\b
Exit status: 0 done, 1 no such document, or not confirmed, 5 the files still hold words.
"""


DocumentsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="DOCUMENT...",
        help="Ids of documents (d2), names of bytes that could not be read, or a redaction (x1) "
        "whose files are to be cleared again.",
    ),
]


def command(  # noqa: PLR0913 - Typer reads one parameter per option
    context: typer.Context,
    documents: DocumentsArgument,
    *,
    reason: Annotated[
        str,
        typer.Option(
            "--reason", metavar="CODE", help="Why, in a code that stays: erasure-request."
        ),
    ],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="On whose authority; it stays.")],
    keep_figures: Annotated[
        bool, typer.Option("--keep-figures", help="Keep amounts, kinds and periods, no words.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be erased, and change nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Erase a document for good: its bytes, texts, quotes and names, and what was said of them.

    The ledger keeps that it was done, by whom, when and why, and stays whole. The files of the
    store are cleared and searched before it is done. It cannot be undone, and the same bytes are
    not read again.
    """
    from store.redacting import check_order  # noqa: PLC0415 - brings the database library

    screen = session_of(context).screen()
    check_order(reason, by)
    with open_for_reading(store) if dry_run else open_for_writing(store) as kept:
        plan = kept.plan_redaction(documents)
        if dry_run or not as_json:
            _print_plan(screen, plan, figures=keep_figures, as_json=as_json)
        if dry_run:
            return
        if not yes:
            _confirm(screen)
        done = kept.redact(documents, reason=reason, by=by, keep_figures=keep_figures)
    if as_json:
        screen.json([_data(done)])
        return
    _print_done(screen, done)


def _confirm(screen: Screen) -> None:
    """Ask, where somebody can answer; end the command where the answer is no."""
    if not sys.stdin.isatty():
        raise SettingsError("nothing was changed: nobody can be asked here; say --yes to erase")
    if not typer.confirm("Erase this for good?", err=True):
        screen.note("Nothing was changed.")
        raise typer.Exit(status.FAILED)


def _print_plan(screen: Screen, plan: RedactionPlan, *, figures: bool, as_json: bool) -> None:
    if as_json:
        screen.json([{**asdict(plan), "done": [_told_of(one) for one in plan.done]}])
        return
    for one in plan.done:
        screen.line(f"{', '.join(one.names)}: {one.told} already; the files are cleared again.")
    for target in plan.targets:
        screen.line(_told(target))
        for source in target.sources:
            screen.line(f"  name          {source}")
        if target.title:
            screen.line(f"  title         {target.title}")
    if plan.targets and figures:
        screen.line("  stays         amounts, kinds and periods of its mentions, without words")
    for label, names, why in (
        ("unsupported", plan.unsupported, "left without a mention"),
        ("same words", plan.alike, "have passages in common with it, and keep them"),
        ("same name", plan.same_source, "came under the same name, and keep it"),
    ):
        if names:
            screen.line(f"  {label:<12}  {', '.join(names)} {why}")


def _told(target: Target) -> str:
    parts = [
        f"{target.bytes:,} bytes",
        count(target.readings, "text"),
        count(target.mentions, "mention"),
    ]
    if target.decisions:
        parts.append(f"the words of {count(target.decisions, 'decision')}")
    named = ", ".join(target.documents) or "bytes that were not read"
    return f"{named}: erases {', '.join(parts)}"


def _print_done(screen: Screen, done: Redacted) -> None:
    for one in done.redactions:
        screen.line(f"{', '.join(one.names)}: {one.told}.")
    if done.unsupported:
        screen.line(f"Unsupported now: {', '.join(done.unsupported)}.")
    if done.pieces:
        screen.line(f"The store was searched for {done.pieces} pieces of what was erased.")
    else:
        screen.line("The files were written anew. Nothing is known any more to search them for.")
    for table, pieces in done.elsewhere.items():
        screen.line(f"  {pieces} of them: words of other documents too (table {table}), which stay")
    for name in done.beside:
        screen.line(f"  still in {name}, which is no part of the store: remove it yourself")
    screen.line("Out of reach, and still there if it ever was:")
    for what in done.out_of_reach:
        screen.line(f"  {what}")
    screen.hint("Next: earmark audit    it says what was redacted, by whom, when and why")


def _data(done: Redacted) -> dict[str, object]:
    return {**asdict(done), "redactions": [_told_of(one) for one in done.redactions]}


def _told_of(one: Redaction) -> dict[str, object]:
    return {**asdict(one), "at": instant_text(one.at)}
