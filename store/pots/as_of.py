"""What was known on a day: the claims as the documents published up to then state them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from records.claim import Claim, StoredMention
from store.claim_rows import facts_of
from store.timeline import former_of, with_timeline


def known_on(claims: Iterable[Claim], day: date) -> list[Claim]:
    """Return claims with the mentions of documents published up to a day alone.

    Amounts, wordings and relations are those of these mentions. Which mentions are one claim is
    what all documents together tell, also those that came later: identity is no matter of time. A
    document without a date is left out, since it may be younger.

    Args:
        claims: With all their mentions.
        day: The last one.
    """
    found = [known for claim in claims if (known := _on(claim, day))]
    names = {claim.id for claim in found}
    formers = {claim.id: former_of(claim) for claim in found}
    days = (one.provenance.published for claim in found for one in claim.mentions)
    latest = max((day for day in days if day), default=None)
    return [
        with_timeline(
            replace(claim, replaced_by=tuple(one for one in claim.replaced_by if one in names)),
            formers,
            latest,
        )
        for claim in found
    ]


def _on(claim: Claim, day: date) -> Claim | None:
    mentions = tuple(one for one in claim.mentions if _said_by(one, day))
    if len(mentions) in (0, len(claim.mentions)):
        return claim if mentions else None
    names = {one.id for one in mentions}
    facts = facts_of([one.counted for one in sorted(mentions, key=_first_said)])
    said = ((one, tuple(name for name in one.mentions if name in names)) for one in claim.relations)
    frame = facts.timeframe
    return replace(
        claim,
        currency=facts.amount.currency,
        low=facts.amount.low,
        high=facts.amount.high,
        approximate=facts.approximate,
        per=facts.amount.per,
        kind=facts.kind,
        purpose=facts.purpose,
        recipient=facts.recipient,
        funder=facts.funder,
        timeframe=frame.span.text if frame else None,
        period_start=frame.start if frame else None,
        period_until=frame.until if frame else None,
        mentions=mentions,
        matches=tuple(one for one in claim.matches if {one.left, one.right} <= names),
        relations=tuple(replace(one, mentions=by) for one, by in said if by),
    )


def _said_by(stored: StoredMention, day: date) -> bool:
    published = stored.provenance.published
    return published is not None and published <= day


def _first_said(stored: StoredMention) -> tuple[date, str, int]:
    origin = stored.provenance
    return origin.published or date.max, origin.sha256, stored.mention.amount.span.start
