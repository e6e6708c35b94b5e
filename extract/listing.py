"""Which whole the figures of a list are parts of: a bulleted list, or lines behind a colon."""

from __future__ import annotations

from collections.abc import Iterator

from extract.analysis import Analysis
from extract.arithmetic import adding_up, related_to, smaller
from extract.groups import Found
from extract.pots import Pots
from extract.rulebook import pattern
from extract.sentences import Sentence, sentence_at
from extract.sums import Sums

_LISTING = pattern("relation.listing")
_CONTENTS = pattern("relation.contents")
_OPENS = pattern("relation.opens")
_TOTAL = pattern("relation.total")
# A list of lines without bullets is no longer than this.
_MOST_LINES = 30


def list_item(
    analysis: Analysis, sentence: Sentence, amount: Found, pots: Pots, sums: Sums
) -> Found | None:
    """Make an item's amount part of the whole that its lead-in names or means."""
    if amount.values["per"]:
        return None
    lead = _lead(analysis, sentence, amount)
    if lead is None:
        return None
    whole = sums.of_list(lead)
    text = analysis.text[lead.start : lead.end]
    if not whole and (
        _LISTING.search(text) or (lead.shape == "heading" and _CONTENTS.search(text))
    ):
        whole = pots.whole_of(lead)
    if whole is None or not smaller(amount, whole):
        return None
    return related_to(amount, whole, "part_of", "relation.list-item", share=True)


def table_rows(analysis: Analysis, sentence: Sentence, total: Found, sums: Sums) -> Iterator[Found]:
    """Yield the rows above a total as its parts, if they add up to it."""
    if not _TOTAL.fullmatch(analysis.masked, sentence.start, sentence.end):
        return
    rows: list[Found] = []
    for row in sums.rows_above(total):
        rows.append(row)
        if adding_up(rows, total):
            yield from (
                related_to(part, total, "part_of", "relation.table-row", share=True)
                for part in rows
            )
            return


def _lead(analysis: Analysis, sentence: Sentence, amount: Found) -> Sentence | None:
    """Return the sentence that introduces the list which an amount stands in."""
    if sentence.lead is not None:
        return analysis.sentence_of(sentence.lead)
    if not _OPENS.match(analysis.masked, sentence.start, sentence.end):
        return None
    sentences = analysis.sentences
    index = sentence_at(sentences, sentence.start)
    for other in range(index - 1, max(-1, index - _MOST_LINES), -1):
        line = sentences[other]
        if line.block == sentence.block or (line.shape == "item" and sentence.shape != "item"):
            return None
        if analysis.masked[line.end - 1] == ":":
            return line
        first = other == 0 or sentences[other - 1].block != line.block
        if first and not _OPENS.match(analysis.masked, line.start, line.end):
            return None
    return None
