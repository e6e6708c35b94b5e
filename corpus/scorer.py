"""Hold predictions against gold: figures per field, per kind and for claims, and every error.

Fields are scored over all gold mentions: a field of a mention that was not found is missed, one of
a mention that does not exist is false.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus import compare
from corpus.clusters import ClusterScores, Tally, cluster_scores
from corpus.compare import PURPOSE_KINDS, Mention
from corpus.explain import explain
from corpus.pairing import Paired, pair
from records.mention import KINDS


@dataclass(frozen=True, slots=True)
class Field:
    """One scored field of a mention.

    Attributes:
        read: Its value; anything false means that the mention does not state it.
        agree: Tells whether two stated values are the same.
        kinds: Scored for mentions of these kinds only; None for all.
    """

    read: Callable[[Mention], Any]
    agree: Callable[[Any, Any], bool]
    kinds: frozenset[str] | None = None


def _quoted(name: str, kinds: frozenset[str] | None = None) -> Field:
    return Field(lambda mention: compare.quote(mention, name), compare.alike, kinds)


def _of_amount(name: str) -> Callable[[Mention], Any]:
    return lambda mention: mention["amount"].get(name)


def _of_timeframe(name: str) -> Callable[[Mention], Any]:
    return lambda mention: (mention.get("timeframe") or {}).get(name)


def _range(mention: Mention) -> tuple[Any, Any] | None:
    low, high = mention["amount"].get("low"), mention["amount"].get("high")
    return None if low == high else (low, high)


def _same(left: object, right: object) -> bool:
    return left == right


FIELDS: Mapping[str, Field] = {
    "range bounds": Field(
        _range, lambda x, y: [*map(compare.number, x)] == [*map(compare.number, y)]
    ),
    "approximate": Field(_of_amount("approximate"), lambda _x, _y: True),
    "per": Field(_of_amount("per"), lambda x, y: x.casefold() == y.casefold()),
    "timeframe": Field(lambda mention: mention.get("timeframe"), compare.overlap),
    "timeframe value": Field(lambda mention: mention.get("timeframe"), compare.same_time),
    "timeframe duration": Field(
        _of_timeframe("duration"), lambda x, y: compare.length(x) == compare.length(y)
    ),
    "timeframe from": Field(_of_timeframe("from"), _same),
    "timeframe until": Field(_of_timeframe("until"), _same),
    "purpose": _quoted("purpose", PURPOSE_KINDS),
    "excludes": _quoted("excludes", PURPOSE_KINDS),
    "recipient": _quoted("recipient"),
    "funder": _quoted("funder"),
    "attribution": _quoted("attribution"),
    "relation": Field(lambda mention: mention.get("relation"), compare.same_relation),
    "relation type": Field(lambda mention: mention.get("relation"), compare.same_relation_type),
}

WHOLES: Mapping[str, Callable[[Mention, Mention], bool]] = {
    "mention": lambda _gold, _predicted: True,
    "span": compare.same_span,
    "amount": compare.same_amount,
    "amount+timeframe": lambda g, p: compare.same_amount(g, p) and compare.timeframe_right(g, p),
    "amount+purpose": lambda g, p: compare.same_amount(g, p) and compare.purpose_right(g, p),
    "full claim": lambda g, p: (
        compare.same_amount(g, p) and compare.timeframe_right(g, p) and compare.purpose_right(g, p)
    ),
}


@dataclass(slots=True)
class Report:
    """All figures of one folder.

    Attributes:
        documents: How many gold files were scored.
        fields: Counts by field name, whole mentions (`span`, `amount`, `full claim`) among them.
        kinds: Counts by kind.
        purposes: Share of words of each gold purpose that was met, 0 to 1.
        labels: (gold claim, predicted claim) of mentions that were found.
        all_labels: Likewise of every gold mention; one that was missed stands alone.
        errors: One line for each wrong mention.
        problems: What makes the figures doubtful: predictions missing, or of another text.
    """

    documents: int = 0
    fields: dict[str, Tally] = field(
        default_factory=lambda: {name: Tally() for name in (*WHOLES, *FIELDS)}
    )
    kinds: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    purposes: list[float] = field(default_factory=list)
    labels: list[tuple[str, str]] = field(default_factory=list)
    all_labels: list[tuple[str, str]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def purpose_f1(self) -> float | None:
        """Mean token F1 over gold purposes; None where gold has none."""
        return sum(self.purposes) / len(self.purposes) if self.purposes else None

    @property
    def claims(self) -> ClusterScores:
        """Deduplication, over the mentions that were found."""
        return cluster_scores(self.labels)

    @property
    def all_claims(self) -> ClusterScores:
        """Deduplication, over every gold mention."""
        return cluster_scores(self.all_labels)

    def figures(self) -> dict[str, float]:
        """Return every F1 by name, those of claims among them."""
        figures = {name: tally.score.f1 for name, tally in self.fields.items()}
        figures["claims pairwise"] = self.claims.pairwise.f1
        figures["claims b-cubed"] = self.claims.b_cubed.f1
        return figures

    def add(self, name: str, golds: Sequence[Mention], predictions: Sequence[Mention]) -> None:
        """Score one document under `name`."""
        paired = pair(golds, predictions)
        self.documents += 1
        for label, right in WHOLES.items():
            self._count(label, len(paired.golds), len(paired.predictions))
            self.fields[label].right += sum(right(g, p) for g, p in paired.matched)
        for label, scored in FIELDS.items():
            self._add_field(label, scored, paired)
        self._add_kinds(paired)
        self._add_purposes(paired)
        self._add_claims(name, paired)
        self.errors += explain(name, paired)

    def _count(self, label: str, gold: int, predicted: int) -> None:
        self.fields[label].gold += gold
        self.fields[label].predicted += predicted

    def _add_field(self, label: str, scored: Field, paired: Paired) -> None:
        # A found mention is in scope by its gold kind, on both sides alike.
        def counts(mention: Mention) -> bool:
            return scored.kinds is None or mention.get("kind") in scored.kinds

        matched = [(g, p) for g, p in paired.matched if counts(g)]
        golds = [g for g, _ in matched] + [g for g in paired.missed if counts(g)]
        predictions = [p for _, p in matched] + [p for p in paired.false if counts(p)]
        self._count(
            label,
            sum(bool(scored.read(mention)) for mention in golds),
            sum(bool(scored.read(mention)) for mention in predictions),
        )
        self.fields[label].right += sum(
            bool(scored.agree(scored.read(g), scored.read(p)))
            for g, p in matched
            if scored.read(g) and scored.read(p)
        )

    def _add_kinds(self, paired: Paired) -> None:
        for kind, tally in self.kinds.items():
            tally.gold += sum(gold.get("kind") == kind for gold in paired.golds)
            tally.predicted += sum(made.get("kind") == kind for made in paired.predictions)
            tally.right += sum(g.get("kind") == kind == p.get("kind") for g, p in paired.matched)

    def _add_purposes(self, paired: Paired) -> None:
        answers: list[tuple[Mention, Mention]] = [
            *paired.matched,
            *((g, {}) for g in paired.missed),
        ]
        for gold, predicted in answers:
            if gold.get("kind") in PURPOSE_KINDS and (wanted := compare.quote(gold, "purpose")):
                self.purposes.append(compare.token_f1(wanted, compare.quote(predicted, "purpose")))

    def _add_claims(self, name: str, paired: Paired) -> None:
        for gold, predicted in paired.matched:
            if gold.get("claim") is not None:
                made, at = predicted.get("claim"), gold["amount"]["start"]
                label = (gold["claim"], f"alone {name} {at}" if made is None else f"claim {made}")
                self.labels.append(label)
                self.all_labels.append(label)
        for gold in paired.missed:
            if gold.get("claim") is not None:
                at = gold["amount"]["start"]
                self.all_labels.append((gold["claim"], f"missed {name} {at}"))


def gold_files(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the gold files of a folder by the name of their document."""
    found = {
        path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))
    }
    return {
        name: data for name, data in found.items() if isinstance(data, dict) and "mentions" in data
    }


def score_folder(folder: Path, predictions: Path) -> Report:
    """Score every gold file of a folder against the file of the same name in `predictions`.

    A missing prediction counts as no mentions and is named among the report's problems.
    """
    report = Report()
    for name, gold in gold_files(folder).items():
        path = predictions / f"{name}.json"
        made: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
        if not made:
            report.problems.append(f"{name}: no predictions")
        elif gold["document"]["text_sha256"] != made["document"]["text_sha256"]:
            report.problems.append(f"{name}: predictions refer to another text than gold")
        report.add(name, gold["mentions"], made.get("mentions", []))
    return report
