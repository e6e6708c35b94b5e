"""A file of each hostile family through the whole way; all of them: `scripts/check_hostile.py`."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from earmark import open_store
from earmark.api import EarmarkStore
from tests.hostile import check
from tests.hostile.families import FAMILIES, MANIFEST, chosen, write
from tests.hostile.judge import Entry
from tests.hostile.memory import Memory

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and memory as on Linux")
QUICK = [f"{family.name}/{variant.name}" for family, variant in chosen(quick=True)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The selection, written once."""
    made = tmp_path_factory.mktemp("hostile")
    write(made, chosen(quick=True))
    return made


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[EarmarkStore]:
    with open_store(folder / "a.earmark.db", fetch="never") as opened:
        yield opened


@pytest.fixture(scope="module")
def memory() -> Iterator[Memory]:
    with Memory() as watching:
        yield watching


@pytest.fixture(scope="module")
def entries(folder: Path) -> dict[str, Entry]:
    return {entry.file: entry for entry in check.entries(folder)}


@pytest.mark.parametrize("name", QUICK, ids=ascii)
def test_a_hostile_file_costs_a_line_and_nothing_else(
    store: EarmarkStore, folder: Path, entries: dict[str, Entry], memory: Memory, name: str
) -> None:
    result = check.check(store, folder, entries[name], memory)
    assert [breach for breach in result.breaches if not breach.startswith("took")] == []


def test_the_store_audits_clean_and_nothing_acts_on_a_terminal(
    store: EarmarkStore, folder: Path
) -> None:
    store.ingest([str(folder / name) for name in QUICK if name.startswith(("names", "page"))])
    assert store.audit().findings == ()
    files = [folder / name for name in QUICK if name.startswith(("names", "damaged", "page"))]
    acting = check.acts_on_terminals(folder / "a.earmark.db", folder / "b.earmark.db", files)
    assert acting == []


def test_every_family_is_in_the_selection() -> None:
    assert {name.partition("/")[0] for name in QUICK} == {family.name for family in FAMILIES}


def test_the_same_bytes_are_written_each_time(folder: Path, tmp_path: Path) -> None:
    write(tmp_path, chosen(quick=True))
    for name in (MANIFEST, *QUICK):
        digests = {
            hashlib.sha256((place / name).read_bytes()).digest() for place in (folder, tmp_path)
        }
        assert len(digests) == 1, ascii(name)


WRONG = {
    "an amount that is not there": ({"planted": ["£1m", "£5m"]}, ["lost £1m"]),
    "an amount that nobody planted": ({"planted": []}, ["invented £5m"]),
    "an amount that nobody sees": ({"planted": [], "unseen": ["£5m"]}, ["invented £5m"]),
    "one planted twice": ({"planted": ["£5m", "£5m"]}, ["lost £5m"]),
    "one that is declared by another gap": (
        {"planted": ["£1m", "£5m"], "instead": ["gap hidden"]},
        ["lost £1m"],
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_manifest_is_told(
    store: EarmarkStore, folder: Path, memory: Memory, case: str
) -> None:
    """The control: a check that passes whatever the manifest says proves nothing."""
    changes, breaches = WRONG[case]
    path = folder / "control.txt"
    path.write_text(f"The council gave £5m. {case}", "utf-8")
    entry = replace(Entry("control.txt", "", "", "", 0, "", ["£5m"], [], [], []), **changes)  # type: ignore[arg-type]
    result = check.check(store, folder, entry, memory)
    assert result.breaches == breaches
