"""What a program may change, with the token that `earmark serve --write` printed."""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from earmark.settings import login_name
from earmark.web.api import BASE, as_json, read_json
from earmark.web.forms import MayNotWriteError
from earmark.web.ingest import ingested, place_of
from earmark.web.problems import answer_error
from earmark.web.site import Site
from earmark.web.views import site_of
from records.errors import SettingsError
from store.exports.jsonl import decision_data

Asked = Mapping[str, object]
_TEXTS = ("word", "field", "value", "by", "reason")


def routes() -> list[Route]:
    """Return the addresses that write."""
    return [
        Route(f"{BASE}/decisions", _writer(_decide), methods=["POST"]),
        Route(f"{BASE}/decisions/{{name}}", _writer(_take_back), methods=["DELETE"]),
        Route(f"{BASE}/documents", _writer(_ingest), methods=["POST"]),
    ]


def _writer(act: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], object]:
    """Return an endpoint for who has the token."""

    async def endpoint(request: Request) -> Response:
        try:
            site = site_of(request)
            if not site.write:
                raise MayNotWriteError(  # noqa: TRY301 - told as all other errors are
                    "This server is read-only. Start it with: earmark serve --write"
                )
            scheme, _, token = request.headers.get("authorization", "").partition(" ")
            if scheme.lower() != "bearer" or not site.is_token(token.strip()):
                raise HTTPException(  # noqa: TRY301 - as above
                    HTTPStatus.UNAUTHORIZED,
                    "Writing takes the key that earmark serve --write printed, as a bearer token.",
                    {"WWW-Authenticate": "Bearer"},
                )
            return await act(request)
        except Exception as error:  # noqa: BLE001 - nobody should see a trace
            return answer_error(request, error)

    return endpoint


async def _decide(request: Request) -> Response:
    asked = await read_json(request, {**dict.fromkeys(_TEXTS, str), "mentions": list})
    return await run_in_threadpool(_decided, site_of(request), asked)


def _decided(site: Site, asked: Asked) -> Response:
    word, field, value, by, reason = (
        None if asked.get(name) is None else str(asked[name]) for name in _TEXTS
    )
    names = asked.get("mentions")
    if word is None or not isinstance(names, list) or not all(isinstance(n, str) for n in names):
        raise SettingsError("the body needs a word, and the ids of mentions as strings")
    with site.stores.writing() as store:
        decision = store.decide(
            word, *names, field=field, value=value, by=by or login_name(), reason=reason
        )
    return as_json({"data": [decision_data(decision)]}, HTTPStatus.CREATED)


async def _take_back(request: Request) -> Response:
    name = request.path_params["name"]

    def undo() -> Response:
        with site_of(request).stores.writing() as store:
            decision = store.undo_decision(name, by=login_name())
        return as_json({"data": [decision_data(decision)]})

    return await run_in_threadpool(undo)


async def _ingest(request: Request) -> Response:
    names = ("text", "link", "name", "published", "publisher", "country")
    asked = await read_json(request, dict.fromkeys(names, str))
    return await run_in_threadpool(_ingested, site_of(request), asked)


def _ingested(site: Site, asked: Asked) -> Response:
    said = {name: str(value) for name, value in asked.items() if value is not None}
    with tempfile.TemporaryDirectory(prefix="earmark-") as folder:
        place = place_of(said, None, Path(folder) / "upload")
        run = ingested(site, place, said)
    outcomes = [
        {
            "source": one.source,
            "word": one.word,
            "document": one.document,
            "mentions": one.claims,
            "note": one.note,
            "code": one.code,
        }
        for one in run.outcomes
    ]
    return as_json({"data": outcomes, "run": run.id}, HTTPStatus.CREATED)
