"""`earmark import`: a whole store back from JSON Lines."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

import earmark
from earmark.cli.options import JsonOption, StoreOption, session_of
from earmark.settings import store_place
from earmark.words.wording import count
from records.errors import NoStoreError

EXAMPLES = """\b
Examples:
  earmark export --format store --with-sources -o nhs.jsonl
  earmark import nhs.jsonl --store copy.earmark.db
"""


def command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What export --format store wrote.")],
    *,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring the records of a store back, with their ids: all of them, or none.

    The store is made where there is none. One that has some of the records already takes the
    others; where it has something else under the same ids, that is listed and nothing is changed.
    """
    exporting = import_module("earmark.exporting")  # brings a database, which help needs not
    screen = session_of(context).screen()
    place = store_place(store, Path.cwd())
    try:
        with earmark.open_store(place, create=False) as kept:
            loaded = kept.load(file)
    except NoStoreError:
        loaded = exporting.import_new(place, file)
    if as_json:
        screen.json([loaded._asdict()])
        return
    added = ", ".join(count(number, kind) for kind, number in loaded.added.items())
    shown = import_module("store.place").place_of(place).shown
    screen.line(f"{added or 'nothing'} added, {loaded.unchanged} unchanged: {shown}")
    if loaded.filled:
        screen.note(f"bytes that the store had not: {loaded.filled}")
    if not loaded.sources:
        screen.note(
            "note: the file holds no bytes of documents, so an audit cannot derive their texts; "
            "export with --with-sources"
        )
    if loaded.differing:
        screen.note(
            f"note: claims that come out otherwise here: {', '.join(loaded.differing)}; the store "
            "has other documents, or this Earmark other rules of matching"
        )
