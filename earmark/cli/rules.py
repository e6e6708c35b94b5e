"""`earmark rules`: the rules that extraction reads by, Earmark's and yours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from earmark.cli import status
from earmark.cli.options import JsonOption, RulesOption, session_of
from earmark.cli.screen import Screen
from earmark.words.wording import count
from records.errors import SettingsError

if TYPE_CHECKING:
    from extract.rulebook import Rule
    from extract.rulefiles import Rulebook

EXAMPLES = """\b
Examples:
  earmark rules list
  earmark rules list --rules my-rules/
  earmark rules test --rules my-rules/
  earmark rules explain purpose.for

\b
Exit status: 0 done, 1 an example is not read as it is marked.
"""


class Action(StrEnum):
    """What to do with the rules."""

    LIST = "list"
    TEST = "test"
    EXPLAIN = "explain"


class _Listed(NamedTuple):
    """A rule with its file and whose it is."""

    file: str
    rule: Rule
    whose: str


def command(
    context: typer.Context,
    action: Annotated[Action, typer.Argument(help="What to do.")],
    rule: Annotated[str | None, typer.Argument(metavar="[ID]", help="A rule's id.")] = None,
    *,
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the rules, test them by their own examples, or explain one.

    A rule is a pattern with an id, a source and examples, in a TOML file. Every field of a mention
    names the rule that made it.
    """
    screen = session_of(context).screen()
    book = import_module("extract.rulefiles").Rulebook(rules)
    listed = list(_listed(book))
    if rule is not None:
        listed = [one for one in listed if one.rule.id == rule]
        if not listed:
            raise SettingsError(f"there is no rule {rule!r}; earmark rules list names them all")
    elif action is Action.EXPLAIN:
        raise SettingsError("name the rule to explain: earmark rules explain purpose.for")
    if action is Action.TEST:
        _test(screen, book, listed, as_json=as_json)
    elif as_json:
        screen.json([_data(one) for one in listed])
    elif action is Action.LIST:
        for one in listed:
            screen.fields([one.rule.id, one.file, one.whose, one.rule.source])
    else:
        _explain(screen, listed[0])


def _listed(book: Rulebook) -> Iterator[_Listed]:
    for file in import_module("extract.rulefiles").RULE_FILES:
        for rule in book.rules(file).rules:
            yield _Listed(file, rule, book.whose(file, rule.id))


def _explain(screen: Screen, one: _Listed) -> None:
    rule = one.rule
    screen.heading("rule", rule.id, f"{one.file}, {one.whose}")
    screen.labelled("source", rule.source)
    for key, value in rule.values.items():
        screen.labelled(key, str(value))
    screen.labelled("pattern", rule.written)
    needed = ", ".join(sorted(rule.needs)) if rule.needs else "nothing for sure"
    screen.labelled("needs", f"a word that begins with one of: {needed}")
    for text in rule.examples:
        screen.labelled("example", text)
    for text in rule.not_examples:
        screen.labelled("not", text)


def _data(one: _Listed) -> dict[str, object]:
    rule = one.rule
    return {
        "id": rule.id,
        "file": one.file,
        "whose": one.whose,
        "source": rule.source,
        "pattern": rule.written,
        "values": dict(rule.values),
        "examples": list(rule.examples),
        "not_examples": list(rule.not_examples),
    }


def _test(screen: Screen, book: Rulebook, listed: list[_Listed], *, as_json: bool) -> None:
    """Read every example and say which is not read as it is marked."""
    checks = import_module("extract.examples")
    faults: list[dict[str, str]] = []
    examples = 0
    for one in listed:
        pairs: tuple[tuple[tuple[str, ...], Callable[[Rule, str, Rulebook], str | None]], ...] = (
            (one.rule.examples, checks.fault),
            (one.rule.not_examples, checks.counter_fault),
        )
        for texts, check in pairs:
            for text in texts:
                examples += 1
                if wrong := check(one.rule, text, book):
                    faults.append({"rule": one.rule.id, "example": text, "fault": wrong})
    with status.ending_with(status.FAILED if faults else status.DONE):
        if as_json:
            screen.json(faults, rules=len(listed), examples=examples)
        for fault in () if as_json else faults:
            screen.fields([fault["rule"], fault["example"], fault["fault"]])
        held = f"{examples - len(faults)} of {count(examples, 'example')}"
        screen.note(f"{held} of {count(len(listed), 'rule')} read as marked")
