"""Stories about made-up pots of money, with every mention and the pot that it states.

Pots are announced, reprinted, reworded, rounded, revised and recalled; and each kind of trap is
laid: an equal sum for another purpose, the same purpose a year later, a part and its whole, a slip
from million to billion, bare sums of unrelated stories that are equal by chance. About half of the
mentions state no purpose.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from corpus.world import Pot, World, falls, rounded, said, words
from records.mention import Amount, Mention, Relation, Timeframe
from records.span import Span

SLOT = re.compile(r"\{(\w+)\}")
MILLION = Decimal(10) ** 6
LOCAL_SUMS = [Decimal(n).scaleb(5) for n in (12, 15, 21, 24, 25, 36, 45, 63, 75, 84, 90)]


@dataclass(frozen=True, slots=True)
class Told:
    """One made-up document.

    Attributes:
        text: All of it.
        published: When.
        mentions: In the order of the text, each with the name of the pot that it states.
    """

    text: str
    published: date
    mentions: tuple[tuple[Mention, str], ...]


def stories(seed: int, documents: int) -> list[Told]:
    """Return at least so many documents.

    Args:
        seed: Of everything that is left to chance.
        documents: How many to make; one or two more may come.
    """
    dice = random.Random(seed)  # noqa: S311 - the same stories each time
    world = World(dice)
    told: list[Told] = []
    while len(told) < documents:
        told += _life(world, dice)
        if falls(dice, 0.4):
            told.append(_local(world, dice))
    return told


def _life(world: World, dice: random.Random) -> Iterator[Told]:
    """Yield all documents about one pot and what belongs to it, and about its twin or successor."""
    pot = world.pot()
    pot = replace(pot, dated=bool(pot.years) and falls(dice, 0.2))
    parts = [
        world.pot(amount=_share(pot.amount, dice), funder=pot.funder, day=pot.day, years=None)
        for _ in range(dice.choice((0, 0, 1, 2)))
    ]
    twin = None
    if falls(dice, 0.4) and len(pot.amount.normalize().as_tuple().digits) < 3:  # noqa: PLR2004 - round sums come twice
        purpose = {"thing": (pot.thing + 7) % len(words()["things"]), "feature": None}
        twin = world.like(pot, **purpose, years=None, dated=False)
    yield from _announced(pot, parts, twin, dice)
    if pot.dated:
        again = date(pot.day.year + 1, pot.day.month, dice.randrange(1, 29))
        yield from _announced(world.like(pot, day=again), [], None, dice)
    if falls(dice, 0.15):
        dearer = _dearer(pot.amount)
        day = pot.day + timedelta(days=dice.randrange(90, 500))
        yield _Story(day, dice).revised(pot, world.like(pot, amount=dearer, day=day)).told()
    if falls(dice, 0.1) and pot.amount < Decimal(10) ** 9:
        slip = world.like(pot, amount=pot.amount * 1000, years=None, dated=False)
        yield _Story(pot.day + timedelta(days=1), dice).body(slip, reworded=True).told()
    if twin and falls(dice, 0.5):
        story = _Story(pot.day + timedelta(days=2), dice)
        yield story.sentence("full", twin, reworded=True).told()


def _announced(
    pot: Pot, parts: Sequence[Pot], twin: Pot | None, dice: random.Random
) -> Iterator[Told]:
    """Yield the announcement of a pot and what other outlets make of it."""
    first = _Story(pot.day, dice).announcement(pot, parts, twin).told()
    yield first
    for _ in range(dice.choices((0, 1, 2, 4, 8), (30, 35, 20, 10, 5))[0]):
        day = pot.day + timedelta(days=dice.choice((0, 0, 1, 1, 2, 5)))
        way = dice.choices(("reprint", "reworded", "rounded", "recalled"), (25, 40, 20, 15))[0]
        if way == "reprint":
            yield _reprint(first, day, dice)
            continue
        story = _Story(day, dice)
        if way == "recalled":
            story = _Story(pot.day + timedelta(days=dice.randrange(20, 300)), dice)
        yield story.retold(pot, parts, coarse=way == "rounded").told()


def _reprint(first: Told, day: date, dice: random.Random) -> Told:
    """Return a document again, with another outlet's last line."""
    line = f"\nFirst published by the {dice.choice(words()['beginnings'])} Gazette.\n"
    return replace(first, text=first.text + line, published=day)


