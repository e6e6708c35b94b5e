"""What the machine makes of a question of the review queue, in words and as data."""

from __future__ import annotations

from records.money import decimal_text
from records.review import ReviewItem
from store.exports.jsonl import mention_data


def view_lines(item: ReviewItem) -> list[tuple[str, str]]:
    """Return what the machine makes of a question, as labels and values."""
    if item.field is not None:
        sure = "" if item.confidence is None else f", right {item.confidence * 100:.0f} in 100"
        rule = item.mentions[0].mention.rules.get(item.field, "")
        return [(item.field, f"{item.value or 'nothing'}  ({rule}{sure})")]
    held = f"one claim, {item.claims[0]}" if item.linked else " and ".join(item.claims)
    score = "" if item.score is None else f", score {item.score / 100:.2f}"
    reasons = [(f"{one.weight / 100:+.2f}", one.text) for one in item.reasons]
    return [("machine", f"{held}{score}"), *reasons]


def item_data(item: ReviewItem, *, blind: bool) -> dict[str, object]:
    """Return a question as data for JSON; `blind` leaves out what the machine makes of it."""
    return {
        "id": item.id,
        "field": item.field,
        "currency": item.currency,
        "stake": decimal_text(item.stake),
        "machine": None if blind else [list(line) for line in view_lines(item)],
        "mentions": [mention_data(stored) for stored in item.mentions],
    }
