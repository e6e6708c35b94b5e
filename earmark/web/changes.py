"""What changed of the money of a source, from one capture to the next."""

from __future__ import annotations

from starlette.requests import Request

from earmark.api import EarmarkStore
from earmark.web.site import Site
from earmark.web.views import View
from earmark.words.change_words import change_words, comparison_data
from store.instants import instant_text

COLUMNS = ("from", "to", "kind", "what")


def changes_view(_: Site, store: EarmarkStore, request: Request) -> View:
    """Show what became of each sum of a document's source."""
    name = request.path_params["name"]
    document = store.document(name).document
    compared = store.diff(document.source)
    base = f"/documents/{name}/changes"
    context = {
        "name": name,
        "source": document.source,
        "compared": compared,
        "words": change_words,
        "json": f"{base}.json",
        "csv": f"{base}.csv",
    }
    return View(
        "changes.html",
        context,
        data=lambda: {"data": [comparison_data(one) for one in compared]},
        rows=lambda: [
            COLUMNS,
            *(
                (*map(instant_text, times), change.kind, change_words(change))
                for one in compared
                for times in [(one.older.captured_at, one.newer.captured_at)]
                for change in one.changes
            ),
        ],
    )
