"""The life of the pots: who said what when, and over which years the money lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from earmark.api import EarmarkStore
from earmark.web.pots import ALONE, TooManyClaimsError, not_drawn, report_of
from earmark.web.render import link
from earmark.web.site import Site
from earmark.web.timeline_svg import STYLE, Line, Moment, timeline_svg
from earmark.web.views import View, guarded, site_of
from earmark.words.story import excerpt
from earmark.words.wording import claim_amount, count
from records.claim import Claim, Statement, StoredMention
from records.errors import QueryError
from store.pots.model import Pot, PotsReport

MOST = 40
"""Pots that are drawn; the table has all of them."""
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
        "problem": None,
        "too_many": None,
    }
    try:
        report = report_of(site, store, question, None)
    except (QueryError, TooManyClaimsError) as error:
        if request.url.path != "/timeline":
            raise
        return not_drawn("timeline.html", context, error)
    told = list(_told(report))
    lines = _lines(report)
    context |= {
        "told": told,
        "excerpt": excerpt,
        "finding": _finding(report, told),
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
    picture = timeline_svg(_lines(report)[:MOST], today, inside=False)
    return Response(picture, media_type="image/svg+xml", headers=ALONE)


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
    for pot in report.every():
        moments = [
            Moment(one.published, one.standing, claim_amount(claim))
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


def _finding(report: PotsReport, told: Sequence[Told]) -> str:
    """Say in one sentence what the picture shows."""
    again = sum(one.one.standing == "restatement" for one in told)
    revised = sum(one.one.standing.startswith("revision") for one in told)
    pots = count(sum(1 for _ in report.every()), "pot")
    words = f"{pots}: {count(again, 'time')} restated, {count(revised, 'time')} raised or cut."
    return words.replace("1 times", "1 time")


def _rows(told: Iterable[Told]) -> Iterator[list[str]]:
    for pot, claim, one, stored in told:
        yield [
            *(pot.id, claim.id, claim_amount(claim)),
            one.published.isoformat() if one.published else "",
            *(one.standing, one.document, stored.id, excerpt(stored)),
        ]
