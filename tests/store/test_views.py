"""Views: another program reads from them what Earmark itself says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from store.store import Store
from store.views import views
from tests.databases import Databases, behind_its_back
from tests.store.everything import fill_everything
from tests.store.factory import VERSIONS, given, mention
from tests.store.stories import story

AMOUNTS = [
    ("£1 ", "GBP", "0.01"), ("£2 ", "GBP", "0.025"), ("£3 ", "JPY", "5"), ("£4 ", "KWD", "1.005"),
    ("£5 ", "GBP", str(Decimal(2**63 - 1).scaleb(-2))), ("£6 ", "GBP", str(2**63)),
    ("£7 ", "GBP", "..5"), ("£8 ", "GBP", "12.3.."), ("£9 ", "XXX", "7"), ("£10 ", "GBP", "0"),
]  # fmt: skip


@pytest.fixture(scope="module")
def place(databases: Databases) -> str:
    made = databases.new()
    quotes = "".join(f"{quote}for thing {number}. " for number, (quote, *_) in enumerate(AMOUNTS))
    found = [mention(quotes, quote, value, currency=currency) for quote, currency, value in AMOUNTS]
    with Store.open(made, create=True) as store:
        fill_everything(store)
        story(quotes, "odd.txt", given(), found).add(store, store.start_run(VERSIONS))
    return made


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store.open(place, read_only=True) as opened:
        yield opened


def rows(place: str, view: str) -> list[dict[str, Any]]:
    with behind_its_back(place) as connection:
        found = connection.execute(text(f"SELECT * FROM {view}"))  # noqa: S608 - a name of ours
        return [dict(row) for row in found.mappings()]


def is_amount(row: dict[str, Any], low: Decimal | None, high: Decimal | None) -> bool:
    """Exact as text; as a number, as near as the database's numbers are."""
    exact = [row[name] and Decimal(row[name]) for name in ("low_exact", "high_exact")]
    near = [None if row[name] is None else float(row[name]) for name in ("low", "high")]
    assert near == [None if bound is None else float(bound) for bound in (low, high)]
    return exact == [low, high]


def test_claims(place: str, store: Store) -> None:
    claims = {claim.id: claim for claim in store.all_claims()}
    found = {row["claim"]: row for row in rows(place, "claims_view")}
    assert found.keys() == claims.keys()
    for name, claim in claims.items():
        row = found[name]
        assert is_amount(row, claim.low, claim.high)
        assert row["mentions"] == len(claim.mentions)
        said = (row["currency"], row["purpose"], row["kind"], bool(row["approximate"]))
        assert said == (claim.currency, claim.purpose, claim.kind, claim.approximate)


def test_mentions_of_what_counts(place: str, store: Store) -> None:
    placed = {one.id: (one, stored) for stored in store.documents() for one in stored.mentions}
    found = {row["mention"]: row for row in rows(place, "mentions_view")}
    assert found.keys() == placed.keys()
    for name, (one, stored) in placed.items():
        row, amount = found[name], one.mention.amount
        assert is_amount(row, amount.low, amount.high)
        assert (row["document"], row["claim"]) == (stored.id, one.claim)
        body = stored.document.text
        assert body[row["quote_start"] : row["quote_end"]] == row["quote"] == amount.span.text


def test_documents_and_their_sources(place: str, store: Store) -> None:
    stored = {one.id: one for one in store.documents()}
    found = {row["document"]: row for row in rows(place, "documents_view")}
    assert found.keys() == stored.keys()
    for name, one in stored.items():
        assert found[name]["text"] == one.document.text
        assert (found[name]["sha256"], found[name]["run"]) == (one.document.sha256, one.run)
    sources = {(row["document"], row["source"]) for row in rows(place, "sources_view")}
    assert sources >= {(one.id, source) for one in stored.values() for source in one.sources}
    assert [row["source"] for row in rows(place, "sources_view") if row["refused"]] == ["bad.bin"]


def told(place: str, view: str, *names: str) -> set[tuple[Any, ...]]:
    return {tuple(row[name] for name in names) for row in rows(place, view)}


def test_matches_relations_decisions_and_runs(place: str, store: Store) -> None:
    claims = list(store.all_claims())
    matches = {(c.id, m.left, m.right, m.score) for c in claims for m in c.matches}
    assert told(place, "matches_view", "claim", "mention", "other_mention", "score") == matches
    relations = {(c.id, r.type, r.to, m) for c in claims for r in c.relations for m in r.mentions}
    names = ("claim", "relation", "other_claim", "mention")
    assert told(place, "relations_view", *names) == relations
    decisions = {(one.id, one.word, one.mention.quote) for one in store.decisions()}
    assert told(place, "decisions_view", "decision", "word", "quote") == decisions
    assert told(place, "runs_view", "run") == {(run.id,) for run in store.runs()}


def test_views_disturb_no_audit(place: str, store: Store) -> None:
    for view in views("sqlite"):
        rows(place, view)
    # The amounts are made up, and not read from their quotes.
    assert [one for one in store.audit().findings if "is no figure of" not in one.what] == []


def test_the_example_of_the_documentation(place: str) -> None:
    documentation = (Path(__file__).parents[2] / "docs/schema.md").read_text("utf-8")
    (query,) = re.findall(r"'(SELECT .*)'", documentation)
    with behind_its_back(place) as connection:
        first = connection.execute(text(query)).first()
    assert first is not None
    assert first.currency == "GBP"
