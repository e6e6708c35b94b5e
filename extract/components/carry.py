"""`earmark_carry`: the timeframe that a repeat or a share takes from elsewhere in its document.

Source: docs/annotation.md, ruling "timeframe": the own sentence first; then what the next sentence
says of `the money`; a share takes its whole's; a repeat what the document states elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from spacy.language import Language
from spacy.tokens import Doc

from extract.analysis import Analysis, analysis_of
from extract.components.timeframe import ABOUT_THE_MONEY
from extract.groups import Found, read, read_by_amount, write
from extract.rulebook import AMOUNT_MASK, pattern
from extract.sentences import sentence_at

_SPREAD = pattern("carry.spread")
_SHARE = pattern("carry.share")
_SHARE_BEHIND = pattern("carry.share-behind")


class TimeframeCarrier:
    """Add carried timeframes to `doc.spans["earmark_timeframe"]`; change nothing else."""

    def __call__(self, doc: Doc) -> Doc:
        """Carry in the order of the ruling; nothing that the own sentence says is replaced."""
        analysis = analysis_of(doc)
        amounts, relations = read(doc, "amount"), read_by_amount(doc, "relation")
        purposes = read_by_amount(doc, "purpose")
        newness = {n.amount: n.values["status"] for n in read(doc, "newness")}
        kinds = {k.amount: k.values["kind"] for k in read(doc, "kind")}
        taken = read_by_amount(doc, "timeframe")
        every = read(doc, "timeframe_all")
        for amount in amounts:
            if amount.amount not in taken and (
                found := _from_next_sentence(analysis, amounts, amount, every)
            ):
                taken[amount.amount] = found
        if amounts and (found := _from_later_sentence(analysis, amounts, taken, every)):
            taken[found.amount] = found
        own = dict(taken)
        for amount in amounts:
            if amount.amount in taken or amount.values["vague"]:
                continue
            alike = [
                a
                for a in amounts
                if newness.get(a.amount) == newness.get(amount.amount)
                and kinds.get(a.amount) == kinds.get(amount.amount)
            ]
            found = (
                _from_whole(amount, relations, taken)
                or _from_repeat(analysis, alike, amount, own, purposes)
                or _from_share(analysis, amounts, amount, every)
            )
            if found:
                taken[amount.amount] = found
        write(doc, "timeframe", [taken[i] for i in sorted(taken)])
        return doc


def _moved(amount: Found, source: Found, rule: str) -> Found:
    return Found(amount.amount, source.start, source.end, f"{source.rule}+{rule}", source.values)


def _from_next_sentence(
    analysis: Analysis, amounts: Sequence[Found], amount: Found, every: Iterable[Found]
) -> Found | None:
    """Read on: `The money, which comes over the next 18 months, …`."""
    index = sentence_at(analysis.sentences, amount.start)
    if amount.values["per"] or index + 1 >= len(analysis.sentences):
        return None
    own = [a for a in amounts if sentence_at(analysis.sentences, a.start) == index]
    following = analysis.sentences[index + 1]
    text = analysis.masked[following.start : following.end]
    if own[0] is not amount or AMOUNT_MASK in text or not ABOUT_THE_MONEY.match(text):
        return None
    inside = [t for t in every if following.start <= t.start < following.end]
    return _moved(amount, inside[0], "timeframe.next-sentence") if inside else None


def _from_later_sentence(
    analysis: Analysis, amounts: Sequence[Found], taken: Mapping[int, Found], every: Sequence[Found]
) -> Found | None:
    """Give the article's first pot what a later sentence says of `the package`, where none does."""
    first = next((a for a in amounts if not a.values["per"] and not a.values["vague"]), None)
    if first is None or any(_same_money(analysis, a, first) for a in amounts if a.amount in taken):
        return None
    for sentence in analysis.sentences:
        if sentence.start <= first.start or not _SPREAD.match(
            analysis.masked, sentence.start, sentence.end
        ):
            continue
        inside = [t for t in every if sentence.start <= t.start < sentence.end]
        if inside:
            return _moved(first, inside[0], "timeframe.later-sentence")
    return None


