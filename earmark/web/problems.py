"""What went wrong, as a page for people and as problem+json (RFC 9457) for programs."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from earmark.web.render import page
from earmark.words.safe import json_text
from records.errors import EarmarkError, QueryError

LOG = logging.getLogger("earmark.web")
_STATUS = {
    "id.unknown": 404,
    "query": 400,
    "settings": 400,
    "form": 403,
    "write": 403,
    "date": 400,
    "decision": 409,
    "source": 422,
    "extra": 501,
    "question": 503,
    "store.locked": 503,
    "store.none": 503,
    "store.read-only": 403,
    "store": 503,
}
"""HTTP status by error code, or by what stands before its first dot."""
_TITLES = {
    400: "That cannot be read",
    401: "Who are you?",
    403: "That is not allowed here",
    404: "There is nothing here",
    405: "That cannot be done here",
    409: "Somebody was there before",
    413: "That is too large",
    422: "That source cannot be used",
    500: "Earmark met an error it did not expect",
    501: "A part of Earmark is missing",
    503: "The store cannot be read",
}
_TITLES_BY_CODE = {
    "question.slow": "That takes too long",
    "question.busy": "Too many slow questions at once",
}


def status_of(error: EarmarkError) -> int:
    """Return the HTTP status that an error is answered with."""
    return _STATUS.get(error.code) or _STATUS.get(error.code.partition(".")[0], 500)


def _title(status: int, code: str) -> str:
    return _TITLES_BY_CODE.get(code) or _TITLES.get(status) or HTTPStatus(status).phrase


def problem(
    status: int, code: str, detail: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Return problem+json with the code that the command line prints in brackets."""
    body: dict[str, object] = {"type": "about:blank", "title": _title(status, code)}
    body |= {"status": status, "detail": detail, "code": code}
    return Response(json_text(body), status, headers, "application/problem+json")


def answer_error(request: Request, error: Exception) -> Response:
    """Return what somebody is told of an error: what happened, and never a trace."""
    status, code, detail = _told(error)
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else None
    if is_for_programs(request):
        return problem(status, code, detail, headers)
    context = {"title": _title(status, code), "detail": detail, "code": code}
    return page(request, "problem.html", context, status=status)


def is_for_programs(request: Request) -> bool:
    """Tell whether an answer is read by a program: by its address, else by what it accepts."""
    path = request.url.path
    return path.startswith("/api/") or path.endswith((".json", ".csv"))


def _told(error: Exception) -> tuple[int, str, str]:
    if isinstance(error, EarmarkError):
        return status_of(error), error.code, str(error)
    if isinstance(error, HTTPException):
        return error.status_code, f"http.{error.status_code}", _http_words(error)
    LOG.error("an error that nobody expected", exc_info=error)
    words = "What was stored before is whole. The log of this server has the details."
    return 500, "internal", f"{type(error).__name__}. {words}"


def _http_words(error: HTTPException) -> str:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return "No page has this address. Look at the claims, or go back."
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return "This address takes no such request."
    return error.detail


def query_lines(error: QueryError) -> tuple[str, str, str]:
    """Return what is wrong with a question, the lines that point at the place, and what to do."""
    first, *rest = str(error).split("\n")
    return first, "\n".join(rest[:2]), " ".join(line.strip() for line in rest[2:])
