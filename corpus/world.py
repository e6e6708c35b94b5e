"""Made-up pots of money, and amounts in the words of a text: what generated stories tell of.

Everything follows from a seed. Words are drawn from `world.toml`.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

FIRST_DAY = date(2016, 1, 4)
DAYS = 3400
"""Days over which pots are announced."""


@dataclass(frozen=True, slots=True)
class Pot:
    """One pot of money.

    Attributes:
        name: Tells it from every other pot; what gold calls its claim.
        amount: In whole pounds.
        thing: What it is for: a place in the list of things.
        action: What is done to it.
        feature: What it is for besides; None for nothing.
        place: Where.
        recipient: Who gets it.
        funder: Who gives it.
        day: When it was first announced.
        years: How many years it runs, from April of its year; None for no stated period.
        dated: Each story states the period: without it nobody could tell it from the next one.
        placed: Shares of first wordings, and of others, that name the place, 0 to 1.
    """

    name: str
    amount: Decimal
    thing: int
    action: str
    feature: str | None
    place: str
    recipient: str
    funder: str
    day: date
    years: int | None = None
    dated: bool = False
    placed: tuple[float, float] = (0.0, 0.5)

    def purpose(self, dice: random.Random, *, reworded: bool) -> str:
        """Say what it is for, in its first wording or in another one.

        Args:
            dice: For what is left to chance.
            reworded: Change the order, leave things out, or use the thing's other names.
        """
        names = words()["things"][self.thing]
        thing = names[0]
        parts = [self.action, thing]
        if not reworded:
            place = f" in {self.place}" if falls(dice, self.placed[0]) else ""
            tail = f" with {self.feature}" if self.feature else ""
            return " ".join(parts) + place + tail
        if falls(dice, 0.35):
            thing = dice.choice(names[1:])
        place = f" in {self.place}" if falls(dice, self.placed[1]) else ""
        if self.feature and falls(dice, 0.4):
            return f"{thing}{place}, including {self.feature}"
        return f"{thing}{place}" if falls(dice, 0.4) else f"{self.action} {thing}{place}"


def falls(dice: random.Random, share: float) -> bool:
    """Tell whether what happens in a share of cases, 0 to 1, happens now."""
    return dice.random() < share


@cache
def words() -> Mapping[str, Any]:
    """Return the words of `world.toml`."""
    return tomllib.loads(resources.files("corpus").joinpath("world.toml").read_text("utf-8"))


class World:
    """Draws pots."""

    def __init__(self, dice: random.Random, *, wide: bool = False) -> None:
        """Take the dice; a wide world has twenty times as many places, and purposes name them."""
        self._dice, self._wide, self._made = dice, wide, 0

    def pot(self, **given: Any) -> Pot:
        """Return a new pot, with some of its facts given."""
        dice, known = self._dice, words()
        self._made += 1
        place = dice.choice(known["beginnings"]) + dice.choice(known["endings"])
        if self._wide:
            place = f"{dice.choice(known['before'])} {place}"
        facts: dict[str, Any] = {
            "name": f"p{self._made}",
            "amount": self.amount(),
            "thing": dice.randrange(len(known["things"])),
            "action": dice.choice(known["actions"]),
            "feature": dice.choice(known["features"]) if falls(dice, 0.5) else None,
            "place": place,
            "recipient": f"{place} {dice.choice(known['institutions'])}",
            "funder": dice.choice([*known["funders"], f"{place} Council"]),
            "day": FIRST_DAY + timedelta(days=dice.randrange(DAYS)),
            "years": dice.choice((None, None, None, 2, 3, 5)),
            "placed": (0.7, 0.8) if self._wide else (0.0, 0.5),
        }
        return Pot(**{**facts, **given})

    def like(self, pot: Pot, **changed: Any) -> Pot:
        """Return another pot that shares all but some facts."""
        self._made += 1
        return replace(pot, name=f"p{self._made}", **changed)

    def amount(self) -> Decimal:
        """Return a round amount often, a precise one seldom; small ones more often than large."""
        digits = self._dice.choices((1, 2, 3, 4), (15, 50, 30, 5))[0]
        number = self._dice.randrange(10 ** (digits - 1), 10**digits)
        scale = int(min(10, max(4, self._dice.gauss(6.3, 1.1))))
        return Decimal(number).scaleb(scale - digits + 1)


def said(amount: Decimal, dice: random.Random) -> str:
    """Put an amount in figures, as outlets do in their own ways: `£5.9m`, `£5.9 million`."""
    for size, short, long in ((9, "bn", "billion"), (6, "m", "million")):
        if amount >= 10**size and len(amount.normalize().as_tuple().digits) <= 4:  # noqa: PLR2004 - `£1.234m`
            number = f"{amount.scaleb(-size).normalize():f}"
            return f"£{number}{short}" if falls(dice, 0.6) else f"£{number} {long}"
    return f"£{amount:,.0f}"


def rounded(amount: Decimal, dice: random.Random) -> tuple[str, Decimal] | None:
    """Return a coarser number near an amount and the hedge before it; None where it is round.

    Returns:
        `nearly` with a number above, `more than` or `about` with one below.
    """
    digits = amount.normalize().as_tuple().digits
    if len(digits) < 2:  # noqa: PLR2004 - nothing to round
        return None
    keep = dice.randrange(1, min(len(digits), 3))
    step = Decimal(1).scaleb(amount.adjusted() - keep + 1)
    coarse = (amount / step).to_integral_value() * step
    if coarse == amount:
        return None
    return ("nearly" if coarse > amount else dice.choice(("more than", "about"))), coarse
