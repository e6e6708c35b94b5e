"""`earmark show`: one claim, mention or document, down to the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from earmark.cli.cards import print_claim, print_document, print_mention
from earmark.cli.options import JsonOption, StoreOption, open_for_reading, session_of
from earmark.cli.screen import Screen
from earmark.files import write_bytes
from earmark.history import history_of
from earmark.words.document_data import document_data
from records.claim import Claim, StoredMention
from records.errors import SettingsError
from store.exports.jsonl import claim_data, mention_data

if TYPE_CHECKING:
    from earmark.api import EarmarkStore
    from store.results import StoredDocument

    Found = Claim | tuple[StoredMention, Claim] | StoredDocument

PageImageOption = Annotated[
    Path | None,
    typer.Option(
        "--page-image",
        metavar="FILE.png",
        help="Draw the page that the quote stands on, with a box around each of its words.",
    ),
]

EXAMPLES = """\b
Examples:
  earmark show c7           a claim: every quote that states it, and why they are one claim
  earmark show m3           a mention, and the claim that it states
  earmark show d2 --json    a document: where it came from, how it was read, what it states
  earmark show m3 --page-image page.png    the page of a PDF with the quote marked on it
"""


def command(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID", hidden=True)],
    *,
    store: StoreOption = None,
    as_json: JsonOption = False,
    page_image: PageImageOption = None,
) -> None:
    """Show a claim with its quotes, a mention or a document.

    ID is that of a claim (c7), a mention (m3) or a document (d2). For each mention: the quote in
    its sentence, document, page and offsets, and the rule behind each field. For a claim: who said
    it when and whether that was new, and why its mentions are held to be one.
    """
    screen = session_of(context).screen()
    with open_for_reading(store) as kept:
        found = [_find(kept, name) for name in ids]
        if page_image is not None:
            write_bytes(page_image, kept.page_image(_of_quote(ids)))
        claims = [claim for claim in found if isinstance(claim, Claim)]
        histories = {claim.id: history_of(claim, kept.claim) for claim in claims}
        related = {one.id: one for history in histories.values() for one in history}
        named = {relation.to for one in related.values() for relation in one.relations}
        related |= {name: kept.claim(name) for name in sorted(named - related.keys())}
    if as_json:
        screen.json([_data(each) for each in found])
        return
    for each in found:
        _print(screen, each, histories, related)


def _of_quote(ids: list[str]) -> str:
    """Return the one id that has a quote to draw.

    Raises:
        SettingsError: There are several, or it is a document's.
    """
    if len(ids) > 1 or ids[0].startswith("d"):
        raise SettingsError(
            "--page-image draws one quote; name one mention (m3) or claim (c7) for it"
        )
    return ids[0]


def _find(kept: EarmarkStore, name: str) -> Found:
    if name.startswith("d"):
        return kept.document(name)
    claim = kept.claim(name)
    if name.startswith("m"):
        return next(stored for stored in claim.mentions if stored.id == name), claim
    return claim


def _print(
    screen: Screen,
    found: Found,
    histories: Mapping[str, Sequence[Claim]],
    related: Mapping[str, Claim],
) -> None:
    if isinstance(found, Claim):
        print_claim(screen, histories[found.id], related)
    elif isinstance(found, tuple):
        stored, claim = found
        print_mention(screen, stored)
        screen.labelled("claim", claim.id)
    else:
        print_document(screen, found)


def _data(found: Found) -> dict[str, object]:
    if isinstance(found, Claim):
        return claim_data(found)
    if isinstance(found, tuple):
        stored, claim = found
        return {**mention_data(stored), "claim": claim.id}
    return document_data(found)
