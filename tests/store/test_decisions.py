"""A person's word holds at once and stays, outranks the matcher, and can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import NamedTuple

import pytest

from records.errors import ClaimNotFoundError, DecisionConflictError, StoreError
from records.mention import Mention
from store.saying import Saying
from store.store import Store
from tests.databases import behind_its_back, unguarded
from tests.store.factory import VERSIONS, given, mention
from tests.store.stories import Story, fill, first, fourth, second, story, third

THREE = (first, second, third)
WALL = "The council will spend £41m on a wall."
ROAD = "It will spend £41m on roads next year."


def wall(day: date = date(2024, 5, 2)) -> Story:
    told = mention(WALL, "£41m", "41000000", purpose="a wall")
    return story(WALL, "wall.txt", given(published=day), [told])


def road() -> Story:
    told = mention(ROAD, "£41m", "41000000", purpose="roads")
    return story(ROAD, "road.txt", given(published=date(2024, 5, 9)), [told])


def say(store: Store, word: str, *names: str, by: str = "anna", **more: str) -> str:
    return store.decide(Saying(word, names, by, **more)).id  # type: ignore[arg-type]


def groups(store: Store) -> set[frozenset[tuple[str, int]]]:
    """The claims by what does not depend on any number."""
    return {
        frozenset((one.provenance.sha256, one.mention.amount.span.start) for one in claim.mentions)
        for claim in store.all_claims()
    }


def sound(store: Store) -> bool:
    return store.audit(None, VERSIONS).findings == ()


def claim_of(store: Store, name: str) -> str:
    return store.claim(name).id


def test_same_joins_what_the_matcher_tells_apart_until_it_is_taken_back(store: Store) -> None:
    fill(store, [wall(), road()])
    before = groups(store)
    assert claim_of(store, "m1") != claim_of(store, "m2")
    name = say(store, "same", "m1", "m2", reason="the road runs on the wall")
    assert claim_of(store, "m1") == claim_of(store, "m2") == "c1"
    (match,) = store.claim("c1").matches
    assert [reason.code for reason in match.reasons] == ["decided"]
    (decision,) = store.claim("c1").decisions
    assert (decision.id, decision.word, decision.by) == (name, "same", "anna")
    assert decision.reason == "the road runs on the wall"
    assert sound(store)
    undone = store.undo_decision(name, "ben", "they are not")
    assert undone.taken_back
    assert (undone.taken_back.by, undone.taken_back.reason) == ("ben", "they are not")
    assert groups(store) == before
    assert store.claim("m1").decisions == ()
    assert [one.id for one in store.decisions()] == [name]
    assert sound(store)


def test_different_parts_what_the_matcher_joins_until_it_is_taken_back(store: Store) -> None:
    fill(store, [one() for one in THREE])
    before = groups(store)
    pair = next(claim for claim in store.all_claims() if claim.documents > 1)
    left, right = pair.mentions[0].id, pair.mentions[-1].id
    name = say(store, "different", left, right)
    assert claim_of(store, left) != claim_of(store, right)
    assert sound(store)
    store.undo_decision(name, "anna")
    assert groups(store) == before
    assert sound(store)


def test_different_parts_mentions_of_one_document(store: Store) -> None:
    fill(store, [first()])
    assert claim_of(store, "m1") == claim_of(store, "m3")
    say(store, "different", "m1", "m3")
    assert claim_of(store, "m1") != claim_of(store, "m3")
    assert sound(store)


def test_a_part_of_another_document_hangs_under_its_whole(store: Store) -> None:
    fill(store, [wall(), first()])
    whole = claim_of(store, "m2")
    name = say(store, "part_of", "m1", "m2")
    (relation,) = store.claim("m1").relations
    assert (relation.type, relation.to, relation.decisions) == ("part_of", whole, (name,))
    assert sound(store)
    fill(store, [second()])  # the whole gets another mention
    assert store.claim("m1").relations[0].to == claim_of(store, "m2")
    assert sound(store)
    store.undo_decision(name, "anna")
    assert store.claim("m1").relations == ()
    assert sound(store)


def test_a_part_follows_when_the_run_of_its_whole_is_taken_back(store: Store) -> None:
    fill(store, [wall()])
    run = fill(store, [first()])
    say(store, "part_of", "m1", "m2")
    store.undo(run)
    assert store.claim("m1").relations == ()
    (decision,) = store.decisions()
    assert decision.other
    assert decision.other.id is None
    assert sound(store)
    fill(store, [first()])
    assert [one.type for one in store.claim("m1").relations] == ["part_of"]
    assert sound(store)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_decisions_outlive_other_rules_in_whatever_order_documents_come(
    order: Sequence[int], place: str
) -> None:
    with Store.open(place, create=True) as store:
        fill(store, [wall(), road(), first()])
        say(store, "same", "m1", "m2")
        say(store, "different", "m3", "m5")
        say(store, "correct", "m1", field="purpose", value="a sea wall")
        gone = store.claim("m7").mentions[0]
        cut = gone.provenance.sha256, gone.mention.amount.span.start
        held = {group - {cut} for group in groups(store)} - {frozenset()}
        again = [other_rules(one) for one in (wall(), road(), first())]
        fill(store, [again[which] for which in order])
        assert groups(store) == held
        assert [one.word for one in store.claim("m1").decisions] == ["same", "correct"]
        assert sound(store)


def other_rules(one: Story) -> Story:
    """The same text as other rules read it: an amount less, and other rule ids."""
    kept = [mention for mention in one.mentions if mention.amount.span.text != "£36bn"]
    changed = [replace(each, rules=dict.fromkeys(each.rules, "other")) for each in kept]
    return one._replace(mentions=changed)


def test_a_decision_rests_while_other_rules_read_another_amount_there(store: Store) -> None:
    fill(store, [wall(), road()])
    say(store, "same", "m1", "m2")

    def cut(one: Mention) -> Mention:
        span = one.amount.span
        short = replace(span, end=span.end - 1, text=span.text[:-1])
        return replace(one, amount=replace(one.amount, span=short))

    told = wall()
    fill(store, [told._replace(mentions=[cut(one) for one in told.mentions])])
    assert claim_of(store, "m2") == "c2"
    assert store.decisions()[0].mention.id is None
    assert sound(store)
    fill(store, [told._replace(mentions=[replace(one, kind="cost") for one in told.mentions])])
    assert len({claim.id for claim in store.all_claims()}) == 1
    assert sound(store)


class Refused(NamedTuple):
    id: str
    held: list[tuple[str, ...]]
    new: tuple[str, ...]
    words: str


REFUSED = [
    Refused("at-once", [("same", "m1", "m2")], ("different", "m2", "m1"), "w1, anna on"),
    Refused("other-way", [("different", "m1", "m2")], ("same", "m2", "m1"), "earmark undo w1"),
    Refused(
        "by-a-third",
        [("same", "m1", "m2"), ("same", "m2", "m3")],
        ("different", "m1", "m3"),
        "w2.*w1",
    ),
    Refused(
        "chain-closed",
        [("same", "m1", "m2"), ("different", "m1", "m3")],
        ("same", "m2", "m3"),
        "w2.*w1",
    ),
    Refused("part-is-not-whole", [("part_of", "m1", "m2")], ("same", "m1", "m2"), "part of m2"),
    Refused("circle", [("part_of", "m1", "m2")], ("part_of", "m2", "m1"), "c2 → c1 → c2"),
    Refused(
        "circle-of-three",
        [("part_of", "m1", "m2"), ("part_of", "m2", "m3")],
        ("part_of", "m3", "m1"),
        "by w1 and w2: ",
    ),
    Refused("circle-with-texts", [], ("part_of", "m3", "m4"), "what the texts say: c3 → c4 → c3"),
    Refused(
        "circle-by-same",
        [("part_of", "m1", "m2"), ("part_of", "m2", "m7")],
        ("same", "m1", "m7"),
        "part of itself",
    ),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: str(case.id))
def test_what_contradicts_is_refused_and_nothing_is_changed(case: Refused, store: Store) -> None:
    fill(store, [wall(), road(), first()])
    for word, *names in case.held:
        say(store, word, *names)
    before, held = groups(store), store.decisions()
    with pytest.raises(DecisionConflictError, match=case.words):
        say(store, case.new[0], *case.new[1:])
    assert (groups(store), store.decisions()) == (before, held)
    assert sound(store)


@pytest.mark.parametrize(
    ("old", "new", "agrees"),
    [
        (("accept", None), ("accept", None), True),
        (("correct", "a wall"), ("correct", "a wall"), True),
        (("accept", None), ("reject", None), False),
        (("correct", "a wall"), ("correct", "a bank"), False),
    ],
)
def test_two_people_on_one_field(
    old: tuple[str, str | None], new: tuple[str, str | None], *, agrees: bool, store: Store
) -> None:
    fill(store, [wall()])
    store.decide(Saying(old[0], ("m1",), "anna", field="purpose", value=old[1]))  # type: ignore[arg-type]
    ben = Saying(new[0], ("m1",), "ben", field="purpose", value=new[1])  # type: ignore[arg-type]
    if agrees:
        store.decide(ben)
    else:
        with pytest.raises(DecisionConflictError, match="the purpose of m1"):
            store.decide(ben)
    assert len(store.decisions()) == 1 + agrees


def test_not_sure_changes_nothing_and_contradicts_nothing(store: Store) -> None:
    fill(store, [wall(), road()])
    before = groups(store)
    say(store, "not_sure", "m1", "m2")
    assert groups(store) == before
    say(store, "same", "m1", "m2", by="ben")
    assert [one.word for one in store.claim("m2").decisions] == ["not_sure", "same"]


@pytest.mark.parametrize("name", ["m99", "c99", "c2", "x1", "m", "w1"])
def test_an_unknown_id_is_said_and_nothing_is_written(name: str, store: Store) -> None:
    fill(store, [first(), fourth()])
    if name == "c2":
        name = next(f"c{n}" for n in range(1, 20) if f"c{n}" not in ids(store))
    with pytest.raises(ClaimNotFoundError):
        say(store, "same", "m1", name)
    assert store.decisions() == []


def ids(store: Store) -> set[str]:
    return {claim.id for claim in store.all_claims()}


def test_a_decision_is_taken_back_once(store: Store) -> None:
    fill(store, [wall(), road()])
    name = say(store, "same", "m1", "m2")
    store.undo_decision(name, "anna")
    with pytest.raises(StoreError, match="taken back already, by anna"):
        store.undo_decision(name, "ben")
    with pytest.raises(ClaimNotFoundError, match="no w9"):
        store.undo_decision("w9", "ben")


def test_another_process_heeds_what_was_decided(store: Store, place: str) -> None:
    fill(store, [wall(), road()])
    with Store.open(place) as other:
        other.compare("m1", "m2")
        say(store, "same", "m1", "m2")
        assert other.compare("m1", "m2").same
        fill(other, [third()])
    assert sound(store)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE decisions SET word = 'different'",
        "UPDATE decisions SET decided_by = 'ben'",
        "DELETE FROM decisions",
        "UPDATE decision_undos SET reason = 'x'",
        "DELETE FROM decision_undos",
    ],
)
def test_the_audit_names_a_decision_that_was_changed(sql: str, store: Store, place: str) -> None:
    fill(store, [wall(), road()])
    store.undo_decision(say(store, "same", "m1", "m2"), "anna")
    say(store, "not_sure", "m1", "m2")
    with behind_its_back(place) as connection, unguarded(connection):
        connection.exec_driver_sql(sql)
    findings = store.audit(None, VERSIONS).findings
    assert any("decision" in one.where or one.record.startswith("w") for one in findings)
