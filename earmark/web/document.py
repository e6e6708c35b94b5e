"""Documents: the list of them, and one with its text and its pages, every sum of money marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from starlette.requests import Request

from earmark.api import EarmarkStore
from earmark.web.asked import number_in, page_size
from earmark.web.render import link, source_name
from earmark.web.sheet import sheet_of
from earmark.web.site import Site
from earmark.web.views import View
from earmark.words.citing import citation
from earmark.words.document_data import document_data
from earmark.words.fields import document_lines
from earmark.words.marks import Mark, field_marks, pieces
from earmark.words.wording import mention_amount
from records.claim import StoredMention
from records.errors import ClaimNotFoundError
from store.instants import instant_text
from store.results import ListedDocument, PlacedMention, StoredDocument
from store.versions import Version

PART = 20_000
"""Code points of text on one page: a document of two millions stays readable."""
_REACH = 2_000
LIST_COLUMNS = (
    *("id", "title", "publisher", "published", "media_type", "captured_at", "mentions", "partial"),
    *("echo_of", "source", "sha256"),
)
COLUMNS = (
    *("mention", "claim", "amount", "currency", "start", "end", "purpose", "timeframe"),
    *("recipient", "funder", "attribution"),
)


def documents_view(_: Site, store: EarmarkStore, request: Request) -> View:
    """List the documents, in the order in which they came."""
    size = page_size(request)
    after = request.query_params.get("after") or None
    found = store.list_documents(limit=size + 1, after=after)
    shown = found[:size]
    more = link("/documents", after=shown[-1].id) if len(found) > size else None
    context = {
        "documents": shown,
        "next": more,
        "counts": store.counts(),
        "json": link("/documents.json", after=after),
        "csv": link("/documents.csv", after=after),
    }
    return View(
        "documents.html",
        context,
        data=lambda: {
            "data": [listed_data(one) for one in shown],
            "page": {"shown": len(shown), "next": shown[-1].id if more else None},
        },
        rows=lambda: [LIST_COLUMNS, *(_listed_row(one) for one in shown)],
    )


def document_view(site: Site, store: EarmarkStore, request: Request) -> View:
    """Show a document: its text, a part at a time, and the page that the chosen money stands on."""
    name = request.path_params["name"]
    stored, captures = _read(site, store, name)
    document = stored.document
    chosen = _chosen(stored, request.query_params.get("at"))
    cuts = cuts_of(document.text)
    part = _part(request, cuts, chosen)
    start, end = cuts[part - 1], cuts[part]
    context = {
        "stored": stored,
        "document": document,
        "title": document.metadata.title.value
        if document.metadata.title
        else source_name(document.source),
        "lines": list(document_lines(document)),
        "pieces": pieces(document.text[start:end], start, _marks(stored, chosen)),
        "part": part,
        "parts": len(cuts) - 1,
        "part_links": _part_links(name, part, len(cuts) - 1),
        "first": start,
        "last": end,
        "chosen": chosen,
        "citation": citation(_quoted(store, chosen)) if chosen else "",
        "here": [one for one in stored.mentions if start <= one.mention.amount.span.start < end],
        "sheet": sheet_of(site, store, stored, chosen, request),
        "captures": captures,
        "amount": mention_amount,
        "json": f"/documents/{name}.json",
        "csv": f"/documents/{name}.csv",
    }
    return View(
        "document.html",
        context,
        data=lambda: {"data": [document_data(stored)]},
        rows=lambda: [COLUMNS, *(_row(one) for one in stored.mentions)],
    )


def cuts_of(text: str) -> list[int]:
    """Return where the parts of a text begin, and its end; at ends of lines where there are any."""
    cuts = [0]
    while len(text) - cuts[-1] > PART:
        most = cuts[-1] + PART
        line = text.rfind("\n", most - _REACH, most)
        cuts.append(line + 1 if line > 0 else most)
    return [*cuts, len(text)]


def listed_data(one: ListedDocument) -> dict[str, object]:
    """Return a document without its text as data for JSON."""
    return {
        "id": one.id,
        "source": one.source,
        "title": one.title,
        "publisher": one.publisher,
        "published": one.published.isoformat() if one.published else None,
        "media_type": one.media_type,
        "captured_at": instant_text(one.captured_at),
        "sha256": one.sha256,
        "mentions": one.mentions,
        "partial": one.partial,
        "echo_of": one.echo.of if one.echo else None,
    }


def _listed_row(one: ListedDocument) -> list[str]:
    data = listed_data(one)
    return ["" if data[name] is None else str(data[name]) for name in LIST_COLUMNS]


def _row(placed: PlacedMention) -> list[str]:
    mention = placed.mention
    span = mention.amount.span
    named = ("purpose", "timeframe", "recipient", "funder", "attribution")
    words = dict(mention.spans())
    parts = [words[field].text if field in words else "" for field in named]
    start, end = str(span.start), str(span.end)
    return [placed.id, placed.claim, span.text, mention.amount.currency, start, end, *parts]


def _read(site: Site, store: EarmarkStore, name: str) -> tuple[StoredDocument, Sequence[Version]]:
    def make() -> tuple[StoredDocument, Sequence[Version]]:
        stored = store.document(name)
        return stored, store.versions(stored.document.source)

    return site.documents.of((store.edition(), name), make)


def _chosen(stored: StoredDocument, at: str | None) -> PlacedMention | None:
    """Return the mention that an address names by its own id or by that of its claim.

    Raises:
        ClaimNotFoundError: The document has none of that id.
    """
    if not at:
        return None
    for placed in stored.mentions:
        if at in (placed.id, placed.claim):
            return placed
    raise ClaimNotFoundError(f"{stored.id} states nothing with the id {at[:40]!r}")


def _quoted(store: EarmarkStore, chosen: PlacedMention) -> StoredMention:
    """Return a mention with all that a citation needs."""
    return next(one for one in store.claim(chosen.id).mentions if one.id == chosen.id)


def _part(request: Request, cuts: Sequence[int], chosen: PlacedMention | None) -> int:
    given = request.query_params.get("part")
    if given:
        return number_in("part", given, len(cuts) - 1)
    if chosen is None:
        return 1
    return min(bisect_right(cuts, chosen.mention.amount.span.start), len(cuts) - 1)


def _part_links(name: str, part: int, parts: int) -> list[tuple[int, str, bool]]:
    """Return the parts to go to: the first, the last, and those around this one."""
    near = {1, parts, *range(max(1, part - 2), min(parts, part + 2) + 1)}
    address = f"/documents/{name}"
    return [(one, link(address, part=one), one == part) for one in sorted(near)]


def _marks(stored: StoredDocument, chosen: PlacedMention | None) -> Iterator[Mark]:
    for placed in stored.mentions:
        span = placed.mention.amount.span
        of_chosen = chosen is not None and placed.claim == chosen.claim
        label = f"{placed.claim} amount" if of_chosen else placed.claim
        yield Mark(span.start, span.end, "amount", label, placed.id, f"/claims/{placed.claim}")
        if of_chosen:
            yield from (one for one in field_marks(placed.mention) if one.kind != "amount")
