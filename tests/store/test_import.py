"""A whole store comes back from its lines, or nothing of it does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from records.decision import PAIR_WORDS
from records.errors import BrokenImportError, ImportConflictError
from store.exports.whole import line_of, records
from store.imports.lines import read_lines
from store.imports.load import Loaded
from store.question import parse
from store.saying import Saying
from store.store import Store
from tests.databases import Databases
from tests.store.factory import VERSIONS, mention
from tests.store.factory import given as known
from tests.store.stories import STORIES, Story, fill, first, give, second, story, whole
from tests.store.test_decisions_hold import ACTS, Step, take

SHA256 = "ab" * 32


def lines_of(store: Store, *, sources: bool = True, question: str | None = None) -> list[str]:
    with store.selection(parse(question) if question else None) as chosen:
        return [line_of(data) for data in records(chosen, sources=sources)]


def load(store: Store, lines: list[str]) -> Loaded:
    return store.load(read_lines(line.encode() for line in lines), SHA256)


@contextmanager
def fresh(databases: Databases) -> Iterator[Store]:
    """An empty store: hypothesis asks for many, and pytest gives one a test."""
    place = databases.new()
    try:
        with Store.open(place, create=True) as store:
            yield store
    finally:
        databases.drop(place)


@pytest.fixture(scope="module")
def original(databases: Databases) -> Iterator[Store]:
    """A store with all that a store can have: readings, a refusal, a run taken back, decisions."""
    with Store.open(databases.new(), create=True) as store:
        fill(store, [make() for make in (*STORIES, whole)])
        again = store.start_run({**VERSIONS, "rules": "def"})
        one = STORIES[0]()
        taken = store.add_capture(again, one.capture)
        store.add_document(again, taken, one.document, one.mentions[:1])
        store.add_document(again, taken, one.document, one.mentions)
        store.end_run(again, {"updated": 1})
        bad = store.start_run(VERSIONS)
        broken = store.add_capture(bad, type(taken).of("bad.pdf", b"%PDF\xff", taken.captured_at))
        store.add_refusal(bad, broken, "source.unreadable", "no text")
        store.end_run(bad, {"failed": 1})
        store.undo("r2")
        give(store, [second()])
        store.decide(Saying("different", ("m2", "m7"), "anna", "two programmes"))
        store.decide(Saying("correct", ("m2",), "anna", None, "purpose", "NHS technology"))
        store.undo_decision("w1", "bo", "one programme")
        yield store


@pytest.fixture(scope="module")
def exported(original: Store) -> list[str]:
    return lines_of(original)


def test_a_store_comes_back_as_it_was(
    databases: Databases, original: Store, exported: list[str]
) -> None:
    with fresh(databases) as store:
        loaded = load(store, exported)
        assert (loaded.unchanged, loaded.differing) == (0, ())
        assert loaded.added["document"] == 7
        assert lines_of(store)[1:] == exported[1:]
        assert list(store.all_claims()) == list(original.all_claims())
        words = parse("for:technology")
        assert store.find_claims(words).claims == original.find_claims(words).claims != ()
        assert store.decisions() == original.decisions()
        assert store.audit(None, VERSIONS).findings == ()


def test_what_another_run_found_stays_when_a_run_is_taken_back_after_an_import(
    databases: Databases, exported: list[str]
) -> None:
    with fresh(databases) as store:
        load(store, exported)
        assert "d2" in store.undo("r1").kept
        assert store.audit(None, VERSIONS).findings == ()


STEPS = st.lists(
    st.builds(
        Step,
        st.sampled_from(ACTS),
        st.integers(0, 11),
        st.integers(0, 11),
        st.sampled_from(PAIR_WORDS),
    ),
    max_size=9,
)


WHOLE_COMES_LATER = [Step("read", n, 0, "same") for n in (0, 2, 7)]


@settings(max_examples=6)
@given(steps=STEPS, sources=st.booleans())
@example(steps=[*WHOLE_COMES_LATER, Step("decide", 0, 4, "part_of")], sources=False)
def test_any_store_comes_back(
    databases: Databases,
    steps: list[Step],
    sources: bool,  # noqa: FBT001 - drawn
) -> None:
    with fresh(databases) as store, fresh(databases) as copy:
        take(store, steps)
        lines = lines_of(store, sources=sources)
        load(copy, lines)
        assert lines_of(copy, sources=sources)[1:] == lines[1:]
        assert copy.audit(None, VERSIONS).findings == ()
        assert load(copy, lines).added == {}


def test_a_relation_to_an_amount_of_a_claim_built_later_comes_back(databases: Databases) -> None:
    with fresh(databases) as store, fresh(databases) as copy:
        give(store, [first()])
        give(store, [late()])
        lines = lines_of(store)
        load(copy, lines)
        assert lines_of(copy)[1:] == lines[1:]
        assert [one.relations for one in copy.all_claims()] == [
            one.relations for one in store.all_claims()
        ]
        assert copy.audit(None, VERSIONS).findings == ()


def late() -> Story:
    """A text that adds, to an amount of another text, one that stands in no other."""
    text = "The £5.9bn for the NHS to clear waiting lists is part of £77bn for hospitals."
    mentions = [
        mention(
            text,
            "£5.9bn",
            "5900000000",
            purpose="clear waiting lists",
            recipient="NHS",
            relation=("part_of", "£77bn"),
        ),
        mention(text, "£77bn", "77000000000", purpose="hospitals"),
    ]
    return story(text, "late.txt", known(published=date(2021, 10, 27)), mentions)


def test_the_ledger_names_the_file_and_where_it_came_from(
    databases: Databases, exported: list[str]
) -> None:
    with fresh(databases) as store:
        load(store, exported)
        with store.selection() as chosen:
            rows = chosen.connection.exec_driver_sql(
                "SELECT type, body FROM ledger ORDER BY seq"
            ).all()
    kinds = [row[0] for row in rows]
    assert kinds == ["store", "import"]
    body = json.loads(rows[1][1])
    assert (body["file"], body["root"]) == (SHA256, json.loads(exported[0])["ledger"]["root"])


def test_what_is_there_already_is_unchanged_and_the_rest_comes(
    databases: Databases, original: Store, exported: list[str]
) -> None:
    with fresh(databases) as store:
        load(store, lines_of(original, question="amount:41m OR currency:EUR"))
        before = store.counts().documents
        loaded = load(store, exported)
        assert before < store.counts().documents
        assert loaded.unchanged > 0
        assert lines_of(store)[1:] == exported[1:]
        assert store.audit(None, VERSIONS).findings == ()
        entries = len(lines_of(store))
        assert load(store, exported).added == {}
        assert len(lines_of(store)) == entries


def test_bytes_that_were_left_out_are_noted_and_come_later(
    databases: Databases, original: Store, exported: list[str]
) -> None:
    with fresh(databases) as store:
        loaded = load(store, lines_of(original, sources=False))
        assert not loaded.sources
        report = store.audit(lambda _: pytest.fail("nothing to derive from"), VERSIONS)
        assert report.findings == ()
        assert "its bytes were left out" in str(report.notes)
        assert load(store, exported).filled == 6
        assert lines_of(store)[1:] == exported[1:]
        assert store.audit(None, VERSIONS).findings == ()


def test_other_records_under_the_same_ids_are_listed_and_nothing_is_overwritten(
    databases: Databases, exported: list[str]
) -> None:
    with fresh(databases) as store:
        fill(store, [whole()])
        before = lines_of(store)
        with pytest.raises(ImportConflictError, match="line 2: run 1 is another here; line 6: "):
            load(store, exported)
        assert lines_of(store) == before


def broken(lines: list[str], kind: str, change: Callable[[dict[str, Any]], object]) -> list[str]:
    """Change the first record of a kind."""
    place = next(n for n, line in enumerate(lines) if f'"schema":"earmark.{kind}/1"' in line)
    data = json.loads(lines[place])
    change(data)
    return [*lines[:place], line_of(data), *lines[place + 1 :]]


def without(lines: list[str], kind: str) -> list[str]:
    place = next(n for n, line in enumerate(lines) if f'"schema":"earmark.{kind}/1"' in line)
    return [*lines[:place], *lines[place + 1 :]]


BREAKS: dict[str, tuple[Callable[[list[str]], list[str]], str]] = {
    "no JSON": (lambda lines: [*lines[:4], "{\n", *lines[5:]], "line 5: it is no JSON"),
    "a number that is none": (lambda lines: [*lines[:1], '{"a":NaN}\n'], "line 2: it is no JSON"),
    "deep": (lambda lines: [*lines[:1], "[" * 99999 + "\n"], "line 2: it is no JSON"),
    "a name twice": (lambda lines: [*lines[:1], '{"a":1,"a":2}\n'], "a name stands there twice"),
    "no record": (lambda lines: [*lines[:1], "[1]\n"], "line 2: it is no record"),
    "claims alone": (lambda lines: lines[-3:], "line 1: this is no whole store"),
    "cut off": (lambda lines: lines[:9], "line 10: the end is missing"),
    "empty": (lambda _: [], "line 1: the end is missing"),
    "behind the end": (lambda lines: [*lines, lines[1]], "something stands behind the end"),
    "a line is missing": (lambda lines: without(lines, "mention"), "the end counts other records"),
    "twice": (lambda lines: [*lines[:2], *lines[1:]], "line 3: a run stands there twice"),
    "newer": (
        lambda lines: broken(lines, "document", lambda d: d.update(schema="earmark.document/2")),
        "earmark.document/2 is of a newer Earmark",
    ),
    "another text": (
        lambda lines: broken(lines, "document", lambda d: d.update(text="£5m")),
        "text_sha256 is not the hash",
    ),
    "other bytes": (
        lambda lines: broken(lines, "content", lambda d: d.update(body="aGVsbG8=")),
        "sha256 and size are not those of its body",
    ),
    "no base64": (
        lambda lines: broken(lines, "content", lambda d: d.update(body="%")),
        "body is not base64",
    ),
    "a dangling content": (
        lambda lines: broken(lines, "capture", lambda d: d.update(content_id=99)),
        "this capture points at a record that is not there",
    ),
    "a dangling document": (
        lambda lines: broken(lines, "mention", lambda d: d.update(document_id=99)),
        "it stands in a document that is not in the file",
    ),
    "a dangling successor": (
        lambda lines: broken(lines, "document", lambda d: d.update(superseded_by=99)),
        "document 1 is superseded by 99",
    ),
    "a quote elsewhere": (
        lambda lines: broken(lines, "mention", lambda d: d["amount"].update(start=3)),
        "it is no mention of its document",
    ),
    "bytes in other letters": (
        lambda lines: broken(lines, "content", lambda d: d.update(body="é")),
        "body is not base64",
    ),
    "a word where a quote stands": (
        lambda lines: broken(lines, "mention", lambda d: d.update(attribution=False)),
        "it is no mention of its document",
    ),
    "a field is missing": (
        lambda lines: broken(lines, "mention", lambda d: d.pop("kind")),
        "'kind' is missing",
    ),
    "a strange field": (
        lambda lines: broken(lines, "run", lambda d: d.update(a=1)),
        "'a' is no part of a run",
    ),
    "a text for a number": (
        lambda lines: broken(lines, "capture", lambda d: d.update(run_id="1")),
        "run_id must be an integer",
    ),
    "a huge number": (
        lambda lines: broken(lines, "capture", lambda d: d.update(run_id=2**63)),
        "run_id must be an integer of 64 bits",
    ),
    "versions that are none": (
        lambda lines: broken(lines, "run", lambda d: d.update(versions=False)),
        "versions must be names with a text each",
    ),
    "a count that is none": (
        lambda lines: broken(lines, "run-end", lambda d: d.update(counts={"added": True})),
        "counts must be names with a number each",
    ),
    "a capture of other bytes": (
        lambda lines: broken(lines, "document", lambda d: d.update(capture_id=2)),
        "its capture is of other bytes",
    ),
    "a sighting of other bytes": (
        lambda lines: broken(lines, "sighting", lambda d: d.update(capture_id=1)),
        "its capture is of other bytes",
    ),
    "half a character": (
        lambda lines: broken(lines, "capture", lambda d: d.update(source="\ud800")),
        "half a character",
    ),
    "no instant": (
        lambda lines: broken(lines, "run", lambda d: d.update(started_at="today")),
        "it is no run",
    ),
    "no decision": (
        lambda lines: broken(lines, "decision", lambda d: d.update(word="perhaps")),
        "'perhaps' is nothing that one decides",
    ),
    "another claim": (
        lambda lines: broken(lines, "claim", lambda d: d["amount"].update(low="1")),
        "c1 does not follow from the records before it",
    ),
    "no ledger": (
        lambda lines: broken(lines, "store", lambda d: d.pop("ledger")),
        "line 1: it does not name the ledger",
    ),
}


def ascii_lines(lines: list[str]) -> list[str]:
    """Half characters stand in JSON as escapes; the rest is as it was."""
    return [line.encode("utf-8", "backslashreplace").decode() for line in lines]


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_line_is_named_and_nothing_is_imported(
    name: str, exported: list[str], store: Store
) -> None:
    change, words = BREAKS[name]
    with pytest.raises(BrokenImportError, match=words.replace("(", r"\(")) as told:
        load(
            store, change(exported) if name != "half a character" else ascii_lines(change(exported))
        )
    assert "Nothing was imported" in str(told.value)
    assert store.counts().documents == 0
    assert len(lines_of(store)) == 2


def test_a_line_that_is_no_text_is_named(exported: list[str], store: Store) -> None:
    with pytest.raises(BrokenImportError, match="line 2: it is no UTF-8"):
        store.load(read_lines([exported[0].encode(), b"\xff\n"]))


def test_chosen_claims_come_as_they_were(databases: Databases, original: Store) -> None:
    question = "amount:2.1bn"
    with fresh(databases) as store:
        load(store, lines_of(original, question=question))
        assert store.audit(None, VERSIONS).findings == ()
        assert {one.id for one in store.documents()} == {"d1", "d2"}
        figures = [(one.id, one.low) for one in original.find_claims(parse(question)).claims]
        assert [(one.id, one.low) for one in store.find_claims(parse(question)).claims] == figures


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70) | st.integers(-1, 9),
    st.floats(allow_nan=False),
    st.text(max_size=5),
    st.sampled_from([[], {}, [[1]], {"a": {}}, "2026-01-01", "c1", "\0", "9" * 5000]),
)


def changed(data: Any, path: list[int], value: object) -> Any:
    """Put a value somewhere into data."""
    if not path or not isinstance(data, dict | list) or not data:
        return value
    names = sorted(data) if isinstance(data, dict) else range(len(data))
    name = names[path[0] % len(names)]
    copy = data.copy()
    copy[name] = changed(data[name], path[1:], value)
    return copy


@settings(max_examples=20)
@given(
    place=st.integers(0, 99),
    path=st.lists(st.integers(0, 99), min_size=1, max_size=3),
    value=VALUES,
)
def test_whatever_a_line_says_is_refused_or_proven(
    databases: Databases, exported: list[str], place: int, path: list[int], value: object
) -> None:
    place %= len(exported)
    line = json.dumps(changed(json.loads(exported[place]), path, value)) + "\n"
    lines = [*exported[:place], line, *exported[place + 1 :]]
    with fresh(databases) as store:
        try:
            load(store, lines)
        except BrokenImportError as error:
            why = str(error)
        else:
            why = ""
        assert (store.counts().documents == 0) == bool(why), why
        assert store.audit(None, VERSIONS).findings == ()
