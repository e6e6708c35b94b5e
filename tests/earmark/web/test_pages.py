"""Every page says what it should, has twins with the same rows, and says what went wrong."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import earmark
from store.store import Store
from tests.earmark.inprocess import fill
from tests.earmark.web.conftest import Open

PAGES = ("/claims", "/claims/c1", "/documents", "/documents/d2", "/documents/d2?at=c1")


def ids_of(page: str, kind: str) -> list[str]:
    """Return the ids of claims that a list links to, in its order."""
    return re.findall(rf'<p class="figure"><a href="/{kind}/(\w+)">', page)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_no_script_and_loads_nothing_from_elsewhere(
    story: TestClient, path: str
) -> None:
    answer = story.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", answer.text)
    assert not re.search(r'(src|href)="(?!/|#)', answer.text)


def test_a_list_and_its_twins_have_the_same_rows(story: TestClient) -> None:
    for question in ("", "kind:funding", "amount:>=2bn sort:said"):
        query = {"q": question, "limit": "7"}
        listed = ids_of(story.get("/claims", params=query).text, "claims")
        data = story.get("/claims.json", params=query).json()
        assert [one["id"] for one in data["data"]] == listed
        table = rows_of(story.get("/claims.csv", params=query).text)
        assert [row["id"] for row in table] == listed
        assert len(listed) > 3


def test_pages_of_a_list_follow_each_other_without_a_gap(
    story: TestClient, read_store: Path
) -> None:
    found: list[str] = []
    path: str | None = "/claims?q=kind:funding&limit=5"
    while path:
        page = story.get(path).text
        found += ids_of(page, "claims")
        more = re.search(r'href="([^"]+)" rel="next"', page)
        path = more.group(1).replace("&amp;", "&") if more else None
    with earmark.open_store(read_store, read_only=True) as store:
        assert found == [claim.id for claim in store.query("kind:funding").claims]


def test_a_facet_leads_to_as_many_claims_as_it_says(story: TestClient) -> None:
    page = story.get("/claims", params={"q": "amount:>1bn OR kind:saving"}).text
    facets = re.findall(r'<li><a href="([^"]+)"><span>[^<]+</span><span class="num">([\d,]+)', page)
    assert len(facets) > 8
    for address, number in facets:
        found = story.get(address.replace("&amp;", "&").replace("/claims?", "/claims.json?"))
        assert len(found.json()["data"]) == int(number), address


def test_a_question_that_cannot_be_read_keeps_the_page_and_points_at_the_place(
    story: TestClient,
) -> None:
    answer = story.get("/claims", params={"q": "amount:>2.1bbn"})
    assert answer.status_code == 400
    assert 'value="amount:&gt;2.1bbn"' in answer.text
    assert "I can&#39;t read &#34;2.1bbn&#34; as an amount." in answer.text
    assert "^^^^^^" in answer.text
    told = story.get("/claims.json", params={"q": "amount:>2.1bbn"})
    assert told.status_code == 400
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["code"] == "query.syntax"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/claims/c999", 404, "id.unknown"),
        ("/claims/x", 404, "id.unknown"),
        ("/claims/c999.json", 404, "id.unknown"),
        ("/documents/d99", 404, "id.unknown"),
        ("/documents/d2?at=c999", 404, "id.unknown"),
        ("/documents/d2?part=2", 400, "settings"),
        ("/documents/d2?page=9", 400, "settings"),
        ("/documents/d1/pages/1.png", 400, "settings"),
        ("/claims?limit=0", 400, "settings"),
        ("/claims?after=nonsense", 400, ""),
        ("/nothing", 404, "http.404"),
        ("/static/../app.py", 404, ""),
        ("/static/%2e%2e/app.py", 404, ""),
    ],
)
def test_what_is_not_there_is_said_without_a_trace(
    story: TestClient, path: str, status: int, code: str
) -> None:
    answer = story.get(path)
    assert answer.status_code == status
    assert code in answer.text
    assert "Traceback" not in answer.text


def test_another_name_than_ours_is_refused(story: TestClient) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "evil.example:8321", ""):
        assert story.get("/claims", headers={"host": host}).status_code == 400
    for host in ("localhost:8321", "LOCALHOST", "127.0.0.1:1", "[::1]:8321"):
        assert story.get("/claims", headers={"host": host}).status_code == 200


def test_a_store_that_is_removed_is_missed_and_found_again(browse: Open, own_store: Path) -> None:
    client = browse(own_store)
    assert client.get("/claims").status_code == 200
    away = own_store.with_suffix(".away")
    own_store.rename(away)
    gone = client.get("/claims")
    assert gone.status_code == 503
    assert "is not there any more" in gone.text
    assert client.get("/claims.json").json()["code"] == "store.none"
    shutil.copy(away, own_store)
    assert client.get("/claims").status_code == 200


@pytest.mark.parametrize("path", ["/claims", "/pots", "/timeline", "/pots/alarms"])
def test_a_question_that_nothing_answers_has_a_page(story: TestClient, path: str) -> None:
    page = story.get(f"{path}?q=for:unicorns")
    assert page.status_code == 200
    assert "for:unicorns" in page.text
    assert story.get(f"{path}.json?q=for:unicorns").json()["data"] == []


@pytest.mark.parametrize("path", ["/claims", "/documents", "/pots", "/timeline", "/review"])
def test_an_empty_store_says_what_to_do_next(browse: Open, empty_store: Path, path: str) -> None:
    page = browse(empty_store).get(path).text
    assert "earmark ingest" in page
    assert 'href="/ingest"' not in page
    assert 'href="/ingest"' in browse(empty_store, write=True).get(path).text


def test_a_page_is_sent_again_only_when_the_store_has_changed(
    browse: Open, own_store: Path
) -> None:
    client = browse(own_store)
    tag = client.get("/claims/c1").headers["etag"]
    again = client.get("/claims/c1", headers={"if-none-match": tag})
    assert (again.status_code, again.text) == (304, "")
    with earmark.open_store(own_store) as store:
        store.decide("accept", "m1", field="amount", by="anna")
    assert client.get("/claims/c1", headers={"if-none-match": tag}).status_code == 200


def test_the_boxes_of_a_claim_stand_on_its_words(story: TestClient, read_store: Path) -> None:
    page = story.get("/documents/d2?at=c1").text
    boxes = re.findall(
        r'aria-label="(c\d+): [^"]+" class="chosen">.*?<rect x="([\d.]+)" y="([\d.]+)" '
        r'width="([\d.]+)" height="([\d.]+)"',
        page,
    )
    with earmark.open_store(read_store, read_only=True) as store:
        document = store.document("d2")
    spans = [one.mention.amount.span for one in document.mentions if one.claim == "c1"]
    assert len(boxes) == len(spans) > 1
    for (claim, *edges), span in zip(boxes, spans, strict=True):
        assert claim == "c1"
        x, y, width, height = (float(edge) * 1000 for edge in edges)
        words = [w for w in document.document.words if w.start < span.end and span.start < w.end]
        assert words
        for word in words:
            assert x <= word.box[0] < word.box[2] <= x + width
            assert y <= word.box[1] < word.box[3] <= y + height


def test_a_document_of_two_million_characters_is_shown_in_parts(
    browse: Open, tmp_path: Path
) -> None:
    place, line = tmp_path / "long.earmark.db", "Nothing of money is said in this line of it.\n"
    text = f"The council gives £7.31m for a roof.\n{line * 45_000}It gives £8.2m for a hall.\n"
    with Store.open(str(place), create=True) as store:
        fill(store, [{"text": text}])
    client = browse(place)
    first = client.get("/documents/d1")
    assert first.status_code == 200
    assert len(first.text) < 60_000
    assert "£7.31m" in first.text
    last = client.get("/documents/d1?at=m2").text
    assert re.search(r'id="m2".*£8.2m', last)
    assert "of 2,0" in last


def test_the_picture_of_a_page_is_a_png(story: TestClient) -> None:
    picture = story.get("/documents/d2/pages/1.png")
    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")


def test_the_whole_store_can_be_taken_along_and_brought_back(
    story: TestClient, read_store: Path, tmp_path: Path
) -> None:
    answer = story.get("/runs/store.jsonl")
    assert answer.headers["content-type"] == "application/jsonl"
    taken = tmp_path / "store.jsonl"
    taken.write_bytes(answer.content)
    with earmark.open_store(tmp_path / "again.earmark.db") as again:
        again.load(taken)
        with earmark.open_store(read_store, read_only=True) as store:
            assert again.counts() == store.counts()
            assert list(again.claims()) == list(store.claims())
