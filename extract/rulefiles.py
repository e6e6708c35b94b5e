"""Rule files, checked on load, and which of their rules a sentence needs to try.

A `Rulebook` holds Earmark's own rules, with those of a user's folder added or put in their place.
The user's files are named as Earmark's own (`purpose.toml`); a rule with the id of one of ours
takes its place, any other is tried before ours.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from extract.needs import Keys, needs
from extract.rulebook import Rule, expand, read_data
from records.errors import RuleFileError

# Raise with every change of code that can change a mention; rule data count by their hash.
CODE_VERSION = "5"
# What the rules of each file may hold besides the common keys.
RULE_FILES: Mapping[str, frozenset[str]] = {
    "bounds.toml": frozenset({"side", "bound", "approximate", "unless", "bar"}),
    "per.toml": frozenset({"side", "unit"}),
    "timeframe.toml": frozenset({"value", "heads"}),
    "kind.toml": frozenset({"kind", "side", "rated", "role", "lead"}),
    "purpose.toml": frozenset({"side", "lead", "subject", "head", "kinds", "shape"}),
    "parties.toml": frozenset({"side", "subject", "passive", "object", "kinds", "who"}),
    "relation.toml": frozenset({"type", "where", "at", "to", "differ", "lead", "share"}),
    "newness.toml": frozenset({"status", "side"}),
    "table.toml": frozenset({"reading", "positive", "negative"}),
}
_COMMON_KEYS = frozenset({"id", "pattern", "source", "examples", "not_examples"})
_NEEDED_KEYS = frozenset({"id", "pattern", "source", "examples"})
_ID = re.compile(r"[a-z]+(?:[.-][a-z0-9]+)*")
# Where a match of the rule begins right behind an amount, so never inside a word.
_BEHIND = frozenset({"after", "between"})
# What a pattern may begin with, and the files in which it may: see `extract.tail`.
_TAIL = "{tail}"
_TAILED = frozenset({"kind.toml", "newness.toml", "parties.toml", "purpose.toml", "relation.toml"})


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one file in their order, and where to look each up by the words it needs."""

    rules: tuple[Rule, ...]
    always: int
    by_key: Mapping[str, int]

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> RuleSet:
        """Index rules by the keys that they need."""
        every = tuple(rules)
        always, by_key = 0, dict[str, int]()
        for place, rule in enumerate(every):
            if rule.needs is None:
                always |= 1 << place
            for key in rule.needs or ():
                by_key[key] = by_key.get(key, 0) | 1 << place
        return cls(every, always, by_key)

    def among(self, keys: Keys) -> list[Rule]:
        """Return the rules that a text with these words can match, in order."""
        wanted = self.always
        for key in self.by_key.keys() & keys:
            wanted |= self.by_key[key]
        rules, found = self.rules, []
        while wanted:
            lowest = wanted & -wanted
            found.append(rules[lowest.bit_length() - 1])
            wanted ^= lowest
        return found


class Rulebook:
    """The rules of all files."""

    def __init__(self, folder: str | Path | None = None) -> None:
        """Load and check every rule.

        Args:
            folder: A folder of the user's rule files; None for Earmark's own rules alone.

        Raises:
            RuleFileError: The folder, a file, a key, an id or a pattern cannot be used.
        """
        added = _user_entries(Path(folder)) if folder is not None else {}
        self._user = added
        self._entries = {
            name: _merged(_own_entries(name), added.get(name, ())) for name in RULE_FILES
        }
        self._anchored: dict[tuple[str, str], RuleSet] = {}
        ids = [entry["id"] for entries in self._entries.values() for entry in entries]
        twice = sorted({identifier for identifier in ids if ids.count(identifier) > 1})
        if twice:
            raise RuleFileError(f"{folder}: the ids {twice} stand in two files; rename one")

    def rules(self, name: str, anchor: str = "{}") -> RuleSet:
        """Return the rules of a file.

        Args:
            name: One of `RULE_FILES`.
            anchor: What is put around every pattern, `{}` being the pattern.
        """
        key = (name, anchor)
        if key not in self._anchored:
            self._anchored[key] = RuleSet.of(
                _rule(name, entry, anchor) for entry in self._entries[name]
            )
        return self._anchored[key]

    def loaded(self) -> Iterator[tuple[Rule, bool]]:
        """Yield every rule loaded so far, by every anchor, and whether it begins at a word."""
        for name in RULE_FILES:
            self.rules(name)
        for rules in self._anchored.values():
            for rule in rules.rules:
                yield rule, _begins_word(rule.values, behind_tail=rule.behind_tail)

    def whose(self, name: str, identifier: str) -> str:
        """Say whose a rule of a file is: `ours`, `yours`, or `yours, in place of ours`."""
        if all(entry["id"] != identifier for entry in self._user.get(name, ())):
            return "ours"
        replaced = any(entry["id"] == identifier for entry in _own_entries(name))
        return "yours, in place of ours" if replaced else "yours"

    def source_of(self, identifier: str) -> str | None:
        """Say where the rule of this id comes from; None when there is none."""
        found = (entry for entries in self._entries.values() for entry in entries)
        return next((entry["source"] for entry in found if entry["id"] == identifier), None)

    def version(self) -> str:
        """Return the version of code and rules: mentions derive again only under the same one."""
        own = _own_version()
        if not self._user:
            return own
        return f"{own}+{hashlib.sha256(repr(self._user).encode()).hexdigest()[:12]}"


@cache
def rulebook(folder: str | None = None) -> Rulebook:
    """Return the rulebook of a folder of user rules, loaded once; None for Earmark's own."""
    return Rulebook(folder)


