"""Every alarm about some claims of funding, the gravest kinds first."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from records.claim import Claim
from store.patience import Look, no_limit
from store.pots.alarm import ALARM_KINDS, Alarm
from store.pots.contradictions import circles, sums
from store.pots.disputes import disputes
from store.pots.forest import place_of
from store.pots.kinship import subjects_of
from store.pots.model import Pot
from store.pots.slips import slips


def find_alarms(
    claims: Sequence[Claim], pots: Sequence[Pot], look: Look = no_limit
) -> tuple[Alarm, ...]:
    """Return what cannot all be right about some claims, by kind, the largest amounts first.

    Args:
        claims: Claims of funding, in an order that every store shares.
        pots: What was built of them.
        look: Called between two steps; raises to break the search off.
    """
    by_id = {claim.id: claim for claim in claims}
    subjects = subjects_of(claims)
    found = [*circles(claims), *sums(pots), *slips(subjects, look)]
    found += disputes(claims, subjects, look)

    def rank(alarm: Alarm) -> tuple[int, Decimal, list[object]]:
        stated = [by_id[name] for name in alarm.claims]
        most = max((one.high or one.low or Decimal(0) for one in stated), default=Decimal(0))
        return ALARM_KINDS.index(alarm.kind), -most, [place_of(one) for one in stated]

    return tuple(sorted(found, key=rank))
