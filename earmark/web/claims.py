"""The list of claims: a question, what its claims come to, facets, and the claims page by page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from starlette.requests import Request

from earmark.api import EarmarkStore
from earmark.asking import explain_question, narrow_question
from earmark.web.asked import PAGE, page_size
from earmark.web.problems import query_lines
from earmark.web.render import link
from earmark.web.saved import saved_of
from earmark.web.site import Site
from earmark.web.views import View
from earmark.words.fields import RELATIONS
from earmark.words.sums import FEW, sum_line
from records.claim import Claim
from records.errors import QueryError
from store.exports.csv import COLUMNS, csv_row
from store.exports.jsonl import claim_data
from store.results import Answer, Facet, ListTotals, Summary

AT_ONCE = 500
"""Claims of a list that are added up unasked; beyond, it takes as long as a page should not."""
ALL_AT_ONCE = 3000
"""Claims up to which a whole store is added up unasked: the sums are kept until it changes."""
NAMES = {
    "first": "First said",
    "currency": "Currency",
    "kind": "Kind",
    "who": "Promiser",
    "status": "Newness",
    "type": "Source",
}
VALUES = {"partof": "part of other money", "ontop": "on top of other money", "new": "stated as new"}
ORDERS = (
    ("-amount", "largest first"),
    ("amount", "smallest first"),
    ("-said", "latest first"),
    ("said", "earliest first"),
)


class Asked(NamedTuple):
    """What an address asks for."""

    question: str
    sort: str | None
    limit: int
    after: str | None
    sums: bool


def claims_view(site: Site, store: EarmarkStore, request: Request) -> View:
    """Show the claims that a question asks for."""
    asked = _asked(request)
    try:
        answer = store.query(asked.question, sort=asked.sort, limit=asked.limit, after=asked.after)
        summary = _summary(site, store, asked)
    except QueryError as error:
        if not _is_page(request):
            raise
        wrong = {**_wrong(store, asked, error), "saved": saved_of(request)}
        return View("claims.html", wrong, status=400)
    return View(
        "claims.html",
        {**_context(store, asked, answer, summary), "saved": saved_of(request)},
        data=lambda: {
            "data": [claim_data(claim) for claim in answer.claims],
            "page": {"shown": len(answer.claims), "next": answer.next},
            "warnings": list(answer.notes),
        },
        rows=lambda: _rows(answer.claims),
    )


def _asked(request: Request) -> Asked:
    given = request.query_params
    return Asked(
        question=" ".join(given.get("q", "").split()),
        sort=given.get("sort") or None,
        limit=page_size(request),
        after=given.get("after") or None,
        sums=given.get("sums") == "1",
    )


def _is_page(request: Request) -> bool:
    return not request.url.path.endswith((".json", ".csv"))


def _summary(site: Site, store: EarmarkStore, asked: Asked) -> Summary | None:
    """Add a list up, once for each state of the store; a long one only when that is asked for."""
    key = store.edition(), asked.question
    kept = site.sums.get(key)
    if kept is None:
        most = AT_ONCE if asked.question else ALL_AT_ONCE
        kept = store.summary(asked.question, most=None if asked.sums else most)
        if kept is not None:
            site.sums.of(key, lambda: kept)
    return kept


def _context(
    store: EarmarkStore, asked: Asked, answer: Answer, summary: Summary | None
) -> Mapping[str, object]:
    return {
        **_common(asked),
        "claims": answer.claims,
        "notes": answer.notes,
        "next": answer.next and _link(asked, after=answer.next),
        "totals": None if summary is None else _lines(summary.totals),
        "add_up": _link(asked, sums="1"),
        "facets": _facets(asked, summary.facets if summary else []),
        "explained": explain_question(asked.question, asked.sort) if asked.question else [],
        "empty": not answer.claims and not store.counts().documents,
        "problem": None,
    }


def _lines(totals: Sequence[ListTotals]) -> list[str]:
    """Return what a list comes to in each currency, that of most claims first."""
    return [sum_line(one) for one in sorted(totals, key=lambda one: -one.claims)]


def _wrong(store: EarmarkStore, asked: Asked, error: QueryError) -> Mapping[str, object]:
    return {
        **_common(asked),
        "claims": (),
        "notes": (),
        "next": None,
        "totals": [],
        "add_up": "",
        "facets": {},
        "explained": [],
        "empty": False,
        "problem": query_lines(error),
    }


def _common(asked: Asked) -> dict[str, object]:
    return {
        "question": asked.question,
        "sort": asked.sort or "",
        "orders": ORDERS,
        "after": asked.after,
        "json": _link(asked, path="/claims.json", after=asked.after),
        "csv": _link(asked, path="/claims.csv", after=asked.after),
        "first": _link(asked),
        "relations": RELATIONS,
        "few": FEW,
    }


def _link(asked: Asked, path: str = "/claims", **more: object) -> str:
    limit = None if asked.limit == PAGE else asked.limit
    return link(path, **{"q": asked.question, "sort": asked.sort, "limit": limit, **more})


def _facets(asked: Asked, found: Sequence[Facet]) -> dict[str, list[tuple[str, int, str]]]:
    """Return, by heading, each value with its number and the address that it leads to."""
    listed: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for facet in found:
        question = narrow_question(asked.question, facet.term)
        address = link("/claims", q=question, sort=asked.sort)
        shown = VALUES.get(facet.value, facet.value)
        listed[NAMES[facet.field]].append((shown, facet.claims, address))
    return dict(listed)


def _rows(claims: Iterable[Claim]) -> Iterable[Sequence[str]]:
    yield COLUMNS
    for claim in claims:
        row = csv_row(claim)
        yield [row[name] for name in COLUMNS]
