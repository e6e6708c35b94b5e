"""Terms to choose from while a question is typed, with the values that the store knows."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response

from earmark.api import EarmarkStore
from earmark.web.helping import SUGGESTED
from earmark.web.views import guarded, site_of, unless_known


@guarded
def suggestions(request: Request) -> Response:
    """Answer with terms to choose from, those with values of this store first."""
    site = site_of(request)

    def terms_of(store: EarmarkStore) -> Response:
        known = site.terms.of(store.edition(), store.known_terms)
        terms = list(dict.fromkeys((*known, *SUGGESTED)))
        body = json.dumps({"terms": terms}, ensure_ascii=False)
        return Response(body, media_type="application/json")

    return site.stores.answer(lambda store: unless_known(store, request, lambda: terms_of(store)))
