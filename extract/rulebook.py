"""What a rule is, the word lists that patterns name, and the named patterns that code reads.

A rule file is TOML with `[[rule]]` tables. Every rule has an `id`, a `pattern`, a `source` and
`examples`; a file may allow further keys. In a pattern `{name}` stands for the lexicon list of
that name, `{A}` for a masked amount and `{T}` for a masked timeframe (see `extract.analysis`).
Patterns read folded text and ignore case.

An example is a sentence with the amount in question in `[…]` and, where the rule captures words,
the words in `{field:…}`; behind ` => ` stands the value that the rule gives. Examples run as tests.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from typing import Any

from extract.grammar.trie import trie_pattern
from extract.needs import Keys
from records.errors import RuleFileError

AMOUNT_MASK = "\ue000"
TIMEFRAME_MASK = "\ue001"
MASKS = (AMOUNT_MASK, TIMEFRAME_MASK)
_BUILT_IN = {"A": f"{AMOUNT_MASK}+", "T": f"{TIMEFRAME_MASK}+"}
_SLOT = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_CASED = "(?-i:"
# A capital of a pattern that stands for itself: not `\\S`, not the name of a group.
_CAPITAL = re.compile(r"(?<!\\)(?<!\(\?)[A-Z]")
_PLAIN = re.compile(r"[\w' -]+")
# A list of plain words longer than this becomes a pattern with one branch for each letter.
_LONG = 150


@dataclass(frozen=True)
class Rule:
    """One rule of a file.

    Attributes:
        id: Stable name, as `purpose.spent-on`; every field a rule makes names it.
        written: Its pattern as the file has it.
        regex: The pattern with lexicon names expanded, ignoring case.
        source: Where the rule comes from (a ruling, a grammar, a construction seen).
        examples: Sentences that it must read as marked.
        not_examples: Sentences in which it must not fire on the marked amount.
        values: The file's further keys.
        needs: Keys of words of which every match holds one; None when none is sure.
        behind_tail: Whether it begins where the tail of an amount ends (`extract.tail`), not where
            the amount does.
    """

    id: str
    written: str
    regex: str
    source: str
    examples: tuple[str, ...]
    not_examples: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    needs: Keys | None = None
    behind_tail: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern, for text in any case."""
        return re.compile(self.regex, re.IGNORECASE)

    @cached_property
    def cased(self) -> bool:
        """Whether the pattern asks for a capital, so that it cannot read lower-case text."""
        return _CASED in self.regex

    @cached_property
    def lowered(self) -> re.Pattern[str]:
        """The pattern for lower-case text, several times as fast; only where it is not `cased`."""
        return re.compile(_lowered(self.regex))


def _lowered(regex: str) -> str:
    return _CAPITAL.sub(lambda match: match[0].lower(), regex)


@cache
def read_data(name: str) -> Mapping[str, Any]:
    """Return the content of one file of `extract/rules`, read once."""
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

    Plain words are tried longest first, a long list of them letter by letter; a list that holds
    patterns keeps its own order.

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
        return _alternation(name)

    return _SLOT.sub(words, pattern)


@cache
def _alternation(name: str) -> str:
    """Return the pattern of a word list."""
    listed = lexicon()[name]
    if all(_PLAIN.fullmatch(word) for word in listed):
        if len(listed) > _LONG:
            return trie_pattern(listed)
        listed = tuple(sorted(listed, key=len, reverse=True))
    return "(?:" + "|".join(expand(word) for word in listed) + ")"


class Pattern:
    """A pattern with word lists, case ignored, that is compiled when it is first used.

    Code names some hundred patterns and most texts need few of them. What it does is what
    `re.Pattern` does under the same name.
    """

    def __init__(self, written: str, *, lower: bool = False) -> None:
        """Keep a pattern as it is written.

        Args:
            written: The pattern; `expand` says what it may name.
            lower: Whether it is for lower-case text alone, which is several times as fast.
        """
        self._written, self._lower = written, lower

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        regex = expand(self._written)
        return re.compile(_lowered(regex)) if self._lower else re.compile(regex, re.IGNORECASE)

    @cached_property
    def lowered(self) -> Pattern:
        """The same pattern for lower-case text."""
        return Pattern(self._written, lower=True)

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """As `re.Pattern.match`."""
        return self._compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        """As `re.Pattern.fullmatch`."""
        return self._compiled.fullmatch

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """As `re.Pattern.search`."""
        return self._compiled.search

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """As `re.Pattern.finditer`."""
        return self._compiled.finditer

    @cached_property
    def sub(self) -> Callable[..., str]:
        """As `re.Pattern.sub`."""
        return self._compiled.sub


@cache
def compile_pattern(written: str) -> Pattern:
    """Return a pattern as it is written, made once."""
    return Pattern(written)


@cache
def pattern(name: str) -> Pattern:
    """Return a named pattern of `patterns.toml`.

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
    return Pattern("".join(pieces))
