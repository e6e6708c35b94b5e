"""What an audit is asked to look at, and what it says of gaps, clocks and bytes that are gone."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import delete, select, update

from records.errors import ClaimNotFoundError, SettingsError
from store.audit.asked import Asked
from store.audit.figures import contradicts
from store.audit.report import AuditReport
from store.heads import HeadCheck
from store.ledger import START, entry_hash
from store.store import Store
from store.tables import TEXT_FIELDS, contents, documents, ledger, mentions
from tests.databases import Databases, behind_its_back, unguarded


def audit(place: str, asked: Asked = Asked(deep=False)) -> AuditReport:  # noqa: B008 - frozen
    with Store.open(place, read_only=True) as store:
        return store.audit(asked=asked)


@pytest.fixture
def copy(everything: str, databases: Databases) -> Iterator[str]:
    place = databases.copy(everything)
    yield place
    databases.drop(place)


def names(report: AuditReport) -> set[str]:
    return {name for some in report.verdicts.values() for name in some}


def test_every_named_record_has_a_verdict(everything: str) -> None:
    report = audit(everything)
    assert set(report.verdicts) == {"proven"}
    assert {"m1", "c1", "d1", "r1", "w1"} <= names(report)
    assert any("--deep" in left for left in report.left_out)


@pytest.mark.parametrize(
    ("ids", "held", "not_held"),
    [
        (("m1",), {"m1", "c1", "d1", "r1"}, {"m9", "d2"}),
        (("c1",), {"m1", "c1", "d1", "d2"}, {"d3"}),
        (("d2",), {"d2", "r1"}, {"d1", "c1"}),
        (("r2",), {"r2"}, {"r1"}),
        (("m1", "d2"), {"m1", "d1", "d2"}, {"d3"}),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, tuple) else None,
)
def test_what_is_named_is_looked_at_with_its_grounds(
    everything: str, ids: tuple[str, ...], held: set[str], not_held: set[str]
) -> None:
    report = audit(everything, Asked(ids, deep=False))
    assert report.findings == ()
    assert held <= names(report)
    assert not not_held & names(report)
    assert report.asked.startswith(", ".join(ids))


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (Asked(("m999",)), ClaimNotFoundError),
        (Asked(("q1",)), SettingsError),
        (Asked(since="r999"), ClaimNotFoundError),
        (Asked(since="soon"), SettingsError),
        (Asked(sample=0), SettingsError),
        (Asked(("m1",), since="r1"), SettingsError),
    ],
    ids=["mention", "word", "run", "since", "sample", "both"],
)
def test_what_cannot_be_meant_is_refused(
    everything: str, asked: Asked, error: type[Exception]
) -> None:
    with pytest.raises(error):
        audit(everything, asked)


@pytest.mark.parametrize("size", [1, 3, 8, 14, 21])
def test_a_sample_is_the_same_every_time_and_says_what_it_left_out(
    everything: str, size: int
) -> None:
    once, again = (audit(everything, Asked(sample=size, deep=False)) for _ in range(2))
    assert once.verdicts == again.verdicts
    assert sum(name.startswith("m") for name in names(once)) == size
    assert f"{size} mentions, chosen by the hash of ledger entry 34" in once.asked
    assert any("all other records" in left for left in once.left_out)


def test_a_sample_larger_than_the_store_is_all_of_it(everything: str) -> None:
    mine, all_of_it = audit(everything, Asked(sample=10_000, deep=False)), audit(everything)
    mentioned = {name for name in names(all_of_it) if name.startswith("m")}
    assert {name for name in names(mine) if name.startswith("m")} == mentioned


@pytest.mark.parametrize("since", ["r1", "2000-01-01", "0"])
def test_since_the_beginning_is_everything_that_counts(everything: str, since: str) -> None:
    assert names(audit(everything, Asked(since=since, deep=False))) == names(audit(everything))


@pytest.mark.parametrize("since", ["9999-01-01", "34"])
def test_since_the_end_is_nothing(everything: str, since: str) -> None:
    assert names(audit(everything, Asked(since=since, deep=False))) == set()


def test_since_a_run_leaves_out_what_was_before(everything: str) -> None:
    found = names(audit(everything, Asked(since="r2", deep=False)))
    assert "r2" in found
    assert "m1" not in found


def test_what_rests_on_a_change_is_not_proven(copy: str) -> None:
    with behind_its_back(copy) as connection:
        connection.execute(update(documents).where(documents.c.id == 1).values(title="x"))
    report = audit(copy)
    assert report.verdicts["changed"] == ("d1",)
    assert {"m1", "c1"} <= set(report.verdicts["not checkable here"])


def test_bytes_that_were_emptied_are_gone(copy: str) -> None:
    with behind_its_back(copy) as connection:
        connection.execute(update(contents).where(contents.c.id == 1).values(body=b""))
    (finding,) = audit(copy).findings
    assert (finding.record, finding.verdict) == ("d1", "gone")
    assert finding.what == "the bytes that it was read from are gone"


def test_bytes_that_were_deleted_are_gone(copy: str) -> None:
    with behind_its_back(copy) as connection, unguarded(connection):
        connection.execute(delete(contents).where(contents.c.id == 1))
    found = {(one.record, one.verdict) for one in audit(copy).findings if one.level == "hashes"}
    assert ("d1", "gone") in found


@pytest.mark.parametrize(
    ("gone", "named"), [([20, 21], "20 to 21"), ([1], "1")], ids=["in the middle", "at the start"]
)
def test_a_gap_in_the_ledger_is_one_finding(copy: str, gone: list[int], named: str) -> None:
    with Store.open(copy, read_only=True) as store:
        head = store.head()
    with behind_its_back(copy) as connection, unguarded(connection):
        connection.execute(delete(ledger).where(ledger.c.seq.in_(gone)))
    report = audit(copy, Asked(deep=False, heads=(head,)))
    said = [one for one in report.findings if one.level in ("ledger", "heads")]
    assert [(one.record, one.verdict) for one in said] == [(f"ledger entry {named}", "gone")]
    (note,) = [one for one in report.notes if one.level == "heads"]
    assert note.verdict == "not checkable here"
    assert note.what.startswith(f"it covers ledger entry {gone[0]},")


def test_a_cut_end_is_told_beside_a_gap(copy: str) -> None:
    with Store.open(copy, read_only=True) as store:
        head = store.head()
    with behind_its_back(copy) as connection, unguarded(connection):
        connection.execute(delete(ledger).where(ledger.c.seq.in_([20, head.size])))
    said = [
        one
        for one in audit(copy, Asked(deep=False, heads=(head,))).findings
        if one.level == "heads"
    ]
    assert [one.verdict for one in said] == ["rolled back"]


def rewrite(place: str, late: int) -> None:
    """Write the whole ledger anew, in good form, with one time set back."""
    with behind_its_back(place) as connection, unguarded(connection):
        prev, tree = START, HeadCheck([])
        for entry in connection.execute(select(ledger).order_by(ledger.c.seq)).all():
            body = json.loads(entry.body) | {"prev": prev.hex()}
            if entry.seq == late:
                body["at"] = "2001-01-01T00:00:00.000000Z"
            text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            hashed = entry_hash(entry.type, text.encode())
            new = {"body": text, "prev": prev, "hash": hashed, "nodes": tree.add(hashed)}
            here = ledger.c.seq == entry.seq
            connection.execute(update(ledger).where(here).values(new))
            prev = hashed


def test_a_clock_that_went_back_is_a_note(copy: str) -> None:
    rewrite(copy, 20)
    report = audit(copy)
    assert report.findings == ()
    (note,) = [one for one in report.notes if one.level == "ledger"]
    assert (note.record, note.verdict) == ("ledger entry 20", "noted")
    assert "a clock was set back" in note.what


FIGURES = [
    ("£2.1bn", 210_000_000_000, False),
    ("£2.1bn", 250_000_000_000, True),
    ("2 100 million euros", 210_000_000_000, False),
    ("£1,000", 100_000, False),
    ("between £3m and £5m", 500_000_000, False),
    ("50p", 50, False),
    ("two million pounds", 900_000_000, False),
    ("£5½m", 550_000_000, False),
    ("£0", 0, False),
    ("Rs 71 crore 70 lakh", 71_700_000_000, False),
    ("Rs 71 crore 70 lakh", 61_700_000_000, True),
    ("₹33, 414 cr", 33_414_000_000_000, False),
    ("£7m", None, False),
]


@pytest.mark.parametrize(("quote", "minor", "wrong"), FIGURES, ids=str)
def test_figures_of_a_quote(*, quote: str, minor: int | None, wrong: bool) -> None:
    assert contradicts(quote, (minor,)) is wrong


def test_an_amount_that_is_not_in_its_quote_is_found(copy: str) -> None:
    with behind_its_back(copy) as connection:
        wrong = update(mentions).where(mentions.c.id == 1).values(low_minor=123_456, low_text=None)
        connection.execute(wrong)
    found = [one for one in audit(copy).findings if one.level == "quotes"]
    assert [(one.record, one.verdict) for one in found] == [("m1", "changed")]
    assert "is no figure of" in found[0].what


INDEX_CHANGES = {
    "a mention is not in it": "INSERT INTO mention_words (mention_words, rowid, {}) "
    "SELECT 'delete', id, {} FROM mentions WHERE id = 3",
    "one that is none is in it": "INSERT INTO mention_words (rowid, sentence) VALUES (999, 'x')",
    "a word more": "INSERT INTO mention_words (rowid, sentence) VALUES (3, 'more')",
    "other words": "UPDATE mention_words_data SET block = zeroblob(length(block)) WHERE id > 10",
}


@pytest.mark.parametrize("change", INDEX_CHANGES, ids=str)
def test_an_index_that_says_otherwise_is_found(copy: str, backend: str, change: str) -> None:
    if backend == "postgresql":
        pytest.skip("its index is on the rows themselves")
    names = ", ".join(TEXT_FIELDS)
    with behind_its_back(copy) as connection:
        connection.exec_driver_sql(INDEX_CHANGES[change].format(names, names))
    report = audit(copy, Asked())
    assert report.outcome == "findings"
    assert all(one.level in ("hashes", "storage") for one in report.findings)


def test_an_index_that_says_the_same_is_compared_word_by_word(
    everything: str, backend: str
) -> None:
    checked = audit(everything, Asked()).checked
    assert ("words in the index" in checked) == (backend == "sqlite")
