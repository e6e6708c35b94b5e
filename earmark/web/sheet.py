"""A page of a PDF as it was captured, with a box around each sum of money on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from earmark.api import EarmarkStore
from earmark.boxes import Edges, boxes_of, words_of
from earmark.picture import size_of
from earmark.web.asked import number_in
from earmark.web.render import link
from earmark.web.site import Site
from earmark.web.views import guarded, site_of, unless_known
from earmark.words.wording import mention_amount
from records.errors import SettingsError
from store.results import PlacedMention, StoredDocument


class Box(NamedTuple):
    """Words on a page with one box around them, on one line.

    Attributes:
        edges: x, y, width and height, thousandths of a point.
        href: Where it leads.
        name: What it is, in full, for who does not see it.
        chosen: It is of the claim that was chosen.
    """

    edges: Edges
    href: str
    name: str
    chosen: bool


class Sheet(NamedTuple):
    """A page of a PDF as it is shown."""

    number: int
    of: int
    width: int
    height: int
    boxes: list[Box]


@guarded
def page_picture(request: Request) -> Response:
    """Answer with a page of a PDF as a picture."""
    name, page = request.path_params["name"], request.path_params["page"]
    site = site_of(request)

    def drawn(store: EarmarkStore) -> Response:
        return Response(_picture(site, store, name, page), media_type="image/png")

    return site.stores.answer(lambda store: unless_known(store, request, lambda: drawn(store)))


def sheet_of(
    site: Site,
    store: EarmarkStore,
    stored: StoredDocument,
    chosen: PlacedMention | None,
    request: Request,
) -> Sheet | None:
    """Return the page that an address names, else that of the chosen mention, else of the first.

    Returns:
        None for a document without pages, and where the page cannot be drawn.

    Raises:
        SettingsError: The document has no such page.
    """
    document = stored.document
    if not document.pages:
        return None
    given = request.query_params.get("page")
    if given:
        page = number_in("page", given, document.pages)
    else:
        first = chosen or next(iter(stored.mentions), None)
        words = words_of(document, first.mention.amount.span) if first else []
        page = words[0].page if words else 1
    try:
        width, height = size_of(_picture(site, store, stored.id, page))
    except SettingsError:
        return None
    return Sheet(page, document.pages, width, height, list(_boxes(stored, page, chosen)))


def _picture(site: Site, store: EarmarkStore, name: str, page: int) -> bytes:
    key = store.edition(), name, page
    return site.pictures.of(key, lambda: store.page_picture(name, page))


def _boxes(stored: StoredDocument, page: int, chosen: PlacedMention | None) -> Iterator[Box]:
    for placed in stored.mentions:
        amount, purpose = placed.mention.amount, placed.mention.purpose
        thing = f" for {purpose.text}" if purpose else ""
        name = f"{placed.claim}: {mention_amount(amount)}{thing}, page {page}"
        href = link(f"/documents/{stored.id}", at=placed.id, fragment=placed.id)
        of_chosen = chosen is not None and placed.claim == chosen.claim
        words = [one for one in words_of(stored.document, amount.span) if one.page == page]
        for edges in boxes_of(words):
            yield Box(edges, href, name, of_chosen)
