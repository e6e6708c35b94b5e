"""`earmark audit --live`: what do the sources say today?"""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ingest.fetch import pace
from tests.earmark.conftest import Cli
from tests.ingest.servers import Answer, Site, serving

NAMES = ("same", "moved", "changed", "gone", "twice", "lost", "shut")
FILLER = "Nothing else was said about it at the meeting, which ended at nine in the evening. "


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test wait for the pace of a site."""
    waits: list[float] = []
    time = SimpleNamespace(monotonic=lambda: sum(waits), sleep=waits.append)
    monkeypatch.setattr(pace, "time", time)


def sentence(name: str) -> str:
    return f"The council gave £5m to the museum of {name} in 2024."


def page(*paragraphs: str) -> Answer:
    inner = "".join(f"<p>{one}</p>" for one in paragraphs)
    body = f"<html><body><article><h1>News</h1>{inner}</article></body></html>"
    return Answer(body.encode(), headers={"Content-Type": "text/html"})


def first(name: str) -> Answer:
    return page("The evening began with music.", sentence(name), FILLER * 2)


@pytest.fixture
def kept(cli: Cli, site: Site, tmp_path: Path) -> str:
    """A store of pages that have changed since, each in its own way, and of a file."""
    (tmp_path / "a.txt").write_text("The mayor gave £4m to the zoo.", "utf-8")
    site.pages |= {f"/{name}": first(name) for name in NAMES}
    urls = [site.url(f"/{name}") for name in NAMES]
    ended = cli("ingest", *urls, "a.txt", "--store", "s.db", "--allow-private")
    assert ended.status == 0, ended.out
    site.pages |= {
        "/moved": page("First: music.", FILLER * 2, sentence("moved")),
        "/changed": page(
            "The evening began with music.",
            sentence("changed").replace("£5m", "£7m"),
            FILLER * 2,
        ),
        "/gone": page("The evening began with music.", FILLER * 3),
        "/twice": page("So it was.", sentence("twice"), FILLER, sentence("twice"), "The end."),
        "/lost": Answer(status=404),
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /shut"),
    }
    return "s.db"


def live(cli: Cli, store: str, *more: str) -> Any:
    ended = cli("audit", "--store", store, "--live", "--allow-private", "--json", *more)
    return ended.status, json.loads(ended.out)


def test_each_claim_has_its_fate(cli: Cli, kept: str, tmp_path: Path) -> None:
    before = (tmp_path / kept).read_bytes()
    status, data = live(cli, kept)
    assert status == 1
    fates = {one["source"].rpartition("/")[2]: one for one in data["live"]}
    assert {name: one["verdict"] for name, one in fates.items()} == {
        "same": "exact",
        "moved": "moved",
        "changed": "changed",
        "gone": "gone",
        "twice": "ambiguous",
        "lost": "unreachable",
        "shut": "unreachable",
    }
    assert fates["changed"]["found"] == sentence("changed").replace("£5m", "£7m")
    assert "404" in fates["lost"]["why"]
    assert "robots.txt" in fates["shut"]["why"]
    assert {one["claim"][0] for one in data["live"]} == {"c"}
    assert "documents that did not come from an address: 1" in data["left_out"]
    assert (tmp_path / kept).read_bytes() == before


@pytest.mark.parametrize(("name", "status"), [("same", 0), ("lost", 3), ("gone", 1)])
def test_only_what_is_asked_for_is_fetched(
    cli: Cli, kept: str, site: Site, name: str, status: int
) -> None:
    site.asked.clear()
    document = f"d{NAMES.index(name) + 1}"
    ended, data = live(cli, kept, document)
    assert ended == status
    assert {one["document"] for one in data["live"]} == {document}
    assert set(site.paths) <= {"/robots.txt", f"/{name}"}


def test_nothing_is_fetched_unasked(cli: Cli, kept: str, site: Site) -> None:
    site.asked.clear()
    assert cli("audit", "--store", kept).status == 0
    assert site.asked == []


def test_this_machine_is_not_asked_without_leave(cli: Cli, kept: str, site: Site) -> None:
    site.asked.clear()
    ended = cli("audit", "--store", kept, "--live", "d1")
    assert ended.status == 3
    assert "unreachable" in ended.out
    assert site.asked == []


def test_the_page_says_what_sources_say(cli: Cli, kept: str, tmp_path: Path) -> None:
    cli(
        *("audit", "--store", kept, "--live", "--allow-private"),
        *("--report", "audit.html", "d3"),
    )
    text = (tmp_path / "audit.html").read_text("utf-8")
    assert "What the sources say today" in text
    assert '<del><span class="v">only expected: </span>£5m</del>' in text
    assert '<ins><span class="v">only found: </span>£7m</ins>' in text
