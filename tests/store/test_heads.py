"""Heads: kept after every commit, and held against the store later."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from records.errors import StoreError, StoreReadOnlyError
from store import heads
from store.audit.asked import Asked
from store.audit.report import Finding
from store.heads import Head, HeadCheck, find_heads, read_heads
from store.ledger import entry_hash
from store.place import place_of
from store.store import Store
from store.tables import ledger
from store.tree import leaf_hash
from tests.databases import behind_its_back, unguarded
from tests.store.factory import VERSIONS
from tests.store.stories import fill, first, second, third

HEADS = st.builds(
    Head,
    st.binary(min_size=16, max_size=16).map(lambda data: f"earmark/{data.hex()}"),
    st.integers(1, 10**14),
    st.binary(min_size=32, max_size=32),
)


def said(place: str, given: list[Head] | None = None) -> list[Finding]:
    """What an audit finds of heads."""
    with Store.open(place, read_only=True) as store:
        report = store.audit(asked=Asked(heads=None if given is None else tuple(given)))
    return [one for one in (*report.findings, *report.notes) if one.level == "heads"]


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """A store that was written to since it was made."""
    with Store.open(place, create=True) as opened:
        opened.start_run(VERSIONS)
        yield opened


@pytest.fixture
def filled(store: Store, place: str) -> str:
    fill(store, [first(), second()])
    return place


def test_each_commit_leaves_its_head_before_it_is_done(store: Store) -> None:
    kept = read_heads(store.heads_file)
    for _ in range(9):
        store.start_run(VERSIONS)
        kept.append(store.head())
        assert read_heads(store.heads_file) == kept
    assert [head.size for head in kept][-10:] == list(range(2, 12))
    assert len({head.origin for head in kept}) == 1


def test_a_failed_step_leaves_no_head(store: Store) -> None:
    before = store.heads_file.read_bytes()
    with pytest.raises(StoreError):
        store.end_run("r9", {})
    assert store.heads_file.read_bytes() == before


def test_heads_of_every_moment_are_borne_out(filled: str) -> None:
    assert said(filled) == []
    with Store.open(filled, read_only=True) as store:
        assert store.audit().checked["heads"] >= store.head().size - 1


def test_without_a_head_less_is_proven(filled: str) -> None:
    (note,) = said(filled, [])
    assert note.verdict == "not checkable here"
    assert "no head given" in note.what


def test_a_head_of_another_store_is_named(filled: str) -> None:
    with Store.open(filled) as store:
        own = store.head()
    foreign = Head(f"earmark/{'0' * 32}", own.size, own.root)
    (finding,) = said(filled, [own, foreign])
    assert (finding.verdict, finding.record) == ("other store", f"head {own.size}")
    assert foreign.origin in finding.what
    assert own.origin in finding.what


def cut(place: str) -> None:
    with behind_its_back(place) as connection, unguarded(connection):
        connection.execute(delete(ledger).where(ledger.c.seq > 4))


def rewrite(place: str) -> None:
    """Change what an entry says, and make all after it fit, as who knows the rules would."""
    with behind_its_back(place) as connection, unguarded(connection):
        rows = connection.execute(select(ledger).order_by(ledger.c.seq)).all()
        check, prev = HeadCheck([]), b"\0" * 32
        for row in rows:
            body = row.body.replace(f'"prev":"{row.prev.hex()}"', f'"prev":"{prev.hex()}"')
            if row.seq == 2:
                body = body.replace('"run":1', '"run":7')
            own = entry_hash(row.type, body.encode())
            change = {"body": body, "prev": prev, "hash": own, "nodes": check.add(own)}
            connection.execute(update(ledger).where(ledger.c.seq == row.seq).values(change))
            prev = own


@pytest.mark.parametrize(
    ("tamper", "verdict", "record"),
    [(cut, "rolled back", "head 8"), (rewrite, "forked", "head 2")],
    ids=["a cut end", "a competent rewrite"],
)
def test_what_no_hash_of_the_store_shows_its_heads_do(
    filled: str, tamper: Callable[[str], None], verdict: str, record: str
) -> None:
    tamper(filled)
    (finding,) = said(filled)
    assert (finding.verdict, finding.record) == (verdict, record)
    with Store.open(filled, read_only=True) as store:
        ours = [one for one in store.audit(asked=Asked(heads=())).findings if one.level == "ledger"]
    assert ours == []  # without a head the ledger looks whole


def test_an_older_copy_that_was_put_back_and_written_on_is_named(path: Path) -> None:
    """Neither its last head nor its own chain shows it: the heads before do."""
    with Store.open(str(path), create=True) as store:
        fill(store, [first()])
    older = shutil.copy(path, path.with_name("older"))
    with Store.open(str(path)) as store:
        fill(store, [second()])
    shutil.copy(older, path)
    assert [one.verdict for one in said(str(path))] == ["rolled back"]
    with Store.open(str(path)) as store:
        fill(store, [third()])
        fill(store, [second()])
        last = store.head()
    assert read_heads(path.with_name(f"{path.name}.heads"))[-1] == last
    (finding,) = said(str(path))
    assert finding.verdict == "forked"
    assert "up to entry 5 it is" in finding.what


def test_a_crash_between_commit_and_head_is_no_finding(
    store: Store, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(heads, "_append", crash)
        with pytest.raises(KeyboardInterrupt):
            store.start_run(VERSIONS)
    assert len(store.runs()) == 2
    assert read_heads(store.heads_file)[-1].size == store.head().size - 1
    assert said(place) == []
    store.start_run(VERSIONS)
    assert read_heads(store.heads_file)[-1] == store.head()


def test_a_head_that_was_cut_off_in_mid_write_hides_no_other(store: Store, place: str) -> None:
    for length in (3, 20, 44, 50, 90):
        store.start_run(VERSIONS)
        told = store.heads_file.read_bytes()
        os.truncate(store.heads_file, len(told) - len(str(store.head())) + length)
        store.start_run(VERSIONS)
        assert read_heads(store.heads_file)[-1] == store.head()
        assert said(place) == []


def test_where_no_head_can_be_kept_nothing_is_written(store: Store) -> None:
    store.heads_file.unlink()
    store.heads_file.mkdir()
    with pytest.raises(StoreReadOnlyError, match="nothing was changed"):
        store.start_run(VERSIONS)
    assert len(store.runs()) == 1
    store.heads_file.rmdir()


def test_a_store_made_where_another_was_keeps_the_heads_of_both_apart(path: Path) -> None:
    kept = path.with_name(f"{path.name}.heads")
    for _ in range(3):
        with Store.open(str(path), create=True) as store:
            fill(store, [first()])
        path.unlink()
    with Store.open(str(path), create=True):
        assert said(str(path)) == []
    older = [one for one in path.parent.iterdir() if one.name.startswith(f"{kept.name}.")]
    assert [len(read_heads(one)) for one in older] == [5, 5, 5]


def test_two_names_of_one_file_have_one_file_of_heads(path: Path) -> None:
    Store.open(str(path), create=True).close()
    link = path.with_name("link.db")
    link.symlink_to(path)
    with Store.open(str(link)) as store, Store.open(str(path)) as same:
        store.start_run(VERSIONS)
        assert store.heads_file == same.heads_file


def test_heads_of_a_server_lie_in_the_users_folder_and_name_no_password() -> None:
    place = place_of("postgresql+psycopg://anna:s3cret@db.example.org/nhs?sslpassword=t0p")
    kept = heads.file_of(place)
    assert kept.name.startswith("anna-db.example.org-nhs")
    assert "s3cret" not in kept.name
    assert "t0p" not in kept.name
    other = heads.file_of(place_of("postgresql+psycopg://anna@db.example.org/nhs2"))
    assert other.parent == kept.parent
    assert other != kept


@given(st.lists(HEADS, max_size=5), st.text(alphabet="earmk/ 01\n—=", max_size=40))
def test_heads_are_found_in_any_text(given: list[Head], between: str) -> None:
    text = f"{between}\n\n".join(["", *map(str, given)]) + between
    assert find_heads(text) == given
    assert find_heads(" ".join(str(given[0]).split()) if given else "") == given[:1]


@given(HEADS, st.data())
def test_a_head_that_was_cut_short_is_none(head: Head, data: st.DataObject) -> None:
    told = str(head).rstrip()
    assert find_heads(told[: data.draw(st.integers(0, len(told) - 1))]) == []


def test_a_check_needs_no_head() -> None:
    check = HeadCheck([])
    check.add(leaf_hash(b"1"))
    assert list(check.verdicts("earmark/x")) == []
