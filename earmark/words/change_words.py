"""What became of the money of a source from one capture to the next, in words and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from earmark.words.wording import mention_amount
from store.instants import instant_text

if TYPE_CHECKING:
    from store.results import PlacedMention
    from store.versions import Change, Comparison


def change_words(change: Change) -> str:
    """Say what became of a mention."""
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


def comparison_data(compared: Comparison) -> dict[str, object]:
    """Return what changed from one capture to the next as data for JSON."""
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
