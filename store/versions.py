"""Captures of one source over time, and what changed of its money from one to the next.

A mention of the older capture goes with that of the newer one whose sentence is most alike when the
amounts are left out of it: a page that was corrected keeps its words and changes its figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from typing import Literal

from rapidfuzz import fuzz
from sqlalchemy import Connection, select

from records.errors import ClaimNotFoundError
from records.mention import Mention
from store.documents import read_stored
from store.instants import read_instant
from store.live import IS_LIVE
from store.results import PlacedMention, StoredDocument
from store.rows import name_text
from store.sentences import sentence_around
from store.tables import IS_CURRENT, captures, documents

ALIKE = 75
"""Of 100: how alike two sentences must be, amounts aside, for their amounts to be one changed.

A sentence that was edited keeps 80 and more; two sentences of one article share 40 to 60.
"""
_LONGEST = 500  # code points of a sentence that are compared
_GAP = "\x1f"

Kind = Literal["became", "reworded", "new", "gone", "same"]


@dataclass(frozen=True, slots=True)
class Version:
    """A document as one capture of a source had it.

    Attributes:
        captured_at: When the source was first found to have these bytes, after others, UTC.
        document: The document.
    """

    captured_at: datetime
    document: StoredDocument


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one mention.

    Attributes:
        kind: `became` (another amount), `reworded` (the same amount, but another period, purpose or
            party), `new`, `gone`, or `same`.
        before: In the older capture; None for `new`.
        after: In the newer one; None for `gone`.
    """

    kind: Kind
    before: PlacedMention | None
    after: PlacedMention | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed of a source's money from one capture to the next."""

    older: Version
    newer: Version
    changes: tuple[Change, ...]


def compare(versions: Sequence[Version]) -> list[Comparison]:
    """Compare each version with the one before it."""
    return [
        Comparison(older, newer, tuple(changes(older.document, newer.document)))
        for older, newer in pairwise(versions)
    ]


def versions_of(connection: Connection, source: str) -> list[Version]:
    """Return the documents of a source in the order of its captures.

    A document comes again where the source's bytes went back to its own.

    Raises:
        ClaimNotFoundError: Nothing was captured under this name, or nothing of it counts.
    """
    rows = connection.execute(
        select(captures.c.captured_at, documents.c.number)
        .join(documents, documents.c.content_id == captures.c.content_id)
        .where(captures.c.source == name_text(source), IS_CURRENT, IS_LIVE)
        .order_by(captures.c.captured_at, captures.c.id)
    ).all()
    if not rows:
        raise ClaimNotFoundError(
            f"no document of {source} in this store; name the source as `ingest` printed it"
        )
    read = {row.number: read_stored(connection, row.number) for row in rows}
    stretches = (next(group) for _, group in groupby(rows, key=lambda row: row.number))
    return [Version(read_instant(row.captured_at), read[row.number]) for row in stretches]


def changes(older: StoredDocument, newer: StoredDocument) -> list[Change]:
    """Return what became of every mention, in the order of the newer text; the gone ones last."""
    before, after = list(older.mentions), list(newer.mentions)
    old, new = _bare_sentences(older), _bare_sentences(newer)
    scored = sorted(
        (-score, abs(i - j), i, j)
        for i, left in enumerate(before)
        for j, right in enumerate(after)
        if (score := _likeness(left.mention, right.mention, old[i], new[j])) >= ALIKE
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in scored:
        if i not in taken and j not in partner:
            partner[j] = i
            taken.add(i)
    told = [
        _change(before[partner[j]] if j in partner else None, one) for j, one in enumerate(after)
    ]
    return told + [_change(one, None) for i, one in enumerate(before) if i not in taken]


def _likeness(left: Mention, right: Mention, old: str, new: str) -> float:
    """Return how alike two mentions' sentences are; of equals, equal amounts go together first."""
    if left.amount.currency != right.amount.currency:
        return 0.0
    score = fuzz.ratio(old, new, score_cutoff=ALIKE)
    return score + (1.0 if score and _amount(left) == _amount(right) else 0.0)


def _bare_sentences(stored: StoredDocument) -> list[str]:
    """Return each mention's sentence with all amounts taken out, and its own place marked."""
    document = stored.document
    spans = [one.mention.amount.span for one in stored.mentions]
    bare = []
    for own in spans:
        start, end = sentence_around(document.text, own.start, own.end)
        parts, place = [], start
        for span in spans:
            if start <= span.start and span.end <= end:
                mark = _GAP if span == own else " "
                parts += [document.text[place : span.start], mark]
                place = span.end
        parts.append(document.text[place:end])
        bare.append(" ".join("".join(parts).split(" "))[:_LONGEST])
    return bare


def _change(before: PlacedMention | None, after: PlacedMention | None) -> Change:
    if before is None or after is None:
        return Change("new" if before is None else "gone", before, after)
    old, new = before.mention, after.mention
    if _amount(old) != _amount(new):
        return Change("became", before, after)
    return Change("same" if _words(old) == _words(new) else "reworded", before, after)


def _amount(mention: Mention) -> tuple[object, ...]:
    amount = mention.amount
    return amount.currency, amount.low, amount.high, amount.per


def _words(mention: Mention) -> list[str | None]:
    """Return what is said about an amount, word for word."""
    said = (mention.timeframe and mention.timeframe.span, mention.purpose, mention.recipient)
    return [span.text if span else None for span in (*said, mention.funder)]
