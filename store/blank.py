"""What is left of a row when the words of its document are erased.

A row stays, under its id, so that everything that points at it still does. What was read, from the
bytes or by a person, goes: words, names, addresses, days, and every hash that could be guessed.
Offsets become the number of the amount in its text, which tells amounts apart and nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from records.mention import SPAN_FIELDS
from store.tables import METADATA_FIELDS

Row = Mapping[str, Any]
MARK = "redacted:"
"""What stands in place of the hash of erased bytes begins so; the number of the redaction ends it.
"""
FIGURES = (
    *("currency", "exponent", "low_minor", "low_text", "high_minor", "high_text"),
    *("approximate", "per", "kind", "period_start", "period_until"),
)
"""Columns of a mention that may stay when asked for."""
_NO_HASH = hashlib.sha256().hexdigest()
_NO_AMOUNT = {
    **dict.fromkeys(("exponent", "low_minor", "low_text", "high_minor", "high_text", "per")),
    **{"currency": "", "approximate": 0, "kind": "", "period_start": None, "period_until": None},
}


def blank_content(redaction: int) -> dict[str, Any]:
    """Return what stands in place of bytes and their hash; their length stays."""
    return {"sha256": f"{MARK}{redaction}", "body": b""}


def blank_capture() -> dict[str, Any]:
    """Return what stands in place of a name, and of what was said with it."""
    return {"source": "", "given": "{}", "fetched": None}


def blank_refusal() -> dict[str, Any]:
    """Return what stands in place of a message, which may quote the bytes."""
    return {"message": ""}


def blank_document(redaction: int) -> dict[str, Any]:
    """Return what stands in place of a text and all that was read about it."""
    facts = dict.fromkeys(f"{name}{part}" for name in METADATA_FIELDS for part in ("", "_how"))
    empty = {"gaps": "[]", "warnings": "[]", "text_sha256": _NO_HASH, "body": b"", "words": b""}
    return {"redacted_by": redaction, **facts, **empty}


def blank_mention(place: int, *, figures: bool) -> dict[str, Any]:
    """Return what stands in place of what was read about an amount.

    Args:
        place: The number of the amount in its text, from 0.
        figures: Whether amount, kind and period stay.
    """
    spans = ("timeframe", *SPAN_FIELDS, "relation", "newness")
    return {
        **{"amount_start": place, "amount_end": place, "amount_text": ""},
        **dict.fromkeys(f"{name}_{part}" for name in spans for part in ("start", "end", "text")),
        **dict.fromkeys(("duration", "relation", "newness", "page")),
        **{"vague": 0, "rules": "{}", "sentence_start": 0, "sentence": ""},
        **({} if figures else _NO_AMOUNT),
    }


def blank_decision(row: Row, content: int, places: Mapping[int, int]) -> dict[str, Any]:
    """Return what stands in place of a decision on amounts of some bytes.

    Args:
        row: The decision.
        content: The row of the bytes.
        places: Start of an amount to its number in its text.
    """
    found: dict[str, Any] = dict.fromkeys(("reason", "value", "read_as"))
    for prefix in ("", "other_"):
        if row[f"{prefix}content_id"] == content:
            place = places[row[f"{prefix}amount_start"]]
            ends = {f"{prefix}amount_start": place, f"{prefix}amount_end": place}
            found |= {**ends, f"{prefix}amount_text": ""}
    return found
