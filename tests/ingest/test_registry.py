"""What bytes are, told from the bytes."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from ingest.errors import EmptyDocumentError
from ingest.registry import FORMATS, format_of
from records.errors import UnsupportedFormatError
from tests.ingest.tables import cases


def content_of(case: dict[str, Any]) -> bytes:
    return bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode()


@pytest.mark.parametrize("case", cases("kinds"))
def test_kinds_are_told_from_the_bytes(case: dict[str, Any]) -> None:
    assert format_of(content_of(case), case.get("name", "a.txt")).media_type == case["media_type"]


@pytest.mark.parametrize("case", cases("refused"))
def test_what_no_reader_takes_is_refused_by_its_look(case: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedFormatError) as caught:
        format_of(content_of(case) + b" " * 64, "press/a.txt")
    assert str(caught.value).startswith(f"press/a.txt: looks like {case['look']}")


@pytest.mark.parametrize(
    "content", [b"", b" \r\n\t", b"\xef\xbb\xbf\n", b"\xff\xfe\n\0", b"\0" * 99]
)
def test_nothing_is_empty(content: bytes) -> None:
    with pytest.raises(EmptyDocumentError, match=r"^a\.txt: is empty; check") as caught:
        format_of(content, "a.txt")
    assert caught.value.code == "source.empty"


def test_random_bytes_are_binary() -> None:
    noise = random.Random(7)  # noqa: S311 - repeatable, not secret
    for size in (200, 5_000, 100_000):
        with pytest.raises(UnsupportedFormatError, match="binary data"):
            format_of(b"x" + noise.randbytes(size), "a.txt")


@given(st.binary(), st.sampled_from(["a.txt", "a.md", "a.pdf", "-"]))
def test_any_bytes_have_a_kind_or_a_reason(content: bytes, name: str) -> None:
    try:
        assert format_of(content, name) in FORMATS
    except (EmptyDocumentError, UnsupportedFormatError) as error:
        event(str(error))  # any other error fails the test
