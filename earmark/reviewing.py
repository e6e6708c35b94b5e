"""The review queue: what a person should look at first, and what the answer changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from earmark.tracing import field_words
from extract.confidence import confidences
from records.claim import Claim, StoredMention
from records.decision import FIELDS, Decision
from records.review import ReviewItem, ReviewPart
from store.review import Largest, OpenPair, stake_of
from store.store import Store

SURE = 0.8
"""Confidence from which a field is not asked about."""


FIRST = 400
"""Mentions that the first part of a queue looks at."""
MORE = 8
"""How many times as many the next part looks at."""


def queue_of(
    store: Store, names: Sequence[str], by: str, among: Largest | None = None
) -> list[ReviewItem]:
    """Return what is open for a person, by money at stake times uncertainty.

    What anybody decided is not open, nor what this person was not sure of.

    Args:
        store: Where to look.
        names: Ids of claims or mentions; only what concerns one of them is asked, and where more
            are named only what concerns two. Of two, whether they are the same is asked whatever
            the matcher makes of them. Empty for all.
        by: The person.
        among: Only questions about these, as far as no other can come before them; None for all.

    Raises:
        ClaimNotFoundError: The store has no such id.
        SettingsError: One id is named twice.
    """
    if len(names) == 2:  # noqa: PLR2004 - a pair
        return _asked(store, names, by)
    wanted = [_mentions_of(store, name) for name in names]
    told = store.claims_of(among) if among else store.all_claims()
    claims = {claim.id: claim for claim in told}
    found = [
        *(_pair(one, claims) for one in store.open_pairs(among)),
        *(one for claim in claims.values() for one in _fields(claim)),
    ]
    least = among.least if among else 0
    return sorted(
        (
            one
            for one in found
            if one.rank >= least and _is_asked(one, wanted) and not _is_decided(one, claims, by)
        ),
        key=lambda one: (-one.rank, one.id),
    )


def queue_in_parts(store: Store, by: str) -> Iterator[ReviewPart]:
    """Yield the queue of a whole store: what comes first before what comes next is worked out.

    No question of a part comes before one of the parts before it, which it holds again.
    """
    number = FIRST
    while True:
        among = store.largest(number)
        if not among.least:
            break
        yield ReviewPart(tuple(queue_of(store, (), by, among)), more=True)
        number *= MORE
    yield ReviewPart(tuple(queue_of(store, (), by)), more=False)


def _asked(store: Store, names: Sequence[str], by: str) -> list[ReviewItem]:
    """Return the question whether two sums are the same, unless it was decided."""
    judged = store.compare(*names)
    claims = [store.claim(name) for name in names]
    mentions = [
        _mention(claim, name.replace("c", "m")) for claim, name in zip(claims, names, strict=True)
    ]
    best = judged.pairs[0] if judged.pairs else None
    item = ReviewItem(
        mentions=(mentions[0], mentions[1]),
        claims=(claims[0].id, claims[1].id),
        currency=claims[0].currency,
        stake=min(_stake(one) for one in mentions),
        uncertainty=1,
        score=best.score if best and not best.gate and not best.incomparable else None,
        reasons=best.reasons if best else (),
    )
    by_id = {claim.id: claim for claim in claims}
    return [] if _is_decided(item, by_id, by) else [item]


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
    return stake_of(stored.counted.amount)


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
