"""`earmark_newness`: what the text itself says about new money, with its cue."""

from __future__ import annotations

from extract.analysis import Analysis, analysis_of
from extract.groups import Found, Sheet, read, write
from extract.matching import beside


class NewnessFinder:
    """Write cues to `doc.spans["earmark_newness"]`; change nothing else."""

    def __call__(self, doc: Sheet) -> Sheet:
        """Read the words next to each amount."""
        analysis = analysis_of(doc)
        found = (_newness(analysis, amount) for amount in read(doc, "amount"))
        write(doc, "newness", [item for item in found if item])
        return doc


def _newness(analysis: Analysis, amount: Found) -> Found | None:
    sentence = analysis.sentence_of(amount.start)
    for rule in analysis.rules("newness.toml", sentence):
        if hit := beside(rule, analysis, sentence, amount):
            start, end = hit.groups["cue"]
            return Found(amount.amount, start, end, rule.id, {"status": rule.values["status"]})
    return None
