"""The contract of Store: what any store must keep to, whatever lies under it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from records.claim import Claim, ClaimRelation
from records.document import Document, Reader
from records.errors import ClaimNotFoundError, SpanMismatchError, StoreError
from records.mention import Mention
from records.span import Span
from store.results import Added, Counts
from store.store import Store
from tests.databases import Databases, dump
from tests.store.factory import NOON, VERSIONS, capture, document, given, mention
from tests.store.stories import STORIES, fill, first, fourth, second, third


@pytest.fixture
def run(store: Store) -> str:
    return store.start_run(VERSIONS)


@pytest.fixture
def filled(store: Store) -> Store:
    fill(store, [one() for one in STORIES])
    return store


def test_documents_come_back_with_their_mentions(filled: Store) -> None:
    for number, (one, stored) in enumerate(
        zip((make() for make in STORIES), filled.documents(), strict=True), 1
    ):
        assert stored.id == f"d{number}"
        assert stored.document == one.document
        assert [placed.mention for placed in stored.mentions] == list(one.mentions)
        assert (stored.run, stored.sources) == ("r1", (one.capture.source,))
        assert filled.document(stored.id) == stored
        assert filled.document_id(one.capture.sha256) == stored.id
    assert filled.document_id("0" * 64) is None


def test_what_adding_says(store: Store, run: str) -> None:
    assert first().add(store, run) == Added("d1", 5, 4, 1, replaced=False)
    assert second().add(store, run) == Added("d2", 3, 0, 3, replaced=False)
    assert third().add(store, run) == Added("d3", 3, 3, 0, replaced=False)
    assert store.counts() == Counts(3, 11, 7, 0, 0)


def test_a_claim_holds_every_mention_and_why(filled: Store) -> None:
    claim = filled.claim("c2")
    assert [stored.id for stored in claim.mentions] == ["m2", "m7"]
    assert (claim.low, claim.high, claim.approximate) == (Decimal(21) * 10**8,) * 2 + (False,)
    assert claim.purpose == "NHS technology and digital records"
    assert claim.funder == "The government"
    assert claim.timeframe == "over three years"
    assert claim.first_said == date(2021, 10, 25)
    assert [(match.left, match.right) for match in claim.matches] == [("m2", "m7")]
    assert claim.matches[0].score == sum(reason.weight for reason in claim.matches[0].reasons)
    assert claim.relations == (ClaimRelation("part_of", "c1", ("m2", "m7")),)
    assert filled.claim("m7") == claim


def test_a_mention_knows_where_it_stands(filled: Store) -> None:
    stored = filled.claim("m7").mentions[1]
    origin = stored.provenance
    assert origin.before == "Some "
    assert origin.sentence_after.startswith(" of it is for digital technology in the NHS")
    assert (origin.document, origin.source, origin.title) == (
        "d2",
        "news/second.md",
        "Treasury acts",
    )
    assert (origin.published, origin.published_how) == (date(2021, 10, 26), "given")
    assert origin.sha256 == second().capture.sha256


def test_two_pots_of_one_amount_stay_apart(filled: Store) -> None:
    two = [claim for claim in filled.all_claims() if claim.low == Decimal(2) * 10**9]
    assert [claim.purpose for claim in two] == [
        "roll out electronic patient records",
        "new MRI scanners",
    ]


@pytest.mark.parametrize("name", ["c99", "m99", "d99", "c3", "x1", "c", "c-1", "c²", "", "7"])
def test_an_unknown_id_is_named(filled: Store, name: str) -> None:
    ask: Callable[[str], object] = filled.document if name.startswith("d") else filled.claim
    with pytest.raises(ClaimNotFoundError) as caught:
        ask(name)
    assert name in str(caught.value)


def test_a_mention_number_that_is_no_claim_is_pointed_to(filled: Store) -> None:
    with pytest.raises(ClaimNotFoundError, match="no c3 in this store; m3 belongs to c1"):
        filled.claim("c3")


def test_the_same_again_changes_nothing(filled: Store, place: str) -> None:
    run = filled.start_run(VERSIONS)
    before = dump(place)
    for one in (make() for make in STORIES):
        assert filled.state_of(one.capture) == "done"
        added = one.add(filled, run)
        assert (added.new_claims, added.replaced) == (0, False)
    assert dump(place) == before


def test_the_bytes_come_back(store: Store, run: str) -> None:
    taken = store.add_capture(run, capture("\x00\xff binary £", "odd.bin", given(country="IE")))
    assert store.capture_of(taken.sha256) == taken
    with pytest.raises(ClaimNotFoundError, match="no bytes"):
        store.capture_of("0" * 64)


def test_states_of_bytes(store: Store, run: str) -> None:
    one = first()
    assert store.state_of(one.capture) == "absent"
    taken = store.add_capture(run, one.capture)
    assert store.state_of(one.capture) == "pending"
    assert store.counts() == Counts(0, 0, 0, 0, 1)
    store.add_refusal(run, taken, "source.unreadable", "no text")
    assert store.state_of(one.capture) == "refused"
    assert store.counts() == Counts(0, 0, 0, 1, 0)
    one.add(store, run)
    assert store.state_of(one.capture) == "done"
    assert store.counts() == Counts(1, 5, 4, 0, 0)


def test_what_is_said_anew_is_a_change_and_what_is_left_out_is_none(store: Store, run: str) -> None:
    told = given(published=date(2021, 10, 25))
    first(told).add(store, run)
    assert store.state_of(first(given()).capture) == "done"
    more = first(given(publisher="Wexley Post"))
    assert store.state_of(more.capture) == "changed"
    taken = store.add_capture(run, more.capture)
    assert taken.given == given(published=date(2021, 10, 25), publisher="Wexley Post")
    assert store.state_of(more.capture) == "changed"
    added = store.add_document(run, taken, document(taken), more.mentions)
    assert (added.document, added.replaced, added.new_claims) == ("d1", True, 0)
    assert store.state_of(more.capture) == "done"
    assert store.document("d1").document.metadata == taken.given


def test_two_names_with_their_own_words_do_not_fight(store: Store, run: str) -> None:
    one = first(given(publisher="Wexley Post"))
    one.add(store, run)
    other = replace(one.capture, source="copy.txt", given=given(publisher="Wenbury Gazette"))
    assert store.state_of(other) == "changed"
    taken = store.add_capture(run, other)
    store.add_document(run, taken, document(taken), one.mentions)
    assert store.state_of(other) == "done"
    assert store.state_of(one.capture) == "done"
    assert store.document("d1").sources == ("news/first.txt", "copy.txt")


def test_a_source_whose_bytes_go_back_has_a_capture_more(store: Store, run: str) -> None:
    """Its history is A, B, A, however often one capture is brought; the bytes are kept once."""
    one, other = (
        first(),
        second()._replace(capture=replace(second().capture, source=first().capture.source)),
    )
    for hours, story in ((0, one), (1, other), (2, one), (3, one), (1, other)):
        then = replace(story.capture, captured_at=NOON + timedelta(hours=hours))
        taken = store.add_capture(run, then)
        if store.state_of(taken) != "done":
            store.add_document(run, taken, document(taken), story.mentions)
    versions = store.versions(one.capture.source)
    assert [(version.document.id, version.captured_at.hour) for version in versions] == [
        ("d1", 12),
        ("d2", 13),
        ("d1", 14),
    ]
    assert store.counts().documents == 2
    assert store.audit().checked["bytes"] == 2
    assert store.document("d1").document.captured_at == NOON


def test_a_replaced_reading_keeps_its_ids(store: Store, run: str) -> None:
    fill(store, [second()])
    one = first()
    one.add(store, run)
    ids = {placed.mention.amount.span: placed for placed in store.document("d2").mentions}
    later = replace(one.document, reader=Reader("plain", "2"))
    taken = store.add_capture(run, one.capture)
    added = store.add_document(run, taken, later, one.mentions[1:])
    assert (added.document, added.mentions, added.replaced) == ("d2", 4, True)
    for placed in store.document("d2").mentions:
        assert placed == ids[placed.mention.amount.span]
    assert store.counts() == Counts(2, 7, 4, 0, 0)
    with pytest.raises(ClaimNotFoundError):
        store.claim("m4")  # the headline's


def test_relations_follow_a_claim_that_changes_its_number(store: Store, run: str) -> None:
    """The whole is first stated alone, so its claim's number is that of the other document."""
    text = "A wider £5.9bn for the NHS in England goes on waiting lists."
    alone = capture(text, "c.txt", given(published=date(2021, 10, 25)))
    whole = mention(
        text, "£5.9bn", "5900000000", recipient="the NHS in England", purpose="waiting lists"
    )
    first().add(store, run)
    taken = store.add_capture(run, alone)
    store.add_document(run, taken, document(taken), [whole])
    assert [stored.id for stored in store.claim("m6").mentions] == ["m1", "m3", "m6"]
    without = replace(first().document, reader=Reader("plain", "2"))
    taken = store.add_capture(run, first().capture)
    store.add_document(run, taken, without, first().mentions[1:])
    assert store.claim("m6").id == "c3"
    assert [one.to for one in store.claim("c2").relations] == ["c3"]


