"""Figures: precision, recall and F1, of fields and of claims (which mentions belong together).

Source of the cluster measures: pairwise counts pairs of mentions that both sides put together;
B-cubed averages over mentions (Bagga and Baldwin, 1998).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, 0 to 1. With nothing to find and nothing found, both are 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean; 0 when both are 0."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Tally:
    """Counts of one field: stated in gold, stated in predictions, right."""

    gold: int = 0
    predicted: int = 0
    right: int = 0

    @property
    def score(self) -> Score:
        """Precision, recall and F1 of the counts."""
        none = not self.gold and not self.predicted
        precision = self.right / self.predicted if self.predicted else float(none)
        recall = self.right / self.gold if self.gold else float(none)
        return Score(precision, recall)


@dataclass(frozen=True, slots=True)
class ClusterScores:
    """How well predicted claims agree with gold claims over one folder.

    Attributes:
        mentions: How many mentions were compared.
        gold_claims: Distinct gold claims among them.
        predicted_claims: Distinct predicted claims.
        pairwise: Over pairs of mentions.
        b_cubed: Averaged over mentions.
    """

    mentions: int
    gold_claims: int
    predicted_claims: int
    pairwise: Score
    b_cubed: Score


def cluster_scores(labels: Sequence[tuple[str, str]]) -> ClusterScores:
    """Compare two partitions of the same mentions, given as (gold claim, predicted claim)."""
    gold = Counter(left for left, _ in labels)
    predicted = Counter(right for _, right in labels)
    both = Counter(labels)
    pairs = Tally(*(_pairs(counts.values()) for counts in (gold, predicted, both)))
    return ClusterScores(
        len(labels),
        len(gold),
        len(predicted),
        pairs.score,
        Score(
            _mean(both[left, right] / predicted[right] for left, right in labels),
            _mean(both[left, right] / gold[left] for left, right in labels),
        ),
    )


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 1.0
