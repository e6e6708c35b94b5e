"""What commands share: the session they run in, and the options that mean the same in each."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import earmark
from earmark.cli.screen import Screen
from earmark.settings import login_name, store_place
from records.errors import SettingsError

if TYPE_CHECKING:
    from earmark.api import EarmarkStore
    from earmark.gather import Fetch
    from earmark.questions import OpenQuestions


def _or_before(context: typer.Context, value: str | None) -> str | None:
    """Return the store named after the command, else the one named before it."""
    source = context.get_parameter_source("store")
    if context.parent is None or (source is not None and source.name == "COMMANDLINE"):
        return value
    before: str | None = context.parent.params["store"]
    return before


Sources = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE", hidden=True),
]
StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        "-S",
        metavar="PATH",
        envvar="EARMARK_STORE",
        callback=_or_before,
        show_envvar=True,
        help="The store, a path or a URL. Without it: the only *.earmark.db in this folder, else "
        "the one in your user data folder.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
MetadataOption = Annotated[
    Path | None,
    typer.Option(
        "--metadata",
        metavar="FILE.csv",
        help="Table that says what documents do not: columns path, published, publisher, country, "
        "title, url, any of them.",
    ),
]
PublishedOption = Annotated[
    str | None,
    typer.Option("--published", metavar="DATE", help="Publication day of the sources."),
]
PublisherOption = Annotated[
    str | None, typer.Option("--publisher", metavar="NAME", help="Publisher of the sources.")
]
CountryOption = Annotated[
    str | None,
    typer.Option(
        "--country",
        metavar="CODE",
        help="Country of the sources (GB, US, IN, ...): decides a bare $ and financial years.",
    ),
]


RulesOption = Annotated[
    Path | None,
    typer.Option(
        "--rules",
        metavar="FOLDER",
        help="Rule files of your own, which add to Earmark's rules or take the place of those "
        "with the same id.",
    ),
]


NoFetchOption = Annotated[bool, typer.Option("--no-fetch", help="Use no network at all.")]
PrivateOption = Annotated[
    bool,
    typer.Option(
        "--allow-private",
        help="Let web addresses lead to this machine and to private networks too.",
    ),
]


JobsOption = Annotated[
    int, typer.Option("--jobs", metavar="N", min=1, help="Processes to read documents with.")
]
WorkersOption = Annotated[
    str | None,
    typer.Option(
        "--workers",
        metavar="dask://HOST:PORT",
        help="Read with the machines of a Dask cluster; this is its scheduler.",
    ),
]
StopAfterOption = Annotated[
    int | None,
    typer.Option(
        "--stop-after",
        metavar="N",
        min=1,
        help="End after N sources that are not unchanged; the same command again goes on.",
    ),
]


ByOption = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Who decides; without it your login name."),
]


HeadOption = Annotated[
    str | None,
    typer.Option(
        "--head",
        metavar="FILE|TEXT",
        help="A head that was kept elsewhere (earmark head), as a file, as text, or - for standard "
        "input.",
    ),
]


DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Say what would be read and added, and store nothing.")
]


def fetch_of(*, no_fetch: bool, allow_private: bool) -> Fetch:
    """Return what the two options about the network mean together.

    Raises:
        SettingsError: Both are given.
    """
    if no_fetch and allow_private:
        raise SettingsError("--no-fetch and --allow-private contradict each other; leave one out")
    return "never" if no_fetch else "any" if allow_private else "public"


PipelineOption = Annotated[
    str | None,
    typer.Option(
        "--pipeline",
        metavar="NAME",
        help="A trained spaCy pipeline that you have installed (en_core_web_sm), or its folder: "
        "its parse is asked where rules must guess.",
    ),
]


@dataclass(slots=True)
class Session:
    """What holds for the whole call.

    Attributes:
        debug: Show tracebacks.
        colour: False with `--no-color`.
    """

    debug: bool = False
    colour: bool = True

    def screen(self) -> Screen:
        """Return the way to print."""
        return Screen(os.environ, colour=self.colour)


def session_of(context: typer.Context) -> Session:
    """Return the session that `main` started the command in."""
    session = context.find_object(Session)
    assert session is not None  # noqa: S101 - main hands it to every command
    return session


def open_for_reading(
    store: str | None,
    rules: Path | None = None,
    pipeline: str | None = None,
    fetch: Fetch = "public",
) -> EarmarkStore:
    """Open the store that the user means, promising not to write.

    Raises:
        StoreError: There is none, or it cannot be read.
    """
    place = store_place(store, Path.cwd())
    return earmark.open_store(
        place, create=False, read_only=True, rules=rules, pipeline=pipeline, fetch=fetch
    )


def open_for_questions(store: str | None) -> OpenQuestions:
    """Open the store that the user means, to ask about its claims and no more.

    Raises:
        StoreError: There is none, or it cannot be read.
    """
    from earmark.questions import OpenQuestions  # noqa: PLC0415 - no other command asks so little

    return OpenQuestions(store_place(store, Path.cwd()))


def open_for_writing(
    store: str | None, rules: Path | None = None, pipeline: str | None = None
) -> EarmarkStore:
    """Open the store that the user means.

    Raises:
        StoreError: It cannot be written, or there is none.
    """
    place = store_place(store, Path.cwd())
    return earmark.open_store(place, create=False, rules=rules, pipeline=pipeline)


def deciding_name(screen: Screen, by: str | None) -> str:
    """Return who decides; a name that nobody gave is said."""
    if by:
        return by
    name = login_name()
    screen.note(f"deciding as {name}, your login name; another name: --by NAME")
    return name


def refuse_to_wait(sources: Sequence[str]) -> None:
    """Refuse `-` where standard input is a terminal: nothing would happen until Ctrl-D.

    Raises:
        SettingsError: It is.
    """
    if "-" in sources and sys.stdin.isatty():
        raise SettingsError(
            "Standard input is this terminal, so there is nothing to read. Pipe a text into "
            "Earmark (cat notes.txt | earmark extract -), or name a file."
        )
