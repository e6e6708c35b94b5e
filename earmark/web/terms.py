"""Terms to choose from while a question is typed, with the values that the store knows."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response

from earmark.api import EarmarkStore
from earmark.web.helping import SUGGESTED
from earmark.web.views import entity_tag, guarded, site_of


@guarded
def suggestions(request: Request) -> Response:
    """Answer with terms to choose from, those with values of this store first."""
    site = site_of(request)

    def asked(store: EarmarkStore) -> Response:
        tag = entity_tag(store, request)
        headers = {"etag": tag, "cache-control": "no-cache"}
        if tag == request.headers.get("if-none-match"):
            return Response(status_code=304, headers=headers)
        known = site.terms.of(store.edition(), store.known_terms)
        terms = list(dict.fromkeys((*known, *SUGGESTED)))
        body = json.dumps({"terms": terms}, ensure_ascii=False)
        return Response(body, headers=headers, media_type="application/json")

    return site.stores.answer(asked)
