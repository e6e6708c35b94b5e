"""Documents read again by other rules: said, changed by nobody but who adopts it, and provable."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import earmark
from earmark.api import EarmarkStore
from earmark.rederiving import fates
from records.document import Document
from records.errors import ClaimNotFoundError, SettingsError, UnreadableDocumentError
from records.mention import Mention
from store.audit.asked import Asked
from store.results import PlacedMention, StoredDocument
from tests.databases import dump
from tests.earmark.conftest import Cli
from tests.store.factory import capture, document, mention

TEXT = "The council gives £5m for new roofs. It gives £7m for parks."


@pytest.fixture
def read(cli: Cli, empty_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of one document, whose rules then change: another purpose, and one sum is no more."""
    path = tmp_path / "news.txt"
    path.write_text(TEXT, "utf-8")
    assert cli("ingest", str(path)).status == 0
    derive = EarmarkStore._derive  # noqa: SLF001 - rules of another version

    def otherwise(self: object, taken: object) -> tuple[Document, list[Mention]]:
        said, _ = derive(self, taken)  # type: ignore[arg-type]
        return said, [mention(said.text, "£5m", "5000000", purpose="roofs")]

    monkeypatch.setattr(EarmarkStore, "_derive", otherwise)
    return empty_store


def test_without_a_word_nothing_changes(cli: Cli, read: Path) -> None:
    before = dump(str(read))
    ended = cli("rederive")
    assert ended.status == 3
    assert "0 kept, 0 moved, 1 changed, 1 gone, 0 new" in ended.lines[0]
    assert (
        ended.lines[-1] == "0 documents as before; 1 otherwise (not adopted: nothing was changed)."
    )
    (data,) = json.loads(cli("rederive", "d1", "--json").out)["data"]
    assert [one["fate"] for one in data["mentions"]] == ["changed", "gone"]
    assert "purpose" in data["mentions"][0]["differing"]
    assert dump(str(read)) == before


def test_who_adopts_it_is_in_the_ledger_and_the_older_reading_stays(cli: Cli, read: Path) -> None:
    with earmark.open_store(read) as store:
        old = store.document("d1").mentions
    ended = cli("rederive", "--adopt", "--by", "anna")
    assert ended.status == 0
    assert ended.lines[0].endswith("; adopted")
    with earmark.open_store(read) as store:
        (one,) = store.document("d1").mentions
        assert (one.id, one.mention.purpose and one.mention.purpose.text) == (old[0].id, "roofs")
        assert store.audit().findings == ()
    rows = dump(str(read))
    assert any('"adopted_by":"anna"' in row for row in rows["ledger"])
    assert len(rows["documents"]) == 2
    again = cli("rederive", "--adopt", "--by", "anna")
    assert (again.status, again.lines) == (0, ["1 document as before."])
    assert cli("undo", "r2").status == 0
    with earmark.open_store(read) as store:
        assert store.document("d1").mentions == old
        assert store.audit(Asked(deep=False)).findings == ()


def test_what_reads_as_before_is_no_difference(cli: Cli, own_store: Path) -> None:
    before = dump(str(own_store))
    ended = cli("rederive")
    assert ended.status == 0
    assert ended.lines[-1].endswith("documents as before.")
    assert dump(str(own_store)) == before


def test_what_cannot_be_read_again_stays(
    cli: Cli, own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: object, taken: object) -> None:
        raise UnreadableDocumentError("no text in it")

    monkeypatch.setattr(EarmarkStore, "_derive", refuse)
    ended = cli("rederive", "d1", "--adopt", "--by", "anna")
    assert ended.status == 3
    assert ended.lines[0] == "d1: cannot be read again: no text in it"
    with earmark.open_store(own_store) as store:
        assert store.document("d1")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(("d99",), 1), (("d1", "--by", "anna"), 2), (("m1",), 1)],
)
def test_what_cannot_be(cli: Cli, own_store: Path, arguments: tuple[str, ...], status: int) -> None:
    before = dump(str(own_store))
    assert cli("rederive", *arguments).status == status
    assert dump(str(own_store)) == before


def test_a_wrong_id_or_no_name_changes_nothing(own_store: Path) -> None:
    before = dump(str(own_store))
    with earmark.open_store(own_store) as store:
        with pytest.raises(ClaimNotFoundError):
            list(store.rederive(["d1", "d99"], adopt_by="anna"))
        with pytest.raises(SettingsError):
            list(store.rederive(["d1"], adopt_by=" "))
    assert dump(str(own_store)) == before


def test_each_fate() -> None:
    was = "The council gives £5m for new roofs. It gives £7m for parks. Schools get £9m."
    now = f"News. {was[:37]}It gives £8m for parks. Roads get £11m for repairs."
    old, new = capture(was), capture(now)
    before = [
        mention(was, "£5m", "5000000", purpose="new roofs"),
        mention(was, "£7m", "7000000", purpose="parks"),
        mention(was, "£9m", "9000000"),
    ]
    after = [
        mention(now, "£5m", "5000000", purpose="new roofs"),
        mention(now, "£8m", "8000000", purpose="parks"),
        mention(now, "£11m", "11000000", purpose="repairs"),
    ]
    placed = tuple(PlacedMention(f"m{n}", "c1", one) for n, one in enumerate(before, 1))
    older = StoredDocument("d1", document(old), placed, "r1", ("a.txt",))
    told = [(one.fate, one.id) for one in fates(older, document(new), after)]
    assert told == [("moved", "m1"), ("changed", "m2"), ("new", None), ("gone", "m3")]
