"""`earmark_amount`: every monetary amount with currency, bounds, hedge and rate."""

from __future__ import annotations

from extract.analysis import analysis_of, mask
from extract.grammar.amounts import FoundAmount
from extract.grammar.qualifiers import Qualified, qualify
from extract.groups import Found, Sheet, write
from extract.rulebook import AMOUNT_MASK
from records.money import decimal_text


class AmountFinder:
    """Write amounts to `doc.spans["earmark_amount"]`; change nothing else."""

    def __call__(self, doc: Sheet) -> Sheet:
        """Find amounts on the raw text, so that a glued token hides none."""
        analysis = analysis_of(doc)
        amounts = analysis.amounts
        bare = [Found(i, a.start, a.end, a.rule) for i, a in enumerate(amounts)]
        analysis.masked = mask(analysis.text, bare, AMOUNT_MASK)
        sentences = [analysis.sentence_of(a.start) for a in amounts]
        qualified = qualify(
            amounts,
            analysis.masked,
            [s.start for s in sentences],
            [s.end for s in sentences],
            analysis.book,
        )
        write(
            doc,
            "amount",
            [_found(i, a, q) for i, (a, q) in enumerate(zip(amounts, qualified, strict=True))],
        )
        return doc


def _found(index: int, amount: FoundAmount, qualified: Qualified) -> Found:
    low, high = qualified.low, qualified.high
    return Found(
        index,
        amount.start,
        amount.end,
        amount.rule,
        {
            "currency": amount.currency,
            "low": None if low is None else decimal_text(low),
            "high": None if high is None else decimal_text(high),
            "approximate": qualified.approximate,
            "per": qualified.per,
            "vague": amount.vague,
            "rules": {
                "bounds": qualified.bound_rule,
                "approximate": qualified.hedge_rule,
                "per": qualified.per_rule,
            },
        },
    )
