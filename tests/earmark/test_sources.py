"""Addresses, lists, feeds and archives, from the command line to the store."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from types import SimpleNamespace

import pytest
from trustme import CA

from earmark import gather
from ingest.fetch import pace
from store.results import Counts
from store.store import Store
from tests.earmark.conftest import Cli
from tests.ingest.docxs import docx, paragraph
from tests.ingest.mails import ITEM, feed, mail, packed, warc
from tests.ingest.servers import Answer, Site, serving

TEXT = "The council gave £{} to the museum in 2024, and nobody else said anything about it at all."


def page(amount: str) -> Answer:
    body = f"<html><body><article><h1>News</h1><p>{TEXT.format(amount)}</p></article></body></html>"
    return Answer(body.encode(), headers={"Content-Type": "text/html", "ETag": f'"{amount}"'})


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let no test wait for the pace of a site; return what it would have waited."""
    waits: list[float] = []
    time = SimpleNamespace(monotonic=lambda: sum(waits), sleep=waits.append)
    monkeypatch.setattr(pace, "time", time)
    return waits


def outcomes(cli: Cli, *arguments: str) -> list[tuple[str, str, int]]:
    """Return source, word and number of mentions of each outcome."""
    ended = cli("ingest", *arguments, "--store", "s.db", "--json")
    rows = json.loads(ended.out)["data"]
    return [(row["source"], row["outcome"], row["mentions"]) for row in rows]


def test_an_address_is_captured_again_only_when_it_has_changed(cli: Cli, site: Site) -> None:
    def answer(headers: Message) -> Answer:
        known = headers["If-None-Match"]
        return Answer(status=304) if known == '"5m"' else page("5m")

    site.pages["/a"] = answer
    url = site.url("/a")
    assert outcomes(cli, url, "--allow-private") == [(url, "added", 1)]
    assert outcomes(cli, url, "--allow-private") == [(url, "unchanged", 0)]
    site.pages["/a"] = page("6m")
    assert outcomes(cli, url, "--allow-private") == [(url, "added", 1)]
    assert cli("audit", "--deep", "--store", "s.db").status == 0
    amounts = cli("query", "--store", "s.db").out
    assert "£5m" in amounts
    assert "£6m" in amounts


def test_of_a_server_that_does_not_prove_who_it_is_nothing_is_stored(cli: Cli) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    CA().issue_cert("127.0.0.1").configure_cert(context)
    with serving(context) as site:
        site.pages["/a"] = page("5m")
        ended = cli("ingest", site.url("/a"), "--store", "s.db", "--allow-private", "--json")
    (row,) = json.loads(ended.out)["data"]
    assert (ended.status, row["outcome"], row["code"]) == (1, "failed", "fetch.certificate")
    with Store.open("s.db") as store:
        assert store.counts() == Counts(0, 0, 0, 0, 0)


def test_what_a_user_says_of_a_page_that_has_not_changed_counts(cli: Cli, site: Site) -> None:
    def answer(headers: Message) -> Answer:
        return Answer(status=304) if headers["If-None-Match"] == '"5m"' else page("5m")

    site.pages["/a"] = answer
    ingest = ("ingest", site.url("/a"), "--store", "s.db", "--allow-private")
    cli(*ingest)
    for word in ("updated", "unchanged"):
        ended = cli(*ingest, "--published", "2024-03-06", "--publisher", "The Gazette")
        assert ended.lines[0].split("\t")[1] == word
    assert [headers.get("If-None-Match") for path, headers in site.asked if path == "/a"] == [
        *(None, '"5m"', '"5m"')
    ]
    ended = cli("show", "d1", "--store", "s.db", "--json")
    assert '"2024-03-06"' in ended.out
    assert '"The Gazette"' in ended.out
    assert cli("audit", "--deep", "--store", "s.db").status == 0


def test_a_page_is_decoded_again_as_its_server_said(cli: Cli, site: Site, tmp_path: Path) -> None:
    content = page("5m").body.decode().replace("£", "€").encode("iso8859-15")
    site.pages["/a"] = Answer(content, headers={"Content-Type": "text/html; charset=iso-8859-15"})
    (tmp_path / "a.html").write_bytes(content)
    url = site.url("/a")
    assert outcomes(cli, url, "--allow-private") == [(url, "added", 1)]
    site.pages["/a"] = Answer(content, headers={"Content-Type": "text/html"})
    assert outcomes(cli, url, "a.html", "--allow-private") == [
        (url, "unchanged", 0),
        ("a.html", "unchanged", 0),
    ]
    assert "€5m" in cli("query", "--store", "s.db").out
    assert cli("audit", "--deep", "--store", "s.db").status == 0


