"""Pairs of sums that a person should look at: those on which the matcher could as well say no."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from heapq import nlargest
from typing import NamedTuple

from sqlalchemy import Connection, select

from records.claim import Reason
from records.mention import Amount
from store.dedup import index
from store.dedup.candidate import LocalPot
from store.judging import THRESHOLD, score
from store.matching import Matching
from store.mention_rows import Row, read_bound
from store.tables import claim_mentions, matches, mentions

Wanted = frozenset[int] | None
"""Claims by their rows; None for all."""
BAND = 25
"""How far from the threshold a score may be, hundredths, for a pair to be open."""


class OpenPair(NamedTuple):
    """Two mentions that are nearly, or only just, the same money.

    Attributes:
        left: Local id.
        right: Local id of the other.
        claims: Local ids of their claims.
        score: What speaks for it, hundredths.
        reasons: For and against.
    """

    left: str
    right: str
    claims: tuple[str, str]
    score: int
    reasons: tuple[Reason, ...]

    @property
    def uncertainty(self) -> float:
        """1 at the threshold, a half at the end of the band."""
        return 1 - abs(self.score - THRESHOLD) / (2 * BAND)


def stake_of(amount: Amount) -> Decimal:
    """Return how much money an amount puts at stake, in whole units; 0 where nothing says."""
    return abs(amount.high or amount.low or Decimal(0))


class Largest(NamedTuple):
    """The mentions with the largest amounts, whatever their currency.

    Attributes:
        least: The smallest amount among them; 0 where they are all that the store has.
        claims: The claims that they state, by their rows.
    """

    least: Decimal
    claims: tuple[int, ...]


def largest(connection: Connection, number: int) -> Largest:
    """Return about so many mentions with the largest amounts, as they were read."""
    rows = connection.execute(
        select(claim_mentions.c.claim_id, *(mentions.c[name] for name in _MONEY)).join(
            mentions, mentions.c.id == claim_mentions.c.mention_id
        )
    ).mappings()
    stakes = [(row["claim_id"], _stake(dict(row))) for row in rows]
    first = nlargest(number, (stake for _, stake in stakes))
    least = first[-1] if len(first) < len(stakes) else Decimal(0)
    return Largest(least, tuple(sorted({claim for claim, stake in stakes if stake >= least})))


_MONEY = ("exponent", "low_minor", "low_text", "high_minor", "high_text")


def _stake(row: Row) -> Decimal:
    return abs(read_bound(row, "high") or read_bound(row, "low") or Decimal(0))


def open_pairs(
    connection: Connection, matching: Matching, among: Largest | None
) -> Iterator[OpenPair]:
    """Yield the pairs of mentions whose score is near the threshold.

    Of two claims that could be one it is the pair that goes best together. Inside a claim they are
    the pairs that hold it together, but for those that a person joined.

    Args:
        connection: In a transaction.
        matching: Pots of stored documents.
        among: Only pairs of these; None for all.
    """
    wanted = frozenset(among.claims) if among else None
    yield from _apart(connection, matching, wanted)
    yield from _joined(connection, wanted)


def _apart(connection: Connection, matching: Matching, wanted: Wanted) -> Iterator[OpenPair]:
    pots: list[LocalPot] = []
    names: list[int] = []
    claims: list[int] = []
    stated = select(claim_mentions.c.mention_id, claim_mentions.c.claim_id, mentions.c.document_id)
    stated = stated.join(mentions, mentions.c.id == claim_mentions.c.mention_id)
    rows = [row for row in connection.execute(stated) if _is_among(row.claim_id, wanted)]
    claim_of = {row.mention_id: row.claim_id for row in rows}
    for document in sorted({row.document_id for row in rows}):
        home = matching.pots_of(connection, document)
        for pot in home.pots:
            placed = home.placed[pot.key]
            if placed.id not in claim_of:
                continue
            pots.append(pot)
            names.append(placed.number)
            claims.append(claim_of[placed.id])
    if not pots:
        return
    best: dict[tuple[int, int], tuple[int, int, int]] = {}
    profiles = [pot.profile for pot in pots]
    lefts, rights = index.pairs(profiles)
    for left, right in zip(lefts.tolist(), rights.tolist(), strict=True):
        both = min(claims[left], claims[right]), max(claims[left], claims[right])
        verdict = matching.verdicts.compare(profiles[left], profiles[right])
        near = verdict.comparable and verdict.gate is None and verdict.score >= THRESHOLD - BAND
        if near and both[0] != both[1] and verdict.score > best.get(both, (-1000, 0, 0))[0]:
            best[both] = verdict.score, left, right
    for _, left, right in best.values():
        verdict = score(pots[left], pots[right])
        yield OpenPair(
            f"m{names[left]}",
            f"m{names[right]}",
            (f"c{claims[left]}", f"c{claims[right]}"),
            min(verdict.score, THRESHOLD + BAND),
            verdict.reasons,
        )


def _is_among(claim: int, wanted: Wanted) -> bool:
    return wanted is None or claim in wanted


def _joined(connection: Connection, wanted: Wanted) -> Iterator[OpenPair]:
    left, right = mentions.alias("left"), mentions.alias("right")
    query = (
        select(matches, left.c.number.label("left"), right.c.number.label("right"))
        .join(left, left.c.id == matches.c.left_id)
        .join(right, right.c.id == matches.c.right_id)
        .where(matches.c.score <= THRESHOLD + BAND)
        .order_by(left.c.number, right.c.number)
    )
    for row in connection.execute(query):
        if not _is_among(row.claim_id, wanted):
            continue
        reasons = tuple(Reason(*parts) for parts in json.loads(row.reasons))
        if all(one.code != "decided" for one in reasons):
            claim = f"c{row.claim_id}"
            yield OpenPair(f"m{row.left}", f"m{row.right}", (claim, claim), row.score, reasons)