Bad = Callable[[Document, list[Mention]], tuple[Document, list[Mention]]]
BAD: dict[str, tuple[Bad, type[Exception], str]] = {
    "other-bytes": (lambda d, m: (replace(d, sha256="0" * 64), m), StoreError, "other bytes"),
    "wrong-quote": (
        lambda d, m: (d, [replace(m[0], purpose=Span(0, 3, "xyz"))]),
        SpanMismatchError,
        "not the quoted",
    ),
    "one-place-twice": (lambda d, m: (d, [m[0], m[0]]), StoreError, "two mentions begin at one"),
    "null-character": (lambda d, m: (replace(d, warnings=("a\0",)), m), StoreError, "U\\+0000"),
    "half-character": (lambda d, m: (replace(d, warnings=("\ud83d",)), m), StoreError, "half a"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_wrong_reading_is_refused_whole(store: Store, run: str, name: str) -> None:
    spoil, error, words = BAD[name]
    one = first()
    taken = store.add_capture(run, one.capture)
    with pytest.raises(error, match=words):
        store.add_document(run, taken, *spoil(one.document, list(one.mentions)))
    assert store.state_of(one.capture) == "pending"
    one.add(store, run)
    assert store.counts() == Counts(1, 5, 4, 0, 0)


def test_bytes_come_before_documents(store: Store, run: str) -> None:
    one = first()
    with pytest.raises(StoreError, match="add the capture first"):
        store.add_document(run, one.capture, one.document, one.mentions)


@pytest.mark.parametrize("run", ["r9", "r1"])
def test_a_run_must_be_open(store: Store, run: str) -> None:
    store.end_run(store.start_run(VERSIONS), {})
    with pytest.raises(StoreError, match=f"run {run} is not open"):
        store.add_capture(run, capture("x"))


def by_content(store: Store) -> list[Any]:
    """Everything about the claims, told by content instead of by local numbers."""
    keys = {
        stored.id: (stored.provenance.sha256, stored.mention.amount.span.start)
        for claim in store.all_claims()
        for stored in claim.mentions
    }
    names = {claim.id: members(claim, keys) for claim in store.all_claims()}

    def told(claim: Claim) -> Any:
        pairs = {
            (frozenset((keys[m.left], keys[m.right])), m.score, m.reasons) for m in claim.matches
        }
        relations = {(one.type, names[one.to]) for one in claim.relations}
        standings = [(one.published, one.standing) for one in claim.timeline]
        bare = replace(claim, id="", mentions=(), matches=(), relations=(), timeline=())
        return names[claim.id], bare, pairs, relations, standings

    return sorted((told(claim) for claim in store.all_claims()), key=lambda one: one[0])


def members(claim: Claim, keys: dict[str, tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(keys[stored.id] for stored in claim.mentions))


def test_the_order_of_ingestion_makes_no_difference(databases: Databases) -> None:
    told = []
    for order in permutations((first, second, third)):
        with Store.open(databases.new(), create=True) as store:
            fill(store, [make() for make in order])
            told.append(by_content(store))
    assert all(one == told[0] for one in told[1:])


def test_replacing_equals_never_having_read_otherwise(databases: Databases) -> None:
    with Store.open(databases.new(), create=True) as store:
        fill(store, [replace_mentions(first()), second(), fourth(), first()])
        replaced = by_content(store)
    with Store.open(databases.new(), create=True) as store:
        fill(store, [second(), fourth(), first()])
        assert by_content(store) == replaced


def replace_mentions(one: Any) -> Any:
    return one._replace(mentions=one.mentions[:2])
