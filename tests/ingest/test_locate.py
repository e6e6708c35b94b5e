"""Sources to places."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from ingest.locate import locate
from ingest.place import Place
from records.parts import Unread

NAMES = ("b.txt", "a.md", "sub/c.HTML", "sub/deep/d.pdf", ".hidden.txt", ".git/e.txt", "rows.csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("cash")
    return tmp_path


def names(found: Iterable[Place | Unread]) -> list[str]:
    return [place.name if isinstance(place, Place) else place.source for place in found]


def only_missing(found: Iterable[Place | Unread]) -> str:
    (missing,) = found
    assert isinstance(missing, Unread)
    assert missing.message.startswith(f"{missing.source}: ")
    assert missing.code == "source.missing"
    return missing.message


def test_a_folder_gives_its_documents_in_order_of_their_names(folder: Path) -> None:
    wanted = ["a.md", "b.txt", "sub/c.HTML", "sub/deep/d.pdf"]
    assert names(locate([str(folder)])) == [str(folder / name) for name in wanted]


def test_names_are_as_the_user_spells_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert names(locate(["./b.txt", "sub", "*.md"])) == [
        "./b.txt",
        "sub/c.HTML",
        "sub/deep/d.pdf",
        "a.md",
    ]


def test_a_file_that_is_named_is_taken_whatever_its_name(folder: Path) -> None:
    assert names(locate([str(folder / "rows.csv")])) == [str(folder / "rows.csv")]


def test_a_glob_gives_its_files_sorted(folder: Path) -> None:
    found = names(locate([str(folder / "**" / "*.[Hp]*")]))
    assert found == [str(folder / "sub/c.HTML"), str(folder / "sub/deep/d.pdf")]


def test_a_file_whose_name_looks_like_a_glob_is_itself(tmp_path: Path) -> None:
    file = tmp_path / "a[1].txt"
    file.write_text("cash")
    assert names(locate([str(file)])) == [str(file)]


def test_the_same_path_is_given_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    sources = ["b.txt", "./b.txt", str(folder / "b.txt"), "sub/../b.txt", "-", "-"]
    assert names(locate(sources)) == ["b.txt", "-"]


def test_standard_input_has_no_path() -> None:
    assert list(locate(["-"])) == [Place("-", None)]


def test_a_source_that_fails_does_not_stop_the_others(folder: Path) -> None:
    found = list(locate([str(folder / "gone.txt"), str(folder / "b.txt")]))
    assert [type(entry) for entry in found] == [Unread, Place]


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("gone.txt", "there is no such file or folder; check the path"),
        ("gone/*.txt", "no file matches it"),
        ("none", "the folder holds no documents (.txt, "),
        ("a\0b.txt", "there is no such file or folder"),
        ("", "there is no such file or folder"),
    ],
)
def test_a_missing_source_says_so(
    source: str, problem: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    Path("none").mkdir()
    Path("none/table.csv").write_text("path\n")
    assert problem in only_missing(locate([source]))


def test_a_folder_shows_the_documents_that_no_reader_takes(folder: Path) -> None:
    (folder / "z.docx").write_bytes(b"PK\x03\x04")
    assert names(locate([str(folder)]))[-1] == str(folder / "z.docx")


def test_links_to_folders_are_not_followed(folder: Path) -> None:
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "z.txt").symlink_to(folder / "b.txt")
    assert names(locate([str(folder)]))[-1] == str(folder / "z.txt")
    assert not any("loop" in name for name in names(locate([str(folder)])))


@pytest.mark.parametrize("pattern", ["**", "**/*", "**/**/*", "./**", "sub/../**"])
def test_a_glob_gives_each_file_once_however_links_run(
    pattern: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("round", "sub/round", "sub/about"):  # two circles have ways without number
        (folder / name).symlink_to(folder, target_is_directory=True)
    (folder / "z.txt").symlink_to(folder / "b.txt")
    monkeypatch.chdir(folder)
    wanted = ["a.md", "b.txt", "rows.csv", "sub/c.HTML", "sub/deep/d.pdf", "z.txt"]
    found = names(locate([pattern]))
    assert sorted(os.path.relpath(os.path.realpath(name)) for name in found) == sorted(
        "b.txt" if name == "z.txt" else name for name in wanted
    )
    assert names(locate([str(folder / "**")])) == [str(folder / name) for name in wanted]


def test_a_glob_in_the_current_folder_is_spelt_as_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert names(locate(["**/*.[tHp]*"])) == ["b.txt", "sub/c.HTML", "sub/deep/d.pdf"]
    assert names(locate(["./**/c.*"])) == ["./sub/c.HTML"]
    assert names(locate(["**/deep/**/d.pdf"])) == ["sub/deep/d.pdf"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser reads every folder")
def test_a_folder_that_cannot_be_read_is_said(folder: Path) -> None:
    (folder / "sub").chmod(0)
    try:
        found = list(locate([str(folder)]))
    finally:
        (folder / "sub").chmod(0o700)
    assert [type(entry) for entry in found] == [Place, Place, Unread]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes any bytes as a file's name")
def test_a_name_that_is_not_utf_8_can_be_printed(tmp_path: Path) -> None:
    file = os.path.join(os.fsencode(tmp_path), b"\xa35m.txt")  # noqa: PTH118 - pathlib takes no bytes
    Path(os.fsdecode(file)).write_text("cash")
    (place,) = locate([str(tmp_path)])
    assert isinstance(place, Place)
    assert place.name == f"{tmp_path}/\ufffd5m.txt"
    assert place.path is not None
    assert place.path.read_text() == "cash"
