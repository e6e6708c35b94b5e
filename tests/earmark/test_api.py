"""A store from Python: what ingest does with each source, and what it never does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import earmark
from earmark.api import EarmarkStore
from earmark.outcome import IngestOptions, Outcome
from records.errors import (
    ClaimNotFoundError,
    NoStoreError,
    QueryError,
    SettingsError,
    StoreReadOnlyError,
)

STORY = """Published 27 October 2021

The government will give the NHS £5.9bn to cut waiting lists.

Of this, £2.1bn is for IT upgrades.
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EarmarkStore]:
    with earmark.open_store(tmp_path / "test.earmark.db") as opened:
        yield opened


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, "utf-8")
    return path


def outcomes(run: object) -> list[tuple[str, str | None]]:
    return [(outcome.word, outcome.code) for outcome in run.outcomes]  # type: ignore[attr-defined]


def test_a_document_is_added_once_and_then_unchanged(store: EarmarkStore, article: Path) -> None:
    first = store.ingest(article)
    claims = [claim.id for claim in store.query().claims]
    again = store.ingest([str(article)])
    assert outcomes(first) == [("added", None)]
    assert (first.outcomes[0].document, first.outcomes[0].claims, first.new_claims) == ("d1", 2, 2)
    assert first.outcomes[0].note == "published 2021-10-27 (text header)"
    assert outcomes(again) == [("unchanged", None)]
    assert again.outcomes[0].document == "d1"
    assert (again.new_claims, again.restated) == (0, 0)
    assert [claim.id for claim in store.query().claims] == claims
    assert store.counts().documents == 1


def test_other_metadata_for_the_same_bytes_updates(store: EarmarkStore, article: Path) -> None:
    store.ingest(article, publisher="The Post")
    run = store.ingest(article, publisher="The Mercury")
    assert outcomes(run) == [("updated", None)]
    (document,) = store.documents()
    assert document.document.metadata.publisher is not None
    assert document.document.metadata.publisher.value == "The Mercury"


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_said_of_one_of_two_copies_holds_for_both(
    store: EarmarkStore, tmp_path: Path, jobs: int
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("The council will give £5m for roads.", "utf-8")
    (tmp_path / "table.csv").write_text("path,published\na.txt,2026-01-02\n", "utf-8")
    sources = [tmp_path / "a.txt", tmp_path / "b.txt"]
    options = IngestOptions(jobs=jobs)
    run = store.ingest(sources, metadata=tmp_path / "table.csv", options=options)
    assert outcomes(run) == [("added", None), ("unchanged", None)]
    document = store.document("d1")
    assert str(document.document.published) == "2026-01-02"
    assert document.sources == tuple(map(str, sources))


def test_the_table_outranks_what_is_said_of_all(
    store: EarmarkStore, article: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("£1m for roads", "utf-8")
    table = tmp_path / "about.csv"
    table.write_text("path,publisher\nstory.txt,The Post\n", "utf-8")
    store.ingest([article, other], metadata=table, publisher="Somebody")
    known = [each.document.metadata.publisher for each in store.documents()]
    assert [each and each.value for each in known] == ["The Post", "Somebody"]


def test_a_source_that_fails_does_not_stop_the_others(
    store: EarmarkStore, article: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").touch()
    run = store.ingest([tmp_path / "gone.txt", tmp_path / "empty.txt", article])
    assert [outcome.word for outcome in run.outcomes] == ["failed", "failed", "added"]
    assert run.outcomes[0].code == "source.missing"
    assert run.counts == {"added": 1, "updated": 0, "unchanged": 0, "partial": 0, "failed": 2}
    assert store.counts().refusals == 1


def test_progress_can_end_a_run_after_a_document(
    store: EarmarkStore, article: Path, tmp_path: Path
) -> None:
    seen: list[tuple[int, int, str]] = []

    def stop_at_once(number: int, total: int, outcome: Outcome) -> bool:
        seen.append((number, total, outcome.word))
        return False

    (tmp_path / "later.txt").write_text("£1m for roads", "utf-8")
    run = store.ingest(
        [article, tmp_path / "later.txt"], options=IngestOptions(progress=stop_at_once)
    )
    assert seen == [(1, 2, "added")]
    assert run.stopped
    rest = store.ingest([article, tmp_path / "later.txt"])
    assert [outcome.word for outcome in rest.outcomes] == ["unchanged", "added"]


def test_claims_are_found_and_shown(store: EarmarkStore, article: Path) -> None:
    store.ingest(article)
    answer = store.query("amount:>=2bn", limit=1)
    assert (store.count("amount:>=2bn"), len(answer.claims)) == (2, 1)
    (other,) = store.query("amount:>=2bn", after=answer.next).claims
    assert other.id != answer.claims[0].id
    claim = store.claim(answer.claims[0].id)
    assert claim == answer.claims[0]
    assert claim.mentions[0].mention.amount.span.text == "£5.9bn"
    assert store.claim("m1").id == claim.id
    assert store.document("d1").document.text == STORY


def test_what_was_ingested_audits_clean(store: EarmarkStore, article: Path) -> None:
    store.ingest(article)
    report = store.audit()
    assert report.findings == ()
    assert report.outcome == "proven"
    assert report.checked["mentions derived again"] == 2


def test_exports_reach_their_places(store: EarmarkStore, article: Path, tmp_path: Path) -> None:
    store.ingest(article)
    assert store.export("csv", tmp_path / "claims.csv").records == 3
    assert store.export("jsonl", tmp_path / "claims.jsonl").records == 2
    assert store.export("gold", tmp_path / "new" / "gold").records == 1
    assert (tmp_path / "claims.csv").read_text("utf-8").startswith("id,amount,currency")
    assert (tmp_path / "new" / "gold" / "story.json").exists()
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("form", "target", "words"),
    [("xml", "claims.xml", "csv, jsonl, gold"), ("csv", "no/such/place.csv", "cannot be written")],
)
def test_an_export_that_cannot_be_made_is_said(
    store: EarmarkStore, tmp_path: Path, form: str, target: str, words: str
) -> None:
    with pytest.raises(SettingsError, match=words):
        store.export(form, tmp_path / target)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"published": "tomorrow"}, "^published: 'tomorrow' is no day"),
        ({"published": 2021}, "^published: int was given; hand in a str or None"),
        ({"country": "ZZ"}, "^country: 'ZZ' is no country code"),
    ],
)
def test_an_argument_of_ingest_is_named_as_python_names_it(
    store: EarmarkStore, article: Path, given: dict[str, Any], words: str
) -> None:
    with pytest.raises(SettingsError, match=words):
        store.ingest(article, **given)
    assert store.counts().documents == 0


def test_errors_come_from_one_tree(store: EarmarkStore, tmp_path: Path) -> None:
    with pytest.raises(QueryError):
        store.query("amount:>2.1bbn")
    with pytest.raises(ClaimNotFoundError):
        store.claim("c99")
    with pytest.raises(NoStoreError):
        earmark.open_store(tmp_path / "none.db", create=False)
    with earmark.open_store(tmp_path / "test.earmark.db", read_only=True) as reader:
        assert reader.count() == 0
        with pytest.raises(StoreReadOnlyError):
            reader.ingest(tmp_path)
