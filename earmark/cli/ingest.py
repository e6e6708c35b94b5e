"""`earmark ingest`: read documents into a store."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typer

import earmark
from earmark.cli import status
from earmark.cli.interrupt import Interrupt
from earmark.cli.options import (
    CountryOption,
    DryRunOption,
    JobsOption,
    JsonOption,
    MetadataOption,
    NoFetchOption,
    PipelineOption,
    PrivateOption,
    PublishedOption,
    PublisherOption,
    RulesOption,
    Sources,
    StopAfterOption,
    StoreOption,
    WorkersOption,
    fetch_of,
    refuse_to_wait,
    session_of,
)
from earmark.cli.progress import ProgressBar
from earmark.cli.screen import Screen
from earmark.gather import Fetch
from earmark.outcome import IngestOptions, Outcome, Progress, Run
from earmark.reader import ReadWith
from earmark.settings import store_place
from earmark.sources import given_by_user
from earmark.telling import run_without_store
from earmark.words.safe import one_line
from earmark.words.wording import count
from ingest.locate import locate
from records.errors import NoStoreError
from records.parts import Unread

if TYPE_CHECKING:
    from earmark.api import EarmarkStore

EXAMPLES = """\b
Examples:
  earmark ingest report.pdf news/
  earmark ingest 'press/*.html' --published 2021-10-27 --publisher 'HM Treasury'
  earmark ingest news/ --metadata news/metadata.csv --store nhs.earmark.db
  earmark ingest https://www.example.org/news/budget.html @sources.csv
  cat notes.txt | earmark ingest - --published 2024-03-06

\b
Exit status: 0 all read, 3 some failed or are partial, 1 all failed, 5 a problem with the store,
130 stopped with Ctrl-C.
"""

_RESUME = "Run the same command again to go on."


def command(  # noqa: PLR0913 - Typer reads one parameter per option
    context: typer.Context,
    sources: Sources,
    *,
    store: StoreOption = None,
    metadata: MetadataOption = None,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    country: CountryOption = None,
    rules: RulesOption = None,
    pipeline: PipelineOption = None,
    no_fetch: NoFetchOption = False,
    allow_private: PrivateOption = False,
    jobs: JobsOption = 1,
    workers: WorkersOption = None,
    stop_after: StopAfterOption = None,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Read documents into a store.

    SOURCE is a file, a folder, a glob, a web address, @ and a list of sources, or - for standard
    input: plain text, Markdown, HTML, PDF, Word, mails, and feeds, ZIP and web archives of them.
    One line per source with one word: added, updated, unchanged, partial, failed. The bytes are
    kept before anything reads them, and each source is stored wholly or not at all: after an
    interruption the same command goes on where it stopped.
    """
    refuse_to_wait(sources)
    session = session_of(context)
    fetch = fetch_of(no_fetch=no_fetch, allow_private=allow_private)
    options = IngestOptions(jobs, workers, stop_after, dry_run)
    about = _About(metadata, published, publisher, country, fetch, options)
    about.check()
    reading = ReadWith.checked(rules, pipeline)
    screen = session.screen()
    with Interrupt() as interrupt, ProgressBar(shown=screen.hints) as bar:
        report = _Report(screen, bar, interrupt, quiet=as_json, debug=session.debug, dry=dry_run)
        try:
            run, place = _ingest(store, sources, about, reading, report.show)
        except KeyboardInterrupt:
            report.stopped()
            raise
        report.close(run, place)
        if as_json:
            _print_json(screen, run, place)
    if run.stopped and interrupt.asked:
        raise typer.Exit(status.INTERRUPTED)
    raise typer.Exit(status.of_sources(run.sources, run.counts["failed"], run.counts["partial"]))


@dataclass(frozen=True, slots=True)
class _About:
    """What the options say of the sources, and of the network."""

    metadata: Path | None
    published: str | None
    publisher: str | None
    country: str | None
    fetch: Fetch
    options: IngestOptions

    def check(self) -> None:
        """Refuse what cannot be used before a store is made for nothing."""
        self.options.check()
        given_by_user(
            self.metadata,
            published=self.published,
            publisher=self.publisher,
            country=self.country,
        )


def _ingest(
    store: str | None, sources: list[str], about: _About, reading: ReadWith, progress: Progress
) -> tuple[Run, str | None]:
    """Return the run and where the store is; None where none was made, for lack of documents."""
    place = store_place(store, Path.cwd())
    try:
        kept = _open(place, about, reading, create=False)
    except NoStoreError:
        places = list(locate(sources))
        missing = [place for place in places if isinstance(place, Unread)]
        if len(missing) == len(places):
            return run_without_store(missing, progress), None
        if about.options.dry:
            with TemporaryDirectory() as folder:
                nowhere = _open(str(Path(folder) / "none.db"), about, reading, create=True)
                return _run(nowhere, sources, about, progress), None
        kept = _open(place, about, reading, create=True)
    return _run(kept, sources, about, progress), kept.place


