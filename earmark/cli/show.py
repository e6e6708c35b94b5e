"""`earmark show`: one claim, mention or document, down to the words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from earmark.cli.cards import print_claim, print_document, print_mention
from earmark.cli.documents import document_data
from earmark.cli.options import JsonOption, StoreOption, open_for_reading, session_of
from earmark.cli.screen import Screen
from records.claim import Claim, StoredMention
from store.exports.jsonl import claim_data, mention_data

if TYPE_CHECKING:
    from earmark.api import EarmarkStore
    from store.results import StoredDocument

    Found = Claim | tuple[StoredMention, Claim] | StoredDocument

EXAMPLES = """\b
Examples:
  earmark show c7           a claim: every quote that states it, and why they are one claim
  earmark show m3           a mention, and the claim that it states
  earmark show d2 --json    a document: where it came from, how it was read, what it states
"""


def command(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID", hidden=True)],
    *,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a claim with its quotes, a mention or a document.

    ID is that of a claim (c7), a mention (m3) or a document (d2). For each mention: the quote in
    its sentence, document, page and offsets, and the rule behind each field. For a claim: why its
    mentions are held to be one.
    """
    screen = session_of(context).screen()
    with open_for_reading(store) as kept:
        found = [_find(kept, name) for name in ids]
        related = {
            relation.to: kept.claim(relation.to)
            for claim in found
            if isinstance(claim, Claim)
            for relation in claim.relations
        }
    if as_json:
        screen.json([_data(each) for each in found])
        return
    for each in found:
        _print(screen, each, related)


def _find(kept: EarmarkStore, name: str) -> Found:
    if name.startswith("d"):
        return kept.document(name)
    claim = kept.claim(name)
    if name.startswith("m"):
        return next(stored for stored in claim.mentions if stored.id == name), claim
    return claim


def _print(screen: Screen, found: Found, related: Mapping[str, Claim]) -> None:
    if isinstance(found, Claim):
        print_claim(screen, found, related)
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
