"""`earmark_timeframe`: when money is provided, spent, raised or saved, by the own sentence."""

from __future__ import annotations

from collections.abc import Sequence

from extract.analysis import Analysis, analysis_of, mask_timeframes
from extract.dating import Dating
from extract.grammar.calendar import Context, Days
from extract.grammar.timeframes import FoundTimeframe, find_timeframes
from extract.groups import Found, Sheet, read, write
from extract.rulebook import pattern
from extract.sentences import sentence_at

# A sentence that goes on about a pot without naming its sum.
ABOUT_THE_MONEY = pattern("assign.about-the-money")


class TimeframeFinder:
    """Write timeframes to `doc.spans["earmark_timeframe"]`; change nothing else.

    `earmark_timeframe_all` holds every expression of a sentence with money and of its neighbours,
    whether or not an amount takes it, its `amount` being its own index.
    """

    def __call__(self, doc: Sheet) -> Sheet:
        """Find the expressions, then give each amount the one that speaks of it."""
        analysis = analysis_of(doc)
        amounts = read(doc, "amount")
        by_sentence = _expressions(analysis, amounts)
        every = [t for found in by_sentence.values() for t in found]
        write(doc, "timeframe_all", [_found(i, t) for i, t in enumerate(every)])
        mask_timeframes(doc)
        own: dict[int, list[Found]] = {}
        for amount in amounts:
            own.setdefault(sentence_at(analysis.sentences, amount.start), []).append(amount)
        taken: list[Found] = []
        for index, inside in own.items():
            if by_sentence.get(index):
                dating = Dating(analysis, analysis.sentences[index], inside, by_sentence[index])
                taken += [_found(number, choice) for number, choice in dating.of_all()]
        write(doc, "timeframe", sorted(taken, key=lambda item: item.amount))
        return doc


def _expressions(analysis: Analysis, amounts: Sequence[Found]) -> dict[int, list[FoundTimeframe]]:
    """Find timeframes in the sentences of the amounts and in the two around each."""
    indexes = {sentence_at(analysis.sentences, a.start) for a in amounts}
    last = len(analysis.sentences) - 1
    near = {j for i in indexes for j in (i - 1, i, i + 1) if 0 <= j <= last}
    if indexes:
        near |= set(analysis.sentences.beginning(ABOUT_THE_MONEY, analysis.masked))
    context = Context(analysis.published, analysis.country)
    found: dict[int, list[FoundTimeframe]] = {}
    earlier: Days | None = None
    for i in sorted(near):
        place = analysis.sentences[i]
        found[i] = find_timeframes(
            analysis.masked, place.start, place.end, context, analysis.book, earlier
        )
        earlier = found[i][-1].days if found[i] else earlier
    return found


def _found(index: int, timeframe: FoundTimeframe) -> Found:
    days = timeframe.days
    return Found(
        index,
        timeframe.start,
        timeframe.end,
        timeframe.rule,
        {
            "duration": timeframe.duration,
            "from": days.first.isoformat() if days.first else None,
            "until": days.last.isoformat() if days.last else None,
        },
    )
