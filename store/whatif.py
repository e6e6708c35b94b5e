"""What would change a verdict: two pots told otherwise, and judged again by the matcher."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

from records.mention import Amount, Relation, Timeframe
from records.span import Span
from store.dedup.candidate import Candidate, LocalPot
from store.dedup.words import reference
from store.judging import retold, score

MOST = {1: 6, 2: 3, 3: 2}
"""How many changes are named; where one is not enough, how many pairs of them, or threes."""
SHOWN = 60
"""Characters of a text's words that are shown."""
_OTHER_WORDS = "lighthouse keepers"
_TWO_YEARS = (2901, 2905)
_FIELDS = {
    "timeframe": "period",
    "purpose": "purpose",
    "recipient": "recipient",
    "funder": "funder",
}


class Side(NamedTuple):
    """One of two pots.

    Attributes:
        pot: The pot.
        names: Ids of the mentions that are its candidates.
        place: Which of them it was asked for by, or the first.
    """

    pot: LocalPot
    names: tuple[str, ...]
    place: int = 0

    @property
    def name(self) -> str:
        """Id of the mention that people know it by."""
        return self.names[self.place]


Pots = tuple[LocalPot, LocalPot]


class _Change(NamedTuple):
    """Something that the two texts could say otherwise, in words, and what the pots are then."""

    words: str
    told: Callable[[Pots], Pots]


def changes(left: Side, right: Side) -> tuple[str, ...]:
    """Say in words what would turn the verdict on two pots round.

    Every change is tried: the pots are told so and judged again. Where no single one is enough, two
    or three are named together.
    """
    pots = left.pot, right.pot
    now = score(*pots).joins
    tried = list(_apart(left, right) if now else _together(left, right))
    for size, most in MOST.items():
        found = [chosen for chosen in combinations(tried, size) if _turns(pots, chosen, now=now)]
        if found:
            words = (" and ".join(change.words for change in chosen) for chosen in found)
            return tuple(dict.fromkeys(words))[:most]
    return ()


def _turns(pots: Pots, chosen: Sequence[_Change], *, now: bool) -> bool:
    for change in chosen:
        pots = change.told(pots)
    return score(*pots).joins != now


def _together(left: Side, right: Side) -> Iterator[_Change]:
    """Yield what could make two pots one."""
    for of, (one, other) in enumerate(((left, right), (right, left))):
        yield from _without_walls(of, one, other)
        for field, word in _FIELDS.items():
            yield from _alike(of, one, other, field, word)
        if one.pot.profile.kinds.isdisjoint(other.pot.profile.kinds):
            kind = other.pot.candidates[0].mention.kind
            yield _Change(f"{one.name} being {kind}, as {other.name} is", _say(of, kind=kind))
    day, amount = left.pot.profile.published, left.pot.candidates[0].mention.amount
    if day and right.pot.profile.published and day != right.pot.profile.published:
        yield _Change(f"{right.name} published on {day}, as {left.name}", _publish(1, day))
    if not any(amount.says_as(one.mention.amount) for one in right.pot.candidates):
        words = f"{right.name} stating {amount.span.text}, as {left.name} does"
        yield _Change(words, _say(1, amount=amount))
    if not left.pot.profile.purposes and not right.pot.profile.purposes:
        yield _Change("one purpose stated in both", _both(_purpose(0), _purpose(1)))


def _apart(left: Side, right: Side) -> Iterator[_Change]:
    """Yield what could make one pot two."""
    first, second = (_in_year(year) for year in _TWO_YEARS)
    sides = left, right
    dated = [of for of in (0, 1) if sides[of].pot.profile.timeframe]
    if not dated:
        words = "periods in two different years, one stated in each"
        yield _Change(words, _both(_say(0, timeframe=first), _say(1, timeframe=second)))
    for of in dated[:1]:
        words = f"a period in another year stated in {sides[1 - of].name}"
        yield _Change(words, _say(1 - of, timeframe=first))
    for of, (one, other) in enumerate(((left, right), (right, left))):
        if other.pot.profile.purposes:
            words = f"a purpose in {one.name} that shares no word with that of {other.name}"
            yield _Change(words, _purpose(of))
        for field, word in list(_FIELDS.items())[1:]:
            if _value(one.pot, field):
                yield _Change(f"no {word} stated in {one.name}", _say(of, **{field: None}))
    if left.pot.document == right.pot.document:
        of = int(left.pot.key < right.pot.key)
        amount = sides[of].pot.candidates[0].mention.amount.span.text
        words = f"“another” before {amount} in {sides[of].name}"
        yield _Change(words, _each(of, lambda one: replace(one, before=f"{one.before}another ")))
    elif left.pot.profile.published and right.pot.profile.published:
        yield _Change(f"no publication day known of {right.name}", _publish(1, None))


