"""The review queue: what a person should look at first, and what the answer changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from earmark.tracing import field_words
from extract.confidence import confidences
from records.claim import Claim, StoredMention
from records.decision import FIELDS, Decision
from records.review import ReviewItem
from store.review import OpenPair
from store.store import Store

SURE = 0.8
"""Confidence from which a field is not asked about."""


def queue_of(store: Store, names: Sequence[str], by: str) -> list[ReviewItem]:
    """Return what is open for a person, by money at stake times uncertainty.

    What anybody decided is not open, nor what this person was not sure of.

    Args:
        store: Where to look.
        names: Ids of claims or mentions; only what concerns one of them is asked, and where two or
            more are named only what concerns two. Empty for all.
        by: The person.

    Raises:
        ClaimNotFoundError: The store has no such id.
    """
    wanted = [_mentions_of(store, name) for name in names]
    claims = {claim.id: claim for claim in store.all_claims()}
    found = [
        *(_pair(one, claims) for one in store.open_pairs()),
        *(one for claim in claims.values() for one in _fields(claim)),
    ]
    return sorted(
        (one for one in found if _is_asked(one, wanted) and not _is_decided(one, claims, by)),
        key=lambda one: (-one.rank, one.id),
    )


def _mentions_of(store: Store, name: str) -> set[str]:
    claim = store.claim(name)
    return {name} if name.startswith("m") else {one.id for one in claim.mentions}


def _pair(pair: OpenPair, claims: dict[str, Claim]) -> ReviewItem:
    ours, theirs = (claims[name] for name in pair.claims)
    mentions = (_mention(ours, pair.left), _mention(theirs, pair.right))
    return ReviewItem(
        mentions=mentions,
        claims=pair.claims,
        currency=ours.currency,
        stake=min(_stake(one) for one in mentions),
        uncertainty=pair.uncertainty,
        score=pair.score,
        reasons=pair.reasons,
    )


def _fields(claim: Claim) -> Iterator[ReviewItem]:
    for stored in claim.mentions:
        for field, confidence in confidences(stored.mention.rules).items():
            if field in FIELDS and confidence < SURE:
                yield field_item(stored, claim.id, field, confidence)


def field_item(
    stored: StoredMention, claim: str, field: str, confidence: float | None
) -> ReviewItem:
    """Return the question whether a field of a mention is right."""
    return ReviewItem(
        mentions=(stored,),
        claims=(claim,),
        currency=stored.mention.amount.currency,
        stake=_stake(stored),
        uncertainty=1 - (confidence or 0),
        field=field,
        value=field_words(stored, field),
        confidence=confidence,
    )


def _mention(claim: Claim, name: str) -> StoredMention:
    return next(one for one in claim.mentions if one.id == name)


def _stake(stored: StoredMention) -> Decimal:
    amount = stored.counted.amount
    return abs(amount.high or amount.low or Decimal(0))


def _is_asked(item: ReviewItem, wanted: Sequence[set[str]]) -> bool:
    named = {one.id for one in item.mentions}
    hits = sum(bool(named & ids) for ids in wanted)
    return hits >= min(len(wanted), 2) and (len(wanted) < 2 or item.field is None)  # noqa: PLR2004


def _is_decided(item: ReviewItem, claims: dict[str, Claim], by: str) -> bool:
    if item.field is not None:
        held: Iterable[Decision] = item.mentions[0].decisions
        return any(one.field == item.field and _settles(one, by) for one in held)
    ours, theirs = ({one.id for one in claims[name].mentions} for name in item.claims)
    if item.linked:
        ours, theirs = ({one.id} for one in item.mentions)
    return any(
        one.other is not None
        and _settles(one, by)
        and any(one.concerns(name) for name in ours)
        and any(one.concerns(name) for name in theirs)
        for one in claims[item.claims[0]].decisions
    )


def _settles(one: Decision, by: str) -> bool:
    return one.word != "not_sure" or one.by == by
