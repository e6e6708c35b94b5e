"""Annotation sheets: gold written as quotes, turned into gold JSON with offsets.

A sheet is TOML. Its `[document]` table is the gold file's; each `[[mention]]` stands for one
amount, in the order of the text:

    [[mention]]
    amount = "£2.3bn"                       # the next place where these words stand
    value = "~GBP 2300000000"               # see `read_value`
    kind = "funding"
    claim = "nhs-diagnostics-2021"
    purpose = "more diagnostic tests"       # of several places, the nearest to the amount
    timeframe = { quote = "over three years", duration = "P3Y" }
    part_of = "£5.9bn"                      # nearest other mention with this amount

A quote that would be found at the wrong place takes its neighbours along and marks itself with
brackets: `"told the [BBC] that"`. A relation's target may name its place among equal amounts:
`"£2bn#2"` is the second one. Offsets are never written by hand, so a text can change and its sheet
still holds.

Definitions of every field: docs/annotation.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from records.errors import SpanMismatchError
from records.jsonio import mention_from_dict
from records.mention import RELATION_TYPES, SPAN_FIELDS

_VALUE = re.compile(
    r"(?P<about>~)?(?P<currency>[A-Z]{3}) "
    r"(?:(?P<vague>vague)|(?P<low>\d+(?:\.\d+)?)?(?P<range>\.\.)?(?P<high>\d+(?:\.\d+)?)?)"
    r"(?: per (?P<per>.+))?"
)
_KEYS = {"amount", "value", "kind", "claim", "timeframe", *SPAN_FIELDS, *RELATION_TYPES}
_DAYS = ("from", "until")


def annotate(sheet: Mapping[str, Any], text: str, text_sha256: str) -> dict[str, Any]:
    """Turn a sheet into the content of a gold file, every quote checked against the text.

    Args:
        sheet: A parsed annotation sheet.
        text: The document's text.
        text_sha256: Hex digest of `text` as UTF-8.

    Raises:
        SpanMismatchError: A quote is not in the text, or an entry cannot be read; the message
            names the mention.
    """
    mentions: list[dict[str, Any]] = []
    after = 0
    for entry in sheet["mention"]:
        try:
            mentions.append(_mention(entry, text, after))
        except (KeyError, ValueError, SpanMismatchError) as error:
            raise SpanMismatchError(f"mention {entry.get('amount')!r}: {error}") from error
        after = mentions[-1]["amount"]["end"]
    for entry, mention in zip(sheet["mention"], mentions, strict=True):
        mention["relation"] = _relation(entry, mention, mentions)
        mention_from_dict(mention, text)
    given = sheet["document"]
    document = {key: given.get(key) for key in ("title", "publisher", "published", "country")}
    if document["published"] is not None:
        document["published"] = document["published"].isoformat()
    return {"document": {"text_sha256": text_sha256, **document}, "mentions": mentions}


def read_value(value: str) -> dict[str, Any]:
    """Read an amount's value: `GBP 5`, `~GBP 5..` (at least), `GBP ..5`, `GBP 2..3 per year`.

    `~` marks a hedge; `GBP vague` has no bounds.

    Raises:
        ValueError: The words are none of these.
    """
    found = _VALUE.fullmatch(value)
    if not found or not (found["vague"] or found["low"] or found["high"]):
        raise ValueError(f"{value!r} is no value; write it like '~GBP 2..3 per year'")
    amount: dict[str, Any] = {
        "currency": found["currency"],
        "low": found["low"],
        "high": found["high"] if found["range"] else found["low"],
        "approximate": bool(found["about"]),
        "per": found["per"],
    }
    return {**amount, "vague": True} if found["vague"] else amount


def _mention(entry: Mapping[str, Any], text: str, after: int) -> dict[str, Any]:
    if unknown := set(entry) - _KEYS:
        raise ValueError(f"unknown key {', '.join(sorted(unknown))}")
    start, end = min((p for p in _places(entry["amount"], text) if p[0] >= after), default=(0, 0))
    if not end:
        raise SpanMismatchError(f"not in the text after offset {after}")
    quoted = {
        name: _quote(entry[name], text, start) if name in entry else None for name in SPAN_FIELDS
    }
    return {
        "amount": {**_span(text, start, end), **read_value(entry["value"])},
        "timeframe": _timeframe(entry.get("timeframe"), text, start),
        **quoted,
        "kind": entry["kind"],
        "relation": None,
        "claim": entry["claim"],
    }


def _timeframe(data: Mapping[str, Any] | None, text: str, near: int) -> dict[str, Any] | None:
    if data is None:
        return None
    days = {key: data[key].isoformat() if key in data else None for key in _DAYS}
    return {**_quote(data["quote"], text, near), "duration": data.get("duration"), **days}


def _relation(
    entry: Mapping[str, Any], mention: Mapping[str, Any], mentions: Sequence[Mapping[str, Any]]
) -> dict[str, Any] | None:
    stated = [kind for kind in RELATION_TYPES if kind in entry]
    if len(stated) > 1:
        raise SpanMismatchError(f"mention {entry['amount']!r} has {len(stated)} relations, not one")
    if not stated:
        return None
    wanted, _, nth = entry[stated[0]].partition("#")
    here = mention["amount"]["start"]
    found = [m["amount"] for m in mentions if m["amount"]["text"] == wanted and m is not mention]
    if nth:
        everywhere = [m["amount"] for m in mentions if m["amount"]["text"] == wanted]
        found = everywhere[int(nth) - 1 : int(nth)]
    if not found:
        raise SpanMismatchError(f"mention {entry['amount']!r}: no mention {entry[stated[0]]!r}")
    target = min(found, key=lambda amount: abs(amount["start"] - here))
    return {"type": stated[0], "to": {"start": target["start"], "end": target["end"]}}


def _quote(quote: str, text: str, near: int) -> dict[str, Any]:
    places = _places(quote, text)
    if not places:
        raise SpanMismatchError(f"{quote!r} is not in the text")
    return _span(text, *min(places, key=lambda place: abs(place[0] - near)))


def _places(quote: str, text: str) -> list[tuple[int, int]]:
    before, bracket, rest = quote.partition("[")
    inner, _, behind = rest.partition("]") if bracket else (quote, "", "")
    before = before if bracket else ""
    return [
        (found.start() + len(before), found.start() + len(before) + len(inner))
        for found in re.finditer(re.escape(before + inner + behind), text)
    ]


def _span(text: str, start: int, end: int) -> dict[str, Any]:
    return {"text": text[start:end], "start": start, "end": end}
