"""Only who was let in may write, only from our pages, and no page of another site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import earmark
from tests.earmark.web.conftest import Open

TEXT = {"text": "The council gives £7.31m for a library roof.", "name": "minutes"}
ACTS = ("/review", "/decisions/w1/undo", "/ingest", "/runs/r1/undo", "/audit")


@pytest.fixture
def writer(browse: Open, own_store: Path) -> TestClient:
    """A browser that was let in."""
    client = browse(own_store, write=True)
    assert client.get("/enter?key=key").status_code == 303
    return client


def key_of(client: TestClient) -> str:
    found = re.search(r'name="key" value="(\w+)"', client.get("/audit").text)
    assert found
    return found.group(1)


@pytest.mark.parametrize("path", ACTS)
def test_a_form_without_our_key_or_from_another_site_does_nothing(
    writer: TestClient, path: str
) -> None:
    foreign = {"origin": "https://evil.example"}
    for form, headers in (
        ({"key": "x"}, {}),
        ({}, {}),
        ({"key": key_of(writer)}, foreign),
    ):
        answer = writer.post(path, data={**TEXT, **form}, headers=headers)
        assert answer.status_code == 403
        assert "form.foreign" in answer.text
    assert len(writer.get("/runs.json").json()["data"]) == 1


@pytest.mark.parametrize("path", ACTS[:-1])
def test_nobody_writes_without_the_printed_address(
    browse: Open, own_store: Path, path: str
) -> None:
    for write in (True, False):
        client = browse(own_store, write=write)
        answer = client.post(path, data={**TEXT, "key": key_of(client)})
        assert answer.status_code == 403
        assert "write.key" in answer.text
        assert client.get("/enter?key=wrong").status_code == 403


def test_a_pasted_text_is_read_under_its_name(writer: TestClient, own_store: Path) -> None:
    page = writer.post("/ingest", data={**TEXT, "key": key_of(writer), "published": "2026-05-03"})
    assert page.status_code == 200
    assert "<strong>added</strong> minutes" in page.text
    with earmark.open_store(own_store, read_only=True) as store:
        (claim,) = store.query("amount:7.31m").claims
    assert claim.mentions[0].provenance.source == "minutes"
    assert str(claim.first_said) == "2026-05-03"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "give one thing"),
        ({**TEXT, "link": "https://www.example.org/"}, "give one thing"),
        ({"link": "file:///etc/passwd"}, "address of a page of the web"),
        ({"link": "/etc/passwd"}, "address of a page of the web"),
        ({"link": "@/etc/passwd"}, "address of a page of the web"),
        ({"link": "javascript:alert(1)"}, "address of a page of the web"),
        ({**TEXT, "published": "soon"}, "soon"),
    ],
)
def test_what_cannot_be_read_is_refused(
    writer: TestClient, form: dict[str, str], said: str
) -> None:
    answer = writer.post("/ingest", data={**form, "key": key_of(writer)})
    assert answer.status_code == 400
    assert said in answer.text


def test_an_upload_of_500_mb_is_refused_before_it_is_read(writer: TestClient) -> None:
    size = {"content-length": str(500_000_000), "content-type": "multipart/form-data; boundary=x"}
    answer = writer.post("/ingest", content=b"", headers=size)
    assert answer.status_code == 413
    assert "The upload has 476 MB" in answer.text


def test_a_decision_that_somebody_made_meanwhile_is_shown_and_not_overwritten(
    writer: TestClient, own_store: Path
) -> None:
    form = {"key": key_of(writer), "mentions": "m1", "field": "amount", "seen": "", "by": "bert"}
    with earmark.open_store(own_store) as store:
        store.decide("accept", "m1", field="amount", by="anna")
    answer = writer.post("/review", data={**form, "word": "reject"})
    assert answer.status_code == 409
    assert "anna" in answer.text
    with earmark.open_store(own_store, read_only=True) as store:
        assert [one.by for one in store.decisions()] == ["anna"]
    seen = writer.post("/review", data={**form, "word": "accept", "anyway": "1"})
    assert seen.status_code in (303, 409)


def test_an_audit_runs_on_request_and_says_how_it_ended(writer: TestClient) -> None:
    assert writer.post("/audit", data={"key": key_of(writer)}).status_code == 303
    site = writer.app.state.site  # type: ignore[attr-defined]
    for thread in list(site.audits.threads):
        thread.join(120)
    (audit,) = writer.get("/audit.json").json()["data"]
    assert audit["outcome"] == "proven"
    assert "Everything that was checked is proven" in writer.get("/audit").text


def test_a_program_writes_with_the_token_alone(browse: Open, own_store: Path) -> None:
    client, reader = browse(own_store, write=True), browse(own_store)
    mine = {"authorization": "Bearer key"}
    asked = {"word": "accept", "mentions": ["m1"], "field": "amount", "by": "anna"}
    assert reader.post("/api/v1/decisions", json=asked, headers=mine).status_code == 403
    for wrong in ({}, {"authorization": "Bearer x"}, {"authorization": "Basic key"}):
        assert client.post("/api/v1/decisions", json=asked, headers=wrong).status_code == 401
    made = client.post("/api/v1/decisions", json=asked, headers=mine)
    assert (made.status_code, made.json()["data"][0]["by"]) == (201, "anna")
    name = made.json()["data"][0]["id"]
    assert client.delete(f"/api/v1/decisions/{name}", headers=mine).status_code == 200
    assert client.delete("/api/v1/decisions/w99", headers=mine).status_code == 404


def test_a_program_brings_a_document(browse: Open, own_store: Path) -> None:
    client = browse(own_store, write=True)
    asked = {**TEXT, "published": "2026-05-03"}
    made = client.post("/api/v1/documents", json=asked, headers={"authorization": "Bearer key"})
    assert made.status_code == 201
    assert [one["word"] for one in made.json()["data"]] == ["added"]
    assert (
        client.get("/api/v1/claims?q=amount:7.31m").json()["data"][0]["first_said"] == "2026-05-03"
    )


def test_a_claim_is_decided_about_on_its_own_page(writer: TestClient) -> None:
    page = writer.get("/claims/c1")
    (pair,) = set(re.findall(r'name="mentions" value="(m1 m2)"', page.text))
    form = {
        "key": key_of(writer),
        "seen": "",
        "by": "anna",
        "reason": "read it",
        "back": "/claims/m1",
    }
    field = writer.post(
        "/review", data={**form, "mentions": "m1", "field": "amount", "word": "accept"}
    )
    assert field.headers["location"] == "/claims/m1?done=w1"
    parted = writer.post("/review", data={**form, "mentions": pair, "word": "different"})
    shown = writer.get(parted.headers["location"]).text
    assert "w2: anna decided that m1 and m2 are different" in shown
    assert "because read it" in shown
    assert 'name="mentions" value="m1 m2"' not in shown
    undone = writer.post("/decisions/w2/undo", data={"key": key_of(writer), "back": "/claims/m1"})
    assert undone.headers["location"] == "/claims/m1"
    assert 'name="mentions" value="m1 m2"' in writer.get("/claims/m1").text


def test_nobody_is_asked_to_decide_who_may_not(story: TestClient) -> None:
    page = story.get("/claims/c1").text
    assert 'action="/review"' not in page
    assert "This server is read-only" in page


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/enter?key=x", ""])
def test_a_form_leads_back_to_our_pages_alone(writer: TestClient, back: str) -> None:
    form = {"key": key_of(writer), "mentions": "m1", "field": "amount", "word": "accept"}
    answer = writer.post("/review", data={**form, "by": "anna", "back": back})
    assert answer.headers["location"] == "/review?done=w1"


def test_two_sums_are_compared_blind_and_decided_about(writer: TestClient) -> None:
    seen, blind = (writer.get(f"/compare?left=c1&right=c6{more}") for more in ("", "&blind=1"))
    assert "For and against" in seen.text
    for verdict in ("For and against", "What would change it", "differs", "different money</h1>"):
        assert verdict not in blind.text
    assert "verdict" not in writer.get("/compare.json?left=c1&right=c6&blind=1").text
    assert "outcome" not in writer.get("/compare.csv?left=c1&right=c6&blind=1").text
    (pair,) = re.findall(r'name="mentions" value="(m\d+ m\d+)"', blind.text)
    (back,) = re.findall(r'name="back" value="([^"]+)"', blind.text)
    form = {"key": key_of(writer), "seen": "", "by": "anna", "mentions": pair}
    decided = writer.post(
        "/review", data={**form, "word": "part_of", "back": back.replace("&amp;", "&")}
    )
    assert decided.headers["location"] == "/compare?left=c1&right=c6&done=w1"
    page = writer.get(decided.headers["location"]).text
    assert "w1: anna decided that" in page
    assert "For and against" in page