def test_a_password_is_kept_nowhere(cli: Cli, site: Site, tmp_path: Path) -> None:
    site.pages |= {
        "/a": Answer(status=302, headers={"Location": f"//me:secret@127.0.0.1:{site.port}/b"}),
        "/b": page("5m"),
    }
    named = site.url("/b").replace("//", "//me:secret@")
    item = ITEM.format(title="One", link=named, text="Short: £9m is given.")
    (tmp_path / "news.rss").write_bytes(feed(item))
    ended = cli(
        *("ingest", named, site.url("/a"), "news.rss"), "--store", "s.db", "--allow-private"
    )
    assert [line.split("\t")[1:3] for line in ended.lines] == [
        ["failed", site.url("/b")],
        ["failed", site.url("/a")],
        ["added", site.url("/b")],
    ]
    assert "[fetch.url]" in ended.out
    assert "secret" not in ended.out + ended.err
    assert b"secret" not in (tmp_path / "s.db").read_bytes()
    assert all("Authorization" not in headers for _, headers in site.asked)


def test_several_processes_ask_a_site_once_a_second(
    cli: Cli, site: Site, slept: list[float]
) -> None:
    site.pages |= {f"/{number}": page(f"{number}m") for number in range(1, 6)}
    urls = [site.url(f"/{number}") for number in range(1, 6)]
    ended = cli("ingest", *urls, "--store", "s.db", "--allow-private", "--jobs", "2")
    assert [line.split("\t")[1] for line in ended.lines] == ["added"] * 5
    assert slept == [1] * 4


def test_this_machine_is_not_asked_without_leave(cli: Cli, site: Site) -> None:
    ended = cli("ingest", site.url("/a"), "--store", "s.db")
    assert ended.status == 1
    assert "[fetch.address]" in ended.out
    assert "--allow-private" in ended.out
    assert site.asked == []


def test_no_fetch_forbids_the_network(cli: Cli, site: Site) -> None:
    ended = cli("extract", site.url("/a"), "--no-fetch", "--allow-private")
    assert ended.status == 2
    ended = cli("extract", site.url("/a"), "--no-fetch")
    assert ended.status == 1
    assert "[fetch.off]" in ended.err
    assert site.asked == []


def test_a_list_names_files_and_addresses_with_what_is_known(
    cli: Cli, site: Site, tmp_path: Path
) -> None:
    site.pages["/a"] = page("5m")
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "one.txt").write_text(TEXT.format("7m"), "utf-8")
    (tmp_path / "lists" / "list.csv").write_text(
        "source,published,publisher\n"
        f"one.txt,2024-03-06,The Gazette\n{site.url('/a')},2024-03-07,\n",
        "utf-8",
    )
    ended = cli("ingest", "@lists/list.csv", "--store", "s.db", "--allow-private")
    assert [line.split("\t")[1] for line in ended.lines] == ["added", "added"]
    assert "published 2024-03-06 (given)" in ended.out
    assert "published 2024-03-07 (given)" in ended.out
    (tmp_path / "lists" / "list.csv").write_text("source,colour\na,b\n", "utf-8")
    ended = cli("ingest", "@lists/list.csv", "--store", "s.db")
    assert ended.status == 2
    assert "'colour', which Earmark does not know" in ended.err


