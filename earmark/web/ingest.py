"""Reading documents from the browser: a pasted text, an uploaded file, or a link."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from earmark.api import EarmarkStore
from earmark.outcome import Run
from earmark.web.forms import checked_form, require_writer
from earmark.web.problems import answer_error
from earmark.web.render import page, web_address
from earmark.web.site import Site
from earmark.web.views import View, site_of
from ingest.capture import MAX_BYTES
from ingest.place import Place, web_place
from records.errors import SettingsError
from records.parts import Unread

LONGEST_NAME = 150
_ROOM = 64 * 1024  # what a form takes beside its file


def ingest_view(_: Site, store: EarmarkStore, __: Request) -> View:
    """Offer to read a document."""
    return View("ingest.html", {"run": None, "megabytes": MAX_BYTES // 1024 // 1024})


async def ingest(request: Request) -> Response:
    """Read what a form brings, as `earmark ingest` would: in a process of its own, under limits."""
    try:
        require_writer(request)
        _refuse_large(request)
        form = await checked_form(request)
        try:
            run = await run_in_threadpool(_ingested, site_of(request), form)
        finally:
            await form.close()
        context = {"run": run, "megabytes": MAX_BYTES // 1024 // 1024}
        return page(request, "ingest.html", context)
    except Exception as error:  # noqa: BLE001 - nobody should see a trace
        return answer_error(request, error)


async def take_back(request: Request) -> Response:
    """Take a run back: what it alone gave no longer counts."""
    try:
        await checked_form(request)
        require_writer(request)
        name = request.path_params["name"]

        def undo() -> None:
            with site_of(request).stores.writing() as store:
                store.undo(name)

        await run_in_threadpool(undo)
        return RedirectResponse("/runs", 303)
    except Exception as error:  # noqa: BLE001 - as above
        return answer_error(request, error)


def _refuse_large(request: Request) -> None:
    """Refuse a body that says it is too large before it is read, and one that does not say."""
    said = request.headers.get("content-length", "")
    if not said.isdigit():
        raise HTTPException(411, "The request does not say how long it is.")
    if int(said) > MAX_BYTES + _ROOM:
        megabytes = int(said) // 1024 // 1024
        raise HTTPException(
            413,
            f"The upload has {megabytes:,} MB; a document may have {MAX_BYTES // 1024 // 1024}. "
            "Nothing of it was kept. Split it, or read a larger archive with: earmark ingest",
        )


def _ingested(site: Site, form: FormData) -> Run:
    file = form.get("file")
    upload = file if isinstance(file, UploadFile) and file.filename else None
    said = {name: str(value).strip() for name, value in form.items() if isinstance(value, str)}
    with tempfile.TemporaryDirectory(prefix="earmark-") as folder:
        place = place_of(said, upload, Path(folder) / "upload")
        return ingested(site, place, said)


def ingested(site: Site, place: Place, said: Mapping[str, str]) -> Run:
    """Read what is at a place, with what is said of it; the same as `earmark ingest`."""
    with site.stores.writing() as store:
        return store.ingest(
            place,
            published=said.get("published") or None,
            publisher=said.get("publisher") or None,
            country=said.get("country") or None,
        )


def place_of(said: Mapping[str, str], upload: UploadFile | None, kept: Path) -> Place:
    """Return where the one thing is that somebody brings.

    Args:
        said: With a `text`, and the `name` to give it, or a `link`.
        upload: A file; None for none.
        kept: A file to keep a text or an upload in.

    Raises:
        SettingsError: Nothing is brought, or several things are.
    """
    text, address = said.get("text", "").strip(), said.get("link", "").strip()
    if sum(map(bool, (upload, text, address))) != 1:
        raise SettingsError("give one thing: a text, a file, or a link")
    if upload:
        with kept.open("wb") as out:
            while part := upload.file.read(1024 * 1024):
                out.write(part)
        return Place(_file_name(upload.filename or ""), kept)
    if text:
        kept.write_text(text.replace("\r\n", "\n"), "utf-8", newline="")
        return Place(_file_name(said.get("name", "") or "pasted text"), kept)
    place = web_place(address) if web_address(address) else None
    if place is None or isinstance(place, Unread):
        raise SettingsError(
            "link: give the address of a page of the web, as https://…, without a password in it"
        )
    return place


def _file_name(given: str) -> str:
    """Return the last part of a file's name, as it is shown and stored; it opens no file."""
    name = " ".join(given.replace("\\", "/").rsplit("/", 1)[-1].replace("\0", " ").split())
    return name[-LONGEST_NAME:] or "upload"
