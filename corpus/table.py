"""The figures of one folder, for a person to read."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.clusters import Score, Tally
from corpus.scorer import Report


def render(name: str, report: Report) -> str:
    """Return a table: precision, recall and F1 by field, by kind and for claims."""
    return "\n".join(_lines(name, report))


def _lines(name: str, report: Report) -> Iterator[str]:
    yield f"{name}: {_count(report.documents, 'document')}"
    yield f"{'':20}{'precision':>10}{'recall':>8}{'F1':>8}{'gold':>7}{'found':>7}{'right':>7}"
    for label, tally in (report.fields | _kinds(report)).items():
        counts = f"{tally.gold:7}{tally.predicted:7}{tally.right:7}"
        yield f"{label:20}{_figures(tally.score)}{counts}"
    if report.purpose_f1 is not None:
        yield f"{'purpose words':38}{report.purpose_f1:8.3f}"
    for label, claims in (("claims", report.claims), ("claims, all gold", report.all_claims)):
        yield (
            f"{label} ({_count(claims.mentions, 'mention')}, {claims.gold_claims} in gold, "
            f"{claims.predicted_claims} found)"
        )
        yield f"{'  pairwise':20}{_figures(claims.pairwise)}"
        yield f"{'  b-cubed':20}{_figures(claims.b_cubed)}"
    yield from (f"! {problem}" for problem in report.problems)


def _kinds(report: Report) -> dict[str, Tally]:
    return {f"kind {kind}": tally for kind, tally in report.kinds.items()}


def _figures(score: Score) -> str:
    return f"{score.precision:10.3f}{score.recall:8.3f}{score.f1:8.3f}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
