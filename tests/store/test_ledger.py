import hashlib
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from records.errors import StoreError
from store.canonical import digest
from store.ledger import START, entry_hash, row_commitment, row_form
from store.store import Store
from store.tables import captures, ledger
from store.tree import Frontier
from tests.databases import behind_its_back
from tests.store.factory import VERSIONS, capture

TEXT = "Jane Doe of Wexley gets £5m"


def rows(place: str) -> list[tuple[int, str, str, bytes, bytes, bytes]]:
    with behind_its_back(place) as connection:
        return [(*row,) for row in connection.execute(select(ledger).order_by(ledger.c.seq))]


@pytest.fixture
def filled(store: Store, place: str) -> str:
    run = store.start_run(VERSIONS)
    taken = store.add_capture(run, capture(TEXT, "jane.txt"))
    store.add_refusal(run, taken, "source.unreadable", "jane.txt is unreadable")
    store.end_run(run, {"failed": 1})
    return place


def test_every_act_is_one_entry_chained_to_the_last(filled: str) -> None:
    entries = rows(filled)
    assert [kind for _, kind, *_ in entries] == [
        "store", "run-start", "capture", "refusal", "run-end",
    ]  # fmt: skip
    before, tree = START, Frontier()
    for number, (seq, kind, body, prev, own, nodes) in enumerate(entries, 1):
        content = json.loads(body)
        assert (seq, content["seq"], content["prev"]) == (number, number, before.hex())
        assert prev == before
        before = own
        assert own == entry_hash(kind, body.encode())
        assert own == hashlib.sha256(f"\0earmark/1/{kind}\0{body}".encode()).digest()
        assert nodes == b"".join(tree.add(own))


def test_an_entry_commits_to_the_rows_of_its_act(filled: str) -> None:
    with behind_its_back(filled) as connection:
        capture_row = dict(connection.execute(select(captures)).mappings().one())
    commits = json.loads(rows(filled)[2][2])["commits"]
    assert set(commits) == {"captures/1", "contents/1"}
    assert commits["captures/1"] == row_commitment("captures", capture_row).hex()


def test_no_word_and_no_plain_hash_of_a_source_is_in_the_ledger(filled: str) -> None:
    bodies = "".join(body for _, _, body, *_ in rows(filled))
    assert "jane" not in bodies
    for secret in (TEXT, "jane.txt"):
        assert hashlib.sha256(secret.encode()).hexdigest() not in bodies


@pytest.mark.parametrize("sql", ["UPDATE ledger SET type = 'x'", "DELETE FROM ledger"])
def test_the_ledger_cannot_be_changed_by_accident(filled: str, sql: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), behind_its_back(filled) as connection:
        connection.exec_driver_sql(sql)


def test_null_columns_do_not_count_and_random_bytes_do() -> None:
    row = {"id": 1, "per": None, "nonce": b"1"}
    assert row_commitment("t", row) == row_commitment("t", {"id": 1, "nonce": b"1"})
    assert row_commitment("t", row) != row_commitment("t", {**row, "nonce": b"2"})
    assert row_commitment("t", row) != row_commitment("u", row)
    assert row_commitment("t", row) != row_commitment("t", {**row, "per": "year"})


VALUES = st.none() | st.integers(-(2**64), 2**64) | st.binary() | st.text()


@given(VALUES, VALUES)
def test_a_rows_commitment_is_that_of_its_form(left: object, right: object) -> None:
    row = {"text": left, "low_minor": right, "id": 7, "nonce": b"1"}
    try:
        form = digest("t", row_form(row), b"1")
    except StoreError as error:
        with pytest.raises(StoreError, match=re.escape(str(error))):
            row_commitment("t", row)
    else:
        assert row_commitment("t", row) == form
