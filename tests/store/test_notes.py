"""Signed heads, and heads that go on from older ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from records.errors import SettingsError, StoreError
from store.heads import Head, find_heads
from store.notes import sign, signed_heads
from store.store import Store
from tests.store.factory import VERSIONS

HEAD = Head(f"earmark/{'5' * 32}", 34, bytes(range(32)))


def pair(made: object = None) -> tuple[bytes, bytes]:
    key = made or Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())  # type: ignore[attr-defined]
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)  # type: ignore[attr-defined]
    return private, public


def test_a_signed_head_is_a_head_and_says_whose() -> None:
    private, public = pair()
    note = sign(HEAD, private)
    assert find_heads(note) == [HEAD]
    assert list(signed_heads(note, public)) == [HEAD]
    assert list(signed_heads(note * 2, public)) == [HEAD, HEAD]
    lines = note.splitlines()
    assert lines[:3] == str(HEAD).splitlines()
    assert lines[3] == ""
    assert lines[4].startswith(f"— {HEAD.origin} ")


def test_what_was_changed_or_signed_by_another_is_not_signed() -> None:
    private, public = pair()
    note = sign(HEAD, private)
    assert list(signed_heads(note, pair()[1])) == []
    assert list(signed_heads(str(HEAD), public)) == []
    for old, new in ((HEAD.origin, f"earmark/{'6' * 32}"), ("\n34\n", "\n35\n")):
        assert list(signed_heads(note.replace(old, new), public)) == []
    assert list(signed_heads(note[:-6] + "AAAA==\n", public)) == []


@pytest.mark.parametrize("key", [b"", b"no key", pair(generate_private_key(SECP256R1()))[0]])
def test_no_other_key_signs(key: bytes) -> None:
    with pytest.raises(SettingsError):
        sign(HEAD, key)
    with pytest.raises(SettingsError):
        list(signed_heads("", key))


def test_a_store_goes_on_from_its_heads_and_no_others(store: Store) -> None:
    store.start_run(VERSIONS)
    heads = [store.head()]
    for _ in range(9):
        store.start_run(VERSIONS)
        heads.append(store.head())
        assert {store.head_since(one) for one in heads} == {heads[-1]}
    last = heads[3]
    for wrong, words in (
        (replace(last, origin=f"earmark/{'0' * 32}"), "another store"),
        (replace(last, size=99), "cut off"),
        (replace(last, root=bytes(32)), "written anew"),
    ):
        with pytest.raises(StoreError, match=words):
            store.head_since(wrong)
