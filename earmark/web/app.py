"""The application: its addresses, and how it is put together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from earmark.web import (
    about,
    api,
    api_write,
    audit,
    changes,
    check,
    claim,
    claims,
    compare,
    document,
    download,
    forms,
    ingest,
    pots,
    review,
    saved,
    sheet,
    terms,
    timeline,
)
from earmark.web.guard import Guard
from earmark.web.problems import answer_error
from earmark.web.render import FOLDER
from earmark.web.site import Site
from earmark.web.views import Make, routes

VIEWS: dict[str, Make] = {
    "/claims": claims.claims_view,
    "/claims/{name}": claim.claim_view,
    "/documents": document.documents_view,
    "/documents/{name}/changes": changes.changes_view,
    "/documents/{name}": document.document_view,
    "/pots/alarms": pots.alarms_view,
    "/pots": pots.pots_view,
    "/timeline": timeline.timeline_view,
    "/compare": compare.compare_view,
    "/check": check.check_view,
    "/review": review.review_view,
    "/audit": audit.audit_view,
    "/runs": about.runs_view,
    "/about": about.about_view,
    "/ingest": ingest.ingest_view,
}
PICTURES = {
    "/documents/{name}/pages/{page:int}.png": sheet.page_picture,
    "/pots.svg": pots.pots_picture,
    "/pots.png": pots.pots_picture,
    "/timeline.svg": timeline.timeline_picture,
    "/timeline.png": timeline.timeline_picture,
    "/runs/store.jsonl": download.whole_store,
    "/suggestions.json": terms.suggestions,
    "/static/pots.css": pots.pots_style,
    "/static/timeline.css": timeline.timeline_style,
}
ACTS = {
    "/audit": audit.start_audit,
    "/review": review.decide,
    "/decisions/{name}/undo": review.take_back,
    "/ingest": ingest.ingest,
    "/saved": saved.save,
    "/runs/{name}/undo": ingest.take_back,
}


def make_app(site: Site) -> Starlette:
    """Return the application for one server."""

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        yield
        site.stores.close()

    app = Starlette(
        routes=list(_routes()),
        middleware=[Middleware(Guard, site=site)],
        exception_handlers={404: _answer, 405: _answer, 413: _answer, Exception: _answer},
        lifespan=running,
    )
    app.state.site = site
    return app


def _routes() -> Sequence[BaseRoute]:
    return [
        Route("/", _home, methods=["GET"]),
        Route("/enter", forms.enter, methods=["GET"]),
        Route("/saved/{name}", saved.show, methods=["GET"]),
        *(Route(path, show, methods=["GET"]) for path, show in PICTURES.items()),
        *(route for path, make in VIEWS.items() for route in routes(path, make)),
        *(Route(path, act, methods=["POST"]) for path, act in ACTS.items()),
        *api.routes(),
        *api_write.routes(),
        Mount("/static", StaticFiles(directory=FOLDER / "static")),
    ]


def _home(_: Request) -> Response:
    return RedirectResponse("/claims", status_code=307)


def _answer(request: Request, error: Exception) -> Response:
    return answer_error(request, error)