def _local(world: World, dice: random.Random) -> Told:
    """Return a story of its own with a bare sum that many such stories share."""
    pot = world.pot(amount=dice.choice(LOCAL_SUMS))
    story = _Story(pot.day, dice)
    story.line(f"{pot.place} councillors met on Tuesday.")
    story.sentence("local", pot)
    if falls(dice, 0.5):
        other = world.pot(amount=dice.choice(LOCAL_SUMS), place=pot.place, day=pot.day)
        if other.amount != pot.amount:
            story.body(other, reworded=False)
    return story.told()


def _share(whole: Decimal, dice: random.Random) -> Decimal:
    step = Decimal(1).scaleb(whole.adjusted() - 1)
    return max(step, (whole * dice.randrange(10, 45) / 100 / step).to_integral_value() * step)


def _dearer(amount: Decimal) -> Decimal:
    step = Decimal(1).scaleb(amount.adjusted() - 1)
    return (amount * Decimal("1.4") / step).to_integral_value() * step


class _Story:
    """A text under way, sentence by sentence."""

    def __init__(self, day: date, dice: random.Random) -> None:
        self._day, self._dice = day, dice
        self._text = ""
        self._mentions: list[tuple[Mention, str]] = []

    def told(self) -> Told:
        return Told(self._text, self._day, tuple(self._mentions))

    def announcement(self, pot: Pot, parts: Sequence[Pot], twin: Pot | None) -> _Story:
        if falls(self._dice, 0.7):
            self.sentence("headline", pot, end="\n\n")
        self.sentence(self._kind(pot), pot)
        self._filler()
        for one in parts:
            self.sentence("part", one, whole=pot)
        if twin:
            self.sentence("twin", twin)
        self._repeats(pot, alone=twin is None)
        return self

    def retold(self, pot: Pot, parts: Sequence[Pot], *, coarse: bool) -> _Story:
        if falls(self._dice, 0.5):
            self.sentence("headline", pot, reworded=True, coarse=coarse, end="\n\n")
        self._filler()
        self.body(pot, reworded=True, coarse=coarse and falls(self._dice, 0.7))
        for one in parts:
            if falls(self._dice, 0.6):
                self.sentence("part", one, whole=pot, reworded=True)
        self._repeats(pot, alone=True)
        return self

    def revised(self, old: Pot, new: Pot) -> _Story:
        self.line(f"{new.place} has waited long.")
        self.sentence("revised", new, before=old)
        self._filler()
        return self

    def body(self, pot: Pot, *, reworded: bool, coarse: bool = False) -> _Story:
        return self.sentence(self._kind(pot), pot, reworded=reworded, coarse=coarse)

    def line(self, text: str, end: str = " ") -> _Story:
        self._text += text + end
        return self

    def sentence(self, kind: str, pot: Pot, *, end: str = " ", **how: Any) -> _Story:
        """Add a sentence from the templates of a kind, with its mention."""
        facts = self._facts(pot, kind, how)
        spans: dict[str, Span] = {}
        for place, piece in enumerate(SLOT.split(self._dice.choice(words()["sentences"][kind]))):
            if place % 2 == 0:
                self._text += piece
                continue
            start = len(self._text)
            self._text += facts[piece]
            spans[piece] = Span(start, len(self._text), facts[piece])
        self._text += end
        self._state(pot, spans, how)
        return self

    def _kind(self, pot: Pot) -> str:
        if pot.years and (pot.dated or falls(self._dice, 0.7)):
            whole = pot.amount % pot.years == 0
            return "yearly" if whole and falls(self._dice, 0.3) else "dated"
        return "party" if falls(self._dice, 0.25) else "full"

    def _repeats(self, pot: Pot, *, alone: bool) -> None:
        for _ in range(self._dice.choice((0, 1, 1, 2))):
            if alone:
                self.sentence("bare", pot)
            self._filler()

    def _filler(self) -> None:
        self.line(self._dice.choice(words()["sentences"]["filler"]))

    def _facts(self, pot: Pot, kind: str, how: dict[str, Any]) -> dict[str, str]:
        """Return what stands in each slot, and put in `how` what the amount states."""
        amount = pot.amount
        how["rate"] = kind == "yearly"
        if how["rate"]:
            amount /= pot.years or 1
        coarse = rounded(amount, self._dice) if how.get("coarse") and not how["rate"] else None
        how["hedge"], how["value"] = coarse or (None, amount)
        before = how.get("before")
        return {
            "amount": said(how["value"], self._dice),
            "purpose": pot.purpose(self._dice, reworded=how.get("reworded", False)),
            "recipient": pot.recipient,
            "funder": pot.funder,
            "period": f"over {pot.years} years from April {pot.day.year}",
            "before": said(before.amount, self._dice) if before else "",
        }

    def _state(self, pot: Pot, spans: dict[str, Span], how: dict[str, Any]) -> None:
        found = [(self._mention(pot, spans, how), pot.name)]
        if before := how.get("before"):
            old = Amount(spans["before"], "GBP", before.amount, before.amount)
            found = [
                (replace(found[0][0], relation=Relation("replaces", spans["before"])), pot.name),
                (Mention(old, "funding", purpose=spans["purpose"]), before.name),
            ]
        self._mentions += found

    def _mention(self, pot: Pot, spans: dict[str, Span], how: dict[str, Any]) -> Mention:
        value, hedge = how["value"], how["hedge"]
        amount = Amount(
            spans["amount"],
            "GBP",
            value,
            None if hedge == "more than" else value,
            approximate=hedge in ("nearly", "about"),
            per="year" if how["rate"] else None,
        )
        relation = None
        if whole := how.get("whole"):
            said_of_it = [one.amount.span for one, name in self._mentions if name == whole.name]
            relation = Relation("part_of", said_of_it[-1])
        return Mention(
            amount,
            "funding",
            timeframe=_years(pot, spans["period"]) if "period" in spans else None,
            relation=relation,
            purpose=spans.get("purpose"),
            recipient=spans.get("recipient"),
            funder=spans.get("funder"),
        )


