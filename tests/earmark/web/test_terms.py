"""Help with questions: every field has an example, and a store says which values it knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import earmark
from earmark.asking import explain_question
from earmark.web.helping import HELP, SUGGESTED
from earmark.web.render import FOLDER
from store.question_fields import READERS

PAGES = ("/claims", "/pots", "/timeline", "/review", "/claims/c1", "/documents/d2", "/about")


def test_every_field_of_the_language_has_an_example() -> None:
    fields = {example.split(":")[0] for example, _ in HELP if ":" in example}
    assert fields == {*READERS, "sort"}


@pytest.mark.parametrize("term", SUGGESTED)
def test_what_is_suggested_can_be_asked(term: str) -> None:
    assert explain_question(term)


def test_a_store_answers_the_terms_that_it_says_it_knows(read_store: Path) -> None:
    with earmark.open_store(read_store, read_only=True) as store:
        terms = store.known_terms()
        assert {"currency:GBP", "first:2021"} <= set(terms)
        assert len({term.split(":")[0] for term in terms}) == 5
        assert all(store.count(term) for term in terms)


def test_suggestions_come_as_data_with_what_is_known_first(story: TestClient) -> None:
    answer = story.get("/suggestions.json")
    terms = answer.json()["terms"]
    assert terms.index("currency:GBP") < terms.index("kind:funding")
    assert len(terms) == len(set(terms))
    again = story.get("/suggestions.json", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_more_than_150_kb_of_script_and_none_inside_it(
    story: TestClient, path: str
) -> None:
    page = story.get(path).text
    scripts = re.findall(r"<script([^>]*)>([^<]*)</script>", page)
    assert all(not inside for _, inside in scripts)
    names = [re.search(r'src="/static/([^"]+)"', tag) for tag, _ in scripts]
    assert sum((FOLDER / "static" / name[1]).stat().st_size for name in names if name) <= 150_000
