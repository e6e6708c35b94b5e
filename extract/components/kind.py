"""`earmark_kind`: what sort of statement each amount is."""

from __future__ import annotations

from spacy.language import Language

from extract.analysis import Analysis, analysis_of
from extract.groups import Found, Sheet, read, write
from extract.matching import before, behind, stands_beside

_REACH = 120
_DEFAULT = "kind.funding-default"


class KindFinder:
    """Write kinds to `doc.spans["earmark_kind"]`, on the amounts' spans; change nothing else."""

    def __call__(self, doc: Sheet) -> Sheet:
        """Give each amount the kind of the first rule that claims it."""
        analysis = analysis_of(doc)
        found: list[Found] = []
        previous: Found | None = None
        for amount in read(doc, "amount"):
            kind = _kind(analysis, amount)
            if previous and kind.rule == _DEFAULT:
                kind = _shared(analysis, previous, amount, found[-1]) or kind
            found.append(kind)
            previous = amount
        write(doc, "kind", found)
        return doc


def _kind(analysis: Analysis, amount: Found) -> Found:
    sentence = analysis.sentence_of(amount.start)
    for rule in analysis.rules("kind.toml", sentence):
        if rule.values.get("rated") and not amount.values["per"]:
            continue
        if rule.values["side"] == "before":
            hit = before(rule, analysis, sentence, amount, _REACH)
        else:
            hit = behind(rule, analysis, sentence, amount)
        if hit:
            return Found(
                amount.amount, amount.start, amount.end, rule.id, {"kind": rule.values["kind"]}
            )
    return Found(amount.amount, amount.start, amount.end, _DEFAULT, {"kind": "funding"})


def _shared(analysis: Analysis, previous: Found, amount: Found, kind: Found) -> Found | None:
    """Return the kind of the figure that this one is set beside; None when it stands alone."""
    if not stands_beside(analysis.masked, previous, amount):
        return None
    return Found(amount.amount, amount.start, amount.end, f"{kind.rule}+beside", kind.values)


@Language.factory("earmark_kind", assigns=["doc.spans"], requires=["doc.spans"])
def make_kind(nlp: Language, name: str) -> KindFinder:
    """Return the component."""
    return KindFinder()
