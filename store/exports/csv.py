r"""CSV: one row for a claim, in a column order that only ever grows at its end.

UTF-8, line ends `\n`, money as decimal strings, the quote always there. Texts stand as they were
written, also those that begin like a formula; but not in the form for spreadsheet programs, which
has a byte order mark, without which they show no £, line ends `\r\n`, and an apostrophe in front of
a text that would be run as a formula. Figures stay figures.

Source of the characters: OWASP, "CSV injection".
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from records.claim import Claim, StoredMention
from records.mention import RelationType
from records.money import decimal_text
from store.exports.kinds import LineExport
from store.instants import instant_text

if TYPE_CHECKING:
    from store.exports.selection import Selection

COLUMNS = (
    *("id", "amount", "currency", "amount_written", "qualifier", "rate"),
    *("period_start", "period_end", "promiser", "recipient", "purpose", "part_of", "on_top_of"),
    *("quote", "page", "title", "publisher", "published", "published_how", "fetched", "sha256"),
    *(
        "missing",
        "low",
        "high",
        "kind",
        "timeframe",
        "first_said",
        "times_said",
        "source",
        "origins",
    ),
)
NUMBERS = ("amount", "low", "high")
_FORMULA = re.compile("\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\\t\\r\\n]")  # wide forms count, too
_MISSING = ("promiser", "recipient", "purpose", "timeframe", "published")


def lines(claims: Iterable[Claim]) -> Iterator[str]:
    """Yield the heading and one record for each claim."""
    yield csv_line(COLUMNS)
    for claim in claims:
        row = csv_row(claim)
        yield csv_line(row[name] for name in COLUMNS)


def excel_lines(claims: Iterable[Claim]) -> Iterator[str]:
    """Yield the same for spreadsheet programs."""
    yield "\ufeff" + csv_line(COLUMNS, end="\r\n")
    for claim in claims:
        row = csv_row(claim)
        cells = (row[name] if name in NUMBERS else no_formula(row[name]) for name in COLUMNS)
        yield csv_line(cells, end="\r\n")


def no_formula(text: str) -> str:
    """Return a text with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def csv_row(claim: Claim) -> dict[str, str]:
    """Return a claim's cells by column; empty for what nobody says."""
    shown = quoted_mention(claim)
    origin, amount = shown.provenance, shown.mention.amount
    bound = claim.high if claim.low is None else claim.low
    row = {
        "id": claim.id,
        "amount": "" if bound is None or _is_range(claim) else decimal_text(bound),
        "currency": claim.currency,
        "amount_written": amount.span.text,
        "qualifier": qualifier(claim),
        "rate": claim.per or "total",
        "period_start": _day(claim.period_start),
        "period_end": _day(claim.period_until),
        "promiser": claim.funder or "",
        "recipient": claim.recipient or "",
        "purpose": claim.purpose or "",
        "part_of": _related(claim, "part_of"),
        "on_top_of": _related(claim, "in_addition_to"),
        "quote": quote_of(shown),
        "page": "" if origin.page is None else str(origin.page),
        "title": origin.title or "",
        "publisher": origin.publisher or "",
        "published": _day(origin.published),
        "published_how": origin.published_how or "",
        "fetched": instant_text(origin.captured_at),
        "sha256": origin.sha256,
        "low": "" if claim.low is None else decimal_text(claim.low),
        "high": "" if claim.high is None else decimal_text(claim.high),
        "kind": claim.kind,
        "timeframe": claim.timeframe or "",
        "first_said": _day(claim.first_said),
        "times_said": str(len(claim.mentions)),
        "source": origin.source,
        "origins": str(claim.origins),
    }
    return {**row, "missing": " ".join(name for name in _MISSING if not row[name])}


def quoted_mention(claim: Claim) -> StoredMention:
    """Return the first mention that states the claim's own figures."""
    figures = claim.low, claim.high, claim.per, claim.currency
    for stored in claim.mentions:
        amount = stored.counted.amount
        if (amount.low, amount.high, amount.per, amount.currency) == figures:
            return stored
    return claim.mentions[0]


def quote_of(stored: StoredMention) -> str:
    """Return the sentence that a mention stands in."""
    origin = stored.provenance
    return f"{origin.before}{stored.mention.amount.span.text}{origin.sentence_after}"


def csv_line(cells: Iterable[str], end: str = "\n") -> str:
    """Return one record with its line end."""
    line = io.StringIO()
    csv.writer(line, lineterminator=end).writerow(cells)
    return line.getvalue()


def qualifier(claim: Claim) -> str:
    """Say how the amount is to be read: `exact`, `about`, `up to`, `at least`, `range`, `vague`."""
    if claim.low is None and claim.high is None:
        return "vague"
    if claim.low is None:
        return "up to"
    if claim.high is None:
        return "at least"
    if _is_range(claim):
        return "range"
    return "about" if claim.approximate else "exact"


def _is_range(claim: Claim) -> bool:
    return claim.low is not None and claim.high is not None and claim.low != claim.high


def _related(claim: Claim, kind: RelationType) -> str:
    return " ".join(relation.to for relation in claim.relations if relation.type == kind)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _lines(chosen: Selection) -> Iterator[str]:
    return lines(chosen.claims())


def _excel(chosen: Selection) -> Iterator[str]:
    return excel_lines(chosen.claims())


CSV = LineExport("csv", _lines, {"excel": _excel})
