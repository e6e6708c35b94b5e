"""Why two sums are one or two, and where the fields of one come from, story by story."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from earmark.reader import ReadWith
from earmark.tracing import trace_of
from extract.confidence import confidence
from extract.origins import origins_of
from extract.rulebook import read_data
from extract.rulefiles import rulebook
from records.errors import ClaimNotFoundError, SettingsError
from records.why import FieldTrace, Judgement, Trace
from store.store import Store
from tests.earmark.inprocess import fill

CASES = tomllib.loads(Path(__file__).with_name("cases").joinpath("why.toml").read_text("utf-8"))[
    "case"
]
STORY = """Wexley will get nearly £5m a year from the county for flood walls. It is paid until \
2030, said Ann Lee.

A further £2m, part of the £5m, goes to schools."""


def compare(place: Path, case: dict[str, Any]) -> Judgement:
    with Store.open(str(place)) as store:
        fill(store, case["documents"])
        return store.compare(*case["of"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_two_sums_are_judged_with_reasons(case: dict[str, Any], empty_store: Path) -> None:
    found = compare(empty_store, case)
    assert found.same == case["same"]
    assert re.search(case["because"], found.because)
    reasons = {reason.text for pair in found.pairs for reason in pair.reasons}
    assert all(any(text in said for said in reasons) for text in case["reasons"]), reasons
    assert set(case["changes"]) <= set(found.changes)
    for pair in found.pairs:
        assert pair.score == sum(reason.weight for reason in pair.reasons)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_the_other_way_round_says_the_same(case: dict[str, Any], empty_store: Path) -> None:
    turned = {**case, "of": case["of"][::-1]}
    found = compare(empty_store, turned)
    assert found.same == case["same"]
    scores = {frozenset((pair.left, pair.right)): pair.score for pair in found.pairs}
    with Store.open(str(empty_store)) as store:
        again = store.compare(*case["of"])
    assert {frozenset((pair.left, pair.right)): pair.score for pair in again.pairs} == scores


def test_mentions_that_are_one_through_others_are_led_to_each_other(read_store: Path) -> None:
    with Store.open(str(read_store), read_only=True) as store:
        claims = [claim for claim in store.all_claims() if len(claim.mentions) > 3]
        found = [
            store.compare(first.id, second.id)
            for claim in claims
            for first, second in combinations(claim.mentions, 2)
        ]
    assert all(judgement.same for judgement in found)
    led = [judgement for judgement in found if judgement.steps]
    assert led
    for judgement in led:
        assert all(pair.score < judgement.threshold for pair in judgement.pairs)
        ends = Counter(end for step in judgement.steps for end in (step.left, step.right))
        assert {end for end, times in ends.items() if times == 1} == {
            judgement.left,
            judgement.right,
        }


@pytest.mark.parametrize(
    ("names", "error", "words"),
    [
        (("c1", "c1"), SettingsError, "c1 was named twice"),
        (("c1", "m99"), ClaimNotFoundError, "no m99 in this store"),
        (("c1", "d1"), ClaimNotFoundError, '"d1" is no id'),
        (("r1", "c1"), ClaimNotFoundError, '"r1" is no id'),
    ],
)
def test_an_id_that_cannot_be_compared_is_said(
    names: tuple[str, str], error: type[Exception], words: str, empty_store: Path
) -> None:
    with Store.open(str(empty_store)) as store:
        fill(store, [{"text": "The county gives £250m for theatres, not £120m for dentists."}])
        with pytest.raises(error, match=words):
            store.compare(*names)


def trace(place: Path, name: str) -> Trace:
    with Store.open(str(place)) as store:
        fill(store, [{"text": STORY, "published": "2026-01-20"}])
        return trace_of(store.claim(name), name, ReadWith())


def test_every_field_of_a_mention_names_its_rules_and_words(empty_store: Path) -> None:
    found = trace(empty_store, "m1")
    (stored,) = found.mentions
    assert {field.field for field in found.fields} == set(stored.mention.rules)
    spans = dict(stored.mention.spans())
    for field in found.fields:
        assert field.span == spans.get(field.field) or field.field in {"approximate", "per"}
        assert "+".join(rule.id for rule in field.rules) == stored.mention.rules[field.field]
        assert all(rule.source for rule in field.rules)
    told = {field.field: field for field in found.fields}
    assert told["amount"].value == "GBP 5000000"
    assert told["per"].value == "year"
    beside = {name: told[name].span for name in ("approximate", "per")}
    assert {name: span and span.text for name, span in beside.items()} == {
        "approximate": "nearly",
        "per": "a year",
    }
    for span in beside.values():
        assert span is not None
        span.check(STORY)
    assert told["kind"].value == "funding"
    assert told["purpose"].confidence == confidence("purpose", stored.mention.rules["purpose"])


def test_a_field_of_a_claim_names_the_mention_that_gives_it(empty_store: Path) -> None:
    found = trace(empty_store, "c1")
    claim = found.claim
    said: dict[str, FieldTrace] = {field.field: field for field in found.fields}
    assert said["purpose"].span is not None
    assert said["purpose"].span.text == claim.purpose
    assert {field.mention for field in found.fields} == {one.id for one in found.mentions}
    assert "attribution" not in said


def test_every_rule_that_was_ever_counted_has_a_source() -> None:
    counted = {key.split()[1] for key in read_data("confidence.toml")["rules"]}
    origins = [one for rule in sorted(counted) for one in origins_of(rule, rulebook())]
    assert [one.rule for one in origins if not one.source] == []


def test_a_rule_of_others_has_none() -> None:
    assert origins_of("kind.jackpot+lead", rulebook())[0].source is None
