"""The words and signs that a pattern cannot match without, read off its parse tree.

Rules are many and most sentences hold the words of few. A rule whose words are absent from a
sentence cannot match there and is not tried (the idea of RE2's `FilteredRE2`). A word counts by
its key, its first four letters, so that `(?:add|adds|added)` and `add(?:s|ed)?` need the same keys;
a sign, such as an apostrophe or a colon, is its own key.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import import_module
from typing import Any

# The parse tree has no public door, so no types are known of it.
code: Any = import_module("re._constants")
parser: Any = import_module("re._parser")
_LETTERS = 4
_WORD = re.compile(r"\w+")
# Masked amounts and timeframes aside: wherever a rule is tried there is one.
_SIGN = re.compile(r"[^\w\s\ue000\ue001]")
# Words that most sentences hold: a need for one of them spares nothing.
_COMMON = frozenset([
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "has", "have", "in",
    "is", "it", "its", "of", "on", "or", "that", "the", "this", "to", "was", "were", "will", "with",
])  # fmt: skip
_COST_OF_COMMON = 50
_MOST_KEYS = 2_000
_REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)
Items = Sequence[Any]
Keys = frozenset[str]


def keys_of(text: str) -> Keys:
    """Return the keys of the words and signs of a text in lower case."""
    words = [word[:_LETTERS] for word in _WORD.findall(text)]
    return frozenset(words).union(_SIGN.findall(text))


def needs(pattern: str, *, at_word_start: bool) -> Keys | None:
    """Return keys of which every match of the pattern holds at least one; None when none is sure.

    Args:
        pattern: A pattern that ignores case, as `re.compile` takes it.
        at_word_start: No letter or digit stands right before where matches begin.
    """
    return _needed(list(parser.parse(pattern, re.IGNORECASE)), fresh=at_word_start)


def _needed(items: Items, *, fresh: bool) -> Keys | None:
    """Return the cheapest need among the parts that every match goes through."""
    found: list[Keys] = []
    for place, (kind, value) in enumerate(items):
        if fresh and (spelled := _spell(items[place:], "")):
            found.append(spelled)
        inner = None
        if kind is code.SUBPATTERN:
            inner = _needed(list(value[-1]), fresh=fresh)
        elif kind is code.ATOMIC_GROUP:
            inner = _needed(list(value), fresh=fresh)
        elif kind in _REPEATS and value[0] > 0:
            inner = _needed(list(value[2]), fresh=fresh)
        elif kind is code.BRANCH:
            each = [_needed(list(branch), fresh=fresh) for branch in value[1]]
            if all(each):
                inner = frozenset().union(*(keys for keys in each if keys))
        elif kind in (code.LITERAL, code.IN):
            inner = _signs(_characters(kind, value))
        if inner:
            found.append(inner)
        fresh = _ends_outside_a_word(kind, value, fresh=fresh)
    return min(found, key=_cost, default=None)


def _cost(keys: Keys) -> int:
    signs = sum(_SIGN.match(key) is not None for key in keys)
    return len(keys) + _COST_OF_COMMON * len(keys & _COMMON) + _MOST_KEYS * signs


def _signs(characters: str | None) -> Keys | None:
    """Return the keys of characters of which one must stand; None where one is no sign."""
    return frozenset(characters) if characters and all(map(_SIGN.match, characters)) else None


def _spell(items: Items, prefix: str) -> Keys | None:  # noqa: PLR0911 - one branch a kind of node
    """Return the keys of the word that begins with `prefix` and goes on with the items."""
    if len(prefix) == _LETTERS:
        return frozenset([prefix])
    if not items:
        return None
    (kind, value), rest = items[0], items[1:]
    if kind in (code.LITERAL, code.IN):
        return _spell_characters(_characters(kind, value), rest, prefix)
    if kind is code.AT:
        return frozenset([prefix]) if prefix else _spell(rest, prefix)
    if kind in (code.ASSERT, code.ASSERT_NOT):
        return _spell(rest, prefix)
    if kind is code.SUBPATTERN:
        return _spell([*value[-1], *rest], prefix)
    if kind is code.ATOMIC_GROUP:
        return _spell([*value, *rest], prefix)
    if kind is code.BRANCH:
        return _union([_spell([*branch, *rest], prefix) for branch in value[1]])
    if kind in _REPEATS:
        return _spell_repeat(value, rest, prefix)
    return None


def _spell_characters(characters: str | None, rest: Items, prefix: str) -> Keys | None:
    if characters is None:
        return None
    ends = [c for c in characters if not _is_word(c)]
    if ends and not prefix:
        return None
    each = [_spell(rest, prefix + c.lower()) for c in characters if _is_word(c)]
    return _union([*each, *([frozenset([prefix])] if ends else [])])


def _spell_repeat(value: tuple[int, int, Items], rest: Items, prefix: str) -> Keys | None:
    least, most, body = value
    again = [(code.MAX_REPEAT, (max(0, least - 1), most - 1, body))] if most > 1 else []
    once = _spell([*body, *again, *rest], prefix) if _width(body) else None
    return once if least > 0 else _union([once, _spell(rest, prefix)])


def _union(parts: Sequence[Keys | None]) -> Keys | None:
    """Return all keys together; None where one part is not sure, or where they are too many."""
    if not parts or any(part is None for part in parts):
        return None
    together: Keys = frozenset().union(*(part for part in parts if part))
    return together if len(together) <= _MOST_KEYS else None


def _width(body: Items) -> int:
    width: int = body.getwidth()[0] if hasattr(body, "getwidth") else 1
    return width


def _characters(kind: object, value: Any) -> str | None:
    """Return every character that a node can match; None when it is not a short list."""
    if kind is code.LITERAL:
        return chr(value)
    if all(part is code.LITERAL for part, _ in value):
        return "".join(chr(item) for _, item in value)
    # A class of characters none of which is in a word ends a word as a space does.
    return " " if all(_outside(part, item) for part, item in value) else None


def _outside(kind: object, value: Any) -> bool:
    """Tell whether a part of a set holds no word character."""
    if kind is code.LITERAL:
        return not _is_word(chr(value))
    return kind is code.CATEGORY and value in (code.CATEGORY_SPACE, code.CATEGORY_NOT_WORD)


def _is_word(character: str) -> bool:
    return character == "_" or character.isalnum()


def _ends_outside_a_word(kind: object, value: Any, *, fresh: bool) -> bool:  # noqa: PLR0911
    """Tell whether the character before what follows this node is surely in no word."""
    if kind is code.LITERAL:
        return not _is_word(chr(value))
    if kind is code.IN:
        return all(_outside(part, item) for part, item in value)
    if kind is code.AT:
        return value in (code.AT_BEGINNING, code.AT_BEGINNING_STRING, code.AT_BOUNDARY) or fresh
    if kind in (code.ASSERT, code.ASSERT_NOT):
        return fresh
    if kind in (code.SUBPATTERN, code.ATOMIC_GROUP):
        body = value[-1] if kind is code.SUBPATTERN else value
        return _all_end_outside(body, fresh=fresh)
    if kind is code.BRANCH:
        return all(_all_end_outside(branch, fresh=fresh) for branch in value[1])
    if kind in _REPEATS:
        once = _all_end_outside(value[2], fresh=fresh)
        return once and (value[0] > 0 or fresh)
    return False


def _all_end_outside(items: Items, *, fresh: bool) -> bool:
    for kind, value in items:
        fresh = _ends_outside_a_word(kind, value, fresh=fresh)
    return fresh
