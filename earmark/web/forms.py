"""Forms that do something: only our own pages can send them, and only who may write."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from earmark.settings import login_name
from earmark.web.problems import answer_error
from earmark.web.views import site_of
from records.decision import Decision
from records.errors import SettingsError

COOKIE = "earmark"
NAME = "earmark_by"


class ForeignFormError(SettingsError):
    """A form that was not sent from a page of this server, or from an old one of it."""

    code = "form.foreign"


class MayNotWriteError(SettingsError):
    """Whoever asks may not write here."""

    code = "write.key"


async def checked_form(request: Request, most_parts: int = 40) -> FormData:
    """Return what a form says.

    Raises:
        ForeignFormError: It does not carry the key of our pages, or comes from another site.
    """
    site = site_of(request)
    origin = request.headers.get("origin")
    host = request.headers.get("host", "")
    if origin not in (None, "null") and urlsplit(origin).netloc.lower() != host.lower():
        raise ForeignFormError("This form was sent from another site. Nothing was done.")
    form = await request.form(max_files=1, max_fields=most_parts)
    if not hmac.compare_digest(str(form.get("key", "")).encode(), site.form_key.encode()):
        raise ForeignFormError(
            "This form is of another run of the server, or was not sent from its pages. Nothing "
            "was done. Load the page again and repeat it."
        )
    return form


def may_write(request: Request) -> bool:
    """Tell whether a browser was let in with the printed address."""
    site = site_of(request)
    return site.write and site.is_token(request.cookies.get(COOKIE, ""))


def name_of(request: Request) -> str:
    """Return who decides: as the last form said, else the login name of this server."""
    given = request.query_params.get("by")
    if given:
        return given
    try:
        return bytes.fromhex(request.cookies.get(NAME, "")).decode() or login_name()
    except ValueError:
        return login_name()


def deciding(request: Request, decisions: Sequence[Decision], *, back: str) -> dict[str, object]:
    """Return what a form for a decision needs: who decides, what was seen, where it leads back."""
    done = request.query_params.get("done")
    return {
        "allowed": may_write(request),
        "by": name_of(request),
        "last": next((one for one in decisions if one.id == done), None),
        "seen": " ".join(one.id for one in decisions),
        "back": back,
    }


def way_back(given: str, otherwise: str) -> str:
    """Return the page of ours that a form leads back to; `otherwise` where it names none."""
    return given if given.startswith(("/review", "/claims/", "/compare?")) else otherwise


def require_writer(request: Request) -> None:
    """Let only those through who may write.

    Raises:
        MayNotWriteError: The server is read-only, or the browser was not let in.
    """
    if not site_of(request).write:
        raise MayNotWriteError("This server is read-only. Start it with: earmark serve --write")
    if not may_write(request):
        raise MayNotWriteError(
            "To decide or ingest, open the address that earmark serve --write printed; it holds "
            "the key."
        )


def enter(request: Request) -> Response:
    """Let a browser in that has the printed address; a cookie keeps the key."""
    site = site_of(request)
    if not (site.write and site.is_token(request.query_params.get("key", ""))):
        return answer_error(request, MayNotWriteError("This is not the key that was printed."))
    answer = RedirectResponse("/claims", 303)
    answer.set_cookie(COOKIE, site.token, httponly=True, samesite="strict")
    return answer
