"""A store with something in every table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from records.document import Fetched, Reader
from records.mention import Timeframe
from store.saying import Saying
from store.store import Store
from tests.store.factory import VERSIONS, capture, document, mention, span
from tests.store.stories import STORIES, Story, fill, first, give, release, reprint, third, whole


def fill_everything(store: Store) -> None:
    """Read, read again, refuse, take back, decide."""
    fill(store, [make() for make in (*STORIES, release, reprint)])
    run = store.start_run(VERSIONS)
    whole().add(store, run)
    later = replace(third().document, reader=Reader("plain", "2"))
    taken = store.add_capture(run, third().capture)
    store.add_document(run, taken, later, third().mentions)
    refused = store.add_capture(run, capture("\x00", "bad.bin"))
    store.add_refusal(run, refused, "source.format", "no text")
    store.end_run(run, {})
    page = capture("The mayor gave £4m to the zoo.", "https://example.org/a")
    page = replace(page, fetched=Fetched(page.source, 200, (("etag", '"1"'),)))
    gone = mention(page.content.decode(), "£4m", "4000000")
    store.undo(fill(store, [Story(page, document(page), [gone])]))
    give(store, [first()])
    store.decide(Saying("part_of", ("m9", "m5"), "anna", "so the minister"))
    store.decide(Saying("correct", ("m9",), "anna", field="purpose", value="records"))
    period = Timeframe(span("in 2023", "in 2023"), None, date(2023, 1, 1), date(2023, 12, 31))
    said = Saying("correct", ("m10",), "anna", field="timeframe", value="in 2023")
    store.decide(said._replace(read=lambda *_: period))
    back = store.decide(Saying("same", ("m9", "m10"), "anna"))
    store.undo_decision(back.id, "ben", "other years")
