"""The bytes of a place, whole or not at all."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.capture import MAX_BYTES, capture
from ingest.metadata import NOTHING_KNOWN
from ingest.place import Place
from records.errors import FetchError, LimitExceededError


class Standard:
    """Standard input that holds some bytes."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


def test_bytes_are_kept_exactly_and_hashed(tmp_path: Path) -> None:
    content = b"\xff\0 any bytes \r\n"
    file = tmp_path / "a.bin"
    file.write_bytes(content)
    taken = capture(Place("a.bin", file), NOTHING_KNOWN)
    assert (taken.source, taken.content) == ("a.bin", content)
    assert taken.sha256 == hashlib.sha256(content).hexdigest()
    assert taken.captured_at.utcoffset() == timedelta(0)
    assert taken.captured_at <= datetime.now(UTC)


def test_standard_input_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Standard(b"\xa35m"))
    assert capture(Place("-", None), NOTHING_KNOWN).content == b"\xa35m"


def test_a_long_file_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    with file.open("wb") as sparse:
        sparse.truncate(60 * 1024 * 1024)
    with pytest.raises(
        LimitExceededError, match=r"^long\.txt: .* 50 MB, this one has 60 MB; split"
    ):
        capture(Place("long.txt", file), NOTHING_KNOWN)


def test_a_long_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Standard(bytes(MAX_BYTES + 1)))
    with pytest.raises(LimitExceededError, match=r"^-: .* 50 MB"):
        capture(Place("-", None), NOTHING_KNOWN)


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ("gone", "there is no such file; check the path"),
        ("folder", "is a folder"),
        ("pipe", "is no ordinary file but a device or a pipe"),
        ("dangling", "there is no such file; check the path"),
        ("loop", "cannot be read"),
    ],
)
def test_what_is_no_file_is_refused(kind: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / kind
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind in {"dangling", "loop"}:
        path.symlink_to(path if kind == "loop" else tmp_path / "nowhere")
    with pytest.raises(FetchError) as caught:
        capture(Place(kind, path), NOTHING_KNOWN)
    assert str(caught.value).startswith(f"{kind}: {problem}")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser reads every file")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("cash")
    file.chmod(0)
    with pytest.raises(FetchError, match="check its permissions"):
        capture(Place("a.txt", file), NOTHING_KNOWN)
