"""A view: one page, and its twins as JSON and CSV with the same rows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from earmark.api import EarmarkStore
from earmark.web.problems import answer_error
from earmark.web.render import page
from earmark.web.site import Site
from earmark.words.safe import json_text
from store.exports.csv import csv_line

RESULT_SCHEMA = "earmark.result/1"
Row = Sequence[str]


@dataclass(frozen=True)
class View:
    """What one address shows.

    Attributes:
        template: Of the page.
        context: What the template names.
        data: The same as data for JSON, beside its schema.
        rows: The same as rows of a table, the heading first.
        status: Of the answer.
    """

    template: str
    context: Mapping[str, object]
    data: Callable[[], Mapping[str, object]] = field(default=lambda: {"data": []})
    rows: Callable[[], Iterable[Row]] = field(default=tuple)
    status: int = 200


Make = Callable[[Site, EarmarkStore, Request], View]


def routes(path: str, make: Make) -> list[Route]:
    """Return the addresses of a view: `path`, `path.json` and `path.csv`."""
    return [
        Route(f"{path}.json", _endpoint(make, _as_json), methods=["GET"]),
        Route(f"{path}.csv", _endpoint(make, _as_csv), methods=["GET"]),
        Route(path, _endpoint(make, _as_page), methods=["GET"]),
    ]


def site_of(request: Request) -> Site:
    """Return the server that a request came to."""
    site: Site = request.app.state.site
    return site


def guarded(answer: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """Return an endpoint that says what went wrong, where something does."""

    def endpoint(request: Request) -> Response:
        try:
            return answer(request)
        except Exception as error:  # noqa: BLE001 - nobody should see a trace
            return answer_error(request, error)

    return endpoint


def _endpoint(
    make: Make, show: Callable[[Request, View], Response]
) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        site = site_of(request)

        def asked(store: EarmarkStore) -> Response:
            return unless_known(store, request, lambda: show(request, make(site, store, request)))

        return site.stores.answer(asked)

    return guarded(answer)


def unless_known(store: EarmarkStore, request: Request, make: Callable[[], Response]) -> Response:
    """Return an answer that is to be asked for again each time; where who asks has it, that alone.

    Args:
        store: What it is made from.
        request: May name the answer that was had before.
        make: Makes the answer; not called where it is known.
    """
    tag = _entity_tag(store, request)
    known = tag == request.headers.get("if-none-match")
    response = Response(status_code=304) if known else make()
    response.headers["etag"] = tag
    response.headers["cache-control"] = "no-cache"
    return response


def _entity_tag(store: EarmarkStore, request: Request) -> str:
    """Return what names this answer: it is another after every change, and on every day."""
    today = datetime.now().astimezone().date()
    site = site_of(request)
    parts = (store.edition(), str(request.url), str(today), site.form_key, str(request.cookies))
    return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def _as_page(request: Request, view: View) -> Response:
    return page(request, view.template, view.context, status=view.status)


def _as_json(_: Request, view: View) -> Response:
    body = json_text({"schema": RESULT_SCHEMA, **view.data()})
    return Response(body, view.status, media_type="application/json")


def _as_csv(request: Request, view: View) -> Response:
    name = request.url.path.strip("/").replace("/", "-")
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    body = "".join(csv_line(row) for row in view.rows())
    return Response(body, view.status, headers, "text/csv; charset=utf-8")
