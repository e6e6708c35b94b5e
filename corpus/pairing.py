"""Which prediction answers which gold mention, and which of both count at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.compare import Mention, is_vague, overlap, same_amount, same_span


@dataclass(frozen=True, slots=True)
class Paired:
    """One document's gold mentions and predictions, paired one to one by their amounts.

    Vague gold mentions, and what predicts or touches them, are in none of the lists: finding or
    missing one is not scored.

    Attributes:
        matched: Gold mentions with the prediction that answers each.
        missed: Gold mentions that no prediction answers.
        false: Predictions that answer no gold mention.
    """

    matched: tuple[tuple[Mention, Mention], ...]
    missed: tuple[Mention, ...]
    false: tuple[Mention, ...]

    @property
    def golds(self) -> list[Mention]:
        """Every gold mention that counts."""
        return [gold for gold, _ in self.matched] + list(self.missed)

    @property
    def predictions(self) -> list[Mention]:
        """Every prediction that counts."""
        return [predicted for _, predicted in self.matched] + list(self.false)


def pair(golds: Sequence[Mention], predictions: Sequence[Mention]) -> Paired:
    """Pair mentions whose amounts overlap: same span first, then same value, then most shared."""
    partner = _partners(golds, predictions)
    taken = set(partner.values())
    vague = [gold["amount"] for gold in golds if is_vague(gold)]
    return Paired(
        matched=tuple(
            (gold, predictions[partner[i]])
            for i, gold in enumerate(golds)
            if i in partner and not is_vague(gold)
        ),
        missed=tuple(
            gold for i, gold in enumerate(golds) if i not in partner and not is_vague(gold)
        ),
        false=tuple(
            predicted
            for j, predicted in enumerate(predictions)
            if j not in taken
            and not is_vague(predicted)
            and not any(overlap(predicted["amount"], place) for place in vague)
        ),
    )


def _partners(golds: Sequence[Mention], predictions: Sequence[Mention]) -> dict[int, int]:
    candidates = sorted(
        (not same_span(gold, predicted), not same_amount(gold, predicted), -shared, i, j)
        for i, gold in enumerate(golds)
        for j, predicted in enumerate(predictions)
        if (shared := _shared(gold["amount"], predicted["amount"])) > 0
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in candidates:
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return partner


def _shared(left: Mention, right: Mention) -> int:
    return int(min(left["end"], right["end"]) - max(left["start"], right["start"]))