def test_a_feed_leads_to_its_pages_and_falls_back_on_its_own_words(
    cli: Cli, site: Site, tmp_path: Path
) -> None:
    site.pages["/a"] = page("5m")
    items = [
        ITEM.format(title="One", link=site.url(path), text=f"Short: £{amount} is given.")
        for path, amount in (("/a", "5m"), ("/gone", "9m"), ("/wall", "11m"))
    ]
    wall = "<html><body><p>Subscribe to read on. Already a subscriber? Sign in.</p></body></html>"
    site.pages["/wall"] = Answer(wall.encode())
    (tmp_path / "news.rss").write_bytes(feed(*items))
    assert outcomes(cli, "news.rss", "--allow-private") == [
        (site.url("/a"), "added", 1),
        (site.url("/gone"), "failed", 0),
        (f"news.rss/{site.url('/gone')}", "added", 1),
        (site.url("/wall"), "failed", 0),
        (f"news.rss/{site.url('/wall')}", "added", 1),
    ]
    assert outcomes(cli, "news.rss", "--no-fetch") == [
        (f"news.rss/{site.url('/a')}", "added", 1),
        (f"news.rss/{site.url('/gone')}", "unchanged", 0),
        (f"news.rss/{site.url('/wall')}", "unchanged", 0),
    ]
    ended = cli("ingest", "news.rss", "--store", "t.db", "--allow-private")
    assert [line.split("\t")[4].startswith("the feed's own text") for line in ended.lines] == [
        *(False, False, True, False, True)
    ]
    ended = cli("extract", "news.rss", "--allow-private", "--json")
    assert [entry["source"] for entry in json.loads(ended.out)["data"]] == [
        site.url("/a"),
        f"news.rss/{site.url('/gone')}",
        f"news.rss/{site.url('/wall')}",
    ]


def test_archives_and_mails_give_their_documents_each_once(cli: Cli, tmp_path: Path) -> None:
    letter = mail(
        TEXT.format("5m"),
        attached={"b.docx": docx(paragraph(TEXT.format("6m"))), "c.gif": b"GIF89a"},
    )
    inner = packed({"deep.txt": TEXT.format("7m")})
    (tmp_path / "press.zip").write_bytes(
        packed({"a.eml": letter.as_bytes(), "in.zip": inner, "a.txt": TEXT.format("8m")})
    )
    html = page("9m").body
    (tmp_path / "old.warc").write_bytes(warc([("https://example.org/a", "text/html", html)]))
    assert outcomes(cli, "press.zip", "old.warc") == [
        ("press.zip/a.eml", "added", 1),
        ("press.zip/a.eml/b.docx", "added", 1),
        ("press.zip/a.eml/c.gif", "failed", 0),
        ("press.zip/in.zip/deep.txt", "added", 1),
        ("press.zip/a.txt", "added", 1),
        ("https://example.org/a", "added", 1),
    ]
    assert cli("audit", "--deep", "--store", "s.db").status == 0
    assert {word for _, word, _ in outcomes(cli, "press.zip", "old.warc")} == {
        "unchanged",
        "failed",
    }


def test_an_archive_in_archives_without_end_is_refused(cli: Cli, tmp_path: Path) -> None:
    content = TEXT.format("5m").encode()
    for _ in range(7):
        content = packed({"a.zip": content})
    (tmp_path / "a.zip").write_bytes(content)
    ended = cli("extract", "a.zip")
    assert ended.status == 1
    assert "more than 4 deep" in ended.err


def test_a_source_that_holds_documents_without_end_is_cut_short(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gather, "_MOST_PARTS", 5)
    inner = packed({f"{n}.txt": TEXT.format(f"{n}m") for n in range(2, 5)})
    (tmp_path / "a.zip").write_bytes(packed({"1.zip": inner, "2.zip": inner, "3.zip": inner}))
    (tmp_path / "b.txt").write_text(TEXT.format("9m"), "utf-8")
    found = outcomes(cli, "a.zip", "b.txt")
    assert [word for _, word, _ in found].count("failed") == 2
    assert found[0] == ("a.zip/1.zip/2.txt", "added", 1)
    assert found[-1] == ("b.txt", "added", 1)


