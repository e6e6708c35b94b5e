"""The whole store as lines: all that it takes to repeat what stands on these pages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from earmark.web.site import Site
from earmark.web.views import guarded, site_of


@guarded
def whole_store(request: Request) -> Response:
    """Answer with every row of the store and the bytes of its sources, for `earmark import`."""
    lines = _lines(site_of(request))
    first = next(lines)  # what is wrong with the store is said before anything is sent
    headers = {"content-disposition": 'attachment; filename="store.jsonl"'}
    return StreamingResponse(chain([first], lines), 200, headers, "application/jsonl")


def _lines(site: Site) -> Iterator[str]:
    with site.stores.auditing() as store:
        yield from store.lines("store", with_sources=True)
