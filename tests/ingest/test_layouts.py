"""Layouts of real kinds of pages: nothing of the article is lost, next to nothing let in."""

from __future__ import annotations

import pytest

from ingest.read import read_capture
from tests.ingest.pages import Page, pages
from tests.ingest.score import Score, held, score
from tests.ingest.tables import captured

PAGES = pages()
LET_IN = 0.02


def read(page: Page) -> str:
    return read_capture(captured(page.html, f"{page.name}.html")).text


def test_there_are_forty_layouts() -> None:
    assert len(PAGES) >= 40


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_nothing_of_the_article_is_lost(page: Page) -> None:
    text = read(page)
    assert [amount for amount in page.amounts if not held(text, amount)] == []
    assert [words for words in page.paragraphs if words not in text] == []


def test_hardly_an_amount_around_the_articles_is_let_in() -> None:
    found = sum((score(page, read(page)) for page in PAGES), Score())
    assert found.let_in <= LET_IN * found.others
