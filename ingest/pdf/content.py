"""Content streams of pages as tokens, fast for the syntax that programs write.

Whatever is written otherwise is left to pdfminer's parser, which takes a hundred times as long and
forgives more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from pdfminer.psparser import KWD, LIT

# Every alternative begins with another character, one of them always fits, and no quantifier gives
# back: linear, also where a stream holds nothing but spaces.
_TOKEN = re.compile(
    rb"""[\0\t\n\f\r\x20]*+(?:
      (?P<number>[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++))(?=[\0\t\n\f\r\x20/\[\]()<>%]|\Z)
    | (?P<operator>[A-Za-z'"][A-Za-z0-9*]*+)(?=[\0\t\n\f\r\x20/\[\]()<>%]|\Z)
    | \((?P<plain>[^()\\\r]*+)\)
    | \((?P<string>(?:[^()\\\r]|\\(?:[0-3][0-7]{0,2}|[4-7][0-7]?(?![0-7])|[nrtbf()\\]))*+)\)
    | <(?P<hex>[0-9A-Fa-f\t\n\r\x20]*+)>
    | /(?P<name>[!$&*-.0-;=?@A-Z^-z|~]*+)(?=[\0\t\n\f\r\x20/\[\]()<>%]|\Z)
    | (?P<open>\[|<<)
    | (?P<close>\]|>>)
    | (?P<end>\Z)
    | (?P<other>.)
    )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_WORDS = {b"true": True, b"false": False}
_UNUSUAL = frozenset((b"BI", b"ID", b"EI", b"null"))
_PAIR = 2


class UnusualContentError(Exception):
    """A content stream is not written in the way that is read fast."""


def tokens_of(content: bytes) -> list[Any]:
    """Return operands and operators in order, as pdfminer's own parser would.

    Raises:
        UnusualContentError: There are pictures among the text, comments, or syntax that is damaged
            or rare.
    """
    outer: list[list[Any]] = []
    tokens: list[Any] = []
    for kind, value in _scan(content):
        if kind == "end":
            break
        if kind == "open":
            outer.append(tokens)
            tokens = [value]
        elif kind == "close":
            inner, tokens = tokens, outer.pop() if outer else []
            tokens.append(_closed(inner, value))
        elif kind == "operator" and outer and value not in _WORDS:
            raise UnusualContentError
        else:
            tokens.append(_READ[kind](value))
    if outer:
        raise UnusualContentError
    return tokens


def _scan(content: bytes) -> Iterator[tuple[str, bytes]]:
    for match in _TOKEN.finditer(content):
        kind = match.lastgroup
        assert kind is not None  # noqa: S101 - every alternative is a group
        if kind == "other":
            raise UnusualContentError
        yield kind, match[kind]


def _closed(inner: list[Any], bracket: bytes) -> object:
    """Return an array or a dictionary from its opening bracket and what it holds."""
    if bracket == b"]" and inner and inner[0] == b"[":
        return inner[1:]
    if bracket == b">>" and inner and inner[0] == b"<<" and len(inner) % _PAIR:
        names, values = inner[1::2], inner[2::2]
        if all(hasattr(name, "name") for name in names):
            return {name.name: value for name, value in zip(names, values, strict=True)}
    raise UnusualContentError


def _number(text: bytes) -> int | float:
    return float(text) if b"." in text else int(text)


def _operator(text: bytes) -> object:
    if text in _WORDS:
        return _WORDS[text]
    if text in _UNUSUAL:
        raise UnusualContentError
    return KWD(text)


def _string(text: bytes) -> bytes:
    return _ESCAPE.sub(_unescaped, text)


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code[0] in b"01234567":
        return bytes((int(code, 8),))
    return _ESCAPED.get(code, code)


def _hex(text: bytes) -> bytes:
    digits = b"".join(text.split())
    if len(digits) % _PAIR:
        raise UnusualContentError
    return bytes.fromhex(digits.decode("ascii"))


def _name(text: bytes) -> object:
    return LIT(text.decode("ascii"))


def _as_it_is(text: bytes) -> bytes:
    return text


_READ: dict[str, Callable[[bytes], Any]] = {
    "number": _number,
    "operator": _operator,
    "plain": _as_it_is,
    "string": _string,
    "hex": _hex,
    "name": _name,
}
