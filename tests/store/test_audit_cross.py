"""A second opinion on the figures of each page."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from records.errors import UnreadableDocumentError
from records.layout import Layout, Word
from store.audit.asked import Asked
from store.audit.cross import Outside
from store.store import Store
from tests.store.stories import fill, first, whole

SHALLOW = Asked(deep=False)
Pages = Sequence[tuple[int, str, str]]


@pytest.fixture
def paged(store: Store) -> Store:
    """A document of two pages, a word on each, and one without pages."""
    story = whole()
    words = Layout([Word(0, 2, 1, (0, 0, 1, 1)), Word(3, 8, 2, (0, 0, 1, 1))])
    page = replace(story.document, pages=2, words=words)
    mentions = [replace(one) for one in story.mentions]
    fill(store, [story._replace(document=page, mentions=mentions), first()])
    return store


def test_what_was_read_on_each_page_is_handed_over(paged: Store) -> None:
    asked: list[tuple[str, list[str]]] = []

    def cross(source: str, content: bytes, pages: Sequence[str]) -> Pages:
        asked.append((source, list(pages)))
        return []

    report = paged.audit(asked=SHALLOW, outside=Outside(cross=cross))
    assert asked == [("report.pdf", ["By", "March"])]
    assert report.checked["pages read by another reader"] == 2
    assert any("without pages" in left for left in report.left_out)


def test_other_figures_are_a_note_with_both(paged: Store) -> None:
    report = paged.audit(asked=SHALLOW, outside=Outside(cross=lambda *_: [(2, "55", "5.5")]))
    (note,) = [one for one in report.notes if one.level == "cross"]
    assert (note.record, note.verdict) == ("d1", "reader differs")
    assert (note.where, note.expected, note.found) == ("d1, page 2", "55", "5.5")
    assert report.verdicts["reader differs"] == ("d1",)
    assert report.outcome != "proven"


def test_what_the_other_reader_cannot_read_is_said(paged: Store) -> None:
    def cross(source: str, content: bytes, pages: Sequence[str]) -> Pages:
        raise UnreadableDocumentError(f"{source}: is locked")

    report = paged.audit(asked=SHALLOW, outside=Outside(cross=cross))
    (note,) = [one for one in report.notes if one.level == "cross"]
    assert (note.verdict, "is locked" in note.what) == ("not checkable here", True)
