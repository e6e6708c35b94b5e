"""Bytes to characters."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.decode import bom_of, decode, storable, unmarked_utf16
from records.document import Decoding
from tests.ingest.tables import cases


@pytest.mark.parametrize("case", cases("encodings"))
def test_decoding_follows_the_rules(case: dict[str, Any]) -> None:
    content = bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode(case["encode"])
    decoded = decode(content, case.get("declared"))
    assert decoded.text == case["text"]
    assert decoded.decoding == Decoding(case["encoding"], case["how"], case.get("damaged", 0))
    said = " ".join(decoded.warnings)
    assert case.get("warning", "") in said
    assert bool(said) == (case["how"] == "assumed" or "warning" in case)


@given(st.text())
def test_any_text_comes_back_from_utf_8(text: str) -> None:
    content = text.encode()
    if bom_of(content) or unmarked_utf16(content):
        content = b"\xef\xbb\xbf" + content
    assert decode(content).text == text.replace("\0", "\ufffd")


@given(st.binary(), st.sampled_from([None, "utf-8", "windows-1252", "gbk", "utf-16", "koi8-r"]))
def test_any_bytes_give_text_that_a_store_can_hold(content: bytes, declared: str | None) -> None:
    text = decode(content, declared).text
    assert "\0" not in text
    assert text.encode().decode() == text


@given(st.text(st.characters(exclude_categories=[])))
def test_storable_text_keeps_every_offset(text: str) -> None:
    clean, count = storable(text)
    assert len(clean) == len(text)
    assert count == sum(old != new for old, new in zip(text, clean, strict=True))
