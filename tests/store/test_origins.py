"""Origins and echoes in the store: the same in any order, and undone with their runs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given as having
from hypothesis import settings
from hypothesis import strategies as st

from records.document import Metadata, Reader
from records.mention import Amount, Mention
from records.span import Span
from store.question import parse
from store.store import Store
from tests.databases import Databases
from tests.store.factory import VERSIONS, mention
from tests.store.factory import given as told
from tests.store.reprints import Print, origins_of, prints, score, shares
from tests.store.stories import RELEASE, REPRINT, Story, fill, first, release, reprint, story

DAY = date(2024, 5, 2)
OTHER = REPRINT.replace("Tom Oakley", "Ellen Voss").replace("Harbour", "Sea")
CHANGED = RELEASE.replace("£41 million", "£43 million")


def changed(source: str = "changed.txt", day: date = DAY) -> Story:
    mentions = [
        mention(CHANGED, "£43 million", "43000000", purpose="Work on the wall"),
        mention(CHANGED, "£12 million", "12000000", funder="firms in the town"),
    ]
    return story(CHANGED, source, told(published=day), mentions)


def by_source(store: Store) -> dict[str, str | None]:
    """Return each source with that of its origin; None for an origin."""
    stored = {one.id: one for one in store.documents()}
    return {
        one.sources[0]: stored[one.echo.of].sources[0] if one.echo else None
        for one in stored.values()
    }


def test_a_reprint_is_an_echo_and_counts_with_its_origin(store: Store) -> None:
    fill(store, [release(), reprint(), changed()])
    assert by_source(store) == {"release.txt": None, "post.txt": "release.txt", "changed.txt": None}
    echo = store.document("d2").echo
    assert echo
    assert echo.reason == "echo of d1: 90 % of its words stand there in the same order; " + (
        "2 different sums in both"
    )
    (wall,) = store.find_claims(parse("amount:41m")).claims
    assert (wall.documents, wall.origins) == (2, 1)
    assert {one.provenance.echo for one in wall.mentions} == {None, echo}
    (firms,) = store.find_claims(parse("amount:12m")).claims
    assert (firms.documents, firms.origins) == (3, 2)
    assert store.audit().findings == ()


@pytest.mark.parametrize(
    ("asked", "amounts"),
    [
        ("origins:>=2", {12}),
        ("origins:>1", {12}),
        ("origins:2", {12}),
        ("origins:=1", {41, 43}),
        ("origins:<2", {41, 43}),
        ("origins:<=2", {12, 41, 43}),
        ("-origins:1", {12}),
        ("origins:>2", set()),
    ],
)
def test_questions_count_independent_origins(store: Store, asked: str, amounts: set[int]) -> None:
    fill(store, [release(), reprint(), changed()])
    claims = store.find_claims(parse(asked)).claims
    assert {int(claim.low or 0) // 10**6 for claim in claims} == amounts


def test_the_earliest_day_is_the_origin_in_any_order(databases: Databases) -> None:
    stories = [
        release(DAY),
        reprint(DAY + timedelta(1)),
        reprint(DAY, "voss.txt", OTHER),  # of one day the fullest comes first
    ]
    for order in permutations(stories):
        with Store.open(databases.new(), create=True) as store:
            fill(store, order)
            found = {"release.txt": None, "post.txt": "release.txt", "voss.txt": "release.txt"}
            assert by_source(store) == found
            assert store.audit().findings == ()


def test_the_next_earliest_becomes_the_origin_when_a_run_is_taken_back(store: Store) -> None:
    runs = [
        fill(store, [one])
        for one in (reprint(), reprint(None, "voss.txt", OTHER), release(), first())
    ]
    assert by_source(store)["voss.txt"] == "release.txt"
    store.undo(runs[2])
    assert by_source(store) == {"post.txt": None, "voss.txt": "post.txt", "news/first.txt": None}
    assert store.audit().findings == ()
    fill(store, [release()])
    assert by_source(store)["post.txt"] == "release.txt"


def test_two_captures_of_one_source_are_versions_and_count_once(store: Store) -> None:
    fill(store, [release(), changed("release.txt", DAY + timedelta(1))])
    echo = store.document("d2").echo
    assert echo
    assert (echo.of, echo.kind) == ("d1", "version")
    assert store.count_claims(parse("origins:>=2")) == 0


def test_a_name_that_bytes_get_or_lose_makes_captures_of_one_source(store: Store) -> None:
    fill(store, [release(), changed()])
    assert store.document("d2").echo is None
    run = store.start_run(VERSIONS)
    store.add_capture(run, replace(changed().capture, source="release.txt"))
    store.end_run(run, {})
    echo = store.document("d2").echo
    assert echo
    assert echo.kind == "version"
    assert store.audit().findings == ()
    store.undo(run)
    assert store.document("d2").echo is None
    assert store.audit().findings == ()


def test_a_text_read_anew_stays_in_its_group(store: Store) -> None:
    fill(store, [release(), reprint()])
    again = replace(release().document, reader=Reader("plain", "2"))
    fill(store, [release()._replace(document=again)])
    assert store.document("d1").document.reader.version == "2"
    assert by_source(store) == {"release.txt": None, "post.txt": "release.txt"}
    assert store.audit().findings == ()


def test_made_reprints_are_told_from_rewrites_corrections_and_forms(store: Store) -> None:
    """A small part of what scripts/bench_origins.py measures; mentions are found by their sign."""
    made = prints(6, seed=3)
    fill(store, [story(one.text, one.source, _said(one), _found(one.text)) for one in made])
    how = score(made, origins_of(store))
    assert how.wrong == []
    assert how.recall >= 0.95, shares(how.missed)


def _said(one: Print) -> Metadata:
    return told(published=one.published) if one.published else Metadata()


def _found(text: str) -> list[Mention]:
    found = []
    for match in re.finditer(r"£[\d,]*\d( million|m)?", text):
        value = Decimal(re.sub(r"\D", "", match[0])) * (10**6 if match[1] else 1)
        span = Span.of(text, *match.span())
        amount = Amount(span, "GBP", value, value, approximate=False, per=None)
        found.append(
            Mention(amount, kind="funding", rules={"amount": "by.hand", "kind": "by.hand"})
        )
    return found


TEXTS = (RELEASE, REPRINT, OTHER, CHANGED, REPRINT.replace("£12m", "£13m"))


@st.composite
def runs(draw: st.DrawFn) -> list[list[Story]]:
    """Draw up to four runs of texts that are near to one another, no bytes in two of them."""
    chosen = draw(st.lists(st.sampled_from(TEXTS), min_size=2, unique=True))
    drawn: list[list[Story]] = [[] for _ in range(draw(st.integers(2, 4)))]
    for text in chosen:
        day = draw(st.none() | st.integers(0, 2))
        said = told(published=DAY + timedelta(day)) if day is not None else told()
        one = story(text, draw(st.sampled_from("abc")), said, _found(text))
        draw(st.sampled_from(drawn)).append(one)
    return [draw(st.permutations(stories)) for stories in drawn]


def seen(store: Store) -> tuple[object, ...]:
    """Return what a user sees of origins, told by bytes instead of by local numbers."""
    stored = {one.id: one for one in store.documents()}
    names = {number: one.document.sha256 for number, one in stored.items()}
    echoes = {
        names[one.id]: one.echo and replace(one.echo, of=names[one.echo.of])
        for one in stored.values()
    }
    counted = sorted(
        (claim.currency, str(claim.low), claim.documents, claim.origins)
        for claim in store.all_claims()
    )
    answers = [store.count_claims(parse(f"origins:{n}")) for n in range(4)]
    return echoes, counted, answers


@having(runs(), st.data())
@settings(max_examples=15)
def test_a_run_taken_back_leaves_no_trace(
    databases: Databases, stories: list[list[Story]], data: st.DataObject
) -> None:
    gone = data.draw(st.integers(0, len(stories) - 1))
    rest = [one for number, run in enumerate(stories) for one in run if number != gone]
    with Store.open(databases.new(), create=True) as store:
        ids = [fill(store, run) for run in stories]
        assert store.audit().findings == ()  # what was judged step by step is judged at once
        store.undo(ids[gone])
        assert store.audit().findings == ()
        told = seen(store)
    with Store.open(databases.new(), create=True) as store:
        fill(store, data.draw(st.permutations(rest)))
        assert seen(store) == told
