"""Receipts: a mention is proven without the store, and any change of one is seen."""

from __future__ import annotations

import ast
import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

import store.verify
from records.errors import ClaimNotFoundError, SettingsError, StoreError
from store.heads import Head, find_heads
from store.store import Store
from store.tables import documents, ledger, mentions
from store.verify import ReceiptError, check
from tests.databases import behind_its_back, unguarded
from tests.store.factory import VERSIONS
from tests.store.stories import STORIES, fill, first, second

Place = tuple[str | int, ...]


@pytest.fixture
def filled(store: Store, place: str) -> str:
    fill(store, [first(), second()])
    return place


@pytest.fixture(scope="module")
def receipt(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("receipt") / "a.db"
    with Store.open(str(path), create=True) as store:
        fill(store, [first(), second()])
        store.start_run(VERSIONS)
        return store.receipt("m2")


def test_every_mention_has_a_receipt_that_its_text_bears_out(store: Store) -> None:
    fill(store, [make() for make in STORIES])
    head = str(store.head())
    numbers = 0
    for stored in store.documents():
        for placed in stored.mentions:
            proof = store.receipt(placed.id)
            rows = check(proof, head, stored.document.text.encode())
            assert f"m{rows['mentions']['number']}" == placed.id
            assert rows["mentions"]["amount_text"] == placed.mention.amount.span.text
            assert rows["contents"]["sha256"] == stored.document.sha256
            assert rows["captures"]["source"] == stored.document.source
            numbers += 1
    assert numbers > 5


def test_a_receipt_can_lead_to_an_older_head(store: Store) -> None:
    fill(store, [first()])
    old = store.head()
    fill(store, [second()])
    proof = store.receipt("m1", old)
    assert check(proof, str(old))
    with pytest.raises(ReceiptError, match="another head"):
        check(proof, str(store.head()))
    late = next(placed.id for one in store.documents() for placed in one.mentions if one.id == "d2")
    with pytest.raises(SettingsError, match="after the head"):
        store.receipt(late, old)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"origin": f"earmark/{'0' * 32}"}, "another store"),
        ({"size": 4}, "another head"),
        ({"root": bytes(32)}, "another history"),
    ],
    ids=["another store", "another size", "another history"],
)
def test_a_receipt_is_held_against_the_head_given(
    receipt: str, change: dict[str, Any], words: str
) -> None:
    told = json.loads(receipt)["head"]
    (own,) = find_heads(f"{told['origin']}\n{told['size']}\n{told['root']}\n")
    assert check(receipt, str(own))
    with pytest.raises(ReceiptError, match=words):
        check(receipt, str(replace(own, **change)))


def test_another_text_is_named(receipt: str) -> None:
    with pytest.raises(ReceiptError, match="another text"):
        check(receipt, None, b"They promised nothing.")


def places(value: object, at: Place = ()) -> Iterator[Place]:
    yield at
    parts = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, part in parts:
        yield from places(part, (*at, key))


def other(data: st.DataObject, value: Any) -> Any:
    """Something else in place of a value."""
    if isinstance(value, str) and value:
        place = data.draw(st.integers(0, len(value) - 1))
        return value[:place] + ("0" if value[place] != "0" else "1") + value[place + 1 :]
    if isinstance(value, dict) and value:
        key = data.draw(st.sampled_from(sorted(value)))
        kept = {name: part for name, part in value.items() if name != key}
        return data.draw(
            st.sampled_from([kept, {**value, "more": 1}, {**kept, f"{key}x": value[key]}])
        )
    if isinstance(value, list) and value:
        return data.draw(st.sampled_from([value[1:], [*value, value[0]], value[:-1]]))
    return data.draw(st.sampled_from([None, True, "x", 1.5, -1, 10**6, [], {}, [1], {"a": 1}]))


@given(st.data())
def test_any_change_of_any_field_is_seen(receipt: str, data: st.DataObject) -> None:
    whole = json.loads(receipt)
    place = data.draw(st.sampled_from(list(places(whole))))
    changed: Any = {"": copy.deepcopy(whole)}
    *way, last = ("", *place)
    holder = changed
    for key in way:
        holder = holder[key]
    value = holder[last]
    holder[last] = other(data, value)
    if holder[last] != value or type(holder[last]) is not type(value):
        with pytest.raises(ReceiptError):
            check(json.dumps(changed[""]))


@given(st.data())
def test_a_receipt_that_was_cut_short_is_named(receipt: str, data: st.DataObject) -> None:
    with pytest.raises(ReceiptError, match="cut short"):
        check(receipt.rstrip()[: data.draw(st.integers(0, len(receipt.rstrip()) - 1))])


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_what_is_no_receipt_is_named(value: object) -> None:
    with pytest.raises(ReceiptError):
        check(json.dumps(value))


def test_deep_nesting_is_no_crash() -> None:
    with pytest.raises(ReceiptError):
        check("[" * 100_000)


@pytest.mark.parametrize("name", ["m99", "m0"])
def test_an_unknown_mention_has_no_receipt(filled: str, name: str) -> None:
    with Store.open(filled, read_only=True) as store, pytest.raises(ClaimNotFoundError):
        store.receipt(name)


def test_a_changed_row_and_a_gap_have_no_receipt(filled: str) -> None:
    with behind_its_back(filled) as connection:
        connection.execute(update(mentions).where(mentions.c.number == 1).values(sentence="Yes."))
    with Store.open(filled, read_only=True) as store, pytest.raises(StoreError, match="audit m1"):
        store.receipt("m1")
    with behind_its_back(filled) as connection, unguarded(connection):
        connection.execute(delete(ledger).where(ledger.c.seq == 1))
    with Store.open(filled, read_only=True) as store, pytest.raises(StoreError, match="gap"):
        store.receipt("m2")


def test_a_foreign_head_gives_no_receipt(store: Store) -> None:
    fill(store, [first()])
    own = store.head()
    wrong = [
        (Head(f"earmark/{'0' * 32}", own.size, own.root), "another store"),
        (Head(own.origin, own.size + 1, own.root), "does not bear out"),
        (Head(own.origin, own.size, bytes(32)), "does not bear out"),
    ]
    for head, words in wrong:
        with pytest.raises(SettingsError, match=words):
            store.receipt("m1", head)


def test_the_verifier_is_short_and_needs_nothing(receipt: str, tmp_path: Path) -> None:
    """It travels alone: standard library only, at most a hundred lines that are not blank."""
    path = Path(store.verify.__file__)
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    assert sum(1 for line in source.splitlines() if line.strip()) <= 100
    named = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert {name.partition(".")[0] for name in named} <= sys.stdlib_module_names
    data = json.loads(receipt)["head"]
    (tmp_path / "head.txt").write_text("\n".join(map(str, data.values())))
    (tmp_path / "good").write_text(receipt)
    (tmp_path / "bad").write_text(receipt[:-9])
    ended = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-I", "-S", path, "good", "bad", "gone", "--head", "head.txt"],
        capture_output=True,
        cwd=tmp_path,
        text=True,
        check=False,
        encoding="utf-8",
    )
    lines = ended.stdout.splitlines()
    assert ended.returncode == 1
    assert [line.split(":")[0] for line in lines] == ["proven", "NOT PROVEN", "NOT PROVEN"]
    assert ended.stderr == ""


def test_the_text_that_was_read_is_the_one_proven(filled: str) -> None:
    with behind_its_back(filled) as connection:
        body = connection.execute(select(documents.c.body).where(documents.c.number == 1)).scalar()
    with Store.open(filled, read_only=True) as store:
        assert check(store.receipt("m1"), None, body)
