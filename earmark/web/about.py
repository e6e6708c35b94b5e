"""What this store is: what it holds, what it leaves out, what it was read with; and its runs."""

from __future__ import annotations

from starlette.requests import Request

import earmark
from earmark.api import EarmarkStore
from earmark.web.site import Site
from earmark.web.views import View
from earmark.words.run_words import run_data, run_state
from records.money import decimal_text
from store.instants import instant_text

SUMS_UP_TO = 20_000
"""Claims of a store up to which its sums stand on this page."""


def about_view(_: Site, store: EarmarkStore, __: Request) -> View:
    """Say what the store holds and what not."""
    counts = store.counts()
    totals = [] if store.has_more_than(SUMS_UP_TO) else store.totals()
    facts = {
        "documents": counts.documents,
        "claims": counts.claims,
        "mentions": counts.mentions,
        "could not be read": counts.refusals,
        "not read yet": counts.pending,
    }
    context = {
        "facts": facts,
        "totals": totals,
        "state": store.edition(),
        "version": earmark.__version__,
        "json": "/about.json",
        "csv": "/about.csv",
    }
    sums = [
        {
            "currency": one.currency,
            "claims": one.claims,
            "headlines": decimal_text(one.headlines),
            "distinct": decimal_text(one.distinct),
        }
        for one in totals
    ]
    data = {"counts": facts, "sums": sums, "state": context["state"], "version": context["version"]}
    return View(
        "about.html",
        context,
        data=lambda: {"data": [data]},
        rows=lambda: [("what", "number"), *((name, str(value)) for name, value in facts.items())],
    )


def runs_view(_: Site, store: EarmarkStore, __: Request) -> View:
    """List what was read when, and say what it is read with."""
    runs = store.runs()[::-1]
    context = {
        "runs": [(run, run_state(run)) for run in runs],
        "versions": store.reads_with(),
        "json": "/runs.json",
        "csv": "/runs.csv",
    }
    return View(
        "runs.html",
        context,
        data=lambda: {"data": [run_data(run) for run in runs]},
        rows=lambda: [
            ("run", "started_at", "state"),
            *((run.id, instant_text(run.started_at), run_state(run)) for run in runs),
        ],
    )
