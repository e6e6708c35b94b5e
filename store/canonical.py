"""One form for every value, so that equal things hash equally on every machine.

A small JSON: UTF-8, keys sorted by code point, no spaces; strings, integers below 2**53, booleans,
null, lists and objects, and never a float. The type's name is inside the hash, so what is committed
as one kind of thing can never pass for another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from records.errors import StoreError

MAX_INTEGER = 2**53
_DECODER = json.JSONDecoder()
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: object) -> bytes:
    """Return the canonical bytes of a value made of JSON's types without floats.

    Raises:
        StoreError: The value holds a float, a huge integer, a lone surrogate, U+0000, or
            is of another type.
    """
    _check(value)
    text = _ENCODER.encode(value)
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise StoreError(
            f"a text holds half a character (U+{ord(text[error.start]):04X}) and cannot be stored; "
            "decode the source again"
        ) from error


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
    return hashlib.sha256(f"earmark/1/{kind}\0".encode() + salt + canonical(value)).digest()


def _check(value: object) -> None:
    # An audit comes here with each row of each table: what is common is done for a row at once.
    if isinstance(value, dict):
        texts = [one for one in value.values() if isinstance(one, str)]
        _check_text("".join([*map(str, value), *texts]))
        _check_parts(value.values())
    elif isinstance(value, list | tuple):
        _check_text("".join([one for one in value if isinstance(one, str)]))
        _check_parts(value)
    elif isinstance(value, str):
        _check_text(value)
    else:
        _check_parts([value])


def _check_parts(values: Iterable[object]) -> None:
    for value in values:
        if value is None or isinstance(value, str):
            continue
        if isinstance(value, int):
            if abs(value) >= MAX_INTEGER:
                raise StoreError(f"cannot store the integer {value}; write it as text")
        elif isinstance(value, dict | list | tuple):
            _check(value)
        else:
            raise StoreError(f"cannot store a value of type {type(value).__name__}")


def _check_text(text: str) -> None:
    if "\0" in text:
        raise StoreError("a text holds U+0000, which databases cut at; map it before storing")
