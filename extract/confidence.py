"""How sure a field of a mention is: how often the rule behind it is right.

`confidence.toml` counts, for each rule, how often what it gave was right on the articles that rules
are written with (`scripts/make_confidence.py`). A rule seen seldom is drawn towards its kind of
field. On articles that nobody looked at while writing rules, errors are three (timeframes) to six
(purposes) times as frequent (docs/confidence.md), so the odds of an error are taken five times:
odds, for five times the share of a rule that errs one time in five would leave it never right.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from extract.rulebook import read_data

# A rule is taken to have been seen so many times more, with its field's own share of right ones.
_PRIOR = 8
_ERRORS_UNSEEN = 5
# What a mention says, and is judged by: how much, when and what for.
STATED = ("amount", "timeframe", "purpose")
Counts = Mapping[str, tuple[int, int]]


def confidences(rules: Mapping[str, str]) -> dict[str, float]:
    """Return the confidence of every field, from 0 to 1, and that of the mention under `mention`.

    A field's is the chance that what it states is right; what a mention does not state has none.
    The mention's is that of the least sure of its amount, timeframe and purpose.

    Args:
        rules: Field name to the id of the rule that made it, as a mention has it.
    """
    sure = {name: confidence(name, rule) for name, rule in rules.items() if name in _fields()}
    stated = [sure[name] for name in STATED if name in sure]
    return {"mention": min(stated), **sure} if stated else sure


@cache
def confidence(field: str, rule: str) -> float:
    """Return the chance that what this rule states in this field is right, from 0 to 1."""
    share = _share(_fields()[field], 1.0)
    base = rule.split("+", maxsplit=1)[0]  # what was carried stands on the rule that read it
    for name in dict.fromkeys((base, rule)):
        share = _share(_rules().get(f"{field} {name}", (0, 0)), share)
    return round(share / (share + _ERRORS_UNSEEN * (1 - share)), 2)


def _share(counts: tuple[int, int], prior: float) -> float:
    right, seen = counts
    return (right + _PRIOR * prior) / (seen + _PRIOR)


@cache
def _fields() -> Counts:
    return {name: (right, seen) for name, (right, seen) in read_data(_FILE)["fields"].items()}


@cache
def _rules() -> Counts:
    return {name: (right, seen) for name, (right, seen) in read_data(_FILE)["rules"].items()}


_FILE = "confidence.toml"
