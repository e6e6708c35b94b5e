"""`earmark demo`: the bundled story, from a few articles to what they add up to."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import typer

import earmark
from corpus.bundle import demo_files, demo_metadata
from earmark.cli.options import session_of
from earmark.cli.pots_view import print_pots
from earmark.cli.progress import ProgressBar
from earmark.cli.query import COLUMNS, cells
from earmark.cli.screen import Screen
from earmark.outcome import IngestOptions
from earmark.words.wording import claim_amount, count
from records.claim import Claim, StoredMention
from records.errors import SettingsError

if TYPE_CHECKING:
    from earmark.api import EarmarkStore
    from earmark.outcome import Outcome, Run

EXAMPLES = """\b
Examples:
  earmark demo
  earmark demo --keep .     and then: earmark query, earmark show c7, earmark audit
"""
STORE_NAME = "demo.earmark.db"


def command(
    context: typer.Context,
    *,
    keep: Annotated[
        Path | None,
        typer.Option("--keep", metavar="DIR", help="Keep the store, as demo.earmark.db in DIR."),
    ] = None,
) -> None:
    """Show what a few articles add up to.

    Reads the articles that come with Earmark: two announcements of money for the NHS, as several
    outlets tell them. Needs no network, and leaves nothing behind.
    """
    screen = session_of(context).screen()
    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="earmark-")))
        store = stack.enter_context(earmark.open_store(_fresh(folder / STORE_NAME)))
        _show(screen, store, keep)


def _fresh(place: Path) -> Path:
    """Return the place of a store that is yet to be made.

    Raises:
        SettingsError: There is one; the demonstration touches no store that it did not make.
    """
    if place.exists():
        raise SettingsError(f"{place} is there already; name another folder, or remove it first")
    return place


def _show(screen: Screen, store: EarmarkStore, keep: Path | None) -> None:
    files = demo_files()
    kept = f"kept in {store.place}" if keep else "temporary store, nothing is kept"
    screen.line(f"Earmark demo · {count(len(files), 'document')} · {kept}")
    run = _read(screen, store, files)
    counts = store.counts()
    screen.line()
    screen.line(f"read   {count(counts.documents, 'document')} in {run.seconds:.1f} s")
    screen.line(f"found  {count(counts.mentions, 'mention')} of {count(counts.claims, 'claim')}")
    shared = [claim for claim in store.query().claims if len(_documents(claim)) > 1]
    if shared:
        screen.line()
        screen.line("Said by more than one of them, each once:")
        screen.line()
        screen.table(COLUMNS, [cells(claim, short=True) for claim in shared])
        _print_wordings(screen, max(shared, key=lambda claim: len(_documents(claim))))
    screen.line()
    screen.line("What they add up to:")
    screen.line()
    print_pots(screen, store.pots())
    screen.line()
    for line in _next_steps(shared[0].id if shared else "c1", keep):
        screen.line(line)


def _read(screen: Screen, store: EarmarkStore, files: Sequence[Path]) -> Run:
    bar = ProgressBar(shown=screen.hints)

    def draw(number: int, total: int, outcome: Outcome) -> bool:
        bar.draw(number, total)
        return True

    bar.draw(0, len(files))
    run = store.ingest(files, metadata=demo_metadata(), options=IngestOptions(progress=draw))
    bar.clear()
    return run


def _documents(claim: Claim) -> dict[str, StoredMention]:
    """Return the documents that state a claim, each with the first mention in it."""
    mentions = reversed(claim.mentions)
    return {stored.provenance.document: stored for stored in mentions}


def _print_wordings(screen: Screen, claim: Claim) -> None:
    screen.line()
    screen.line(f"One of them, {claim.id} {claim_amount(claim)}, in each outlet's own words:")
    for stored in reversed(_documents(claim).values()):
        origin = stored.provenance
        screen.line()
        screen.line(f"  {origin.publisher or PurePath(origin.source).name}")
        screen.sentence(origin.before, stored.mention.amount.span.text, origin.sentence_after)


def _next_steps(claim: str, keep: Path | None) -> list[str]:
    steps = {
        f"earmark show {claim}": "the claim, its quotes and where they stand",
        "earmark query 'amount:~2bn'": "claims by amount",
        "earmark audit": "check every quote against its source",
        "earmark ingest FILE...": "the same with articles of your own",
    }
    if keep is None:
        steps = {"earmark demo --keep .": "keep this store here; with it:", **steps}
    lead = ["Next:  ", *["       "] * (len(steps) - 1)]
    return [f"{head}{step:<30}{why}" for head, (step, why) in zip(lead, steps.items(), strict=True)]
