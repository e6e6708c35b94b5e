"""A question that takes too long is broken off and said to be, and holds up only its like."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from earmark.api import EarmarkStore
from earmark.web import pots
from earmark.web.app import make_app
from earmark.web.lanes import QUICK, SLOW, Lane, Pace, TooManyQuestionsError
from earmark.web.site import Site
from earmark.web.stores import Stores
from records.errors import QuestionTooSlowError
from tests.earmark.web.conftest import ADDRESS

NEVER = Pace(readers=1, seconds=-1.0, waiting=0, patience=0.01)


@pytest.mark.parametrize("path", ["/claims", "/pots", "/timeline", "/documents", "/claims/c1"])
def test_what_takes_too_long_has_a_page_that_says_so(read_store: Path, path: str) -> None:
    app = make_app(Site(Stores(str(read_store), NEVER, NEVER)))
    with TestClient(app, ADDRESS, raise_server_exceptions=False) as client:
        page, data = client.get(path), client.get(f"{path}.json")
    assert page.status_code == data.status_code == 503
    assert "<h1>That takes too long</h1>" in page.text
    assert "Ask for less" in page.text
    assert data.json()["code"] == "question.slow"


def test_what_is_too_slow_for_the_quick_lane_is_asked_again_in_the_slow_one(
    read_store: Path,
) -> None:
    stores, asked = Stores(str(read_store), NEVER, SLOW), []

    def act(store: EarmarkStore) -> int:
        asked.append(store)
        return store.counts().documents

    assert stores.answer(act) > 0
    assert len(set(map(id, asked))) == 2
    stores.close()


@pytest.mark.parametrize("waiting", [0, 1])
def test_more_slow_questions_than_can_wait_are_refused(read_store: Path, waiting: int) -> None:
    lane = Lane(str(read_store), Pace(readers=1, seconds=9.0, waiting=waiting, patience=0.01))
    with lane.lend(None):
        for _ in range(2):
            with pytest.raises(TooManyQuestionsError, match="Try again"), lane.lend(None):
                pass
    with lane.lend(None) as store:
        assert store.counts().documents > 0
    lane.close()


def test_a_question_that_was_broken_off_leaves_the_store_open(read_store: Path) -> None:
    lane = Lane(str(read_store), QUICK)

    def break_off() -> EarmarkStore:
        with pytest.raises(QuestionTooSlowError), lane.lend(None) as store, store.within(-1):
            store.counts()
        return store

    assert len({id(break_off()) for _ in range(3)}) == 1
    lane.close()


@pytest.mark.parametrize(("path", "title"), [("/pots", "Pots of money"), ("/timeline", "Timeline")])
def test_more_claims_than_a_page_adds_up_are_asked_to_be_fewer(
    story: TestClient, monkeypatch: pytest.MonkeyPatch, path: str, title: str
) -> None:
    monkeypatch.setattr(pots, "MOST_CLAIMS", 5)
    page = story.get(path)
    assert page.status_code == 200
    assert f"<h1>{title}</h1>" in page.text
    assert "More than 5 claims are meant" in page.text
    assert story.get(f"{path}.json").json()["code"] == "settings"
    some = story.get(path, params={"q": "amount:5.9bn"})
    assert "<svg" in some.text
    assert "5.9bn" in some.text
