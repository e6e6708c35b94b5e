"""A claim: the sentence with its fields marked, its mentions, its life, and why they are one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from starlette.requests import Request

from earmark.api import EarmarkStore
from earmark.history import history_of
from earmark.web.forms import deciding
from earmark.web.render import link
from earmark.web.site import Site
from earmark.web.views import View
from earmark.words.citing import citation
from earmark.words.fields import RELATIONS, claim_lines
from earmark.words.marks import LABELS, field_marks, pieces
from earmark.words.story import excerpt, standing_words, told
from earmark.words.wording import day, mention_amount, period
from records.claim import Claim, StoredMention
from records.decision import FIELDS, Decision
from records.mention import SPAN_FIELDS
from records.why import FieldTrace
from store.exports.csv import quote_of, quoted_mention
from store.exports.jsonl import claim_data

COLUMNS = (
    *("mention", "claim", "document", "amount", "currency", "low", "high", "quote", "page"),
    *("start", "end", "publisher", "title", "published", "published_how", "fetched", "sha256"),
)
MISSING = {
    "funder": "who pays",
    "recipient": "who gets it",
    "purpose": "what it is for",
    "timeframe": "over which years, or by when",
    "first_said": "on which day it was said",
}


PAIR_KEYS = (
    ("same", "s", "the same money"),
    ("different", "d", "different money"),
    ("part_of", "p", "the first is part of the second"),
    ("whole_of", "w", "the second is part of the first"),
    ("not_sure", "n", "not sure"),
)
FIELD_KEYS = (
    ("accept", "a", "accept"),
    ("correct", "c", "correct"),
    ("reject", "r", "reject: the text does not say so"),
    ("not_sure", "n", "not sure"),
)
"""What can be decided: the word, its key, and how it is asked."""


def claim_view(_: Site, store: EarmarkStore, request: Request) -> View:
    """Show one claim, by its id or that of one of its mentions."""
    name = request.path_params["name"]
    claim = store.claim(name)
    chosen = next((one for one in claim.mentions if one.id == name), quoted_mention(claim))
    history = history_of(claim, store.claim)
    related = {one.id: one for one in history}
    named = {relation.to for one in history for relation in one.relations}
    related |= {other: store.claim(other) for other in sorted(named - related.keys())}
    base = f"/claims/{claim.id}"
    decisions = [
        one
        for one in store.decisions()
        if any(one.concerns(stored.id) for stored in claim.mentions)
    ]
    context = {
        **_deciding(request, chosen, decisions),
        "claim": claim,
        "chosen": chosen,
        "pieces": sentence_pieces(chosen),
        "lines": list(claim_lines(claim, related)),
        "missing": [words for field, words in MISSING.items() if getattr(claim, field) is None],
        "related": [(one, related[one.to]) for one in claim.relations],
        "became": [related[other] for other in claim.replaced_by if other in related],
        "fields": [(one, _says(one, chosen)) for one in store.why(chosen.id).fields],
        "labels": LABELS,
        "story": list(_story(history)),
        "decisions": decisions,
        "citation": citation(chosen),
        "json": f"{base}.json",
        "csv": f"{base}.csv",
    }
    return View(
        "claim.html",
        context,
        data=lambda: {"data": [claim_data(claim)]},
        rows=lambda: _rows(claim),
    )


def _deciding(
    request: Request, chosen: StoredMention, decisions: Sequence[Decision]
) -> dict[str, object]:
    """Return what the forms of the page need: who decides, what was seen, where they lead back.

    They lead back to the mention: a decision can move it to another claim.
    """
    read = {field for field, _ in chosen.mention.spans()} | {"amount", "kind"}
    fields = sorted(FIELDS, key=lambda field: field not in read)
    return {
        **deciding(request, decisions, back=f"/claims/{chosen.id}"),
        "askable": [(field, LABELS.get(field, field)) for field in fields],
        "pair_keys": PAIR_KEYS,
        "field_keys": FIELD_KEYS,
    }


def sentence_pieces(stored: StoredMention) -> list[object]:
    """Return the sentence of a mention, cut at its fields."""
    start = stored.mention.amount.span.start - len(stored.provenance.before)
    sentence = quote_of(stored)
    marks = list(field_marks(stored.mention))
    cut = len(sentence) - len(sentence.lstrip())
    return list(pieces(sentence.strip(), start + cut, marks))


def _story(history: Sequence[Claim]) -> Iterator[dict[str, object]]:
    """Yield what each document does with the claim or a figure that it was or became."""
    places = {one.id: one for each in history for one in each.mentions}
    for one, each in told(history):
        stored = places[one.mentions[0]]
        yield {
            "when": day(one.published) if one.published else "no date",
            "words": standing_words(one, each, history),
            "claim": each,
            "stored": stored,
            "excerpt": excerpt(stored),
        }


def _says(field: FieldTrace, stored: StoredMention) -> str:
    """Return what a field says as people read it; what somebody corrected as that was written."""
    frame = stored.mention.timeframe
    if stored.correction is None and field.field == "amount":
        return mention_amount(stored.mention.amount)
    if stored.correction is None and field.field == "timeframe" and frame:
        return period(frame.start, frame.until) or field.value or ""
    return RELATIONS.get(field.value or "", field.value or "")


def mention_link(stored: StoredMention, claim: str) -> str:
    """Return the address of the words of a mention in its document."""
    return link(f"/documents/{stored.provenance.document}", claim=claim, fragment=stored.id)


def mention_row(stored: StoredMention, claim: str) -> list[str]:
    """Return a mention as a row under COLUMNS."""
    origin, amount = stored.provenance, stored.mention.amount
    low, high = ("" if x is None else str(x) for x in (amount.low, amount.high))
    return [
        *(stored.id, claim, origin.document, amount.span.text, amount.currency, low, high),
        *(quote_of(stored), "" if origin.page is None else str(origin.page)),
        *(str(amount.span.start), str(amount.span.end), origin.publisher or ""),
        *(origin.title or "", origin.published.isoformat() if origin.published else ""),
        *(origin.published_how or "", origin.captured_at.isoformat(), origin.sha256),
    ]


def _rows(claim: Claim) -> Iterable[Sequence[str]]:
    yield COLUMNS
    for stored in claim.mentions:
        yield mention_row(stored, claim.id)


def parts_said(stored: StoredMention) -> list[tuple[str, str]]:
    """Return the words of a mention's parts under their labels."""
    counted = stored.counted
    named = [(field, getattr(counted, field)) for field in SPAN_FIELDS]
    return [(LABELS[field], part.text) for field, part in named if part]
