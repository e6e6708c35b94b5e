"""What the head of a table's column, or the table's caption, says of the amounts below it."""

from __future__ import annotations

from extract.analysis import Analysis
from extract.groups import Found
from extract.rulebook import AMOUNT_MASK
from extract.sentences import sentence_at

# How many rows above an amount the head of its column is looked for.
_ROWS = 40


def column_heads(analysis: Analysis, amount: Found) -> list[tuple[int, int]]:
    """Return where the head of an amount's column and the caption of its table stand.

    A row is a line whose cells are parted by `|`; the head is the nearest row above without an
    amount, the caption the line above that.
    """
    masked, sentences = analysis.masked, analysis.sentences
    index = sentence_at(sentences, amount.start)
    cell = masked.count("|", sentences[index].start, amount.start)
    heads: list[tuple[int, int]] = []
    for other in range(index - 1, max(-1, index - _ROWS), -1) if cell else ():
        row = sentences[other]
        if masked.find("|", row.start, row.end) < 0:
            return [*heads, (row.start, row.end)]
        if not heads and masked.find(AMOUNT_MASK, row.start, row.end) < 0:
            heads += _cell(masked, row.start, row.end, cell)
    return heads


def _cell(masked: str, start: int, end: int, number: int) -> list[tuple[int, int]]:
    """Return the bounds of one cell of a row; nothing where the row has fewer."""
    for _ in range(number):
        start = masked.find("|", start, end) + 1
        if start == 0:
            return []
    stop = masked.find("|", start, end)
    return [(start, end if stop < 0 else stop)]
