"""`earmark diff`: what changed of a source's money between its captures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from earmark.cli.options import JsonOption, StoreOption, open_for_reading, session_of
from earmark.cli.screen import Screen
from earmark.words.wording import count, mention_amount
from store.instants import instant_text

if TYPE_CHECKING:
    from store.results import PlacedMention
    from store.versions import Change, Comparison, Version

EXAMPLES = """\b
Examples:
  earmark diff https://www.example.org/news/budget.html
  earmark diff press/release.html --json
"""


def command(
    context: typer.Context,
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="As `ingest` printed it: an address or a path.")
    ],
    *,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what changed of a source's money from each capture to the next.

    A mention goes with the one whose sentence is most alike when the amounts are left out. One line
    for each that changed, came or went, with the claims, after the times of both captures.
    """
    screen = session_of(context).screen()
    with open_for_reading(store) as kept:
        compared = kept.diff(source)
        only = None if compared else kept.versions(source)[0]
    if as_json:
        screen.json([_data(one) for one in compared])
    elif only:
        screen.line(f"{source} was captured once, {_version(only)}: nothing to compare.")
    else:
        for one in compared:
            _print(screen, one)


def _print(screen: Screen, compared: Comparison) -> None:
    screen.line(f"{_version(compared.older)}  ->  {_version(compared.newer)}")
    for change in compared.changes:
        if change.kind != "same":
            screen.line(f"  {_words(change)}")
    same = sum(change.kind == "same" for change in compared.changes)
    screen.line(f"  {count(same, 'mention')} unchanged")


def _version(version: Version) -> str:
    return f"{instant_text(version.captured_at)} {version.document.id}"


def _words(change: Change) -> str:
    before, after = change.before, change.after
    if before and after:
        verb = "became" if change.kind == "became" else "is reworded:"
        amounts = f"{_amount(before)} {verb} {_amount(after)}"
        return f"{amounts}   {_place(before)} -> {_place(after)}{_purpose(after)}"
    one = before or after
    assert one is not None  # noqa: S101 - a change has at least one side
    return f"{change.kind}: {_amount(one)}   {_place(one)}{_purpose(one)}"


def _amount(placed: PlacedMention) -> str:
    return mention_amount(placed.mention.amount)


def _place(placed: PlacedMention) -> str:
    return f"{placed.claim} ({placed.id})"


def _purpose(placed: PlacedMention) -> str:
    purpose = placed.mention.purpose
    return f"   {purpose.text}" if purpose else ""


def _data(compared: Comparison) -> dict[str, object]:
    sides = {"from": compared.older, "to": compared.newer}
    return {
        **{
            name: {
                "document": version.document.id,
                "captured_at": instant_text(version.captured_at),
            }
            for name, version in sides.items()
        },
        "changes": [
            {"kind": change.kind, "before": _side(change.before), "after": _side(change.after)}
            for change in compared.changes
        ],
    }


def _side(placed: PlacedMention | None) -> dict[str, object] | None:
    if placed is None:
        return None
    return {"id": placed.id, "claim": placed.claim, **placed.mention.to_dict()}
