"""Earmark's components in their order, run on texts, and the mentions that they leave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from extract.analysis import Analysis, set_analysis
from extract.components.amount import AmountFinder
from extract.components.carry import TimeframeCarrier
from extract.components.kind import KindFinder
from extract.components.newness import NewnessFinder
from extract.components.parties import PartiesFinder
from extract.components.purpose import PurposeFinder
from extract.components.relation import RelationFinder
from extract.components.table import TableReader
from extract.components.timeframe import TimeframeFinder
from extract.confidence import confidences
from extract.groups import Found, Page, read, read_by_amount
from extract.rulefiles import Rulebook
from extract.syntax import Syntax, Trained
from extract.tables.grid import has_rows
from records.mention import Amount, Mention, Newness, Relation, Timeframe
from records.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

Component = Callable[[Page], Page]
# In order, by the names of their factories; each writes its own span group and reads those before.
COMPONENTS: Mapping[str, Callable[[], Component]] = {
    "earmark_amount": AmountFinder,
    "earmark_timeframe": TimeframeFinder,
    "earmark_kind": KindFinder,
    "earmark_purpose": PurposeFinder,
    "earmark_parties": PartiesFinder,
    "earmark_relation": RelationFinder,
    "earmark_newness": NewnessFinder,
    "earmark_carry": TimeframeCarrier,
    "earmark_table": TableReader,
}
_FIELDS = ("purpose", "excludes", "recipient", "funder", "attribution")


def extract(
    text: str,
    *,
    published: date | None = None,
    country: str = "GB",
    book: Rulebook | None = None,
    trained: Trained | None = None,
) -> list[Mention]:
    """Return every mention of a text, in order.

    Args:
        text: The document's text; offsets count its code points.
        published: Publication day; None leaves relative dates without days.
        country: ISO 3166 alpha-2; decides bare `$` and financial years.
        book: The rules; None for Earmark's own.
        trained: A trained pipeline to ask for parses; None for none.
    """
    return next(extract_many([(text, published, country)], book, trained))


def extract_many(
    texts: Iterable[tuple[str, date | None, str]],
    book: Rulebook | None = None,
    trained: Trained | None = None,
) -> Iterator[list[Mention]]:
    """Return the mentions of each `(text, published, country)`, streaming.

    Rules read text and not tokens, so no Doc is made: no vocabulary grows, however many the texts.
    """
    components = [make() for make in COMPONENTS.values()]
    for text, published, country in texts:
        analysis = Analysis.of(text, published, country, book)
        if not (analysis.amounts or has_rows(analysis.text)):
            yield []
            continue
        if trained:
            places = [amount.start for amount in analysis.amounts]
            analysis.syntax = Syntax(trained, analysis.text, analysis.sentences, places)
        page = Page(text)
        set_analysis(page, analysis)
        for component in components:
            page = component(page)
        yield mentions_of(page)


def amounts(text: str, country: str = "GB", book: Rulebook | None = None) -> list[Amount]:
    """Return every amount of a text with its bounds, hedge and rate, and nothing else of it."""
    analysis = Analysis.of(text, None, country, book)
    if has_rows(analysis.text):
        return [mention.amount for mention in extract(text, country=country, book=book)]
    if not analysis.amounts:
        return []
    page = Page(text)
    set_analysis(page, analysis)
    return [_amount(text, item) for item in read(AmountFinder()(page), "amount")]


def mentions_of(doc: Doc | Page) -> list[Mention]:
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
        amount=_amount(text, item),
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
        confidence=confidences(rules),
        **{name: _span(text, f) if (f := fields[name]) else None for name in _FIELDS},
    )


def _amount(text: str, item: Found) -> Amount:
    values = item.values
    return Amount(
        _span(text, item),
        values["currency"],
        _decimal(values["low"]),
        _decimal(values["high"]),
        values["approximate"],
        values["per"],
        values["vague"],
    )


def _span(text: str, found: Found) -> Span:
    return Span.of(text, found.start, found.end)


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
