"""A page that shows one or more documents with every field of every mention marked, by displaCy.

For whoever debugs a rule: each mark bears the mention's number and the field; the table below has
the value and the rule behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from spacy import displacy

from earmark.channel import Derived
from earmark.words.safe import inline
from earmark.words.wording import mention_amount, period
from records.mention import Mention
from records.span import Span

COLOURS = {
    "amount": "#ffd166",
    "timeframe": "#8ecae6",
    "purpose": "#a7c957",
    "excludes": "#d5bdaf",
    "recipient": "#c8b6ff",
    "funder": "#f4a261",
    "attribution": "#e5989b",
    "relation": "#adb5bd",
    "newness": "#80ed99",
}
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_WORD = re.compile(r"\S+")
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 16px/1.6 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto }}
table {{ border-collapse: collapse; font-size: .85rem; margin: 1rem 0 3rem }}
td, th {{ text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0 }}
tr.first td {{ border-top: 1px solid #bbb }}
</style></head><body>
{body}
</body></html>
"""


def page(answers: Sequence[Derived]) -> str:
    """Return an HTML page of documents with their mentions; it loads nothing from anywhere."""
    names = ", ".join(escape(inline(answer.document.source)) for answer in answers)
    body = "\n".join(part for answer in answers for part in _document(answer))
    return _PAGE.format(title=f"Earmark: {names}", body=body)


def _document(answer: Derived) -> Iterator[str]:
    text, mentions = answer.document.text, answer.mentions
    yield f"<h1>{escape(inline(answer.document.source))}</h1>"
    marks = sorted(_marks(mentions), key=lambda mark: mark[0].start)
    for paragraph in _PARAGRAPH.finditer(text):
        start, end = paragraph.span()
        inside = [(span, label) for span, label in marks if span.start < end and span.end > start]
        if inside:
            parsed = _parsed(text, start, end, inside)
            colours = {label: COLOURS[label.split()[1]] for _, label in inside}
            yield displacy.render(
                parsed, style="span", manual=True, jupyter=False, options={"colors": colours}
            )
        else:
            yield f"<p>{escape(inline(text[start:end]))}</p>"
    yield "<table><tr><th>mention<th>field<th>words<th>value<th>rule<th>sure</tr>"
    for number, mention in enumerate(mentions, 1):
        yield from _rows(number, mention)
    yield "</table>"


def _marks(mentions: Sequence[Mention]) -> Iterator[tuple[Span, str]]:
    """Yield every span with its label, as `3 purpose`."""
    for number, mention in enumerate(mentions, 1):
        for field, span in mention.spans():
            if field != "relation":  # it stands on another mention's amount, and in the table
                yield span, f"{number} {field}"


def _parsed(
    text: str, start: int, end: int, marks: Sequence[tuple[Span, str]]
) -> dict[str, list[str] | list[dict[str, object]]]:
    """Return a paragraph as displaCy wants it; words are cut where a mark begins or ends."""
    edges = {edge for span, _ in marks for edge in (span.start, span.end)}
    cuts = sorted({start, end, *(edge for edge in edges if start < edge < end)})
    words = [
        (match.start(), match.end())
        for first, last in pairwise(cuts)
        for match in _WORD.finditer(text, first, last)
    ]
    return {
        "tokens": [inline(text[a:b]) for a, b in words],
        "spans": [
            {
                "start_token": next(i for i, (_, b) in enumerate(words) if b > span.start),
                "end_token": sum(1 for a, _ in words if a < span.end),
                "label": label,
            }
            for span, label in marks
        ],
    }


def _rows(number: int, mention: Mention) -> Iterator[str]:
    frame, relation, newness = mention.timeframe, mention.relation, mention.newness
    values = {
        "amount": mention_amount(mention.amount),
        "timeframe": period(frame.start, frame.until) or frame.duration if frame else None,
        "relation": relation and relation.type,
        "newness": newness and newness.status,
    }
    spans = [*mention.spans()]
    for place, (field, span) in enumerate(spans):
        sure = mention.confidence.get(field)
        rule = mention.rules.get(field, "")
        cells = (field, span.text, values.get(field) or "", rule, f"{sure:.2f}" if sure else "")
        first = f"<td>{number}" if place == 0 else "<td>"
        kind = ' class="first"' if place == 0 else ""
        yield f"<tr{kind}>{first}{''.join(f'<td>{escape(inline(cell))}' for cell in cells)}</tr>"
    rule, sure = mention.rules.get("kind", ""), mention.confidence.get("kind", 0.0)
    yield f"<tr><td><td>kind<td><td>{mention.kind}<td>{escape(rule)}<td>{sure:.2f}</tr>"