@cache
def _own_version() -> str:
    digest = hashlib.sha256()
    folder = resources.files("extract.rules")
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if file.name.endswith(".toml"):
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return f"{CODE_VERSION}-{digest.hexdigest()[:12]}"


@cache
def _own_entries(name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = read_data(name).get("rule", [])
    _check(name, name, entries)
    return entries


def _user_entries(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Read the rule files of a user's folder, each by the name of one of ours."""
    if not folder.is_dir():
        raise RuleFileError(f"{folder} is no folder; name the folder that holds your rule files")
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise RuleFileError(f"{folder} holds no rule file; name one as ours: purpose.toml")
    entries: dict[str, list[dict[str, Any]]] = {}
    for file in files:
        if file.name not in RULE_FILES:
            known = ", ".join(RULE_FILES)
            raise RuleFileError(f"{file}: no rule file has this name; the names are {known}")
        try:
            data = tomllib.loads(file.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise RuleFileError(f"{file} cannot be read: {error}; mend the file") from error
        if unknown := set(data) - {"rule"}:
            raise RuleFileError(f"{file}: unknown tables {sorted(unknown)}; write [[rule]]")
        entries[file.name] = data.get("rule", [])
        _check(str(file), file.name, entries[file.name])
        for entry in entries[file.name]:
            _rule(str(file), entry, "{}", keys=RULE_FILES[file.name])
    return entries


def _merged(own: list[dict[str, Any]], added: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put rules with an id of ours in its place, and the others before all of ours."""
    by_id = {entry["id"]: entry for entry in added}
    ours = {entry["id"] for entry in own}
    first = [entry for entry in by_id.values() if entry["id"] not in ours]
    return first + [by_id.get(entry["id"], entry) for entry in own]


def _check(place: str, name: str, entries: object) -> None:
    """Refuse entries whose keys or ids are not those of the file."""
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise RuleFileError(f"{place}: `rule` is no list of tables; write [[rule]]")
    seen: set[str] = set()
    for entry in entries:
        identifier = entry.get("id", "?")
        unknown = set(entry) - _COMMON_KEYS - RULE_FILES[name]
        missing = _NEEDED_KEYS - set(entry)
        wrong = ""
        if unknown:
            wrong = f"unknown keys {sorted(unknown)}"
        elif missing:
            wrong = f"missing keys {sorted(missing)}"
        elif not isinstance(identifier, str) or not _ID.fullmatch(identifier):
            wrong = "an id that is not written as `purpose.my-rule`"
        elif identifier in seen:
            wrong = "an id that is used twice"
        if wrong:
            raise RuleFileError(f"{place}, rule {identifier}: {wrong}; see docs/rules.md")
        seen.add(identifier)


def needs_id(regex: str, *, at_word_start: bool) -> str:
    """Return the name under which `rules/needs.json` keeps what a pattern needs."""
    return hashlib.sha256(f"{at_word_start} {regex}".encode()).hexdigest()[:16]


@cache
def kept_needs() -> Mapping[str, list[str] | None]:
    """Return what `scripts/make_needs.py` read off our patterns, by `needs_id`."""
    text = resources.files("extract.rules").joinpath("needs.json").read_text("utf-8")
    kept: dict[str, list[str] | None] = json.loads(text)
    return kept


def _needs(regex: str, *, at_word_start: bool) -> Keys | None:
    """Return what a pattern needs: kept for ours, since reading it off takes a second in all."""
    name = needs_id(regex, at_word_start=at_word_start)
    if name not in kept_needs():
        return needs(regex, at_word_start=at_word_start)
    keys = kept_needs()[name]
    return None if keys is None else frozenset(keys)


def _begins_word(values: Mapping[str, Any], *, behind_tail: bool) -> bool:
    """Tell whether matches of a rule never begin inside a word."""
    return not behind_tail and (values.get("side") or values.get("where")) in _BEHIND


def _without_tail(place: str, entry: Mapping[str, Any]) -> tuple[str, bool]:
    """Return a rule's pattern without the tail at its head, and whether it had one.

    Raises:
        RuleFileError: The tail stands where it is not walked.
    """
    written = str(entry["pattern"])
    walked = Path(place).name in _TAILED and "after" in (entry.get("side"), entry.get("where"))
    rest = written.removeprefix(_TAIL) if walked else written
    if _TAIL in rest:
        raise RuleFileError(
            f"{place}, rule {entry['id']}, key pattern: {_TAIL} can only begin a pattern that is"
            f" read behind an amount, in {', '.join(sorted(_TAILED))}; see docs/rules.md"
        )
    return rest, rest != written


def _rule(
    place: str, entry: Mapping[str, Any], anchor: str, *, keys: frozenset[str] | None = None
) -> Rule:
    """Make one rule of its table; `place` names its file in errors."""
    values = {key: entry[key] for key in keys or RULE_FILES[place] if key in entry}
    written, behind_tail = _without_tail(place, entry)
    try:
        regex = expand(anchor.replace("{}", f"(?:{written})"))
        needed = _needs(regex, at_word_start=_begins_word(values, behind_tail=behind_tail))
    except re.error as error:
        raise RuleFileError(f"{place}, rule {entry['id']}, key pattern: {error}") from error
    return Rule(
        entry["id"],
        entry["pattern"],
        regex,
        entry["source"],
        tuple(entry["examples"]),
        tuple(entry.get("not_examples", ())),
        values,
        needed,
        behind_tail,
    )
