"""Claims, mentions and documents as cards: a label and a value on each line.

On a terminal the labels are aligned; elsewhere a tab stands between label and value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from earmark.cli.screen import Screen
from earmark.cli.timeline import print_timeline
from earmark.words.fields import claim_lines, document_lines, field_lines, place_lines
from earmark.words.wording import UNKNOWN, claim_amount, decision_words, mention_amount
from records.claim import Claim, Match, StoredMention
from records.mention import Mention

if TYPE_CHECKING:
    from store.results import StoredDocument


def print_claim(screen: Screen, history: Sequence[Claim], related: Mapping[str, Claim]) -> None:
    """Print a claim, its life, each of its mentions, and why they are one claim.

    Args:
        screen: Where to.
        history: The claim, and after it those whose figure it was or has become.
        related: The claims that its relations point at, by id.
    """
    claim = history[0]
    screen.heading("claim", claim.id, f"{claim_amount(claim)} {claim.kind}")
    for label, value in claim_lines(claim, related):
        screen.labelled(label, value)
    print_timeline(screen, history, related)
    for stored in claim.mentions:
        print_mention(screen, stored)
    for match in claim.matches:
        _print_match(screen, match)


def print_mention(screen: Screen, stored: StoredMention) -> None:
    """Print a mention: its quote in context, where it stands, and each field with its rule."""
    origin = stored.provenance
    screen.heading("mention", stored.id, f"in {origin.document}, {origin.source}")
    screen.quote(origin.before, stored.mention.amount.span.text, origin.sentence_after)
    for label, value in place_lines(stored):
        screen.labelled(label, value)
    print_fields(screen, stored.counted)
    counted = set(field_lines(stored.counted))
    for label, value, rule in field_lines(stored.mention):
        if (label, value, rule) not in counted:
            screen.labelled("was read as", f"{label} {value}  ({rule})")
    for decision in stored.decisions:
        screen.labelled("decided", decision_words(decision))


def print_fields(screen: Screen, mention: Mention) -> None:
    """Print what a mention says, each field with the rule that made it."""
    for label, value, rule in field_lines(mention):
        screen.labelled(label, f"{value}  ({rule})")


def print_document(screen: Screen, stored: StoredDocument) -> None:
    """Print a document: where it came from, how it was read, what is missing, what it states."""
    document = stored.document
    screen.heading("document", stored.id, document.source)
    for name in stored.sources:
        if name != document.source:
            screen.labelled("also from", name)
    for label, value in document_lines(document):
        screen.labelled(label, value)
    if stored.echo:
        screen.labelled(stored.echo.kind, stored.echo.reason)
    for mention_id, claim_id, mention in stored.mentions:
        purpose = mention.purpose.text if mention.purpose else UNKNOWN
        amount = mention_amount(mention.amount)
        screen.labelled(mention_id, f"{amount} for {purpose} ({claim_id})")


def _print_match(screen: Screen, match: Match) -> None:
    score = f"score {match.score / 100:.2f}"
    screen.heading("match", f"{match.left} = {match.right}", f"one claim, {score}")
    for reason in match.reasons:
        screen.labelled(f"{reason.weight / 100:+.2f}", reason.text)
