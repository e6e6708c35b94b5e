"""The sum check of a text's tables, for whoever wants it without the mentions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extract.grammar.calendar import Context
from extract.grammar.fold import fold
from extract.rulefiles import Rulebook, rulebook
from extract.tables.reading import read_tables
from extract.tables.totals import TotalCheck, totals_of
from extract.tables.wording import Wording


def check_totals(
    text: str,
    *,
    published: date | None = None,
    country: str = "GB",
    book: Rulebook | None = None,
) -> Iterator[TotalCheck]:
    """Yield, for each figure of each total in the tables of a text, whether its parts add up.

    Args:
        text: The document's text.
        published: Publication day; None when unknown.
        country: ISO 3166 alpha-2; decides what `$` is.
        book: The rules; None for Earmark's own.
    """
    folded = fold(text)
    wording = Wording(book or rulebook(), Context(published, country))
    for table, entries in read_tables(folded, wording):
        yield from totals_of(folded, table, entries, wording).checks
