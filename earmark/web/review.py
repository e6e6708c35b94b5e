"""The review queue: one question a page, what matters most first, each answer undoable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from earmark.api import EarmarkStore
from earmark.settings import login_name
from earmark.web.claim import FIELD_KEYS, PAIR_KEYS, sentence_pieces
from earmark.web.forms import (
    NAME,
    checked_form,
    may_write,
    name_of,
    require_writer,
    way_back,
)
from earmark.web.problems import answer_error
from earmark.web.render import also, link, page
from earmark.web.site import Site
from earmark.web.views import View, site_of
from earmark.words.review_words import item_data, view_lines
from records.decision import FIELD_WORDS, PAIR_WORDS, Decision
from records.errors import DecisionConflictError, SettingsError
from records.money import display
from records.review import ReviewItem, ReviewPart
from store.exports.csv import quote_of

COLUMNS = ("id", "field", "stake", "currency", "mentions", "claims", "quotes")


def review_view(_: Site, store: EarmarkStore, request: Request) -> View:
    """Ask the first open question, or that about two sums."""
    given = request.query_params
    by = name_of(request)
    blind = given.get("blind") == "1"
    about = [name for name in (given.get("about"), given.get("with")) if name]
    part = _part(store, about, by)
    skipped = given.get("skip", "").split()
    items = [one for one in part.items if one.id not in skipped]
    item = items[0] if items else None
    kept = {"blind": "1" if blind else None, "about": given.get("about"), "with": given.get("with")}
    last = next((one for one in store.decisions() if one.id == given.get("done")), None)
    context = {
        "item": item,
        "bare": item is None and not store.counts().documents,
        "open": f"{len(items)}{' or more' if part.more else ''}",
        "by": by,
        "blind": blind,
        "keys": () if item is None else _keys(item, blind=blind),
        "machine": [] if item is None or blind else view_lines(item),
        "stake": display(item.stake, item.currency) if item and item.stake else "not known",
        "sentences": [(one, sentence_pieces(one)) for one in item.mentions] if item else [],
        "last": last,
        "allowed": may_write(request),
        "kept": kept,
        "skip": item and link("/review", **kept, skip=" ".join([*skipped, item.id])),
        "again": link("/review", **kept),
        "other": link("/review", **{**kept, "blind": None if blind else "1"}),
        "json": link("/review.json", **kept),
        "csv": link("/review.csv", **kept),
    }
    return View(
        "review.html",
        context,
        data=lambda: {"data": [item_data(one, blind=blind) for one in items]},
        rows=lambda: [COLUMNS, *map(_row, items)],
    )


async def decide(request: Request) -> Response:
    """Write what somebody decided, and ask the next question."""
    try:
        form = await checked_form(request)
        require_writer(request)
        said = {name: str(value) for name, value in form.items()}
        by = " ".join(said.get("by", "").split()) or login_name()
        return await run_in_threadpool(_decided, request, said, by)
    except Exception as error:  # noqa: BLE001 - nobody should see a trace
        return answer_error(request, error)


async def take_back(request: Request) -> Response:
    """Take a decision back, and ask its question again."""
    try:
        form = await checked_form(request)
        require_writer(request)
        name, by = request.path_params["name"], name_of(request)

        def undo() -> None:
            with site_of(request).stores.writing() as store:
                store.undo_decision(name, by=by)

        await run_in_threadpool(undo)
        return RedirectResponse(way_back(str(form.get("back", "")), "/review"), 303)
    except Exception as error:  # noqa: BLE001 - as above
        return answer_error(request, error)


def _decided(request: Request, said: Mapping[str, str], by: str) -> Response:
    """Decide under the write lock, after looking whether somebody was there before."""
    names = said.get("mentions", "").split()
    field = said.get("field") or None
    with site_of(request).stores.writing() as store:
        before = _decided_before(store, names, field, said.get("seen", "").split())
        if before and said.get("anyway") != "1":
            return _somebody(request, said, before)
        try:
            decision = _decide(store, said, names, by)
        except DecisionConflictError as error:
            held = [one for one in store.decisions() if _is_about(one, names, field)]
            return _somebody(request, said, held, str(error))
    kept = {name: said.get(name) for name in ("blind", "about", "with")}
    back = way_back(said.get("back", ""), "")
    to = also(back, done=decision.id) if back else link("/review", **kept, done=decision.id)
    answer = RedirectResponse(to, 303)
    answer.set_cookie(NAME, by.encode().hex(), httponly=True, samesite="strict")
    return answer


def _decide(
    store: EarmarkStore, said: Mapping[str, str], names: Sequence[str], by: str
) -> Decision:
    word = said.get("word", "")
    if word == "whole_of":
        word, names = "part_of", list(reversed(names))
    if word not in (*PAIR_WORDS, *FIELD_WORDS):
        raise SettingsError("choose one of the answers")
    value = said.get("value", "").strip() if word == "correct" else None
    if word == "correct" and not value:
        raise SettingsError("to correct a field, write what it should say, then press correct")
    field, reason = said.get("field") or None, said.get("reason", "").strip() or None
    return store.decide(word, *names, field=field, value=value, by=by, reason=reason)


def _decided_before(
    store: EarmarkStore, names: Sequence[str], field: str | None, seen: Sequence[str]
) -> list[Decision]:
    """Return the decisions about a question that were made since its page was shown."""
    return [one for one in store.decisions() if one.id not in seen and _is_about(one, names, field)]


def _is_about(one: Decision, names: Sequence[str], field: str | None) -> bool:
    held = one.taken_back is None and one.field == field
    return held and all(one.concerns(name) for name in names)


def _somebody(
    request: Request, said: Mapping[str, str], before: Sequence[Decision], why: str = ""
) -> Response:
    back = way_back(said.get("back", ""), "/review")
    context = {"said": said, "before": before, "why": why, "back": back}
    return page(request, "conflict.html", context, status=409)


def _part(store: EarmarkStore, about: Sequence[str], by: str) -> ReviewPart:
    if about:
        return ReviewPart(tuple(store.review(*about, by=by)), more=False)
    part = ReviewPart((), more=False)
    for part in store.review_in_parts(by=by):
        if part.items:
            break
    return part


def _keys(item: ReviewItem, *, blind: bool) -> Sequence[tuple[str, str, str]]:
    if item.field is None:
        return PAIR_KEYS
    return FIELD_KEYS[1:] if blind else FIELD_KEYS


def _row(item: ReviewItem) -> list[str]:
    return [
        *(item.id, item.field or "", str(item.stake), item.currency),
        *(" ".join(one.id for one in item.mentions), " ".join(item.claims)),
        " | ".join(quote_of(one) for one in item.mentions),
    ]
