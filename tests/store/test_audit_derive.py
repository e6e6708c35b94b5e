"""Does the audit tell what still follows from the bytes from what does not?"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from records.document import Capture, Document
from records.errors import LimitExceededError, UnreadableDocumentError
from records.mention import Mention
from store.store import Store
from tests.store.factory import VERSIONS
from tests.store.stories import STORIES, Story, fill, fourth


def derive(capture: Capture) -> tuple[Document, Sequence[Mention]]:
    by_bytes = {make().capture.sha256: make() for make in STORIES}
    one: Story = by_bytes[capture.sha256]
    return replace(one.document, captured_at=capture.captured_at), one.mentions


def test_what_follows_from_the_bytes_is_proven(store: Store) -> None:
    fill(store, [make() for make in STORIES])
    report = store.audit(derive, VERSIONS)
    assert report.outcome == "proven"
    assert report.checked["documents derived again"] == 4
    assert report.checked["mentions derived again"] == 14


def changed_text(taken: Capture) -> tuple[Document, Sequence[Mention]]:
    document, _ = derive(taken)
    return replace(document, text="another"), []


def fewer(taken: Capture) -> tuple[Document, Sequence[Mention]]:
    document, found = derive(taken)
    return document, found[1:]


def unreadable(taken: Capture) -> tuple[Document, Sequence[Mention]]:
    raise UnreadableDocumentError(f"{taken.source} is empty")


def too_slow(taken: Capture) -> tuple[Document, Sequence[Mention]]:
    raise LimitExceededError(f"{taken.source}: took longer than 25 s to be read, and was stopped")


def other_kind(taken: Capture) -> tuple[Document, Sequence[Mention]]:
    document, found = derive(taken)
    return document, [replace(found[0], kind="saving"), *found[1:]]


@pytest.mark.parametrize(
    ("derived", "record", "verdict", "words", "note"),
    [
        (changed_text, "d1", "changed", "body", "reader differs"),
        (fewer, "m1", "gone", "no longer find", "rules differ"),
        (other_kind, "m1", "changed", "otherwise: kind", "rules differ"),
        (unreadable, "d1", "gone", "fourth|energy.txt is empty", "not checkable here"),
    ],
    ids=["text", "fewer", "kind", "unreadable"],
)
def test_what_does_not_follow_is_judged_by_the_versions(
    store: Store, derived: Any, record: str, verdict: str, words: str, note: str
) -> None:
    fill(store, [fourth()])
    (finding,) = store.audit(derived, VERSIONS).findings
    assert (finding.record, finding.verdict) == (record, verdict)
    assert any(word in finding.what for word in words.split("|"))
    assert finding.what_to_do
    report = store.audit(derived, {**VERSIONS, "rules": "newer"})
    assert (report.outcome, report.findings) == ("weaker", ())
    assert [one.verdict for one in report.notes if one.level != "storage"] == [note]
    assert store.audit(derived, {**VERSIONS, "sqlite": "9"}).findings == (finding,)


def test_a_limit_of_this_machine_proves_nothing_against_a_document(store: Store) -> None:
    fill(store, [fourth()])
    report = store.audit(too_slow, VERSIONS)
    assert (report.outcome, report.findings) == ("weaker", ())
    (note,) = [one for one in report.notes if one.level == "derive"]
    assert (note.record, note.verdict) == ("d1", "not checkable here")
    assert "took longer than 25 s" in note.what