def test_several_processes_give_what_one_gives(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    for number in range(9):
        text = TEXT.format(f"{number // 2 + 1}m")  # each amount twice: the second is unchanged
        (tmp_path / "news" / f"{number}.txt").write_text(text, "utf-8")
    (tmp_path / "news" / "x.txt").write_text(" ")
    one = cli("ingest", "news", "--store", "one.db", "--json")
    three = cli("ingest", "news", "--store", "three.db", "--json", "--jobs", "3")
    assert json.loads(one.out)["data"] == json.loads(three.out)["data"]
    assert [row["outcome"] for row in json.loads(one.out)["data"]] == [
        *(("added", "unchanged") * 4),
        "added",
        "failed",
    ]
    for name in ("one.db", "three.db"):
        assert cli("audit", "--deep", "--store", name).status == 0
    queries = [cli("query", "--store", name, "--json").out for name in ("one.db", "three.db")]
    claims = [json.loads(out)["data"] for out in queries]
    assert [c["id"] for c in claims[0]] == [c["id"] for c in claims[1]]


def test_a_run_can_end_early_and_goes_on_where_it_ended(cli: Cli, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(TEXT.format(f"{number + 1}m"), "utf-8")
    words = ("ingest", "*.txt", "--store", "s.db", "--stop-after", "2")
    first, second, third = (cli(*words) for _ in range(3))
    assert [line.split("\t")[1] for line in first.lines] == ["added"] * 2
    assert "Stopped after 2 of 5 sources" in first.err
    assert [line.split("\t")[1] for line in second.lines] == ["unchanged"] * 2 + ["added"] * 2
    assert [line.split("\t")[1] for line in third.lines] == ["unchanged"] * 4 + ["added"]
    assert "Stopped" not in third.err


def test_several_processes_end_as_early_as_one(cli: Cli, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(TEXT.format(f"{number + 1}m"), "utf-8")
    ended = cli("ingest", "*.txt", "--store", "s.db", "--stop-after", "2", "--jobs", "2")
    assert [line.split("\t")[1] for line in ended.lines] == ["added"] * 2
    assert "Stopped after 2 of 5 sources" in ended.err
    assert len(cli("query", "--store", "s.db").lines) == 2


OLD = """The council has agreed a budget. It will spend £250m on new flood walls along the river.
The library gets £3m for books. A review costs £40,000 next year."""
NEW = """The council has agreed a budget. It will spend £205m on new flood walls along the river.
The library gets £3m for its books. The mayor found £7m for buses."""


def test_diff_says_what_changed_between_captures(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(OLD, "utf-8")
    cli("ingest", "a.txt", "--store", "s.db")
    ended = cli("diff", "a.txt", "--store", "s.db")
    assert "captured once" in ended.out
    (tmp_path / "a.txt").write_text(NEW, "utf-8")
    cli("ingest", "a.txt", "--store", "s.db")
    ended = cli("diff", "a.txt", "--store", "s.db")
    lines = [line.split("   ")[0].strip() for line in ended.lines]
    assert lines[1:] == [
        "£250m became £205m",
        "£3m is reworded: £3m",
        "new: £7m",
        "gone: £40,000",
        "0 mentions unchanged",
    ]
    (entry,) = json.loads(cli("diff", "a.txt", "--store", "s.db", "--json").out)["data"]
    assert (entry["from"]["document"], entry["to"]["document"]) == ("d1", "d2")
    assert [change["kind"] for change in entry["changes"]] == ["became", "reworded", "new", "gone"]
    (tmp_path / "a.txt").write_text(OLD, "utf-8")
    cli("ingest", "a.txt", "--store", "s.db")
    entries = json.loads(cli("diff", "a.txt", "--store", "s.db", "--json").out)["data"]
    assert [(one["from"]["document"], one["to"]["document"]) for one in entries] == [
        ("d1", "d2"),
        ("d2", "d1"),
    ]
    assert "£205m became £250m" in cli("diff", "a.txt", "--store", "s.db").out
    ended = cli("diff", "b.txt", "--store", "s.db")
    assert ended.status == 1
    assert "no document of b.txt" in ended.err


def test_a_dry_run_says_what_would_be_added_and_stores_nothing(cli: Cli, tmp_path: Path) -> None:
    for name, amount in (("a", "5m"), ("b", "5m"), ("c", "7m")):
        (tmp_path / f"{name}.txt").write_text(TEXT.format(amount), "utf-8")
    ended = cli("ingest", "*.txt", "--store", "s.db", "--dry-run")
    assert [line.split("\t")[1:4:2] for line in ended.lines] == [
        ["added", "1 mention"],
        ["unchanged", ""],
        ["added", "1 mention"],
    ]
    assert "nothing was stored" in ended.err
    assert not (tmp_path / "s.db").exists()
    cli("ingest", "a.txt", "--store", "s.db")
    before = (tmp_path / "s.db").read_bytes()
    ended = cli("ingest", "*.txt", "--store", "s.db", "--dry-run", "--json")
    assert [row["outcome"] for row in json.loads(ended.out)["data"]] == [
        "unchanged",
        "unchanged",
        "added",
    ]
    assert (tmp_path / "s.db").read_bytes() == before