def _without_walls(of: int, one: Side, other: Side) -> Iterator[_Change]:
    """Yield one pot without the words by which its text tells it from the other."""
    if one.pot.document != other.pot.document:
        return
    spans = [each.mention.amount.span for each in other.pot.candidates]
    for each, name in zip(one.pot.candidates, one.names, strict=True):
        relation, newness = each.mention.relation, each.mention.newness
        amount = each.mention.amount.span.text
        if relation and any(relation.to.overlaps(span) for span in spans):
            words = f"without the words that make {amount} {_said(relation)} in {name}"
            yield _Change(words, _say(of, relation=None))
        cue = newness.cue.text if newness and newness.status == "additional" else ""
        before = " ".join(each.before.split()[-3:])
        if "other" in (reference(each.before), reference(cue)):
            words = f"without “{cue or before}” before {amount} in {name}"
            yield _Change(words, _each(of, _unannounced))


def _said(relation: Relation) -> str:
    return f"{relation.type.replace('_', ' ')} {relation.to.text}"


def _unannounced(one: Candidate) -> Candidate:
    return replace(one, before="", mention=replace(one.mention, newness=None))


def _alike(of: int, one: Side, other: Side, field: str, word: str) -> Iterator[_Change]:
    """Yield one pot with a field that says what the other's says, or says nothing."""
    ours, theirs = _value(one.pot, field), _value(other.pot, field)
    if theirs is None:
        return
    said = f"“{_words(theirs)}”"
    if ours is None:
        words = f"a {word} stated in {one.name} that agrees with {said} in {other.name}"
    elif _words(ours) != _words(theirs):
        words = f"the {word} {said} in {one.name} too, in place of “{_words(ours)}”"
        yield _Change(f"no {word} stated in {one.name}", _say(of, **{field: None}))
    else:
        return
    yield _Change(words, _say(of, **{field: theirs}))


def _value(pot: LocalPot, field: str) -> Span | Timeframe | None:
    if field == "timeframe":
        return pot.profile.timeframe
    stated: Iterator[Span | None] = (getattr(one.mention, field) for one in pot.candidates)
    return next((span for span in stated if span), None)


def _words(value: Span | Timeframe) -> str:
    text = " ".join((value.span if isinstance(value, Timeframe) else value).text.split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()}…"


def _say(of: int, **fields: Any) -> Callable[[Pots], Pots]:
    """Return what makes every mention of one pot say something, beside its amount."""

    def said(one: Candidate) -> Candidate:
        start = one.mention.amount.span.start
        moved = dict(fields)
        if isinstance(frame := fields.get("timeframe"), Timeframe):
            moved["timeframe"] = replace(frame, span=_moved(frame.span, start))
        if isinstance(amount := fields.get("amount"), Amount):
            moved["amount"] = replace(amount, span=_moved(amount.span, start))
        return replace(one, mention=replace(one.mention, **moved))

    return _each(of, said)


def _moved(span: Span, start: int) -> Span:
    return Span(start, start + len(span.text), span.text)


def _purpose(of: int) -> Callable[[Pots], Pots]:
    return _say(of, purpose=Span(0, len(_OTHER_WORDS), _OTHER_WORDS))


def _publish(of: int, day: date | None) -> Callable[[Pots], Pots]:
    return _each(of, lambda one: replace(one, published=day))


def _each(of: int, told: Callable[[Candidate], Candidate]) -> Callable[[Pots], Pots]:
    def all_told(pots: Pots) -> Pots:
        pot = retold(pots[of], [told(one) for one in pots[of].candidates])
        return (pots[0], pot) if of else (pot, pots[1])

    return all_told


def _both(one: Callable[[Pots], Pots], other: Callable[[Pots], Pots]) -> Callable[[Pots], Pots]:
    return lambda pots: other(one(pots))


def _in_year(year: int) -> Timeframe:
    words = f"in {year}"
    return Timeframe(Span(0, len(words), words), None, date(year, 1, 1), date(year, 12, 31))
