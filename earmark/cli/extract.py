"""`earmark extract`: the money of documents, without a store."""

from __future__ import annotations

from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from earmark.channel import Derived
from earmark.cli import status
from earmark.cli.cards import print_fields
from earmark.cli.options import (
    CountryOption,
    JsonOption,
    MetadataOption,
    NoFetchOption,
    PipelineOption,
    PrivateOption,
    PublishedOption,
    PublisherOption,
    RulesOption,
    Session,
    Sources,
    fetch_of,
    refuse_to_wait,
    session_of,
)
from earmark.cli.screen import Screen
from earmark.files import write_file, write_folder
from earmark.gather import Gatherer, Instead, Item, Network
from earmark.reader import ReadWith
from earmark.sources import given_by_user
from earmark.words.wording import count, mention_amount, period
from earmark.worker import Worker
from ingest.locate import locate
from records.document import Capture
from records.jsonio import gold_file
from records.mention import Mention
from records.parts import Unread
from store.exports.gold import FileNames, gold_header, gold_text
from store.sentences import sentence_around

EXAMPLES = """\b
Examples:
  earmark extract article.txt
  earmark extract news/ --metadata news/metadata.csv --gold-out gold/
  earmark extract article.txt --html article.html
  echo 'The council gave £5m for flood defences.' | earmark extract - --json
"""


def command(  # noqa: PLR0913 - Typer reads one parameter per option
    context: typer.Context,
    sources: Sources,
    *,
    metadata: MetadataOption = None,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    country: CountryOption = None,
    rules: RulesOption = None,
    pipeline: PipelineOption = None,
    no_fetch: NoFetchOption = False,
    allow_private: PrivateOption = False,
    gold_out: Annotated[
        Path | None,
        typer.Option(
            "--gold-out",
            metavar="FOLDER",
            help="Write one gold-shaped JSON file per document, named after it.",
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html",
            metavar="FILE",
            help="Write one page that shows the documents with every field marked, and its rule.",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Find the money in documents and keep nothing.

    SOURCE is a file, a folder, a glob, a web address, @ and a list of sources, or - for standard
    input. Every amount is printed with what the document says about it.
    """
    refuse_to_wait(sources)
    session, reading = session_of(context), ReadWith.checked(rules, pipeline)
    given_for = given_by_user(metadata, published=published, publisher=publisher, country=country)
    network = Network.of(fetch_of(no_fetch=no_fetch, allow_private=allow_private))
    answers = _Answers(session, gold_out, html, as_json=as_json)
    with Worker(reading=reading) as worker, Gatherer(given_for, network) as gatherer:
        for item in chain.from_iterable(map(gatherer.items, locate(sources))):
            answers.take(item, worker)
    answers.close()
    raise typer.Exit(status.of_sources(answers.sources, answers.failed))


class _Answers:
    """Prints what was read, or writes it, or gathers it for one JSON object."""

    def __init__(
        self, session: Session, folder: Path | None, page: Path | None, *, as_json: bool
    ) -> None:
        self.sources = 0
        self.failed = 0
        self._failed_in_a_row = 0
        self._session = session
        self._screen = session.screen()
        self._folder = folder
        self._page = page
        self._shown: list[Derived] = []
        self._names = FileNames()
        self._data: list[object] | None = [] if as_json else None

    def take(self, item: Item, worker: Worker) -> None:
        """Read an item; one that is for the case that others fail, only where they did."""
        if isinstance(item, Instead):
            if self._failed_in_a_row < item.after:
                return
            item = item.capture
            self._screen.note(f"{item.source}: the feed's own text, for its page failed")
        self._show(worker.derive(item) if isinstance(item, Capture) else item)

    def _show(self, answer: Derived | Unread) -> None:
        self.sources += 1
        self._failed_in_a_row = self._failed_in_a_row + 1 if isinstance(answer, Unread) else 0
        if isinstance(answer, Unread):
            self.failed += 1
            self._screen.error(answer.message, answer.code)
            if self._session.debug:
                self._screen.trace(answer.detail)
            return
        for warning in answer.document.warnings:
            self._screen.note(f"warning: {answer.document.source}: {warning}")
        if self._folder:
            self._write(self._folder, answer)
        if self._page:
            self._shown.append(answer)
        if self._data is not None:
            self._data.append({"source": answer.document.source, **_gold(answer)})
        elif not (self._folder or self._page):
            _print(self._screen, answer)

    def close(self) -> None:
        if self._data is not None:
            self._screen.json(self._data)
        if self._folder:
            done = count(self.sources - self.failed, "file")
            self._screen.note(f"{done} written to {self._folder}")
        if self._page:
            shown = import_module("earmark.cli.view").page(self._shown)
            write_file(self._page, [shown])
            self._screen.note(f"{count(len(self._shown), 'document')} shown in {self._page}")

    def _write(self, folder: Path, answer: Derived) -> None:
        (name,) = self._names.of([answer.document.source], f"d{self.sources}")
        write_folder(folder, [(name, gold_text(_gold(answer)))])


def _gold(answer: Derived) -> dict[str, object]:
    return gold_file(gold_header(answer.document), ((mention, None) for mention in answer.mentions))


def _print(screen: Screen, answer: Derived) -> None:
    text, name = answer.document.text, answer.document.source
    for mention in answer.mentions:
        span = mention.amount.span
        start, end = sentence_around(text, span.start, span.end)
        before, after = text[start : span.start], text[span.end : end]
        if screen.terminal:
            place = f"{name}, characters {span.start} to {span.end}"
            screen.heading("mention", mention_amount(mention.amount), place)
            screen.quote(before, span.text, after)
            print_fields(screen, mention)
        else:
            quote = f"{before}[{span.text}]{after}"
            screen.fields([name, str(span.start), str(span.end), *_row(mention), quote])


def _row(mention: Mention) -> list[str]:
    frame = mention.timeframe
    days = period(frame.start, frame.until) if frame else ""
    parts = (mention.purpose, mention.recipient, mention.funder, mention.attribution)
    related = mention.relation
    return [
        mention_amount(mention.amount),
        mention.kind,
        *(part.text if part else "" for part in parts),
        days or (frame.span.text if frame else ""),
        f"{related.type} {related.to.text}" if related else "",
    ]
