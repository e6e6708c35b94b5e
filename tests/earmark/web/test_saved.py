"""Questions that a browser keeps under a name."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from earmark.web.saved import COOKIE, MOST
from tests.earmark.web.test_forms import key_of

ASK = {"name": "NHS IT & more", "q": 'for:"NHS IT" amount:>1bn'}


def test_a_question_is_saved_found_by_its_name_and_forgotten(story: TestClient) -> None:
    form = {**ASK, "key": key_of(story)}
    saved = story.post("/saved", data=form)
    assert saved.status_code == 303
    named = story.get("/saved/NHS%20IT%20%26%20more")
    assert named.headers["location"] == saved.headers["location"]
    page = story.get(named.headers["location"]).text
    assert 'href="/saved/NHS%20IT%20%26%20more" aria-current="true"' in page
    story.post("/saved", data={**form, "forget": "1"})
    assert "/saved/NHS" not in story.get("/claims").text
    gone = story.get("/saved/NHS%20IT%20%26%20more")
    assert gone.status_code == 404
    assert "keeps none yet" in gone.text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": ""}, "give a name"),
        ({"name": "a/b"}, "give a name"),
        ({"name": "x" * 41}, "give a name"),
        ({"q": ""}, "give a name"),
        ({"q": "amount:>2bbn"}, "2bbn"),
        ({"key": "x"}, "form.foreign"),
    ],
)
def test_what_cannot_be_kept_is_refused(story: TestClient, form: dict[str, str], said: str) -> None:
    answer = story.post("/saved", data={**ASK, "key": key_of(story), **form})
    assert answer.status_code in (400, 403)
    assert said in answer.text
    assert COOKIE not in story.cookies


def test_a_browser_keeps_so_many_and_no_more(story: TestClient) -> None:
    key = key_of(story)
    for number in range(MOST):
        answer = story.post("/saved", data={"name": f"q{number}", "q": "NHS", "key": key})
        assert answer.status_code == 303
    assert "forget one first" in story.post("/saved", data={**ASK, "key": key}).text


@pytest.mark.parametrize("value", ["zz", b"[1]".hex(), b'{"a": 1}'.hex(), b"\xff".hex()])
def test_a_cookie_that_is_none_of_ours_counts_for_nothing(story: TestClient, value: str) -> None:
    page = story.get("/claims", headers={"cookie": f"{COOKIE}={value}"})
    assert page.status_code == 200
    assert "Saved questions" not in page.text