def _open(place: str, about: _About, reading: ReadWith, *, create: bool) -> EarmarkStore:
    return earmark.open_store(
        place,
        create=create,
        read_only=about.options.dry and not create,
        rules=reading.rules,
        pipeline=reading.pipeline,
        fetch=about.fetch,
    )


def _run(kept: EarmarkStore, sources: list[str], about: _About, progress: Progress) -> Run:
    with kept:
        return kept.ingest(
            sources,
            metadata=about.metadata,
            published=about.published,
            publisher=about.publisher,
            country=about.country,
            options=replace(about.options, progress=progress),
        )


class _Report:
    """Prints a run while it goes on."""

    def __init__(
        self,
        screen: Screen,
        bar: ProgressBar,
        interrupt: Interrupt,
        *,
        quiet: bool,
        debug: bool,
        dry: bool,
    ) -> None:
        self._screen = screen
        self._bar = bar
        self._dry = dry
        self._interrupt = interrupt
        self._quiet = quiet
        self._debug = debug

    def show(self, number: int, total: int, outcome: Outcome) -> bool:
        """Print one outcome; tell whether the run should go on."""
        self._bar.clear()
        if not self._quiet:
            self._line(number, total, outcome)
        for warning in outcome.warnings:
            self._screen.note(f"warning: {outcome.source}: {warning}")
        if self._debug and outcome.detail:
            self._screen.trace(outcome.detail)
        if number < total:
            self._bar.draw(number, total)
        return not self._interrupt.asked

    def stopped(self) -> None:
        """Say what a run that was stopped at once leaves behind."""
        self._bar.clear()
        self._screen.note(f"Stopped. Every source with a line above is stored. {_RESUME}")

    def close(self, run: Run, place: str | None) -> None:
        """Print the closing lines."""
        self._bar.clear()
        self._screen.note(summary(run))
        if self._dry:
            self._screen.note("A dry run: nothing was stored.")
        else:
            self._screen.note(f"Store: {place or 'none was made, for there is nothing to keep'}")
        if run.stopped:
            self._screen.note(
                f"Stopped after {len(run.outcomes)} of {count(run.sources, 'source')}. {_RESUME}"
            )
        elif run.new_claims:
            self._screen.hint("Next: earmark query    the claims of this store, largest first")

    def _line(self, number: int, total: int, outcome: Outcome) -> None:
        read = outcome.word not in {"unchanged", "failed"}
        claims = count(outcome.claims, "mention") if read else ""
        note = outcome.note.removeprefix(f"{outcome.source}: ")
        note = f"{note} [{outcome.code}]" if outcome.code else note
        place = f"{number}/{total}"
        try:
            if self._screen.terminal:
                head = f"{place:>{2 * len(str(total)) + 1}}  {outcome.word:<9}"
                self._screen.line(
                    f"{head}  {one_line(outcome.source):<32}  {claims:>12}  {one_line(note)}"
                )
            else:
                self._screen.fields([place, outcome.word, outcome.source, claims, note])
            sys.stdout.flush()
        except BrokenPipeError:
            self._quiet = True  # whoever read along has enough; the sources are still to be read


def summary(run: Run) -> str:
    """Return the closing line of a run: what was done and what was not."""
    words = ", ".join(f"{number} {word}" for word, number in run.counts.items() if number)
    parts = [f"{count(len(run.outcomes), 'source')}: {words}" if words else "no sources"]
    if mentions := sum(outcome.claims for outcome in run.outcomes):
        new = count(run.new_claims, "new claim")
        parts.append(f"{count(mentions, 'mention')}: {new}, {run.restated} restate one")
    parts.append(f"{run.seconds:.1f} s")
    return " · ".join([*parts, f"run {run.id}"] if run.id else parts)


def _print_json(screen: Screen, run: Run, place: str | None) -> None:
    data = [
        {
            "source": outcome.source,
            "outcome": outcome.word,
            "document": outcome.document,
            "mentions": outcome.claims,
            "note": outcome.note,
            "code": outcome.code,
            "warnings": list(outcome.warnings),
        }
        for outcome in run.outcomes
    ]
    about = {
        "id": run.id,
        "store": place,
        "counts": run.counts,
        "new_claims": run.new_claims,
        "restated": run.restated,
        "sources": run.sources,
    }
    screen.json(data, run=about)
