"""The words of `kind.toml` that decide a kind, by their role, and its lists of small words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from extract.rulebook import Rule, read_data
from extract.rulefiles import Rulebook, RuleSet
from records.errors import RuleFileError

_PLAIN = re.compile(r"[a-z' -]+")
_PLURALS = {"noun", "modified"}
_HISSING = ("s", "x", "ch", "sh")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that decides a kind, and the rule whose list holds it."""

    kind: str
    rule: str


Words = Mapping[str, Cue]


@dataclass(slots=True)
class Vocabulary:
    """Every cue by its role (see docs/rules.md), and the small words between them."""

    verb: Words = field(default_factory=dict)
    giving: Words = field(default_factory=dict)
    weak: Words = field(default_factory=dict)
    before_at: Words = field(default_factory=dict)
    put: Words = field(default_factory=dict)
    before_for: Words = field(default_factory=dict)
    before_by: Words = field(default_factory=dict)
    noun: Words = field(default_factory=dict)
    modified: Words = field(default_factory=dict)
    behind: Words = field(default_factory=dict)
    object: Words = field(default_factory=dict)
    decrease: Words = field(default_factory=dict)
    patterns: RuleSet = field(default_factory=lambda: RuleSet.of(()))


@dataclass(frozen=True, slots=True)
class SmallWords:
    """The lists of `[words]` in `kind.toml`; `content_free` holds what makes no noun phrase."""

    preposition: frozenset[str]
    copula: frozenset[str]
    skip: frozenset[str]
    apposed: frozenset[str]
    link: frozenset[str]
    puts: frozenset[str]
    clause: frozenset[str]
    opens: frozenset[str]
    figure: frozenset[str]
    compared: frozenset[str]
    goes_on: frozenset[str]
    rest: frozenset[str]
    in_names: frozenset[str]
    aside: frozenset[str]
    after_skip: frozenset[str]
    verb_too: frozenset[str]
    container: frozenset[str]
    stop: frozenset[str]
    content_free: frozenset[str]


@cache
def small_words() -> SmallWords:
    """Return the small words, loaded once."""
    lists = {name: frozenset(words) for name, words in read_data("kind.toml")["words"].items()}
    free = ("preposition", "copula", "skip", "link")
    return SmallWords(**lists, content_free=frozenset().union(*(lists[name] for name in free)))


@cache
def vocabulary(book: Rulebook) -> Vocabulary:
    """Return the cues of a rulebook, made once.

    Raises:
        RuleFileError: A list of words holds something else, or a role is none of ours.
    """
    made = Vocabulary()
    roles: dict[str, dict[str, Cue]] = {}
    patterns = []
    for rule in book.rules("kind.toml").rules:
        role = rule.values.get("role")
        if role is None:
            patterns.append(rule)
            continue
        if role not in Vocabulary.__slots__ or role == "patterns":
            raise RuleFileError(f"kind.toml, rule {rule.id}: no role is called {role!r}")
        words = roles.setdefault(role, {})
        cue = Cue(rule.values["kind"], rule.id)
        for word in _forms(_words(rule), plural=role in _PLURALS):
            words.setdefault(word, cue)
    for role, words in roles.items():
        setattr(made, role, words)
    made.patterns = RuleSet.of(patterns)
    return made


def _words(rule: Rule) -> list[str]:
    words = rule.regex.replace("(?:", "").replace(")", "").split("|")
    for word in words:
        if not _PLAIN.fullmatch(word):
            raise RuleFileError(f"kind.toml, rule {rule.id}: {word!r} is no plain word")
    return words


def _forms(words: Iterable[str], *, plural: bool) -> Iterable[str]:
    for word in words:
        yield word
        if plural and word.endswith("y") and word[-2] not in "aeiou":
            yield word[:-1] + "ies"
        elif plural:
            yield word + ("es" if word.endswith(_HISSING) else "s")
