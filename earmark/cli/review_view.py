"""A question of the review queue as a card, with or without what the machine makes of it."""

from __future__ import annotations

from earmark.cli.screen import Screen
from earmark.words.review_words import view_lines
from earmark.words.wording import day, mention_amount, period
from records.claim import StoredMention
from records.decision import Decision
from records.mention import Amount
from records.money import display_bounds
from records.review import ReviewItem

PAIR_HELP = (
    "s same · d different · p the first is part of the second · w the second is part of the first"
)
FIELD_HELP = "a accept · c WORDS correct · r reject: the text does not say so"
BLIND_HELP = "c WORDS what the text says · r the text says nothing of it"
COMMON_HELP = "n not sure · u undo the last · q quit; a reason may follow: d other years"
BLIND_COMMON = "n not sure · u undo the last · q quit"


def print_item(screen: Screen, item: ReviewItem, place: str, *, blind: bool) -> None:
    """Print a question: the quotes, and what the machine makes of it unless that is hidden.

    Args:
        screen: Where to.
        item: The question.
        place: Where in the queue it stands: `3 of 20`.
        blind: Hide the machine's view.
    """
    stake = display_bounds(item.stake, item.stake, item.currency) if item.stake else "not known"
    about = f"is the {item.field} right?" if item.field else "the same money?"
    if blind and item.field:
        about = f"what is the {item.field}?"
    screen.heading("review", item.id, f"{about} {place}, at stake {stake}")
    for stored in item.mentions:
        _print_mention(screen, stored)
    if not blind:
        print_view(screen, item)


def print_view(screen: Screen, item: ReviewItem) -> None:
    """Print what the machine makes of a question."""
    for label, value in view_lines(item):
        screen.labelled(label, value)


def help_line(item: ReviewItem, *, blind: bool) -> str:
    """Return the keys that answer a question."""
    if item.field is None:
        return f"{PAIR_HELP} · {COMMON_HELP}"
    return f"{BLIND_HELP} · {BLIND_COMMON}" if blind else f"{FIELD_HELP} · {COMMON_HELP}"


def said(decision: Decision) -> str:
    """Return a decision that was just made, on one line."""
    read = decision.read_as
    if read is None:
        return f"{decision.id}: {decision.says}"
    if isinstance(read, Amount):
        return f"{decision.id}: {decision.says}, read as {mention_amount(read)}"
    days = period(read.start, read.until) or read.duration or "words without days"
    return f"{decision.id}: {decision.says}, read as {days}"


def _print_mention(screen: Screen, stored: StoredMention) -> None:
    origin = stored.provenance
    when = f", {day(origin.published)}" if origin.published else ""
    amount = mention_amount(stored.counted.amount)
    screen.labelled(stored.id, f"{amount} in {origin.document}, {origin.source}{when}")
    screen.quote(origin.before, stored.mention.amount.span.text, origin.sentence_after)
