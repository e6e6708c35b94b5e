"""How sure a field is follows from its rule, and a mention is as sure as its least sure part."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.confidence import confidence, confidences
from extract.pipeline import extract

FIELDS = st.sampled_from(["amount", "timeframe", "purpose", "recipient", "kind"])


def test_every_stated_field_has_a_confidence() -> None:
    (mention,) = extract("Ministers will give schools £5m for repairs over three years.")
    stated = {name for name, _ in mention.spans()} - {"newness"}
    assert stated | {"kind", "mention"} == set(mention.confidence)
    least = min(mention.confidence[name] for name in ("amount", "timeframe", "purpose"))
    assert mention.confidence["mention"] == least


def test_a_rule_nobody_counted_is_as_sure_as_its_field() -> None:
    assert confidence("purpose", "purpose.of-mine") == confidence("purpose", "purpose.of-yours")


@given(FIELDS, st.text(max_size=20))
def test_a_confidence_is_a_share(field: str, rule: str) -> None:
    assert 0 <= confidence(field, rule) <= 1


def test_what_is_not_stated_has_none() -> None:
    assert confidences({"amount": "amount.sign", "per": "per.year-word"}).keys() == {
        "mention",
        "amount",
    }


def test_two_mentions_that_say_the_same_are_equal_whatever_the_confidence() -> None:
    (one,) = extract("They get £5m.")
    assert one.to_dict()["confidence"]
    assert type(one)(one.amount, one.kind, rules=one.rules) == one
