"""`earmark_kind`: what sort of statement each amount is."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extract.analysis import Analysis, analysis_of
from extract.groups import Found, read, write
from extract.rulebook import load_rules

_REACH = 120


class KindFinder:
    """Write kinds to `doc.spans["earmark_kind"]`, on the amounts' own spans; change nothing else."""

    def __call__(self, doc: Doc) -> Doc:
        """Give each amount the kind of the first rule that claims it."""
        analysis = analysis_of(doc)
        write(doc, "kind", [_kind(analysis, amount) for amount in read(doc, "amount")])
        return doc


def _kind(analysis: Analysis, amount: Found) -> Found:
    sentence = analysis.sentence_of(amount.start)
    masked = analysis.masked
    before = masked[max(sentence.start, amount.start - _REACH) : amount.start]
    for rule in load_rules("kind.toml", "kind", "side"):
        if rule.values["side"] == "before":
            hit = rule.pattern.search(before)
        else:
            hit = rule.pattern.match(masked, amount.end, sentence.end)
        if hit:
            return Found(amount.amount, amount.start, amount.end, rule.id, {"kind": rule.values["kind"]})
    return Found(amount.amount, amount.start, amount.end, "kind.funding-default", {"kind": "funding"})


@Language.factory("earmark_kind", assigns=["doc.spans"], requires=["doc.spans"])
def make_kind(nlp: Language, name: str) -> KindFinder:  # noqa: ARG001 - spaCy's factory signature
    """Return the component."""
    return KindFinder()
