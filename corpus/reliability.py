"""Whether each stated field of a prediction is right: what confidence is counted and checked by."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus import compare
from corpus.compare import Mention
from corpus.pairing import pair
from corpus.scorer import FIELDS, gold_files

# The scorer's name of each field, by the program's.
_SCORED = {
    "timeframe": "timeframe value",
    "purpose": "purpose",
    "excludes": "excludes",
    "recipient": "recipient",
    "funder": "funder",
    "attribution": "attribution",
    "relation": "relation",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A predicted mention with what of it is right.

    Attributes:
        mention: As the program prints it.
        right: Field name to whether what is stated there is right; only fields that are stated.
        whole: Amount, timeframe and purpose are right, those that are not stated as well.
    """

    mention: Mention
    right: dict[str, bool]
    whole: bool


def judged(gold: Path, predictions: Path) -> Iterator[Judged]:
    """Yield every prediction that counts, held against the gold of a folder."""
    for name, answers in gold_files(gold).items():
        printed = predictions / f"{name}.json"
        if not printed.exists():
            continue
        golds = answers["mentions"]
        found = json.loads(printed.read_text("utf-8"))["mentions"]
        paired = pair(golds, found)
        for answer, prediction in paired.matched:
            yield Judged(prediction, _right(answer, prediction), _whole(answer, prediction))
        for prediction in paired.false:
            stated = _right(None, prediction)
            yield Judged(prediction, dict.fromkeys(stated, False), whole=False)


def _whole(gold: Mention, prediction: Mention) -> bool:
    return (
        compare.same_amount(gold, prediction)
        and compare.timeframe_right(gold, prediction)
        and compare.purpose_right(gold, prediction)
    )


def _right(gold: Mention | None, prediction: Mention) -> dict[str, bool]:
    gold = gold or {"amount": {}, "kind": None}
    right = {
        "amount": bool(gold["amount"]) and compare.same_amount(gold, prediction),
        "kind": gold["kind"] == prediction["kind"],
    }
    for name, scored in _SCORED.items():
        field = FIELDS[scored]
        stated = field.read(prediction)
        if stated and gold["kind"] in (field.kinds or {gold["kind"]}):
            expected = field.read(gold)
            right[name] = bool(expected) and field.agree(expected, stated)
    return right
