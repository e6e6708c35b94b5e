"""Every rule's own examples hold, and its counter-examples do not fire."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import extract.rulebook
from extract.examples import counter_fault, fault
from extract.rulebook import Rule, lexicon, pattern, read_data
from extract.rulefiles import RULE_FILES, rulebook


def rules() -> Iterator[Rule]:
    for name in RULE_FILES:
        yield from rulebook().rules(name).rules


def cases(attribute: str) -> list[object]:
    return [
        pytest.param(rule, text, id=f"{rule.id}-{number}")
        for rule in rules()
        for number, text in enumerate(getattr(rule, attribute))
    ]


@pytest.mark.parametrize(("rule", "marked"), cases("examples"))
def test_example(rule: Rule, marked: str) -> None:
    assert fault(rule, marked, rulebook()) is None


@pytest.mark.parametrize(("rule", "marked"), cases("not_examples"))
def test_counter_example(rule: Rule, marked: str) -> None:
    assert counter_fault(rule, marked, rulebook()) is None


def test_every_rule_has_an_example_and_a_source() -> None:
    bare = [rule.id for rule in rules() if not rule.examples or not rule.source.strip()]
    assert bare == []


def test_ids_are_unique_over_all_files() -> None:
    ids = [rule.id for rule in rules()]
    assert len(ids) == len(set(ids))


def test_patterns_hold_no_nested_open_quantifier() -> None:
    """`(…+)+` and the like take exponential time on hostile text."""
    nested = re.compile(r"\([^()]*[^\\][+*][^()]*\)[+*]")
    entries = [word for words in lexicon().values() for word in words]
    sources = [rule.regex for rule in rules()] + entries
    assert [text for text in sources if nested.search(re.sub(r"\[[^\]]*\]", "x", text))] == []


NAMED = [f"{table}.{key}" for table, keys in read_data("patterns.toml").items() for key in keys]


@pytest.mark.parametrize("name", NAMED)
def test_named_pattern_compiles(name: str) -> None:
    """It is compiled when it is first used: a slip in it would show late."""
    assert pattern(name).fullmatch("\0") is None


def test_every_list_and_pattern_has_a_reader() -> None:
    folder = Path(extract.rulebook.__file__).parent
    code = "".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    data = {path.name: path.read_text("utf-8") for path in (folder / "rules").glob("*.toml")}
    rules_text = "".join(data.values())
    unread = [
        name
        for name in lexicon()
        if f"{{{name}}}" not in rules_text + code and f'["{name}"]' not in code
    ]
    assert unread + [name for name in NAMED if f'pattern("{name}")' not in code] == []
