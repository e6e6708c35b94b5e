"""What is redacted is nowhere in the store, and the store is whole without it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
from sqlalchemy import Integer, Table, delete, select, text, update

from records.errors import (
    BrokenImportError,
    ClaimNotFoundError,
    DecisionConflictError,
    ImportConflictError,
    SettingsError,
    StoreError,
    StoreLockedError,
)
from store import redacting
from store.ledger import entries
from store.saying import Saying
from store.store import Store
from store.tables import captures, contents, documents, mentions, redactions
from tests.databases import Databases, behind_its_back, dump, unguarded
from tests.store.factory import VERSIONS, capture, given, mention
from tests.store.stories import (
    Story,
    fill,
    first,
    fourth,
    give,
    release,
    reprint,
    second,
    story,
    third,
)
from tests.store.test_decisions_hold import steps_of, take
from tests.store.test_import import lines_of, load
from tests.store.test_store import by_content, replace_mentions

WORDS = (
    *("Rowena Quillfeather", "orchard lane", "private-letter", "quillfeather.example"),
    *("to mend her roof", "she-said-so", "Quillfeather estate"),
)
"""What stands in the letter, in its name, in what is said of it and decided about it."""


def letter() -> Story:
    said = f"The fund gave £417,300 to {WORDS[0]} of {WORDS[1]} {WORDS[4]} in 2022."
    period = ("in 2022", "2022-01-01", "2022-12-31")
    amount = mention(said, "£417,300", "417300", recipient=WORDS[0], timeframe=period)
    known = given(title=f"Letter from {WORDS[3]}", published=date(2022, 3, 4))
    return story(said, f"{WORDS[2]}.txt", known, [amount])


def redact(store: Store, *names: str, figures: bool = False) -> redacting.Redacted:
    return store.redact(names, "erasure-request", "anna", keep_figures=figures)


def cells(place: str) -> list[str]:
    return [row for rows in dump(place).values() for row in rows]


@pytest.fixture
def told(place: str) -> Iterator[Store]:
    """A store with the letter among others, read twice, refused once, and decided about."""
    with Store.open(place, create=True) as store:
        fill(store, [first(), letter(), second()])
        fill(store, [replace_mentions(letter())])
        store.decide(Saying("different", ("m6", "m1"), "ben", WORDS[5]))
        store.decide(Saying("correct", ("m6",), "ben", field="purpose", value=WORDS[6]))
        back = store.decide(Saying("same", ("m6", "m7"), "ben"))
        store.undo_decision(back.id, "ben", WORDS[5])
    with Store.open(place) as store:
        yield store


def test_no_word_of_it_is_left(told: Store, place: str) -> None:
    before = "\n".join(cells(place))
    assert all(word in before for word in WORDS)
    sha256 = letter().capture.sha256
    with closing(told) as store:
        done = redact(store, "d2")
        assert done.unsupported == ("c6",)
        assert (done.elsewhere, done.beside) == ({}, ())
        assert done.pieces
        report = store.audit()
    after = "\n".join(cells(place))
    assert not [word for word in (*WORDS, "417300", sha256, "2022-03-04") if word in after]
    assert report.findings == ()
    assert report.outcome == "weaker"
    named = {(note.record, note.verdict) for note in report.notes}
    assert {("d2", "redacted"), ("c6", "unsupported")} <= named


def test_no_word_of_it_is_in_the_files(told: Store, place: str, backend: str) -> None:
    with closing(told) as store:
        redact(store, "d2")
    if backend == "postgresql":
        with behind_its_back(place) as connection:
            values = connection.execute(text("SELECT * FROM pg_stats WHERE schemaname = 'public'"))
            kept = "\n".join(map(repr, values)).encode()
    else:
        kept = b"".join(one.read_bytes() for one in Path(place).parent.glob(f"{Path(place).name}*"))
    forms = [form for word in WORDS for form in (word.encode(), word.encode("utf-16-le"))]
    assert kept
    assert not [form for form in forms if form in kept]


def test_figures_stay_when_asked_for(told: Store, place: str) -> None:
    with closing(told) as store:
        redact(store, "d2", figures=True)
        assert store.audit().findings == ()
        with pytest.raises(ClaimNotFoundError) as raised:
            store.claim("c6")
    assert "c6 is unsupported" in str(raised.value)
    assert "kept of it: GBP 417300, 2022-01-01 to 2022-12-31" in str(raised.value)
    after = "\n".join(cells(place))
    assert not [word for word in WORDS if word in after]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("d2", "d2 was redacted by anna on"),
        ("m6", "m6 was redacted by anna on"),
        ("c6", "c6 is unsupported: its last mention was redacted by anna on"),
        ("c99", "no c99 in this store"),
    ],
)
def test_what_is_gone_says_so(told: Store, name: str, says: str) -> None:
    with closing(told) as store:
        redact(store, "d2")
        with pytest.raises(ClaimNotFoundError, match=says):
            store.document(name) if name.startswith("d") else store.claim(name)


def test_the_ledger_stays_and_says_who_and_why(told: Store, place: str) -> None:
    with closing(told) as store:
        with store._reading() as connection:  # noqa: SLF001 - there is no other way to the entries
            before = list(entries(connection))
        redact(store, "d2")
        with store._reading() as connection:  # noqa: SLF001 - likewise
            after = list(entries(connection))
    assert after[:-1] == before
    assert after[-1].type == "redaction"
    assert '"by":"anna"' in after[-1].body
    assert '"reason":"erasure-request"' in after[-1].body


def test_the_claims_are_those_of_what_remains(databases: Databases) -> None:
    rest = [first(), third(), fourth(), release()]
    for gone in (second(), reprint()):
        with Store.open(databases.new(), create=True) as store:
            fill(store, [rest[0], gone, *rest[1:]])
            redact(store, "d2")
            told = by_content(store)
            assert store.audit().findings == ()
        with Store.open(databases.new(), create=True) as store:
            fill(store, rest)
            assert by_content(store) == told


@pytest.mark.parametrize("seed", range(5))
def test_whatever_was_decided_and_taken_back_before(seed: int, store: Store) -> None:
    take(store, steps_of(seed))
    for document in list(store.documents())[: 1 + seed % 3]:
        redact(store, document.id)
        assert store.audit().findings == ()
        with suppress(DecisionConflictError):
            take(store, [one for one in steps_of(seed + 100) if one.act == "decide"])
    for run in store.runs():
        if run.undone_at is None:
            store.undo(run.id)
    assert store.audit().findings == ()
    assert list(store.documents()) == []


def test_the_same_bytes_are_not_read_again(told: Store, place: str) -> None:
    with closing(told) as store:
        redact(store, "d2")
        run = store.start_run(VERSIONS)
        assert store.state_of(letter().capture) == "redacted"
        taken, other = store.add_captures(run, [letter().capture, capture("x" * 66, "x.txt")])
        assert (taken.state, other.state) == ("redacted", "absent")
        assert "were redacted by anna on" in taken.told
        with pytest.raises(StoreError, match="add the capture"):
            store.add_document(run, letter().capture, letter().document, letter().mentions)
        store.end_run(run, {})
    assert not [row for row in cells(place) if WORDS[0] in row]


def test_of_documents_with_the_same_words_it_is_said(place: str) -> None:
    with Store.open(place, create=True) as store:
        fill(store, [release(), reprint()])
        give(store, [first()])
        planned = store.plan_redaction(["d1"])
        assert (planned.alike, planned.unsupported) == (("d2",), ())
        assert planned.targets[0].documents == ("d1",)
        done = redact(store, "d1")
        assert done.elsewhere
        assert done.redactions[0].claims == {"c1": ["c3"], "c2": ["c5"]}
        assert store.audit().findings == ()


def test_again_clears_the_files_again(told: Store) -> None:
    with closing(told) as store:
        (one,) = redact(store, "d2").redactions
        counted = len(dump(store.place)["ledger"])
        again = redact(store, "d2")
        assert (again.redactions, again.pieces, again.unsupported) == ((one,), 0, ())
        assert len(dump(store.place)["ledger"]) == counted


def test_files_in_use_are_said(path: Path) -> None:
    with Store.open(str(path), create=True, wait_seconds=0.2) as store:
        fill(store, [letter()])
        with behind_its_back(str(path)) as other:
            other.exec_driver_sql("BEGIN")
            other.execute(select(documents.c.id)).all()
            with pytest.raises(StoreLockedError):
                redact(store, "d1")
        redact(store, "d1")
    assert WORDS[0].encode() not in path.read_bytes()


@pytest.mark.parametrize("read", [True, False], ids=["document", "unread"])
def test_what_to_do_about_files_in_use_helps(
    store: Store, monkeypatch: pytest.MonkeyPatch, *, read: bool
) -> None:
    if read:
        fill(store, [letter()])
    else:
        store.add_capture(store.start_run(VERSIONS), letter().capture)

    def in_use(*_: object) -> None:
        raise StoreLockedError("in use")

    with monkeypatch.context() as patch:
        patch.setattr(redacting, "scrub_file", in_use)
        patch.setattr(redacting, "scrub_server", in_use)
        with pytest.raises(StoreLockedError) as error:
            redact(store, "d1" if read else letter().capture.source)
    told = re.search(r"redact (\S+) again", str(error.value))
    assert told
    (done,) = redact(store, told[1]).redactions
    assert done.by == "anna"


@pytest.mark.parametrize(
    ("reason", "by"),
    [("Jane asked for it", "anna"), ("", "anna"), ("a" * 41, "anna"), ("court-order", " ")],
)
def test_what_may_not_stay_in_the_ledger_is_refused(store: Store, reason: str, by: str) -> None:
    fill(store, [letter()])
    with pytest.raises(SettingsError):
        store.redact(["d1"], reason, by)
    assert store.document("d1")


def test_pieces_that_are_left_are_an_error(
    told: Store, monkeypatch: pytest.MonkeyPatch, backend: str
) -> None:
    """Where the file is not written anew, the search says so: its control."""
    if backend == "postgresql":
        pytest.skip("a server's files are its own")
    monkeypatch.setattr(redacting, "scrub_file", lambda *_: None)
    with closing(told) as store:
        for sql in (
            "CREATE TABLE spare AS SELECT c.body FROM contents c, mentions, ledger",
            "DROP TABLE spare",
        ):
            with behind_its_back(store.place) as other:
                other.exec_driver_sql("PRAGMA secure_delete=0")
                other.exec_driver_sql(sql)
        with pytest.raises(StoreError, match="pieces of what was erased still stand"):
            redact(store, "d2")


def test_a_backup_beside_it_is_named(path: Path) -> None:
    with Store.open(str(path), create=True) as store:
        fill(store, [letter()])
        backup = path.with_name(f"{path.name}.old.backup")
        backup.write_bytes(path.read_bytes())
        assert redact(store, "d1").beside == (str(backup),)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        (contents, "body", b"again"),
        (captures, "source", "again.txt"),
        (documents, "title", "again"),
        (mentions, "sentence", "again"),
        (documents, "redacted_by", None),
        *(
            (redactions, column.name, b"x" if column.name == "nonce" else "x")
            for column in redactions.columns
            if not isinstance(column.type, Integer)
        ),
        (redactions, "figures", 1),
        (redactions, "content_id", 1),
    ],
)
def test_the_audit_finds_what_was_changed_since(
    told: Store, place: str, table: Table, column: str, value: object
) -> None:
    redact(told, "d2")
    with behind_its_back(place) as other:
        content = other.execute(select(redactions.c.content_id)).scalar_one()
        here = {
            contents: contents.c.id == content,
            captures: captures.c.content_id == content,
            documents: documents.c.content_id == content,
            mentions: mentions.c.amount_text == "",
            redactions: redactions.c.content_id == content,
        }[table]
        other.execute(update(table).where(here).values({column: value}))
    assert any(f"table {table.name}, row" in one.where for one in told.audit().findings)


def test_a_redaction_that_is_gone_is_found(told: Store, place: str) -> None:
    redact(told, "d2")
    with behind_its_back(place) as other, unguarded(other):
        other.execute(delete(redactions))
    assert any(one.where == "table redactions, row 1" for one in told.audit().findings)


def test_a_copy_is_the_same(told: Store, place: str, path: Path) -> None:
    redact(told, "d2")
    copy = str(path)
    told.copy_to(copy)
    assert dump(copy) == dump(place)


@pytest.mark.parametrize("figures", [True, False])
def test_it_comes_back_from_its_lines(
    told: Store,
    databases: Databases,
    figures: bool,  # noqa: FBT001 - a case
) -> None:
    with closing(told) as store:
        redact(store, "d2", figures=figures)
        lines = lines_of(store)
        with Store.open(databases.new(), create=True) as copy:
            load(copy, lines)
            assert lines_of(copy)[1:] == lines[1:]
            assert copy.audit().findings == ()
            assert copy.state_of(letter().capture) == "redacted"
            assert load(copy, lines).added == {}


def test_an_older_export_does_not_bring_it_back(told: Store, databases: Databases) -> None:
    with closing(told) as store:
        lines = lines_of(store)
        redact(store, "d2")
        with pytest.raises(ImportConflictError):
            load(store, lines)
        with Store.open(databases.new(), create=True) as other:
            fill(other, [letter()])
            strange = lines_of(other)
        moved = [
            line.replace('"content_id":1,', '"content_id":91,').replace(
                '"id":1,', '"id":91,' if ".content/" in line else '"id":1,'
            )
            for line in strange
        ]
        with pytest.raises(ImportConflictError, match="redacted here"):
            load(store, moved)


def test_a_redacted_mention_in_a_file_says_nothing(told: Store, databases: Databases) -> None:
    with closing(told) as store:
        redact(store, "d2")
        lines = lines_of(store)
    changed = [
        line.replace('"sentence":""', '"sentence":"words"') if '"amount_text":""' in line else line
        for line in lines
    ]
    assert changed != lines
    with Store.open(databases.new(), create=True) as copy, pytest.raises(BrokenImportError):
        load(copy, changed)


def test_one_order_for_several_is_one_entry(store: Store) -> None:
    fill(store, [first(), letter(), second()])
    before = len(dump(store.place)["ledger"])
    done = redact(store, "d2", "d3", "d2")
    assert sorted(chain.from_iterable(one.documents for one in done.redactions)) == ["d2", "d3"]
    assert len(dump(store.place)["ledger"]) == before + 1
    assert store.audit().findings == ()


def test_what_is_not_there_changes_nothing(store: Store) -> None:
    fill(store, [letter()])
    before = dump(store.place)
    with pytest.raises(ClaimNotFoundError):
        redact(store, "d1", "d9")
    assert dump(store.place) == before


def test_bytes_that_were_refused_are_redacted_by_their_name(place: str) -> None:
    secret = capture(WORDS[1], f"{WORDS[2]}.bin")
    with Store.open(place, create=True) as store:
        fill(store, [first()])
        run = store.start_run(VERSIONS)
        taken = store.add_capture(run, secret)
        store.add_refusal(run, taken, "source.unreadable", f"{WORDS[1]} is no text")
        with pytest.raises(ClaimNotFoundError, match="no name of bytes"):
            redact(store, "unknown.bin")
        with pytest.raises(ClaimNotFoundError, match="no name of bytes"):
            redact(store, first().capture.source)
        done = redact(store, secret.source)
        assert [one.documents for one in done.redactions] == [()]
        assert store.state_of(secret) == "redacted"
        told = [one.what for one in store.log(None, None, None)]
        assert "bytes were kept: (a name that was erased)" in told
        assert "not read: (a name that was erased): why was erased too" in told
        audit = store.audit()
        assert audit.findings == ()
        assert [one.record for one in audit.notes if one.verdict == "redacted"] == ["x1"]
    assert not [row for row in cells(place) for word in WORDS if word in row]
