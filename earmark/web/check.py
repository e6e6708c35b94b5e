"""Was this money heard before? A sentence is held against the store, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.requests import Request

from earmark.api import EarmarkStore
from earmark.web.render import link
from earmark.web.site import Site
from earmark.web.views import View
from earmark.words.check_words import (
    LINKS,
    UNSAID,
    VERDICTS,
    arguments,
    check_data,
    said_words,
    where_words,
)
from records.check import Check
from records.errors import SettingsError

LONGEST = 5_000
"""Code points that an address can carry; whole drafts go through the command line or the API."""
COLUMNS = ("sum", "verdict", "quote", "link", "claim", "where", "said", "for_and_against")


def check_view(site: Site, _: EarmarkStore, request: Request) -> View:
    """Say of each sum of a text whether it was heard before."""
    text = request.query_params.get("text", "").strip()
    day = request.query_params.get("published") or None
    kept = {"text": text, "published": day}
    context: dict[str, object] = {
        **kept,
        "check": None,
        "json": link("/check.json", **kept),
        "csv": link("/check.csv", **kept),
    }
    if not text:
        return View("check.html", context)
    check = check_text(site, text, day, LONGEST)
    context |= {
        "check": check,
        "verdicts": VERDICTS,
        "links": LINKS,
        "unsaid": UNSAID,
        "said": said_words,
        "where": where_words,
        "arguments": arguments,
    }
    return View(
        "check.html",
        context,
        data=lambda: dict(check_data(check)),
        rows=lambda: [COLUMNS, *_rows(check)],
    )


def check_text(site: Site, text: str, published: str | None, most: int) -> Check:
    """Check a text.

    Raises:
        SettingsError: It is longer than `most`, or the day is none.
    """
    if len(text) > most:
        raise SettingsError(
            f"The text has {len(text):,} characters; {most:,} are checked here. Check a whole "
            "draft with: earmark check draft.docx"
        )
    with site.stores.working() as store:
        # With its line end it is a text, whatever else its letters could name.
        return store.check(f"{text}\n", published=published)


def _rows(check: Check) -> Iterator[list[str]]:
    for hearing in check.hearings:
        amount = hearing.mentions[0].amount.span.text
        quote = f"{hearing.before}{amount}{hearing.after}"
        head = [amount, VERDICTS[hearing.verdict], quote]
        if not hearing.finds:
            yield [*head, "", "", "", "", ""]
        for find in hearing.finds:
            reasons = "; ".join(f"{label}: {words}" for label, words in arguments(find))
            where, said = where_words(find.quoted), said_words(find)
            yield [*head, LINKS[find.link], find.claim.id, where, said, reasons]
