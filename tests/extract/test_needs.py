"""A rule that is skipped for want of its words could not have matched."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.analysis import Analysis
from extract.examples import read_example
from extract.grammar.fold import lower_case
from extract.needs import keys_of, needs
from extract.pipeline import extract
from extract.rulebook import Rule
from extract.rulefiles import RULE_FILES, RuleSet, kept_needs, needs_id, rulebook

RULES = [rule for name in RULE_FILES for rule in rulebook().rules(name).rules]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r" (?:add|adds|added) to", {"add", "adds", "adde"}),
        (r" add(?:s|ed)?\b", {"add", "adds", "adde"}),
        (r" of the (?:[\w-]+ )?costs?\b", {"cost"}),
        (r"\bwhile\b|\bwhereas\b", {"whil", "wher"}),
        (r"(?:[a-z]+ ){0,3}", None),
        (r" (?:a|per) [a-z]+", {"a", "per"}),
        (r"wide", None),
        (r"(?<=x) to(?=wards)", None),
        (r" (?:one|)two ", {"onet", "two"}),
        (r"[a-z ]{2,40}: ?", {":"}),
        (r"[a-z]+(?:'s|s') ", {"'"}),
        (r" ?[-:(] ?", {"-", ":", "("}),
        (r" ?[- ] ?", None),
        (r"[^:]: as", {":"}),
        (r", of the road", {"road"}),
    ],
)
def test_needs(pattern: str, expected: set[str] | None) -> None:
    assert needs(pattern, at_word_start=False) == (expected and frozenset(expected))


def test_rules_are_kept_in_order() -> None:
    rules = [Rule(f"x.{i}", "", "", "", (), needs=need) for i, need in enumerate(NEEDS)]
    found = RuleSet.of(rules).among(frozenset({"cost", "of"}))
    assert [rule.id for rule in found] == ["x.0", "x.1", "x.3"]


NEEDS = (None, frozenset({"cost"}), frozenset({"roof"}), frozenset({"of", "roof"}))
EXAMPLES = [read_example(text).text for rule in RULES for text in rule.examples]
WORDS = sorted({word for text in EXAMPLES for word in re.findall(r"[\w'-]+|[^\w\s]", text)})


def held(text: str) -> None:
    """Every rule that matches anywhere in the text is among those that its words call for."""
    lower = lower_case(text)
    keys = keys_of(lower)
    for rule in RULES:
        if rule.needs is not None and not rule.needs & keys:
            assert not rule.pattern.search(text), rule.id


@pytest.mark.parametrize("text", sorted(set(EXAMPLES)))
def test_no_example_is_skipped(text: str) -> None:
    held(f" {Analysis.of(text, None, 'GB').masked} ")


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=30).map(" ".join))
def test_no_rule_that_matches_is_skipped(text: str) -> None:
    held(text)


@settings(max_examples=40)
@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=30).map(" ".join))
def test_lower_case_text_matches_where_the_text_does(text: str) -> None:
    lower = lower_case(text)
    for rule in RULES:
        if not rule.cased:
            cased, low = rule.pattern.search(text), rule.lowered.search(lower)
            assert (cased and cased.span()) == (low and low.span()), rule.id


def test_what_is_kept_of_our_patterns_is_what_they_need() -> None:
    """`scripts/make_needs.py` writes it anew."""
    extract("They get £5m for roads by 2030, up from £3m a year.")
    kept = kept_needs()
    stale = []
    for rule, at_word_start in rulebook().loaded():
        name = needs_id(rule.regex, at_word_start=at_word_start)
        keys = needs(rule.regex, at_word_start=at_word_start)
        if name not in kept or kept[name] != (None if keys is None else sorted(keys)):
            stale.append(rule.id)
    assert stale == []
