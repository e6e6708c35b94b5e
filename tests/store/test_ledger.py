import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store.ledger import START, entry_hash, row_commitment
from store.store import Store
from tests.store.factory import VERSIONS, capture

TEXT = "Jane Doe of Wexley gets £5m"


def rows(path: Path) -> list[tuple[int, str, str, bytes, bytes]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT seq, type, body, prev, hash FROM ledger").fetchall()


@pytest.fixture
def filled(store: Store, path: Path) -> Path:
    run = store.start_run(VERSIONS)
    taken = store.add_capture(run, capture(TEXT, "jane.txt"))
    store.add_refusal(run, taken, "source.unreadable", "jane.txt is unreadable")
    store.end_run(run, {"failed": 1})
    return path


def test_every_act_is_one_entry_chained_to_the_last(filled: Path) -> None:
    entries = rows(filled)
    assert [kind for _, kind, *_ in entries] == [
        "store", "run-start", "capture", "refusal", "run-end",
    ]  # fmt: skip
    before = START
    for number, (seq, kind, body, prev, own) in enumerate(entries, 1):
        content = json.loads(body)
        assert (seq, content["seq"], content["prev"]) == (number, number, before.hex())
        assert prev == before
        before = own
        assert own == entry_hash(kind, body.encode())
        assert own == hashlib.sha256(f"earmark/1/{kind}\0{body}".encode()).digest()


def test_an_entry_commits_to_the_rows_of_its_act(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.row_factory = sqlite3.Row
        capture_row = dict(connection.execute("SELECT * FROM captures").fetchone())
    commits = json.loads(rows(filled)[2][2])["commits"]
    assert set(commits) == {"captures/1", "contents/1"}
    assert commits["captures/1"] == row_commitment("captures", capture_row).hex()


def test_no_word_and_no_plain_hash_of_a_source_is_in_the_ledger(filled: Path) -> None:
    bodies = "".join(body for _, _, body, _, _ in rows(filled))
    assert "jane" not in bodies
    for secret in (TEXT, "jane.txt"):
        assert hashlib.sha256(secret.encode()).hexdigest() not in bodies


@pytest.mark.parametrize("sql", ["UPDATE ledger SET type = 'x'", "DELETE FROM ledger"])
def test_the_ledger_cannot_be_changed_by_accident(filled: Path, sql: str) -> None:
    with (
        closing(sqlite3.connect(filled)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        connection.execute(sql)


def test_null_columns_do_not_count_and_random_bytes_do() -> None:
    row = {"id": 1, "per": None, "nonce": b"1"}
    assert row_commitment("t", row) == row_commitment("t", {"id": 1, "nonce": b"1"})
    assert row_commitment("t", row) != row_commitment("t", {**row, "nonce": b"2"})
    assert row_commitment("t", row) != row_commitment("u", row)
    assert row_commitment("t", row) != row_commitment("t", {**row, "per": "year"})
