"""Patterns for long word lists: one branch for each letter, so that a failing word costs little.

Case is written into the pattern, since a scan of a whole text with `re.IGNORECASE` is slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_END = ""


def trie_pattern(words: Iterable[str], *, any_case: bool = False) -> str:
    """Return a pattern that matches the longest of `words` at a place.

    Args:
        words: Plain words; a space stands for any one white space.
        any_case: Let every letter stand for both its cases.
    """
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for letter in word.lower() if any_case else word:
            node = node.setdefault(letter, {})
        node[_END] = {}
    return _branch(root, any_case=any_case)


def _branch(node: dict[str, Any], *, any_case: bool) -> str:
    branches = [
        _letter(letter, any_case=any_case) + _branch(below, any_case=any_case)
        for letter, below in sorted(node.items())
        if letter != _END
    ]
    if not branches:
        return ""
    if len(branches) == 1 and _END not in node:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if _END in node else ''}"


def _letter(letter: str, *, any_case: bool) -> str:
    if letter == " ":
        return r"\s"
    if any_case and letter.upper() != letter.lower() and len(letter.upper()) == 1:
        return f"[{letter.lower()}{letter.upper()}]"
    return re.escape(letter)
