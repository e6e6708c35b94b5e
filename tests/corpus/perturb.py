"""Predictions that go wrong in every way that the scorer can tell apart."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

Made = dict[str, Any]
Change = Callable[[Made, random.Random], None]


def _span(mention: Made, _chance: random.Random) -> None:
    mention["amount"]["end"] += 3


def _value(mention: Made, _chance: random.Random) -> None:
    mention["amount"]["high"] = "1,000"


def _bounds(mention: Made, _chance: random.Random) -> None:
    mention["amount"]["low"] = None


def _rate(mention: Made, chance: random.Random) -> None:
    mention["amount"]["per"] = chance.choice([None, "Year", "week"])


def _hedge(mention: Made, _chance: random.Random) -> None:
    mention["amount"]["approximate"] = not mention["amount"]["approximate"]


def _vague(mention: Made, _chance: random.Random) -> None:
    mention["amount"]["vague"] = True


def _time(mention: Made, chance: random.Random) -> None:
    start = mention["amount"]["start"]
    mention["timeframe"] = chance.choice(
        [
            None,
            {"text": "x", "start": start, "end": start + 1, "duration": "P12M", "from": None},
            {**(mention["timeframe"] or {"start": 0, "end": 1}), "until": "2030-12-31"},
        ]
    )


def _words(mention: Made, chance: random.Random) -> None:
    field = chance.choice(["purpose", "excludes", "recipient", "funder", "attribution"])
    text = (mention[field] or {}).get("text", "for the NHS\u2019s many repairs")
    kept = [word for word in text.split() if chance.random() < ENOUGH_WORDS]
    mention[field] = {"text": " ".join(kept), "start": 0, "end": 1} if kept else None


def _kind(mention: Made, chance: random.Random) -> None:
    mention["kind"] = chance.choice(["funding", "cost", "income", "saving", "other"])


def _relation(mention: Made, chance: random.Random) -> None:
    to = (mention["relation"] or {}).get("to", {"start": 0, "end": 4})
    kind = chance.choice(["part_of", "replaces"])
    mention["relation"] = chance.choice([None, {"type": kind, "to": to}])


def _claim(mention: Made, chance: random.Random) -> None:
    mention["claim"] = chance.choice([None, "c1", "c2", "c3"])


ENOUGH_WORDS = 0.7
CHANGES: tuple[Change, ...] = (
    _span, _value, _bounds, _rate, _hedge, _vague, _time, _words, _kind, _relation, _claim,
)  # fmt: skip


def perturbed(mentions: list[Made], seed: str) -> list[Made]:
    """Return predictions made from gold: some lost, some invented, many wrong in some field."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable choice, no secret
    made = []
    for mention in copy.deepcopy(mentions):
        for change in CHANGES:
            if chance.random() < 0.15:
                change(mention, chance)
        if chance.random() < 0.9:
            made.append(mention)
        if chance.random() < 0.1:
            extra = copy.deepcopy(mention)
            extra["amount"]["start"] += 1
            extra["amount"]["end"] += chance.choice([1, 400])
            made.append(extra)
    return made
