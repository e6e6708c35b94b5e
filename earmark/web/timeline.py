"""The life of the pots: who said what when, and over which years the money lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from earmark.api import EarmarkStore
from earmark.web.asked import part_of
from earmark.web.pictures import as_picture
from earmark.web.pots import TooManyClaimsError, not_drawn, report_of
from earmark.web.render import link
from earmark.web.site import Site
from earmark.web.timeline_svg import STYLE, Kind, Line, Moment, timeline_svg
from earmark.web.views import View, guarded, site_of
from earmark.words.story import excerpt
from earmark.words.wording import claim_amount, count, day
from records.claim import Claim, Statement, StoredMention
from records.errors import QueryError
from store.pots.model import Pot, PotsReport

MOST = 40
"""Pots that are drawn; the table has all of them, a page at a time."""
COLUMNS = ("pot", "claim", "amount", "published", "standing", "document", "mention", "quote")


class Told(NamedTuple):
    """What one document did with a pot."""

    pot: Pot
    claim: Claim
    one: Statement
    stored: StoredMention


def timeline_view(site: Site, store: EarmarkStore, request: Request) -> View:
    """Show who said what when, one row for each pot."""
    question = " ".join(request.query_params.get("q", "").split())
    context: dict[str, object] = {
        "question": question,
        "json": link("/timeline.json", q=question),
        "csv": link("/timeline.csv", q=question),
        "svg": link("/timeline.svg", q=question),
        "png": link("/timeline.png", q=question),
        "problem": None,
        "too_many": None,
    }
    try:
        report = report_of(site, store, question, None)
    except (QueryError, TooManyClaimsError) as error:
        return not_drawn(request, "timeline.html", context, error)
    told = list(_told(report))
    lines = _lines(report)
    part = part_of(request, told)
    context |= {
        "told": part.rows,
        "bare": not store.counts().documents,
        "part": part,
        "turn": lambda page: link("/timeline", q=question, page=page, fragment="table"),
        "excerpt": excerpt,
        "finding": _finding(report, told) if told else "",
        "picture": timeline_svg(lines[:MOST], datetime.now().astimezone().date(), inside=True),
        "left": len(lines) - MOST,
    }
    return View(
        "timeline.html",
        context,
        data=lambda: {"data": [dict(zip(COLUMNS, row, strict=True)) for row in _rows(told)]},
        rows=lambda: [COLUMNS, *_rows(told)],
    )


@guarded
def timeline_picture(request: Request) -> Response:
    """Answer with the picture alone, as a file that stands by itself."""
    site = site_of(request)
    question = request.query_params.get("q", "")
    report = site.stores.answer(lambda store: report_of(site, store, question, None))
    today = datetime.now().astimezone().date()
    return as_picture(request, timeline_svg(_lines(report)[:MOST], today, inside=False))


def timeline_style(_: Request) -> Response:
    """Answer with how the picture looks inside a page."""
    return Response(STYLE, media_type="text/css")


def _claims(pot: Pot) -> tuple[Claim, ...]:
    """Return the figure of a pot and those that it took the place of, the first first."""
    return (*pot.before, pot.claim)


def _told(report: PotsReport) -> Iterator[Told]:
    for pot in report.every():
        places = {one.id: one for claim in _claims(pot) for one in claim.mentions}
        found = [
            Told(pot, claim, one, places[one.mentions[0]])
            for claim in _claims(pot)
            for one in claim.timeline
        ]
        yield from sorted(found, key=lambda told: (told.one.published is None, told.one.published))


def _lines(report: PotsReport) -> list[Line]:
    found = []
    most = _largest(report)
    for pot in report.every():
        moments = [
            Moment(one.published, _kind(claim, one), claim_amount(claim), _size(claim, most))
            for claim in _claims(pot)
            for one in claim.timeline
            if one.published
        ]
        claim = pot.claim
        if moments:
            name, amount = f"{pot.id} {pot.name}", claim_amount(claim)
            days = claim.period_start, claim.period_until
            found.append(Line(name, amount, tuple(moments), *days))
    return found


def _kind(claim: Claim, one: Statement) -> Kind:
    """Return what a document does: money of funding that it calls saved, it takes away."""
    said = [stored for stored in claim.mentions if stored.id in one.mentions]
    if all(stored.counted.kind == "saving" for stored in said):
        return "taken away"
    return one.standing


def _largest(report: PotsReport) -> dict[str, Decimal]:
    """Return the largest amount of each currency, which has the largest mark."""
    found: dict[str, Decimal] = {}
    for claim in (claim for pot in report.every() for claim in _claims(pot)):
        found[claim.currency] = max(found.get(claim.currency, Decimal(0)), _amount(claim))
    return found


def _amount(claim: Claim) -> Decimal:
    return claim.low or claim.high or Decimal(0)


def _size(claim: Claim, most: Mapping[str, Decimal]) -> float:
    """Return how large an amount is, from 0 to 1 for the largest of its currency."""
    return float(_amount(claim) / (most[claim.currency] or 1))


def _finding(report: PotsReport, told: Sequence[Told]) -> str:
    """Say in two sentences what the picture shows."""
    kinds = [_kind(claim, one) for _, claim, one, _ in told]
    parts = (
        (kinds.count("restatement"), "said again"),
        (sum(kind.startswith("revision") for kind in kinds), "raised or cut"),
        (kinds.count("taken away"), "taken away"),
    )
    days = sorted(one.one.published for one in told if one.one.published)
    when = f", from {day(days[0])} to {day(days[-1])}" if days else ""
    pots = list(report.every())
    often = max(pots, key=lambda pot: (len(pot.claim.timeline), pot.distinct))
    first = f"{count(len(pots), 'pot')}{when}: " + ", ".join(
        f"{words} {count(number, 'time')}" for number, words in parts if number
    )
    times = len(often.claim.timeline)
    if times < 2:  # noqa: PLR2004 - said once is not often
        return f"{first.removesuffix(': ')}, each said once."
    return (
        f"{first}. Said most often: {claim_amount(often.claim)} for {often.name}, "
        f"by {count(times, 'document')}."
    )


def _rows(told: Iterable[Told]) -> Iterator[list[str]]:
    for pot, claim, one, stored in told:
        yield [
            *(pot.id, claim.id, claim_amount(claim)),
            one.published.isoformat() if one.published else "",
            *(one.standing, one.document, stored.id, excerpt(stored)),
        ]
