"""Signed heads: who signed a head with Ed25519, in the form of C2SP signed notes.

After the three lines and an empty one stands `— NAME SIGNATURE`: the name of the key, which is the
store's origin, and in base64 four bytes that tell the key and the signature over the three lines.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from typing import Any

from records.errors import ExtraMissingError, SettingsError
from store.heads import Head, find_heads

_SIGNED = re.compile(r"((?:[^\n]+\n){3})\n((?:— [^\n]+\n?)+)")
_LINE = re.compile(r"— (\S+) ([A-Za-z0-9+/]+=*)")
_ED25519 = b"\x01"


def sign(head: Head, key: bytes) -> str:
    """Return a head with a signature after it.

    Args:
        head: Whose three lines are signed.
        key: The private key, PEM without a password.

    Raises:
        SettingsError: It is no such key.
        ExtraMissingError: The library is not installed.
    """
    ed25519, serialization = _library()
    try:
        private = serialization.load_pem_private_key(key, None)
    except (ValueError, TypeError) as error:
        raise SettingsError(f"this is no private key in PEM without a password: {error}") from error
    if not isinstance(private, ed25519.Ed25519PrivateKey):
        raise SettingsError("the key is none for Ed25519: openssl genpkey -algorithm ed25519")
    told = _tell(head.origin, private.public_key().public_bytes_raw())
    signature = base64.b64encode(told + private.sign(str(head).encode())).decode()
    return f"{head}\n— {head.origin} {signature}\n"


def signed_heads(text: str, key: bytes) -> Iterator[Head]:
    """Yield the heads in a text that a key signed.

    Args:
        text: Signed heads, as `sign` makes them.
        key: The public key, PEM.

    Raises:
        SettingsError: It is no such key.
        ExtraMissingError: The library is not installed.
    """
    ed25519, serialization = _library()
    try:
        public = serialization.load_pem_public_key(key)
    except ValueError as error:
        raise SettingsError(f"this is no public key in PEM: {error}") from error
    if not isinstance(public, ed25519.Ed25519PublicKey):
        raise SettingsError("the key is not for Ed25519")
    for told, lines in _SIGNED.findall(text):
        for head in find_heads(told):
            mark = _tell(head.origin, public.public_bytes_raw())
            if any(_holds(public, head, mark, *line) for line in _LINE.findall(lines)):
                yield head


def _holds(public: Any, head: Head, mark: bytes, name: str, signature: str) -> bool:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - of the extra

    try:
        data = base64.b64decode(signature, validate=True)
        public.verify(data[len(mark) :], str(head).encode())
    except (ValueError, InvalidSignature):
        return False
    return name == head.origin and data.startswith(mark)


def _tell(name: str, public: bytes) -> bytes:
    """Return the four bytes by which a key is told."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def _library() -> tuple[Any, Any]:
    try:
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - of the extra
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - likewise
    except ModuleNotFoundError as error:
        raise ExtraMissingError(
            'signing needs an extra: pip install "earmark[sign]". Heads prove without it.'
        ) from error
    return ed25519, serialization