def _years(pot: Pot, span: Span) -> Timeframe:
    years = pot.years or 1
    start = date(pot.day.year, 4, 1)
    return Timeframe(span, f"P{years}Y", start, date(start.year + years, 3, 31))


def single_mentions(seed: int, count: int, block: int) -> Iterator[Told]:
    """Yield documents of one sentence with one mention each, those of one pot together.

    Amounts are skewed: some are common and most are rare.

    Args:
        seed: Of everything that is left to chance.
        count: How many documents to make.
        block: At least so many of them state exactly £1m.
    """
    dice = random.Random(seed)  # noqa: S311 - the same documents each time
    world = World(dice, wide=True)
    made, equal = 0, 0
    while made < count:
        pot = world.pot(years=None) if equal >= block else world.pot(years=None, amount=MILLION)
        size = min(count - made, dice.choices((1, 2, 3, 5, 9), (30, 30, 20, 15, 5))[0])
        equal += size if pot.amount == MILLION else 0
        made += size
        for number in range(size):
            yield _one_line(pot, dice, first=number == 0)


def _one_line(pot: Pot, dice: random.Random, *, first: bool) -> Told:
    apart = 0 if first else dice.choice((0, 0, 1, 1, 2, 3, 7, 40, 200))
    story = _Story(pot.day + timedelta(days=apart), dice)
    coarse = not first and falls(dice, 0.1)
    kind = "party" if falls(dice, 0.15) else "full"
    return story.sentence(kind, pot, reworded=not first, coarse=coarse).told()
