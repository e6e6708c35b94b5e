"""One form for every value, so that equal things hash equally on every machine.

A small JSON: UTF-8, keys sorted by code point, no spaces; strings, integers below 2**53, booleans,
null, lists and objects, and never a float. The type's name is inside the hash, so what is committed
as one kind of thing can never pass for another.
"""

from __future__ import annotations

import hashlib
import json
import re
from json.encoder import encode_basestring
from typing import Any

from records.errors import StoreError

MAX_INTEGER = 2**53
_DECODER = json.JSONDecoder()
quoted = encode_basestring
"""Puts a string into canonical form; what it may not hold, `text_digest` refuses."""
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: object) -> bytes:
    """Return the canonical bytes of a value made of JSON's types without floats.

    Raises:
        StoreError: The value holds a float, a huge integer, a lone surrogate, U+0000, or
            is of another type.
    """
    _check(value)
    return _encoded(_ENCODER.encode(value))


def read_canonical(text: str) -> Any:
    """Read what `canonical` wrote: JSON without white space around it, which is not looked for."""
    value, end = _DECODER.raw_decode(text)
    if end != len(text):
        raise StoreError(f"{text[:80]!r} is not one value in canonical form")
    return value


def digest(kind: str, value: object, salt: bytes = b"") -> bytes:
    """Return the SHA-256 of a value as a thing of one kind.

    Args:
        kind: `mentions`, `ledger`, …
        value: As for `canonical`.
        salt: Random bytes that keep short contents from being guessed from their hash.
    """
    return _hashed(kind, canonical(value), salt)


def text_digest(kind: str, text: str, salt: bytes) -> bytes:
    """Return what `digest` does, of a value that was put into canonical form by hand.

    Raises:
        StoreError: As `canonical`, for a text in it.
    """
    return _hashed(kind, _encoded(text), salt)


def _hashed(kind: str, body: bytes, salt: bytes) -> bytes:
    return hashlib.sha256(f"earmark/1/{kind}\0".encode() + salt + body).digest()


def _encoded(text: str) -> bytes:
    if "\\u0000" in text and _NUL.search(text):
        raise StoreError("a text holds U+0000, which databases cut at; map it before storing")
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise StoreError(
            f"a text holds half a character (U+{ord(text[error.start]):04X}) and cannot be stored; "
            "decode the source again"
        ) from error


def _check(value: object) -> None:
    if value is None or isinstance(value, str):
        return
    if isinstance(value, int):
        if abs(value) >= MAX_INTEGER:
            raise StoreError(f"cannot store the integer {value}; write it as text")
    elif isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            _check(part)
    else:
        raise StoreError(f"cannot store a value of type {type(value).__name__}")
