"""Questions that somebody keeps under a name, in a cookie of their own browser.

The store is not written: a reader of a read-only server can keep questions, too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from earmark.asking import explain_question
from earmark.web.forms import checked_form
from earmark.web.problems import answer_error
from earmark.web.render import link
from records.errors import ClaimNotFoundError, SettingsError

COOKIE = "earmark_saved"
MOST, LONGEST_NAME, LONGEST = 20, 40, 300
"""Questions, and characters of a name and of a question."""
ROOM = 3_800
"""Bytes that a browser keeps of a cookie."""
YEAR = 365 * 24 * 60 * 60


def saved_of(request: Request) -> dict[str, str]:
    """Return names and questions of a browser; what is none is left out."""
    try:
        found = json.loads(bytes.fromhex(request.cookies.get(COOKIE, "")))
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        name: question
        for name, question in list(found.items())[:MOST]
        if isinstance(question, str) and _fits(name, question)
    }


async def save(request: Request) -> Response:
    """Keep a question under a name, or let go of one; then show its claims."""
    try:
        return _saved(request, await checked_form(request))
    except Exception as error:  # noqa: BLE001 - nobody should see a trace
        return answer_error(request, error)


def _saved(request: Request, form: FormData) -> Response:
    name, question = (" ".join(str(form.get(one, "")).split()) for one in ("name", "q"))
    kept = saved_of(request)
    if form.get("forget"):
        kept.pop(name, None)
    else:
        kept[name] = _checked(name, question)
    value = json.dumps(kept).encode().hex()
    if len(kept) > MOST or len(value) > ROOM:
        raise SettingsError("no more questions fit in this browser; forget one first")
    answer = RedirectResponse(link("/claims", q=question), 303)
    answer.set_cookie(COOKIE, value, max_age=YEAR, httponly=True, samesite="strict")
    return answer


def show(request: Request) -> Response:
    """Lead from the name of a question to its claims."""
    name = request.path_params["name"]
    question = saved_of(request).get(name)
    if question is None:
        known: Mapping[str, str] = saved_of(request)
        words = f"it keeps {', '.join(known)}" if known else "it keeps none yet"
        error = ClaimNotFoundError(f"this browser keeps no question named “{name[:40]}”; {words}")
        return answer_error(request, error)
    return RedirectResponse(link("/claims", q=question), 307)


def _checked(name: str, question: str) -> str:
    """Return a question that can be kept.

    Raises:
        QueryError: It cannot be read.
        SettingsError: It, or its name, is empty or too long.
    """
    if not _fits(name, question):
        raise SettingsError(
            f"give a name of up to {LONGEST_NAME} characters without a slash, and a question of "
            f"up to {LONGEST}"
        )
    explain_question(question)
    return question


def _fits(name: str, question: str) -> bool:
    named = 0 < len(name) <= LONGEST_NAME and "/" not in name and name.isprintable()
    return named and 0 < len(question) <= LONGEST
