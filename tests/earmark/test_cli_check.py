"""`earmark check`: from a sentence, a file or standard input to words and an exit status."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import earmark
from earmark.reader import ReadWith
from earmark.worker import Worker
from records.errors import SettingsError
from tests.earmark.conftest import Cli

HEARD = "The NHS in England will get £5.9bn to clear waiting lists."
NEW = "The county will give £640m to lighthouses in 2026."
DAY = ("--published", "2021-11-30")


class _Lasting(Worker):
    """A worker that the end of one command does not end."""

    def close(self) -> None:
        if self._child and self._child.process.poll() is not None:
            super().close()

    def end(self) -> None:
        super().close()


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    lasting = _Lasting(reading=ReadWith())
    yield lasting
    lasting.end()


@pytest.fixture(autouse=True)
def one_worker(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read every draft of this file in one process, so that it starts once."""
    monkeypatch.setattr("earmark.api.Worker", lambda reading: worker)


def test_a_sentence_is_answered_with_quotes_first(cli: Cli, own_store: Path) -> None:
    ended = cli("check", HEARD, *DAY)
    rows = [line.split("\t") for line in ended.lines]
    assert ended.status == 0
    assert rows[0] == ["sum", "£5.9bn", "heard before"]
    assert rows[1] == ["quote", "The NHS in England will get [£5.9bn] to clear waiting lists."]
    labels = [row[0] for row in rows]
    assert labels[2:6] == ["heard as", "quote", "where", "said"]
    assert rows[5][1].startswith("first on 24 Oct 2021")
    assert "on top of" in labels
    assert rows[-1] == ["not said", "who pays, by when, over which years, whether it is new money"]
    assert "1 sum of money: 1 heard before." in ended.err


@pytest.mark.parametrize(
    ("text", "words", "status"),
    [
        (HEARD, ["restated"], 4),
        (HEARD, ["revised", "unknown"], 0),
        (NEW, ["restated", "revised", "unknown"], 0),
        ("Ministers promised £250m.", ["unknown"], 4),
        ("The county will give lighthouses 12 lamps.", ["restated"], 0),
    ],
)
def test_fail_on(cli: Cli, own_store: Path, text: str, words: list[str], status: int) -> None:
    options = [option for word in words for option in ("--fail-on", word)]
    assert cli("check", text, *DAY, *options).status == status


def test_json_says_the_same(cli: Cli, own_store: Path) -> None:
    data = json.loads(cli("check", HEARD, *DAY, "--json").out)
    (hearing,) = data["data"]
    assert (data["schema"], hearing["verdict"]) == ("earmark.result/1", "heard")
    assert hearing["mentions"][0]["amount"]["text"] == "£5.9bn"
    find = hearing["finds"][0]
    assert (find["link"], find["same_figure"], find["why_not"]) == ("same", True, None)
    assert find["quoted"] in find["heard"]
    assert find["claim"]["schema"] == "earmark.claim/1"
    assert data["text"]["published"] == "2021-11-30"
    assert data["text"]["published_how"] == "given"


def test_a_file_and_standard_input_say_what_a_sentence_says(
    cli: Cli, own_store: Path, tmp_path: Path
) -> None:
    (tmp_path / "draft.md").write_text(HEARD, "utf-8")
    by_text, by_file = cli("check", HEARD, *DAY), cli("check", "draft.md", *DAY)
    assert by_file.out == by_text.out
    assert cli("check", "-", *DAY, stdin=HEARD.encode()).out == by_text.out
    assert cli("check", *DAY, stdin=HEARD.encode()).out == by_text.out


def test_a_text_that_says_its_day_needs_none(cli: Cli, own_store: Path) -> None:
    text = f"Published 30 November 2021\n\n{HEARD}"
    data = json.loads(cli("check", text, "--json").out)
    assert data["text"]["published_how"] == "text header"


def test_a_text_without_a_day_is_of_today(cli: Cli, own_store: Path) -> None:
    ended = cli("check", NEW)
    assert ended.status == 0
    assert "nothing says when the text is from, so its day is today" in ended.err


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["The county gave nothing."], 0, "note: The text states no amount of money."),
        (["drfat.docx"], 1, "drfat.docx: there is no such file, and no amount in it as a text"),
        ([""], 1, "text: is empty"),
        (["."], 1, ".: is a folder; name the files in it"),
        (["broken.pdf"], 1, "[pdf.broken]"),
        (["€5m", "--published", "soon"], 2, "--published"),
        (["€5m", "--store", "gone.db"], 5, "[store.none]"),
        (["€5m", "--fail-on", "anything"], 2, "[usage]"),
    ],
)
def test_what_cannot_be_answered_is_said(
    cli: Cli, own_store: Path, tmp_path: Path, arguments: list[str], status: int, words: str
) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnot much else")
    ended = cli("check", *arguments)
    assert (ended.status, ended.out) == (status, "")
    assert words in ended.err


def test_a_long_text_is_read(cli: Cli, own_store: Path) -> None:
    text = "Nothing of note was said that day. " * 60_000 + HEARD
    ended = cli("check", "-", *DAY, stdin=text.encode())
    assert ended.lines[0].split("\t") == ["sum", "£5.9bn", "heard before"]


def test_from_python(read_store: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(HEARD, "utf-8")
    with earmark.open_store(read_store, read_only=True) as store:
        (by_text,) = store.check(HEARD, published="2021-11-30").hearings
        (by_file,) = store.check(tmp_path / "draft.txt", published="2021-11-30").hearings
        assert by_text == by_file
        assert by_text.found("same")[0].claim == store.claim(by_text.finds[0].claim.id)
        wrong: Any = b"bytes"
        with pytest.raises(SettingsError, match="draft: bytes was given"):
            store.check(wrong)
        with pytest.raises(SettingsError, match="published: 'soon'"):
            store.check(HEARD, published="soon")
