"""`earmark_newness`: what the text itself says about new money, with its cue."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extract.analysis import Analysis, analysis_of
from extract.groups import Found, read, write
from extract.rulebook import load_rules


class NewnessFinder:
    """Write cues to `doc.spans["earmark_newness"]`; change nothing else."""

    def __call__(self, doc: Doc) -> Doc:
        """Read the words next to each amount."""
        analysis = analysis_of(doc)
        found = (_newness(analysis, amount) for amount in read(doc, "amount"))
        write(doc, "newness", [item for item in found if item])
        return doc


def _newness(analysis: Analysis, amount: Found) -> Found | None:
    sentence, masked = analysis.sentence_of(amount.start), analysis.masked
    for rule in load_rules("newness.toml", "status", "side"):
        if rule.values["side"] == "before":
            match = rule.pattern.search(masked[: amount.start], sentence.start)
        else:
            match = rule.pattern.match(masked, amount.end, sentence.end)
        if match:
            start, end = match.span("cue")
            return Found(amount.amount, start, end, rule.id, {"status": rule.values["status"]})
    return None


@Language.factory("earmark_newness", assigns=["doc.spans"], requires=["doc.spans"])
def make_newness(nlp: Language, name: str) -> NewnessFinder:
    """Return the component."""
    return NewnessFinder()
