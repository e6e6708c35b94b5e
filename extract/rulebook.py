"""Rule files and lexicons: loaded once, checked on load, patterns compiled.

A rule file is TOML with `[[rule]]` tables. Every rule has an `id`, a `pattern`, a `source` and
`examples`; a file may allow further keys. In a pattern `{name}` stands for the lexicon list of
that name, `{A}` for a masked amount and `{T}` for a masked timeframe (see `extract.analysis`).
Patterns read folded text and ignore case.

An example is a sentence with the amount in question in `[…]` and, where the rule captures words,
the words in `{field:…}`; behind ` => ` stands the value that the rule gives. Examples run as tests.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from records.errors import RuleFileError

# Raise with every change of code that can change a mention; rule data count by their hash.
CODE_VERSION = "1"
AMOUNT_MASK = "\ue000"
TIMEFRAME_MASK = "\ue001"
MASKS = (AMOUNT_MASK, TIMEFRAME_MASK)
_BUILT_IN = {"A": f"{AMOUNT_MASK}+", "T": f"{TIMEFRAME_MASK}+"}
_BASE_KEYS = {"id", "pattern", "source", "examples", "not_examples"}
_SLOT = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_PLAIN = re.compile(r"[\w' -]+")
_ID = re.compile(r"[a-z]+(?:[.-][a-z0-9]+)*")


@dataclass(frozen=True)
class Rule:
    """One rule of a file.

    Attributes:
        id: Stable name, as `purpose.spent-on`; every field a rule makes names it.
        pattern: Compiled, lexicon names expanded.
        source: Where the rule comes from (a ruling, a grammar, a construction seen).
        examples: Sentences that it must read as marked.
        not_examples: Sentences in which it must not fire on the marked amount.
        values: The file's further keys.
    """

    id: str
    pattern: re.Pattern[str]
    source: str
    examples: tuple[str, ...]
    not_examples: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


def read_data(name: str) -> dict[str, Any]:
    """Return the content of one file of `extract/rules`."""
    try:
        return tomllib.loads(resources.files("extract.rules").joinpath(name).read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RuleFileError(f"{name} is not valid TOML: {error}; mend the file") from error


@cache
def lexicon() -> Mapping[str, tuple[str, ...]]:
    """Return every word list of `lexicon.toml` by name."""
    return {name: tuple(words) for name, words in read_data("lexicon.toml").items()}


@cache
def expand(pattern: str) -> str:
    """Replace `{name}` by an alternation of the list's words; a list may name other lists.

    Plain words are tried longest first; a list that holds patterns keeps its own order.

    Raises:
        RuleFileError: No list of that name.
    """

    def words(match: re.Match[str]) -> str:
        name = match[1]
        if name in _BUILT_IN:
            return _BUILT_IN[name]
        if name not in lexicon():
            raise RuleFileError(
                f"pattern {pattern!r} names the list {name!r}, which lexicon.toml lacks"
            )
        listed = lexicon()[name]
        if all(_PLAIN.fullmatch(word) for word in listed):
            listed = tuple(sorted(listed, key=len, reverse=True))
        return "(?:" + "|".join(expand(word) for word in listed) + ")"

    return _SLOT.sub(words, pattern)


@cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Expand and compile a pattern, case ignored."""
    return re.compile(expand(pattern), re.IGNORECASE)


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return a named pattern of `patterns.toml`, compiled.

    Args:
        name: Table and key, as `phrase.stop`.

    Raises:
        RuleFileError: No pattern of that name.
    """
    table, _, key = name.partition(".")
    try:
        pieces = read_data("patterns.toml")[table][key]
    except KeyError as error:
        raise RuleFileError(f"patterns.toml has no {name!r}") from error
    return compile_pattern("".join(pieces))


@cache
def load_rules(name: str, *extra_keys: str, anchor: str = "{}") -> tuple[Rule, ...]:
    """Load one rule file in the order of its rules.

    Args:
        name: File name in `extract/rules`.
        extra_keys: What its rules may hold besides the common keys.
        anchor: What is put around every pattern, `{}` being the pattern.

    Raises:
        RuleFileError: Unknown or missing key, malformed or repeated id, broken pattern.
    """
    rules: list[Rule] = []
    seen: set[str] = set()
    for entry in read_data(name).get("rule", []):
        identifier = entry.get("id", "?")
        unknown = set(entry) - _BASE_KEYS - set(extra_keys)
        missing = {"id", "pattern", "source", "examples"} - set(entry)
        if unknown or missing or not _ID.fullmatch(identifier) or identifier in seen:
            what = (
                f"unknown keys {sorted(unknown)}" if unknown else f"missing keys {sorted(missing)}"
            )
            if not unknown and not missing:
                what = "an id that is malformed or used twice"
            raise RuleFileError(f"{name}, rule {identifier}: {what}; see docs/rules.md")
        seen.add(identifier)
        try:
            pattern = compile_pattern(anchor.replace("{}", f"(?:{entry['pattern']})"))
        except re.error as error:
            raise RuleFileError(f"{name}, rule {identifier}: pattern: {error}") from error
        rules.append(
            Rule(
                identifier,
                pattern,
                entry["source"],
                tuple(entry["examples"]),
                tuple(entry.get("not_examples", ())),
                {key: entry[key] for key in extra_keys if key in entry},
            )
        )
    return tuple(rules)


@cache
def rules_version() -> str:
    """Return the version of code and rule data: mentions derive again only under the same one."""
    digest = hashlib.sha256()
    folder = resources.files("extract.rules")
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if file.name.endswith(".toml"):
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return f"{CODE_VERSION}-{digest.hexdigest()[:12]}"
