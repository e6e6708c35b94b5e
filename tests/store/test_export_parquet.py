"""Parquet, read back by pyarrow."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from records.errors import ExtraMissingError
from store.exports.parquet import write
from store.store import Store
from tests.databases import Databases
from tests.store.factory import capture, document, mention
from tests.store.stories import STORIES, Story, fill, whole

ODD = "A grant of £0.12345678 each, and £123456789012345678901234567890.12 in all."


def odd() -> Story:
    taken = capture(ODD, "odd.txt")
    sums = [
        mention(ODD, "£0.12345678", "0.12345678", per="pupil"),
        mention(ODD, "£123456789012345678901234567890.12", "123456789012345678901234567890.12"),
    ]
    return Story(taken, document(taken), sums)


@pytest.fixture(scope="module")
def shared(databases: Databases) -> Iterator[Store]:
    with Store.open(databases.new(), create=True) as store:
        fill(store, [make() for make in (*STORIES, whole, odd)])
        yield store


@pytest.fixture(scope="module")
def table(shared: Store, tmp_path_factory: pytest.TempPathFactory) -> Any:
    place = tmp_path_factory.mktemp("parquet") / "claims.parquet"
    with shared.selection() as chosen:
        written = write(chosen, place)
    assert written.records == shared.counts().claims
    assert [note.split()[0] for note in written.notes] == ["1"]
    return pyarrow.parquet.read_table(place)


def test_the_columns_have_their_types(table: Any) -> None:
    schema = table.schema
    assert schema.field("low").type == pyarrow.decimal128(38, 6)
    assert schema.field("first_said").type == pyarrow.date32()
    source = schema.field("mentions").type.value_type.field("source").type
    assert source.field("fetched").type == pyarrow.timestamp("us", tz="UTC")
    assert schema.metadata[b"earmark.schema"] == b"earmark.claims/1"
    assert schema.metadata[b"earmark.runs"] == b"r1"


def test_the_rows_are_the_claims(table: Any, shared: Store) -> None:
    for row, claim in zip(table.to_pylist(), shared.all_claims(), strict=True):
        assert row["id"] == claim.id
        for name in ("low", "high"):
            exact, text = getattr(claim, name), row[f"{name}_text"]
            assert (None if text is None else Decimal(text)) == exact
            assert row[name] in (exact, None)
        assert row["period_start"] == claim.period_start
        assert [one["to"] for one in row["relations"]] == [one.to for one in claim.relations]
        for one, stored in zip(row["mentions"], claim.mentions, strict=True):
            origin = stored.provenance
            assert (one["id"], one["source"]["fetched"]) == (stored.id, origin.captured_at)
            assert one["quote"]["amount"] in one["quote"]["exact"]
            assert dict(one["rules"]) == stored.mention.rules


def test_claims_come_in_groups(
    shared: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.exports.parquet.ROW_GROUP", 4)
    with shared.selection() as chosen:
        write(chosen, tmp_path / "claims.parquet")
    groups = pyarrow.parquet.ParquetFile(tmp_path / "claims.parquet").num_row_groups
    assert groups == -(-shared.counts().claims // 4)


def test_a_missing_extra_is_said(
    shared: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with (
        shared.selection() as chosen,
        pytest.raises(ExtraMissingError, match=r'^Parquet needs an extra: pip install "earmark'),
    ):
        write(chosen, tmp_path / "claims.parquet")
