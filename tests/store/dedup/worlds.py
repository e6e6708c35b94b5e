"""Small worlds of documents for properties: few amounts, few words, so that pots often meet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from records.mention import RELATION_TYPES, Amount, Mention, Relation, Timeframe
from records.span import Span
from store.dedup.candidate import Candidate

AMOUNTS = (
    ("£2bn", "2000000000", "2000000000"),
    ("£2.1bn", "2100000000", "2100000000"),
    ("£2.14bn", "2140000000", "2140000000"),
    ("£2bn", "2000000000", None),
    ("£2bn to £2.2bn", "2000000000", "2200000000"),
    ("£594m", "594000000", "594000000"),
    ("£592m", "592000000", "592000000"),
    ("£5,000", "5000", "5000"),
    ("£27,418,300", "27418300", "27418300"),
)
Amounts = Sequence[tuple[str, str, str | None]]
PURPOSES = (None, "NHS technology", "NHS computers", "school roofs", "repairs of school roofs")
PARTIES = (None, None, "Village of Addy", "City of Lowell", "the NHS")
PERIODS = (
    None,
    None,
    ("in 2023", date(2023, 1, 1), date(2023, 12, 31), None),
    ("in 2024", date(2024, 1, 1), date(2024, 12, 31), None),
    ("over three years", None, None, "P3Y"),
)
BEFORE = ("", "The ", "Ministers gave ", "and a further ")
WIDTH = 200


def _span(start: int, words: str | None) -> Span | None:
    return Span(start, start + len(words), words) if words else None


@st.composite
def candidates(
    draw: st.DrawFn, document: str, place: int, published: date | None, amounts: Amounts
) -> Candidate:
    """One mention at its place in a document; sentences lie apart."""
    start = 300 + WIDTH * place
    words, low, high = draw(st.sampled_from(amounts))
    period = draw(st.sampled_from(PERIODS))
    target = draw(st.none() | st.integers(0, 3))
    relation = draw(st.sampled_from(RELATION_TYPES))
    before = draw(st.sampled_from(BEFORE))
    mention = Mention(
        amount=Amount(
            Span(start, start + len(words), words),
            draw(st.sampled_from(("GBP", "GBP", "GBP", "USD"))),
            Decimal(low),
            Decimal(high) if high else None,
            draw(st.booleans()),
            draw(st.sampled_from((None, None, None, "year", "patient", "head"))),
        ),
        kind=draw(st.sampled_from(("funding", "funding", "cost"))),
        timeframe=period
        and Timeframe(
            Span(start + 20, start + 20 + len(period[0]), period[0]),
            period[3],
            period[1],
            period[2],
        ),
        purpose=_span(start + 40, draw(st.sampled_from(PURPOSES))),
        recipient=_span(start + 70, draw(st.sampled_from(PARTIES))),
        relation=None
        if target is None or target == place
        else Relation(relation, Span(300 + WIDTH * target, 301 + WIDTH * target, "£")),
    )
    return Candidate(document, mention, published, "GB", before)


@st.composite
def documents(draw: st.DrawFn, most: int = 5) -> list[list[Candidate]]:
    """Some documents with one to four mentions each."""
    found = []
    amounts = draw(st.lists(st.sampled_from(AMOUNTS), min_size=1, max_size=3))
    for number in range(draw(st.integers(1, most))):
        days = draw(st.none() | st.integers(0, 9) | st.integers(0, 900))
        published = None if days is None else date(2023, 6, 1) + timedelta(days=days)
        count = draw(st.integers(1, 4))
        found.append(
            [
                draw(candidates(f"{number:064x}", place, published, amounts))
                for place in range(count)
            ]
        )
    return found
