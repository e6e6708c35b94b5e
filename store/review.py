"""Pairs of sums that a person should look at: those on which the matcher could as well say no."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, select

from records.claim import Reason
from store.dedup import index
from store.dedup.candidate import LocalPot
from store.judging import THRESHOLD, score
from store.matching import Matching
from store.tables import IS_CURRENT, claim_mentions, documents, matches, mentions

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


def open_pairs(connection: Connection, matching: Matching) -> Iterator[OpenPair]:
    """Yield the pairs of mentions whose score is near the threshold.

    Of two claims that could be one it is the pair that goes best together. Inside a claim they are
    the pairs that hold it together, but for those that a person joined.
    """
    yield from _apart(connection, matching)
    yield from _joined(connection)


def _apart(connection: Connection, matching: Matching) -> Iterator[OpenPair]:
    pots: list[LocalPot] = []
    names: list[int] = []
    claims: list[int] = []
    claim_of = {row.mention_id: row.claim_id for row in connection.execute(select(claim_mentions))}
    homes = connection.execute(select(documents.c.id).where(IS_CURRENT).order_by(documents.c.id))
    for document in homes.scalars().all():
        home = matching.pots_of(connection, document)
        for pot in home.pots:
            placed = home.placed[pot.key]
            pots.append(pot)
            names.append(placed.number)
            claims.append(claim_of[placed.id])
    best: dict[tuple[int, int], tuple[int, int, int]] = {}
    profiles = [pot.profile for pot in pots]
    for left, right in index.pairs(profiles) if pots else ():
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


def _joined(connection: Connection) -> Iterator[OpenPair]:
    left, right = mentions.alias("left"), mentions.alias("right")
    rows = connection.execute(
        select(matches, left.c.number.label("left"), right.c.number.label("right"))
        .join(left, left.c.id == matches.c.left_id)
        .join(right, right.c.id == matches.c.right_id)
        .where(matches.c.score <= THRESHOLD + BAND)
        .order_by(left.c.number, right.c.number)
    )
    for row in rows:
        reasons = tuple(Reason(*parts) for parts in json.loads(row.reasons))
        if all(one.code != "decided" for one in reasons):
            claim = f"c{row.claim_id}"
            yield OpenPair(f"m{row.left}", f"m{row.right}", (claim, claim), row.score, reasons)
