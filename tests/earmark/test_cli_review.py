"""The review queue in a pipe: one answer a line, each kept at once."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest

import earmark
from earmark import reviewing
from earmark.cli import review_loop
from records.decision import Decision
from records.review import ReviewItem
from tests.earmark.conftest import Cli


def decided(place: Path) -> list[Decision]:
    with earmark.open_store(place) as store:
        return store.decisions()


def queue(place: Path, *names: str, by: str = "anna") -> list[ReviewItem]:
    with earmark.open_store(place) as store:
        return store.review(*names, by=by)


def ask(cli: Cli, *arguments: str, answers: list[str]) -> list[list[str]]:
    text = "".join(f"{line}\n" for line in answers)
    ended = cli("review", "--by", "anna", *arguments, stdin=text.encode())
    assert ended.status == 0, ended.err
    return [line.split("\t") for line in ended.lines]


def pair(place: Path, *, linked: bool) -> ReviewItem:
    return next(one for one in queue(place) if one.field is None and one.linked == linked)


def test_money_at_stake_times_uncertainty_comes_first(own_store: Path) -> None:
    items = queue(own_store)
    ranks = [one.rank for one in items]
    assert ranks == sorted(ranks, reverse=True)
    assert len({one.id for one in items}) == len(items)
    assert {one.field is None for one in items} == {True, False}
    assert [one.id for one in queue(own_store)] == [one.id for one in items]


@pytest.mark.parametrize(
    ("key", "word", "turned"),
    [
        ("s", "same", False),
        ("d", "different", False),
        ("p", "part_of", False),
        ("w", "part_of", True),
        ("n", "not_sure", False),
    ],
)
def test_a_pair_is_answered_with_a_key_and_a_reason(
    key: str, word: str, cli: Cli, own_store: Path, *, turned: bool
) -> None:
    item = pair(own_store, linked=False)
    names = [one.id for one in item.mentions]
    rows = ask(cli, *names, answers=[f"{key} one bill"])
    assert rows[0][:2] == ["review", item.id]
    assert [row[0] for row in rows].count("quote") == 2
    assert any(row[0] == "machine" for row in rows)
    (one,) = decided(own_store)
    assert one.other
    assert (one.word, one.by, one.reason) == (word, "anna", "one bill")
    assert [one.mention.id, one.other.id] == (names[::-1] if turned else names)
    assert queue(own_store, *names) == []


@pytest.mark.parametrize(
    ("line", "word", "value", "reason"),
    [
        ("a", "accept", None, None),
        ("a as printed", "accept", None, "as printed"),
        ("c new beds", "correct", "new beds", None),
        ("c new beds -- see page 3", "correct", "new beds", "see page 3"),
        ("r", "reject", None, None),
        ("n", "not_sure", None, None),
    ],
)
def test_a_field_is_answered(
    line: str, word: str, value: str | None, reason: str | None, cli: Cli, own_store: Path
) -> None:
    item = next(one for one in queue(own_store) if one.field == "purpose")
    before = [one.id for one in queue(own_store, item.mentions[0].id)]
    place = before.index(item.id)
    with earmark.open_store(own_store) as store:
        for one in queue(own_store, item.mentions[0].id)[:place]:
            names = [each.id for each in one.mentions]
            store.decide("not_sure", *names, field=one.field, by="anna")
    ask(cli, item.mentions[0].id, answers=[line])
    last = decided(own_store)[-1]
    assert (last.word, last.field, last.value, last.reason) == (word, "purpose", value, reason)


def test_what_was_answered_is_not_asked_again_and_what_one_is_not_sure_of_is_asked_others(
    cli: Cli, own_store: Path
) -> None:
    first, second, third = queue(own_store)[:3]
    ask(cli, answers=["n", "n", "q"])
    assert len(decided(own_store)) == 2
    assert queue(own_store)[0].id == third.id
    assert [one.id for one in queue(own_store, by="ben")[:2]] == [first.id, second.id]
    with earmark.open_store(own_store) as store:
        word = "accept" if first.field else "different"
        store.decide(word, *(one.id for one in first.mentions), field=first.field, by="ben")
    assert first.id not in {one.id for one in queue(own_store, by="carl")}


def test_undo_takes_the_last_answer_back_and_asks_again(cli: Cli, own_store: Path) -> None:
    first = queue(own_store)[0]
    rows = ask(cli, answers=["n", "u", "n", "q"])
    asked = [row[1] for row in rows if row[0] == "review"]
    assert asked[0] == asked[2] == first.id
    assert [one.taken_back is None for one in decided(own_store)] == [False, True]
    ended = cli("review", "--by", "anna", stdin=b"u\nq\n")
    assert "nothing to undo" in ended.err


def test_a_line_that_is_no_answer_is_said_and_asked_again(cli: Cli, own_store: Path) -> None:
    ended = cli("review", "--by", "anna", stdin=b"maybe\nx\n\nn\n")
    assert ended.err.count("is no answer") == 3
    assert len(decided(own_store)) == 1
    assert "1 answer kept, " in ended.err


def test_a_contradiction_is_said_and_asked_again(cli: Cli, own_store: Path) -> None:
    item = pair(own_store, linked=False)
    left, right = (one.id for one in item.mentions)
    with earmark.open_store(own_store) as store:
        third = next(one for one in store.claims() if one.id not in item.claims).mentions[0].id
        store.decide("part_of", right, third, by="ben")
        store.decide("part_of", third, left, by="ben")
    ended = cli("review", left, right, "--by", "anna", stdin=b"p\nn\n")
    assert "part of itself, by w1 and w2" in ended.err
    assert "[decision.conflict]" in ended.err
    assert [one.word for one in decided(own_store)] == ["part_of", "part_of", "not_sure"]


def test_blind_hides_the_machines_view_until_the_answer(cli: Cli, own_store: Path) -> None:
    item = pair(own_store, linked=False)
    names = [one.id for one in item.mentions]
    rows = ask(cli, *names, "--blind", answers=["s"])
    labels = [row[0] for row in rows]
    assert labels.index("decided") < labels.index("machine")
    assert not any(
        claim in row[-1] for row in rows[: labels.index("decided")] for claim in item.claims
    )


def test_blind_words_that_the_machine_read_too_accept_the_field(cli: Cli, own_store: Path) -> None:
    items = queue(own_store)
    place = next(place for place, one in enumerate(items) if one.field == "purpose")
    answers = ["n"] * place + [f"c {items[place].value}", "q"]
    rows = ask(cli, "--blind", answers=answers)
    assert decided(own_store)[-1].word == "accept"
    shown = [row for row in rows if row[0] == "review" and row[1] == items[place].id]
    assert "what is the purpose?" in shown[0][2]
    refused = cli("review", "--by", "anna", "--blind", stdin=b"a\n")
    assert "is no answer" in refused.err


def test_ctrl_c_keeps_what_was_answered(
    cli: Cli, own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = iter(["n\n"])

    def read() -> str:
        for line in lines:
            return line
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(review_loop, "read_line", read)
        ended = cli("review", "--by", "anna")
    assert ended.status == 130
    assert "1 answer kept" in ended.err
    assert len(decided(own_store)) == 1


def test_the_end_of_the_answers_ends_it(cli: Cli, own_store: Path) -> None:
    ended = cli("review", "--by", "anna", stdin=b"n\n")
    assert (ended.status, len(decided(own_store))) == (0, 1)
    assert "the same command goes on" in ended.err


def test_the_queue_as_json(cli: Cli, own_store: Path) -> None:
    data = json.loads(cli("review", "--by", "anna", "--json").out)["data"]
    assert [one["id"] for one in data] == [one.id for one in queue(own_store)]
    blind = json.loads(cli("review", "--by", "anna", "--json", "--blind").out)["data"]
    assert {one["machine"] for one in blind if one["machine"] is None} == {None}
    assert all(one["machine"] is None for one in blind)


def test_a_store_with_nothing_open_says_so(cli: Cli, empty_store: Path) -> None:
    ended = cli("review", "--by", "anna")
    assert (ended.status, ended.out) == (0, "")
    assert "nothing is open" in ended.err


@pytest.mark.parametrize(
    ("ids", "words"),
    [(["m9999"], "no m9999"), (["x"], '"x" is no id'), (["c1", "c9999"], "no c9999")],
)
def test_an_unknown_id_is_said(ids: list[str], words: str, cli: Cli, own_store: Path) -> None:
    ended = cli("review", *ids, "--by", "anna")
    assert (ended.status, words in ended.err) == (1, True)


def test_any_two_sums_can_be_asked_about(cli: Cli, own_store: Path) -> None:
    known = {frozenset(one.id for one in item.mentions) for item in queue(own_store)}
    with earmark.open_store(own_store) as store:
        names = [claim.mentions[0].id for claim in store.claims()]
    far = next(two for two in combinations(names, 2) if frozenset(two) not in known)
    rows = ask(cli, *far, answers=["d other years"])
    assert rows[0][2] == "the same money? 1 of 1, at stake " + rows[0][2].rpartition(" ")[2]
    (one,) = decided(own_store)
    assert one.other
    assert (one.word, one.mention.id, one.other.id) == ("different", *far)
    twice = cli("review", far[0], far[0], "--by", "anna")
    assert (twice.status, f"{far[0]} was named twice" in twice.err) == (2, True)


def test_a_queue_in_parts_is_the_queue(own_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewing, "FIRST", 3)
    monkeypatch.setattr(reviewing, "MORE", 2)
    full = [one.id for one in queue(own_store)]
    with earmark.open_store(own_store) as store:
        parts = list(store.review_in_parts(by="anna"))
    sizes = [len(part.items) for part in parts]
    assert sizes == sorted(sizes)
    assert len(parts) > 2
    assert sizes[0] < sizes[-1]
    assert [part.more for part in parts] == [True] * (len(parts) - 1) + [False]
    for part in parts:
        assert [one.id for one in part.items] == full[: len(part.items)]


def test_the_questions_of_all_parts_are_asked_once(
    cli: Cli, own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = [one.id for one in queue(own_store)]
    monkeypatch.setattr(reviewing, "FIRST", 3)
    rows = ask(cli, answers=["n"] * len(full))
    asked = [row for row in rows if row[0] == "review"]
    assert [row[1] for row in asked] == full
    assert " or more," in asked[0][2]
    assert f"{len(full)} of {len(full)}," in asked[-1][2]