def _from_repeat(
    analysis: Analysis,
    amounts: Sequence[Found],
    amount: Found,
    own: Mapping[int, Found],
    purposes: Mapping[int, Found],
) -> Found | None:
    """Take the one timeframe that the document states with the same amount."""
    same = [
        own[a.amount]
        for a in amounts
        if a.amount in own
        and a.amount != amount.amount
        and _same_money(analysis, a, amount)
        and not _conflict(analysis, purposes.get(a.amount), purposes.get(amount.amount))
    ]
    dated = [t for t in same if any(t.values.values())] or same
    stated = {(t.start, t.end) for t in dated}
    return _moved(amount, dated[0], "timeframe.repeat") if len(stated) == 1 else None


def _same_money(analysis: Analysis, one: Found, other: Found) -> bool:
    """Tell whether two point amounts agree within the coarser figure's last written digit."""
    a, b = one.values, other.values
    if a["currency"] != b["currency"] or a["per"] != b["per"]:
        return False
    if a["low"] != a["high"] or b["low"] != b["high"]:
        return False
    step = max(_step(analysis.text, one), _step(analysis.text, other))
    return abs(Decimal(a["low"]) - Decimal(b["low"])) * 2 < step or a["low"] == b["low"]


def _step(text: str, amount: Found) -> Decimal:
    """Return the value of an amount's last written digit: 0.1 billion for `£0.2bn`."""
    digits = re.search(r"[0-9][0-9,]*(?:\.([0-9]+))?", text[amount.start : amount.end])
    if not digits:
        return Decimal(0)
    number = Decimal(digits[0].replace(",", ""))
    if not number:
        return Decimal(0)
    scale = Decimal(amount.values["low"]) / number
    return scale.scaleb(-len(digits[1] or ""))


def _conflict(analysis: Analysis, one: Found | None, other: Found | None) -> bool:
    """Tell whether two purposes share less than half their words: two pots of one amount."""
    if one is None or other is None:
        return False
    words = [
        {w for w in analysis.text[p.start : p.end].lower().split() if len(w) > 3}  # noqa: PLR2004 - content words
        for p in (one, other)
    ]
    return len(words[0] & words[1]) * 2 < min(map(len, words))


def _from_whole(
    amount: Found, relations: Mapping[int, Found], taken: Mapping[int, Found]
) -> Found | None:
    """Take the whole's timeframe, one level up, where the part is presented as a share."""
    relation = relations.get(amount.amount)
    if relation is None:
        return None
    shares = relation.values["type"] == "part_of" and relation.values["share"]
    if not shares and relation.values["type"] != "equates_to":
        return None
    whole = taken.get(int(relation.values["to"]))
    if whole is None or ("timeframe.whole" in whole.rule and shares):
        return None
    return _moved(amount, whole, "timeframe.whole" if shares else "timeframe.equated")


def _from_share(
    analysis: Analysis, amounts: Sequence[Found], amount: Found, every: Iterable[Found]
) -> Found | None:
    """Carry `the money comes over …` to the shares right after it, until the text leaves them."""
    sentence = analysis.sentence_of(amount.start)
    before = analysis.masked[sentence.start : amount.start]
    if not (_SHARE.search(before) or _SHARE_BEHIND.match(analysis.masked, amount.end)):
        return None
    holding = {sentence_at(analysis.sentences, a.start) for a in amounts}
    blocks = {analysis.sentences[i].block for i in holding}
    index = sentence_at(analysis.sentences, amount.start)
    for other in range(index - 1, -1, -1):
        candidate = analysis.sentences[other]
        text = analysis.masked[candidate.start : candidate.end]
        if ABOUT_THE_MONEY.match(text) and AMOUNT_MASK not in text:
            inside = [t for t in every if candidate.start <= t.start < candidate.end]
            if inside:
                return _moved(amount, inside[0], "timeframe.share")
        away = candidate.block not in blocks and candidate.shape == "prose"
        if away and not any(
            ABOUT_THE_MONEY.match(analysis.masked, s.start, s.end)
            and any(s.start <= t.start < s.end for t in every)
            for s in analysis.sentences
            if s.block == candidate.block
        ):
            return None
    return None


@Language.factory("earmark_carry", assigns=["doc.spans"], requires=["doc.spans"])
def make_carry(nlp: Language, name: str) -> TimeframeCarrier:
    """Return the component."""
    return TimeframeCarrier()
