"""`earmark receipt` and `earmark verify`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.earmark.conftest import Cli


@pytest.fixture
def receipt(cli: Cli, own_store: Path) -> str:
    """A receipt and the head that it leads to, in files; the store is gone."""
    Path("kept.head").write_text(cli("head").out)
    assert cli("receipt", "m1", "-o", "m1.receipt").status == 0
    for path in own_store.parent.glob("*.earmark.db*"):
        path.unlink()
    return "m1.receipt"


def test_a_receipt_is_checked_without_its_store(cli: Cli, receipt: str) -> None:
    ended = cli("verify", receipt, "--head", "kept.head")
    assert (ended.status, ended.err) == (0, "")
    assert ended.lines[0].startswith("proven\tm1\t£")
    assert ended.lines[1].startswith("sentence\t")
    (rows,) = json.loads(cli("verify", receipt, "--head", "kept.head", "--json").out)["data"]
    assert rows["mentions"]["number"] == 1
    piped = cli("verify", "-", "--head", "kept.head", stdin=Path(receipt).read_bytes())
    assert piped.out == ended.out


def test_without_a_head_less_is_proven(cli: Cli, receipt: str) -> None:
    ended = cli("verify", receipt)
    assert ended.status == 3
    assert "held against none of yours" in ended.err


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"amount_text": "£', '"amount_text": "$', "has another row of mentions"),
        ('"size": ', '"size": 1', "has another head than entry 1"),
        ('"schema"', '"scheme"', "cut short, damaged, or no receipt"),
        ("}", "", "cut short, damaged, or no receipt"),
    ],
    ids=["words", "head", "name", "structure"],
)
def test_an_altered_receipt_is_named(
    cli: Cli, receipt: str, old: str, new: str, words: str
) -> None:
    told = Path(receipt).read_text("utf-8")
    assert old in told
    Path(receipt).write_text(told.replace(old, new, 1), "utf-8")
    ended = cli("verify", receipt, "--head", "kept.head")
    assert (ended.status, ended.out) == (1, "")
    assert words in ended.err
    assert ended.err.endswith("[receipt.broken]\n")


def test_another_text_is_named(cli: Cli, receipt: str) -> None:
    Path("other.txt").write_text("Nothing.")
    ended = cli("verify", receipt, "--text", "other.txt")
    assert ended.status == 1
    assert "is about another text" in ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify", "gone.receipt"),
        ("verify", "m1.receipt", "--head", "nothing"),
        ("verify", "m1.receipt", "--text", "gone.txt"),
        ("verify", "-", "--head", "-"),
    ],
)
def test_what_cannot_be_checked_is_refused(cli: Cli, receipt: str, arguments: list[str]) -> None:
    ended = cli(*arguments)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("error: ")


@pytest.mark.parametrize(("name", "status"), [("m999", 1), ("c1", 1), ("x", 1)])
def test_only_mentions_have_receipts(cli: Cli, own_store: Path, name: str, status: int) -> None:
    ended = cli("receipt", name)
    assert (ended.status, ended.out) == (status, "")
    assert "[id.unknown]" in ended.err
