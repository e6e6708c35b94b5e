"""`earmark rederive`: read stored documents again with the readers and rules of today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from earmark.cli import status
from earmark.cli.options import (
    JsonOption,
    PipelineOption,
    RulesOption,
    StoreOption,
    deciding_name,
    open_for_reading,
    open_for_writing,
    session_of,
)
from earmark.cli.screen import Screen
from earmark.outcome import FATES
from earmark.words.wording import count, mention_amount
from records.errors import SettingsError

if TYPE_CHECKING:
    from earmark.rederiving import Rederived, Rereading

EXAMPLES = """\b
Examples:
  earmark rederive                          what would change, and change nothing
  earmark rederive d2 d5 --json
  earmark rederive --adopt --by anna        take the new readings; earmark undo takes them back

\b
Exit status: 0 all read as they did, or adopted; 3 some read otherwise and were not adopted, or
could not be read again; 1 no such document.
"""


def command(  # noqa: PLR0913 - Typer reads one parameter per option
    context: typer.Context,
    documents: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DOCUMENT]...", help="Ids of documents (d2); none for all."),
    ] = None,
    *,
    adopt: Annotated[
        bool, typer.Option("--adopt", help="Put readings that differ in place of the older ones.")
    ] = False,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who adopts; without it your login.")
    ] = None,
    store: StoreOption = None,
    rules: RulesOption = None,
    pipeline: PipelineOption = None,
    as_json: JsonOption = False,
) -> int:
    """Read documents again from their kept bytes, and say what became of their mentions.

    Kept, moved, changed, gone or new, for each document. Nothing is changed without --adopt; with
    it the older readings stay in the store, and their quotes stay as provable as they were.
    """
    screen = session_of(context).screen()
    if by and not adopt:
        raise SettingsError("--by says who adopts; say --adopt as well")
    name = deciding_name(screen, by) if adopt else None
    opened = open_for_writing if adopt else open_for_reading
    with opened(store, rules, pipeline) as kept:
        told = []
        for one in kept.rederive(documents or (), adopt_by=name):
            told.append(one)
            if not as_json:
                _print(screen, one)
    if as_json:
        screen.json([_data(one) for one in told])
    else:
        _print_end(screen, told, adopt=adopt)
    open_ends = any(one.failed or not (one.is_same or one.adopted) for one in told)
    return status.PARTIAL if open_ends else status.DONE


def _print(screen: Screen, one: Rereading) -> None:
    if one.failed:
        screen.line(f"{one.document}: cannot be read again: {one.failed}")
        return
    if one.is_same:
        return
    counts = ", ".join(f"{one.count(fate)} {fate}" for fate in FATES)
    screen.line(f"{one.document} {one.source}: {counts}{'; adopted' if one.adopted else ''}")
    if one.differing:
        screen.line(f"  of the document: {', '.join(one.differing)}")
    for mention in one.mentions:
        if mention.fate != "kept":
            screen.line(f"  {_words(mention)}")


def _words(one: Rederived) -> str:
    parts = [one.fate, one.id or "-"]
    for side in (one.before, one.after):
        if side is not None and (side is one.before or one.before is None or _shown(one)):
            parts.append(mention_amount(side.amount))
    if one.differing:
        parts.append(f"({', '.join(one.differing)})")
    return "  ".join(parts)


def _shown(one: Rederived) -> bool:
    return "amount" in one.differing


def _print_end(screen: Screen, told: list[Rereading], *, adopt: bool) -> None:
    same = sum(one.is_same and not one.failed for one in told)
    otherwise = sum(not one.is_same for one in told)
    failed = sum(one.failed is not None for one in told)
    end = "adopted" if adopt else "not adopted: nothing was changed"
    parts = [f"{count(same, 'document')} as before"]
    if otherwise:
        parts.append(f"{otherwise} otherwise ({end})")
    if failed:
        parts.append(f"{failed} not read")
    screen.line(f"{'; '.join(parts)}.")
    if otherwise and not adopt:
        screen.hint("Next: earmark rederive --adopt --by NAME    take the new readings")


def _data(one: Rereading) -> dict[str, object]:
    return {
        **{"id": one.document, "source": one.source, "failed": one.failed},
        **{"adopted": one.adopted, "differing": list(one.differing)},
        **{fate: one.count(fate) for fate in FATES},
        "mentions": [
            {
                **{"fate": each.fate, "id": each.id, "differing": list(each.differing)},
                "before": each.before and each.before.to_dict(),
                "after": each.after and each.after.to_dict(),
            }
            for each in one.mentions
        ],
    }
