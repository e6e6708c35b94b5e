"""Figures of a sentence, a list or a table that add up to another figure of their document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extract.analysis import Analysis
from extract.arithmetic import adding_up, lump
from extract.groups import Found
from extract.sentences import Sentence, sentence_at

# What parts add up to stands not many amounts before them.
_LOOK_BACK = 100


class Sums:
    """The amounts of a document, asked for what they add up to."""

    def __init__(self, analysis: Analysis, amounts: Sequence[Found]) -> None:
        """Look at one document's amounts, in order."""
        self._analysis = analysis
        self._amounts = amounts
        self._starts = [amount.start for amount in amounts]
        self._lists: dict[int, Found | None] = {}

    def of(self, parts: Sequence[Found]) -> Found | None:
        """Return the nearest amount before some parts that is exactly their sum."""
        before = reversed(self._before(parts[0]))
        return next((a for a in before if lump(a) and adding_up(parts, a)), None)

    def of_list(self, lead: Sentence) -> Found | None:
        """Return the amount before a list that the first figures of its items add up to."""
        if lead.start not in self._lists:
            items: dict[int, Found] = {}
            for amount in self._amounts[bisect_left(self._starts, lead.end) :]:
                sentence = self._analysis.sentence_of(amount.start)
                if sentence.lead != lead.start:
                    break
                items.setdefault(sentence.start, amount)
            self._lists[lead.start] = self.of(list(items.values())) if items else None
        return self._lists[lead.start]

    def rows_above(self, total: Found) -> Iterator[Found]:
        """Yield the figures that end the lines right above a line, the nearest first."""
        sentences = self._analysis.sentences
        line = sentence_at(sentences, total.start)
        for row in reversed(self._before(total)):
            line -= 1
            if sentence_at(sentences, row.start) != line or row.end != sentences[line].end:
                return
            yield row

    def _before(self, amount: Found) -> Sequence[Found]:
        stop = bisect_left(self._starts, amount.start)
        return self._amounts[max(0, stop - _LOOK_BACK) : stop]
