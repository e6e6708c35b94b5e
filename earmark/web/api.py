"""The API: the same questions, answers and codes as the command line, as JSON over HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from earmark.api import EarmarkStore
from earmark.web.asked import page_size, refuse_unclear, word_in
from earmark.web.audit import audit_data
from earmark.web.check import check_text
from earmark.web.document import listed_data
from earmark.web.pots import report_of
from earmark.web.problems import answer_error
from earmark.web.render import FOLDER, link
from earmark.web.site import Site
from earmark.web.views import guarded, site_of, unless_known
from earmark.words.check_words import check_data
from earmark.words.document_data import document_data
from earmark.words.pots_data import pots_data
from earmark.words.run_words import run_data
from earmark.words.safe import json_text
from records.check import Check
from records.errors import SettingsError
from store.exports.jsonl import claim_data, mention_data
from store.write import number_of

BASE = "/api/v1"
SCHEMA = "earmark.result/1"
LONGEST_DRAFT = 200_000
_MOST_BYTES = 1_000_000

Data = Mapping[str, object]
Answer = Callable[[Site, EarmarkStore, Request], Data]


def routes() -> list[Route]:
    """Return the addresses of the API."""
    read: dict[str, Answer] = {
        "/claims": _claims,
        "/claims/{name}": _claim,
        "/mentions": _mentions,
        "/mentions/{name}": _mention,
        "/documents": _documents,
        "/documents/{name}": _document,
        "/pots": _pots,
        "/runs": _runs,
        "/audits": _audits,
    }
    return [
        Route(f"{BASE}/openapi.json", _openapi, methods=["GET"]),
        *(Route(BASE + path, _endpoint(answer), methods=["GET"]) for path, answer in read.items()),
        Route(f"{BASE}/check", _check, methods=["POST"]),
    ]


def _endpoint(answer: Answer) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        refuse_unclear(request)
        site = site_of(request)

        def answered(store: EarmarkStore) -> Response:
            data = answer(site, store, request)
            after = _next(data)
            if not after:
                return as_json(data)
            kept = {**request.query_params, "after": after}
            there = f'<{link(request.url.path, **kept)}>; rel="next"'
            return as_json(data, headers={"link": there})

        return site.stores.answer(
            lambda store: unless_known(store, request, lambda: answered(store))
        )

    return guarded(endpoint)


def as_json(data: Data, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return an answer in the shape that every command shares."""
    body = json_text({"schema": SCHEMA, **data})
    return Response(body, status, headers, media_type="application/json")


def _next(data: Data) -> str | None:
    page = data.get("page")
    return str(page["next"]) if isinstance(page, dict) and page["next"] else None


def _claims(_: Site, store: EarmarkStore, request: Request) -> Data:
    return _found(store, request, lambda claim: [claim_data(claim)])


def _mentions(_: Site, store: EarmarkStore, request: Request) -> Data:
    return _found(
        store,
        request,
        lambda claim: [{**mention_data(one), "claim": claim.id} for one in claim.mentions],
    )


def _found(store: EarmarkStore, request: Request, shape: Callable[..., list[Data]]) -> Data:
    given = request.query_params
    answer = store.query(
        given.get("q", ""),
        sort=given.get("sort") or None,
        limit=page_size(request),
        after=given.get("after") or None,
    )
    data = [one for claim in answer.claims for one in shape(claim)]
    page = {"shown": len(data), "next": answer.next}
    return {"data": data, "page": page, "warnings": list(answer.notes)}


def _claim(_: Site, store: EarmarkStore, request: Request) -> Data:
    name = request.path_params["name"]
    number_of("c", name)
    return {"data": [claim_data(store.claim(name))]}


def _mention(_: Site, store: EarmarkStore, request: Request) -> Data:
    name = request.path_params["name"]
    number_of("m", name)
    claim = store.claim(name)
    return {
        "data": [
            {**mention_data(one), "claim": claim.id} for one in claim.mentions if one.id == name
        ]
    }


def _documents(_: Site, store: EarmarkStore, request: Request) -> Data:
    size = page_size(request)
    found = store.list_documents(limit=size + 1, after=request.query_params.get("after") or None)
    shown = found[:size]
    after = shown[-1].id if len(found) > size else None
    return {
        "data": [listed_data(one) for one in shown],
        "page": {"shown": len(shown), "next": after},
    }


def _document(_: Site, store: EarmarkStore, request: Request) -> Data:
    stored = store.document(request.path_params["name"])
    whole = word_in(request, "text", ("0", "1")) == "1"
    text = {"text": stored.document.text} if whole else {}
    return {"data": [{**document_data(stored), **text}]}


def _pots(site: Site, store: EarmarkStore, request: Request) -> Data:
    given = request.query_params
    return pots_data(report_of(site, store, given.get("q", ""), given.get("as_of") or None))


def _runs(_: Site, store: EarmarkStore, __: Request) -> Data:
    return {"data": [run_data(run) for run in store.runs()]}


def _audits(site: Site, _: EarmarkStore, __: Request) -> Data:
    return {"data": [audit_data(one) for one in site.audits.all()]}


async def _check(request: Request) -> Response:
    try:
        asked = await read_json(request, {"text": str, "published": str})
        check = await run_in_threadpool(_checked, site_of(request), asked)
        return as_json(dict(check_data(check)))
    except Exception as error:  # noqa: BLE001 - nobody should see a trace
        return answer_error(request, error)


def _checked(site: Site, asked: Mapping[str, object]) -> Check:
    text, published = asked.get("text"), asked.get("published")
    if not isinstance(text, str) or not text.strip():
        raise SettingsError("text: the body needs the text to check")
    return check_text(site, text, None if published is None else str(published), LONGEST_DRAFT)


async def read_json(request: Request, known: Mapping[str, type]) -> Mapping[str, object]:
    """Return the JSON object that a request carries.

    Args:
        request: What came.
        known: Names that it may have, and what their values must be; null counts as left out.

    Raises:
        SettingsError: It is no such object.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise SettingsError("the body must be JSON, and its content type application/json")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise SettingsError(f"the body has more than {_MOST_BYTES:,} bytes")
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise SettingsError("the body is no JSON") from None
    if not isinstance(data, dict):
        raise SettingsError("the body must be a JSON object")
    for name, value in data.items():
        if name not in known or not (value is None or isinstance(value, known[name])):
            raise SettingsError(f"{name[:40]}: not a value that is known here; see the OpenAPI")
        if isinstance(value, str) and not _is_text(value):
            raise SettingsError(f"{name}: holds a half of a character that is none by itself")
    return data


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _openapi(_: Request) -> Response:
    return Response(_description(), media_type="application/json")


@cache
def _description() -> bytes:
    return (FOLDER / "openapi.json").read_bytes()
