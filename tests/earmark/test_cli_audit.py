"""`earmark audit`: what is asked for, what is printed, and how it ends."""

import json
import sqlite3
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest

from earmark.cli.progress import ProgressBar
from earmark.words.audit_page import MEANING
from ingest.pdf.second import differing_pages
from store.audit.report import Verdict
from tests.earmark.conftest import Cli, Ended
from tests.ingest.pdfs import drawn, lines


def change(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def cells(ended: Ended, word: str) -> list[list[str]]:
    return [line.split("\t") for line in ended.lines if line.startswith(f"{word}\t")]


def test_an_untouched_store_is_proven(cli: Cli, own_store: Path) -> None:
    ended = cli("audit")
    assert ended.status == 0, ended.out
    assert "ok: everything that was checked is proven." in ended.err
    assert "Looked at: the whole store." in ended.err
    assert {line.split("\t")[0] for line in ended.lines} <= {"checked", "note", "verdict"}
    data = json.loads(cli("audit", "--json").out)
    assert (data["outcome"], data["data"]) == ("proven", [])
    assert set(data["verdicts"]) == {"proven"}
    assert {"m1", "d1", "c1", "r1"} <= set(data["verdicts"]["proven"])
    assert data["limits"]
    assert len(data["last_entry"]["sha256"]) == 64


def test_what_was_changed_is_named_with_its_words(cli: Cli, own_store: Path) -> None:
    change(own_store, "UPDATE mentions SET amount_text = '£9.9bn' WHERE number = 1")
    ended = cli("audit")
    assert ended.status == 1
    findings = cells(ended, "finding")
    assert {finding[2] for finding in findings} == {"m1"}
    assert any("£9.9bn" in finding[-2] for finding in findings)
    data = json.loads(cli("audit", "--json").out)
    assert data["outcome"] == "findings"
    assert data["verdicts"]["changed"] == ["m1"]
    assert "c1" in data["verdicts"]["not checkable here"]


@pytest.mark.parametrize(
    ("ids", "records"),
    [(["m1"], {"m1", "c1", "d1", "r1"}), (["d1", "m1"], {"m1", "d1", "r1"})],
    ids=["mention", "document"],
)
def test_a_record_is_audited_with_what_it_rests_on(
    cli: Cli, own_store: Path, ids: list[str], records: set[str]
) -> None:
    ended = cli("audit", *ids)
    assert ended.status == 0, ended.out
    said = {name: verdict for _, name, verdict in cells(ended, "record")}
    assert records <= said.keys()
    assert set(said.values()) == {"proven"}
    assert "Not looked at: all other records" in ended.err


def test_a_change_elsewhere_is_left_out(cli: Cli, own_store: Path) -> None:
    change(own_store, "UPDATE mentions SET kind = 'other' WHERE number = 1")
    assert cli("audit", "d2").status == 0
    assert cli("audit", "m1").status == cli("audit", "d1").status == 1


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["m999"], 2, "no m999 in this store"),
        (["x7"], 2, '"x7" is no id that can be audited'),
        (["m1", "--sample", "3"], 2, "only one of them"),
        (["--since", "yesterday"], 2, '"yesterday" is no run'),
        (["--since", "r99"], 2, "no r99 in this store"),
        (["--sample", "0"], 2, "--sample"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else None,
)
def test_what_cannot_be_asked(
    cli: Cli, own_store: Path, arguments: list[str], status: int, words: str
) -> None:
    ended = cli("audit", *arguments)
    assert (ended.status, ended.out) == (status, "")
    assert words in ended.err


class Page(HTMLParser):
    """What a page says, and what in it could reach beyond it or act."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [name for name, _ in attrs if name in ("src", "href", "action", "onclick")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read_page(path: Path) -> Page:
    page = Page()
    page.feed(path.read_text("utf-8"))
    page.close()
    return page


def test_the_page_stands_alone_and_says_what_was_expected_and_found(
    cli: Cli, own_store: Path, tmp_path: Path
) -> None:
    change(
        own_store,
        "UPDATE mentions SET amount_text = '<script>alert(1)</script>' WHERE number = 1",
    )
    ended = cli("audit", "--report", "audit.html")
    assert ended.status == 1
    assert "The report is in audit.html." in ended.err
    page = read_page(tmp_path / "audit.html")
    assert page.links == []
    assert not {"script", "link", "iframe", "img", "form"} & set(page.tags)
    text = " ".join(page.words)
    for words in ("Not proven", "m1: gone", "expected words", "<script>alert(1)</script>"):
        assert words in text
    for limit in ("that a source told the truth", "that the rules found every amount"):
        assert limit in text
    assert page.tags.count("h1") == 1
    assert "caption" in page.tags


def test_the_page_cannot_be_written(cli: Cli, own_store: Path) -> None:
    ended = cli("audit", "--report", "nowhere/audit.html")
    assert ended.status == 2
    assert "nowhere/audit.html: cannot be written" in ended.err


def test_ctrl_c_leaves_the_store_as_it_was(
    cli: Cli, own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = own_store.read_bytes()
    monkeypatch.setattr(ProgressBar, "draw", interrupt)
    assert cli("audit").status == 130
    assert own_store.read_bytes() == before


def hold_back(path: Path) -> None:
    """Cut the file in half."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 // 4096 * 4096])


def spoil(path: Path) -> None:
    """Write over every page but the first."""
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\x55" * (len(content) - 4096))


@pytest.mark.parametrize("damage", [hold_back, spoil])
def test_a_damaged_file_never_passes(
    cli: Cli, own_store: Path, damage: Callable[[Path], None]
) -> None:
    damage(own_store)
    ended = cli("audit")
    assert ended.status in (1, 2)
    assert "[internal]" not in ended.err


def test_a_second_reader_looks_at_pages(cli: Cli, tmp_path: Path) -> None:
    page = lines("The council gave £5m to the harbour.", "Nothing else was said about it.")
    (tmp_path / "a.pdf").write_bytes(drawn(page, page))
    assert cli("ingest", "a.pdf", "--store", "s.db").status == 0
    ended = cli("audit", "--store", "s.db", "--cross")
    assert ended.status == 0, ended.out
    assert ["checked", "2", "pages read by another reader"] in cells(ended, "checked")


def test_a_second_reader_says_which_figures_differ() -> None:
    content = drawn(lines("The council gave £5m in 2024."), lines("And £7m later."))
    found = differing_pages(content, ["The council gave £5m in 2024.", "And £9m later."])
    assert found == [(2, "9", "7")]


def test_since_a_head_is_since_its_entries(cli: Cli, own_store: Path, tmp_path: Path) -> None:
    (tmp_path / "now.head").write_text(cli("head").out, "utf-8")
    for since in ("now.head", (tmp_path / "now.head").read_text("utf-8")):
        ended = cli("audit", "--since", since)
        assert ended.status == 0, ended.err
        assert cells(ended, "verdict") == []


def test_every_verdict_has_a_meaning_for_people() -> None:
    assert set(MEANING) == set(get_args(Verdict))
