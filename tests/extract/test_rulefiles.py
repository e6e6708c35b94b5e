"""A user's rule files: what they add and override, and how a mistake in one is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from extract.pipeline import extract
from extract.rulefiles import Rulebook, rulebook
from records.errors import RuleFileError

RULE = """
[[rule]]
id = "{id}"
pattern = "{pattern}"
source = "a house style"
examples = ["An [£5m] jackpot => {kind}"]
side = "after"
kind = "{kind}"
"""

PER = """
[[rule]]
id = "per.x"
pattern = "{pattern}"
source = "a house style"
examples = []
side = "after"
unit = "go"
"""


def folder_of(place: Path, name: str = "kind.toml", content: str | None = None) -> Path:
    given = RULE.format(id="kind.jackpot", pattern=" jackpot", kind="income")
    (place / name).write_text(given if content is None else content, "utf-8")
    return place


def test_a_new_rule_is_tried_before_ours(tmp_path: Path) -> None:
    text = "It was a £5m jackpot."
    (plain,) = extract(text)
    (mention,) = extract(text, book=Rulebook(folder_of(tmp_path)))
    assert plain.kind == "funding"
    assert (mention.kind, mention.rules["kind"]) == ("income", "kind.jackpot")


def test_a_rule_that_begins_with_the_tail_is_tried_behind_it(tmp_path: Path) -> None:
    content = RULE.format(id="kind.jackpot", pattern="{tail} jackpot", kind="income")
    book = Rulebook(folder_of(tmp_path, content=content))
    (mention,) = extract("It was a £5m a year jackpot.", book=book)
    assert mention.rules["kind"] == "kind.jackpot"


def test_a_rule_with_an_id_of_ours_takes_its_place(tmp_path: Path) -> None:
    text = "It found £2m in savings."
    assert extract(text)[0].rules["kind"] == "kind.saving-noun"
    content = RULE.format(id="kind.saving-noun", pattern=" in savings", kind="other")
    book = Rulebook(folder_of(tmp_path, content=content))
    assert extract(text, book=book)[0].kind == "other"
    own, merged = Rulebook().rules("kind.toml").rules, book.rules("kind.toml").rules
    assert [rule.id for rule in own] == [rule.id for rule in merged]


def test_the_version_names_the_users_rules(tmp_path: Path) -> None:
    version = Rulebook(folder_of(tmp_path)).version()
    assert version.startswith(f"{rulebook().version()}+")
    assert version == Rulebook(tmp_path).version()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("kind.toml", RULE.replace("side", "sde"), r"kind\.toml, rule .*: unknown keys \['sde'\]"),
        ("kind.toml", "[[rule]]\nid = 'kind.x'", r"kind\.toml, rule kind\.x: missing keys"),
        ("kind.toml", RULE.format(id="Kind X", pattern="x", kind="cost"), "Kind X: an id that"),
        ("kind.toml", RULE.format(id="kind.x", pattern="(", kind="cost"), "kind.x, key pattern"),
        ("kind.toml", RULE.format(id="kind.x", pattern="{nil}", kind="cost"), "list 'nil'"),
        ("kind.toml", RULE.format(id="kind.x", pattern="a{tail}", kind="cost"), "can only begin"),
        ("per.toml", PER.format(pattern="{tail} a go"), r"per\.toml, rule per\.x, key pattern"),
        ("kind.toml", "[[rule", r"kind\.toml cannot be read"),
        ("kind.toml", "rule = 3", "`rule` is no list of tables"),
        ("kind.toml", "[rules]\nx = 1", r"unknown tables \['rules'\]"),
        ("sort.toml", "", r"sort\.toml: no rule file has this name"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, name: str, content: str, message: str) -> None:
    with pytest.raises(RuleFileError, match=message):
        Rulebook(folder_of(tmp_path, name, content))


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match="is no folder"):
        Rulebook(tmp_path / "rules")
    with pytest.raises(RuleFileError, match="holds no rule file"):
        Rulebook(tmp_path)


def test_timeframes_and_rates_read_the_users_rules(tmp_path: Path) -> None:
    content = """
[[rule]]
id = "timeframe.fortnight"
pattern = "within the fortnight"
value = "none"
source = "a house style"
examples = ["It gets [£5m] {timeframe:within the fortnight}"]
"""
    book = Rulebook(folder_of(tmp_path, "timeframe.toml", content))
    (mention,) = extract("It gets £5m within the fortnight.", published=date(2025, 1, 1), book=book)
    assert mention.rules["timeframe"] == "timeframe.fortnight"
