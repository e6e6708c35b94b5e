"""A blank English spaCy pipeline with Earmark's components, and mentions out of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extract.analysis import Analysis, set_analysis
from extract.components import amount, carry, kind, newness, parties, purpose, relation, timeframe
from extract.groups import Found, read, read_by_amount
from extract.sentences import sentence_at
from records.mention import Amount, Mention, Newness, Relation, Timeframe
from records.span import Span

# In order; each writes its own span group and reads those before it.
COMPONENTS = (
    "earmark_amount",
    "earmark_timeframe",
    "earmark_kind",
    "earmark_purpose",
    "earmark_parties",
    "earmark_relation",
    "earmark_newness",
    "earmark_carry",
)
FACTORIES = (amount, timeframe, kind, purpose, parties, relation, carry, newness)
# The tokenizer takes quadratic time on a long run without white space, which holds no prose.
_UNBROKEN = re.compile(r"\S{200}")
_FIELDS = ("purpose", "excludes", "recipient", "funder", "attribution")


def build() -> Language:
    """Return a new blank English pipeline with every component."""
    nlp = spacy.blank("en")
    nlp.max_length = 10**9  # the tokenizer alone needs no memory beyond the text's own
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


@cache
def _shared() -> Language:
    return build()


def extract(text: str, *, published: date | None = None, country: str = "GB") -> list[Mention]:
    """Return every mention of a text, in order.

    Args:
        text: The document's text; offsets count its code points.
        published: Publication day; None leaves relative dates without days.
        country: ISO 3166 alpha-2; decides bare `$` and financial years.
    """
    return next(extract_many([(text, published, country)]))


def extract_many(
    texts: Iterable[tuple[str, date | None, str]],
) -> Iterator[list[Mention]]:
    """Return the mentions of each `(text, published, country)`, streaming.

    A text without money is never tokenized; what leaves spaCy's memory zone is plain records.
    """
    nlp = _shared()
    for text, published, country in texts:
        analysis = Analysis.of(text, published, country)
        if not analysis.amounts:
            yield []
            continue
        with nlp.memory_zone():
            doc = money_doc(nlp, text, analysis)
            for _, component in nlp.pipeline:
                doc = component(doc)
            mentions = mentions_of(doc)
            del doc
        yield mentions


def money_doc(nlp: Language, text: str, analysis: Analysis) -> Doc:
    """Return a Doc of the whole text in which only sentences with money are tokenized.

    Every stretch between them is one token, so offsets are the text's own, and components, which
    read the text and not its tokens, find the same mentions as on a full Doc.
    """
    sentences = analysis.sentences
    holding = sorted({sentence_at(sentences, a.start) for a in analysis.amounts})
    pieces: list[tuple[str, bool]] = []
    position = 0
    for index in holding:
        sentence = sentences[index]
        pieces.append((text[position : sentence.start], False))
        inside = text[sentence.start : sentence.end]
        pieces += _tokens(nlp, inside) if not _UNBROKEN.search(inside) else [(inside, False)]
        position = sentence.end
    pieces.append((text[position:], False))
    words = [word for word, _ in pieces if word]
    spaces = [space for word, space in pieces if word]
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    set_analysis(doc, analysis)
    return doc


def _tokens(nlp: Language, text: str) -> list[tuple[str, bool]]:
    return [(token.text, bool(token.whitespace_)) for token in nlp.tokenizer(text)]


def mentions_of(doc: Doc) -> list[Mention]:
    """Return the mentions that the components left on a Doc, as plain records.

    Raises:
        SpanMismatchError: A component's offsets do not quote the text.
    """
    text = doc.text
    fields = {
        name: read_by_amount(doc, name) for name in (*_FIELDS, "timeframe", "kind", "newness")
    }
    relations = read_by_amount(doc, "relation")
    return [
        _mention(
            text, item, {name: found.get(item.amount) for name, found in fields.items()}, relations
        )
        for item in read(doc, "amount")
    ]


def _mention(
    text: str, item: Found, fields: dict[str, Found | None], relations: dict[int, Found]
) -> Mention:
    values = item.values
    rules = {"amount": item.rule, **{k: v for k, v in values["rules"].items() if v}}
    rules |= {name: found.rule for name, found in fields.items() if found}
    relation = relations.get(item.amount)
    if relation:
        rules["relation"] = relation.rule
    kind = fields["kind"]
    assert kind is not None  # noqa: S101 - the kind component writes one for every amount
    when, new = fields["timeframe"], fields["newness"]
    return Mention(
        amount=Amount(
            _span(text, item),
            values["currency"],
            _decimal(values["low"]),
            _decimal(values["high"]),
            values["approximate"],
            values["per"],
            values["vague"],
        ),
        kind=kind.values["kind"],
        timeframe=None
        if when is None
        else Timeframe(
            _span(text, when),
            when.values["duration"],
            _day(when.values["from"]),
            _day(when.values["until"]),
        ),
        relation=Relation(relation.values["type"], _span(text, relation)) if relation else None,
        newness=Newness(new.values["status"], _span(text, new)) if new else None,
        rules=rules,
        **{name: _span(text, f) if (f := fields[name]) else None for name in _FIELDS},
    )


def _span(text: str, found: Found) -> Span:
    return Span.of(text, found.start, found.end)


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
