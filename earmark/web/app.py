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

from earmark.web import claim, claims, document, sheet
from earmark.web.guard import Guard
from earmark.web.problems import answer_error
from earmark.web.render import FOLDER
from earmark.web.site import Site
from earmark.web.views import routes


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
        *routes("/claims", claims.claims_view),
        *routes("/claims/{name}", claim.claim_view),
        *routes("/documents", document.documents_view),
        Route("/documents/{name}/pages/{page:int}.png", sheet.page_picture, methods=["GET"]),
        *routes("/documents/{name}", document.document_view),
        Mount("/static", StaticFiles(directory=FOLDER / "static")),
    ]


def _home(_: Request) -> Response:
    return RedirectResponse("/claims", status_code=307)


def _answer(request: Request, error: Exception) -> Response:
    return answer_error(request, error)
