"""Pots of money: what they sound like, what they are, what is new; as a plot and as a tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from earmark.api import EarmarkStore
from earmark.web.asked import part_of, word_in
from earmark.web.pictures import as_picture
from earmark.web.problems import query_lines
from earmark.web.render import link
from earmark.web.site import Site
from earmark.web.views import View, guarded, site_of
from earmark.words.pots_data import alarms_data, pots_data
from earmark.words.pots_layout import Drawing
from earmark.words.pots_svg import STYLE, pots_svg
from earmark.words.pots_words import aside, cells_of, remarks, sentences, total_cells
from earmark.words.safe import inline
from records.errors import QueryError, SettingsError
from records.money import decimal_text
from store.pots.model import Branch, Pot, PotsReport

MOST_CLAIMS = 10_000
"""Claims that are put into pots for a page, at the most."""
MEASURES = (
    ("distinct", "Distinct money"),
    ("headlines", "Sum of headlines"),
    ("new", "Stated as new"),
)
RATES = (("total", "In total"), ("year", "A year"))
COLUMNS = (
    *("pot", "claim", "inside", "name", "currency", "amount", "headlines", "distinct"),
    *("stated_new", "cannot_tell", "said", "first_said", "remarks"),
)


class TooManyClaimsError(SettingsError):
    """A question asks for more claims than can be put into pots while somebody waits."""


def pots_view(site: Site, store: EarmarkStore, request: Request) -> View:
    """Show what the claims come to, each pot once."""
    question = " ".join(request.query_params.get("q", "").split())
    day = request.query_params.get("as_of") or None
    drawing = drawing_of(request)
    kept = {"q": question, "as_of": day, "measure": drawing.measure, "rate": drawing.rate}
    context: dict[str, object] = {
        "question": question,
        "as_of": day or "",
        "measures": _toggles("measure", MEASURES, kept),
        "rates": _toggles("rate", RATES, kept),
        "json": link("/pots.json", **kept),
        "csv": link("/pots.csv", **kept),
        "svg": link("/pots.svg", **kept),
        "png": link("/pots.png", **kept),
        "alarms": link("/pots/alarms", q=question, as_of=day),
        "report": None,
        "problem": None,
        "too_many": None,
    }
    try:
        report = report_of(site, store, question, day)
    except (QueryError, TooManyClaimsError) as error:
        return not_drawn(request, "pots.html", context, error)
    part = part_of(request, report.pots)
    context |= {
        "report": report,
        "bare": not store.counts().documents,
        "picture": pots_svg(report, drawing, inside=True),
        "findings": [words for total in report.totals for words in sentences(total)],
        "sums": [total_cells(total) for total in report.totals],
        "aside": list(aside(report)),
        "part": part,
        "rows": list(_shown(part.rows)),
        "turn": lambda page: link("/pots", **kept, page=page, fragment="tree"),
    }
    return View("pots.html", context, data=lambda: pots_data(report), rows=lambda: _rows(report))


@guarded
def pots_picture(request: Request) -> Response:
    """Answer with the plot alone, as a file that stands by itself."""
    question = request.query_params.get("q", "")
    day = request.query_params.get("as_of") or None
    site = site_of(request)
    report = site.stores.answer(lambda store: report_of(site, store, question, day))
    return as_picture(request, pots_svg(report, drawing_of(request)))


def pots_style(_: Request) -> Response:
    """Answer with how the plot looks inside a page."""
    return Response(STYLE, media_type="text/css")


def alarms_view(site: Site, store: EarmarkStore, request: Request) -> View:
    """Show the figures that cannot all be right, with the words that state them."""
    question = " ".join(request.query_params.get("q", "").split())
    day = request.query_params.get("as_of") or None
    kept = {"q": question, "as_of": day}
    context: dict[str, object] = {
        "question": question,
        "as_of": day or "",
        "json": link("/pots/alarms.json", **kept),
        "csv": link("/pots/alarms.csv", **kept),
        "alarms": (),
        "problem": None,
        "too_many": None,
    }
    try:
        report = report_of(site, store, question, day)
    except (QueryError, TooManyClaimsError) as error:
        return not_drawn(request, "alarms.html", context, error)
    part = part_of(request, report.alarms)
    context |= {
        "alarms": part.rows,
        "part": part,
        "turn": lambda page: link("/pots/alarms", **kept, page=page),
    }
    return View(
        "alarms.html",
        context,
        data=lambda: alarms_data(report),
        rows=lambda: [
            ("kind", "words", "claims", "mentions"),
            *(
                (one.kind, one.words, " ".join(one.claims), " ".join(q.id for q in one.quotes))
                for one in report.alarms
            ),
        ],
    )


def report_of(site: Site, store: EarmarkStore, question: str, as_of: str | None) -> PotsReport:
    """Return a report on pots, worked out once for each state of the store.

    Raises:
        QueryError: The question cannot be read.
        TooManyClaimsError: It asks for more claims than a page should add up.
        SettingsError: There is no such day.
    """
    if store.has_more_than(MOST_CLAIMS, question):
        raise TooManyClaimsError(
            f"More than {MOST_CLAIMS:,} claims are meant, too many to put into pots for a page. "
            "Ask for some of them, such as those of a year (first:2021), of a purpose "
            "(for:hospitals), or the largest (amount:>=1bn). In the terminal, earmark pots takes "
            "them all."
        )
    key = store.edition(), question, as_of
    return site.reports.of(key, lambda: store.pots(question, as_of=as_of))


def not_drawn(
    request: Request,
    template: str,
    context: Mapping[str, object],
    error: QueryError | TooManyClaimsError,
) -> View:
    """Return the page of a picture that was not drawn: with its question, and what to ask.

    Raises:
        EarmarkError: The error itself, where it is no page but data that was asked for.
    """
    if request.url.path.endswith((".json", ".csv")):
        raise error
    if isinstance(error, QueryError):
        return View(template, {**context, "problem": query_lines(error)}, status=400)
    return View(template, {**context, "too_many": str(error)})


def drawing_of(request: Request) -> Drawing:
    """Return how an address wants pots drawn.

    Raises:
        SettingsError: It names no such measure or rate.
    """
    measure = word_in(request, "measure", [value for value, _ in MEASURES])
    rate = word_in(request, "rate", [value for value, _ in RATES])
    return Drawing(measure, rate)  # type: ignore[arg-type] # checked above


def _toggles(
    name: str, values: Sequence[tuple[str, str]], kept: dict[str, str | None]
) -> list[tuple[str, str, bool]]:
    return [
        (words, link("/pots", **{**kept, name: value}), kept[name] == value)
        for value, words in values
    ]


def _branches(pots: Iterable[Pot]) -> Iterator[Branch]:
    for root in pots:
        yield from root.tree()


def _shown(pots: Iterable[Pot]) -> Iterator[dict[str, object]]:
    for branch in _branches(pots):
        headlines, distinct, new, said, first = cells_of(branch.pot)
        yield {
            "pot": branch.pot,
            "depth": min(branch.depth, 4),
            "whole": branch.whole,
            "cells": (headlines, distinct, new, said, first),
            "remarks": [inline(words) for words in remarks(branch.pot)],
        }


def _rows(report: PotsReport) -> Iterable[Sequence[str]]:
    yield COLUMNS
    for branch in _branches(report.pots):
        pot, whole = branch.pot, branch.whole
        sums = (pot.amount, pot.headlines, pot.distinct, pot.stated_new, pot.untold)
        yield [
            *(pot.id, pot.claim.id, whole.id if whole else "", pot.name, pot.claim.currency),
            *("" if value is None else decimal_text(value) for value in sums),
            *(str(pot.said), pot.first_said.isoformat() if pot.first_said else ""),
            "; ".join(remarks(pot)),
        ]
