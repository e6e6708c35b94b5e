"""Files are taken ahead of their reading: their bytes share commits, and nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from earmark.ahead import Taken, take
from earmark.dry import DryStore
from earmark.gather import Gatherer
from earmark.sources import given_by_user
from ingest.locate import locate
from records.document import Capture
from store.captures import Kept


class Recorder(DryStore):
    """Remembers which bytes came together."""

    def __init__(self) -> None:
        super().__init__(None)
        self.batches: list[int] = []

    def add_captures(self, run: str, captures: Sequence[Capture]) -> list[Kept]:
        self.batches.append(len(captures))
        return super().add_captures(run, captures)


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def gatherer() -> Iterator[Gatherer]:
    given = given_by_user(None, published=None, publisher=None, country=None)
    with Gatherer(given, None) as gatherer:
        yield gatherer


def taken(
    recorder: Recorder, gatherer: Gatherer, *sources: str, wanted: int = 1000
) -> Iterator[Taken]:
    return take(recorder, "r1", list(locate(sources)), gatherer, lambda: wanted)


def folder(tmp_path: Path, texts: Sequence[str]) -> str:
    for number, text in enumerate(texts):
        (tmp_path / f"{number:03}.txt").write_text(text, "utf-8")
    return str(tmp_path)


def test_the_bytes_of_a_folder_are_kept_many_at_once_and_in_order(
    recorder: Recorder, gatherer: Gatherer, tmp_path: Path
) -> None:
    name = folder(tmp_path, [f"It costs £{number}m." for number in range(120)])
    found = list(taken(recorder, gatherer, name))
    assert recorder.batches == [50, 50, 20]
    kept = [each.item.capture.source for each in found if isinstance(each.item, Kept)]
    assert kept == sorted(str(path) for path in tmp_path.iterdir())
    assert [each.left for each in found] == list(range(119, -1, -1))
    assert [at for at, each in enumerate(found, 1) if not each.is_followed] == [50, 100, 120]
    assert not any(each.has_more() for each in found)


def test_no_more_are_kept_than_are_wanted(
    recorder: Recorder, gatherer: Gatherer, tmp_path: Path
) -> None:
    name = folder(tmp_path, [f"It costs £{number}m." for number in range(5)])
    for _, _ in zip(range(2), taken(recorder, gatherer, name, wanted=2), strict=False):
        pass
    assert recorder.batches == [2]


def test_the_same_bytes_are_kept_under_both_names_and_read_once(
    recorder: Recorder, gatherer: Gatherer, tmp_path: Path
) -> None:
    name = folder(tmp_path, ["It costs £5m.", "It costs £6m.", "It costs £5m."])
    kinds = [type(each.item) for each in taken(recorder, gatherer, name)]
    assert kinds == [Kept, Kept, Capture]
    assert recorder.batches == [3]


def test_what_cannot_be_read_comes_in_its_place(
    recorder: Recorder, gatherer: Gatherer, tmp_path: Path
) -> None:
    names = folder(tmp_path, ["It costs £5m.", "It costs £6m."])
    missing = str(tmp_path / "missing.txt")
    found = list(taken(recorder, gatherer, f"{names}/000.txt", missing, f"{names}/001.txt"))
    assert [isinstance(each.item, Kept) for each in found] == [True, False, True]
    assert recorder.batches == [1, 1]
