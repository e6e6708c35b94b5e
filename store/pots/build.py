"""Work out what claims add up to: pots and their parts, three totals, and what was left out.

A part is never added to its whole, money on top of other money stands beside it, currencies never
meet in one total, and only sums of money that a text gives as one figure are added, or as a rate
with its length: other rates, ranges and open bounds are listed and left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from records.claim import Claim
from records.mention import Mention
from store.patience import Look, no_limit
from store.pots.alarms import find_alarms
from store.pots.as_of import known_on
from store.pots.forest import number_of, place_of, stand_ins, whole_of
from store.pots.model import LeftOut, Pot, PotsReport, StatedNewness, Totals, Undated
from store.pots.parts import check_parts, takes_away
from store.pots.sums import point_of, point_said
from store.pots.unstated import unstated_parts

NO_PURPOSE = "no purpose stated"
RATE = "a rate of which nothing says for how long"
OPEN, VAGUE = "a range or an open bound", "vague"
REPLACED = "replaced by another figure"
_LEADING = re.compile(r"\s*(?:to|for|on|towards?|into|in)\s+", re.IGNORECASE)
_ZERO = Decimal(0)


class _Ground(NamedTuple):
    """What pots are built on.

    Attributes:
        why: Claim to reason, for every claim whose own amount is in no total.
        stands_for: Claim that was replaced to the one that replaces it.
        parts: Whole to its direct parts, largest first.
        order: The claims that pots can be made of, each whole before its parts.
        inside: Those of them that are a part, by their ids.
        unstated: Of those, the ones that no text calls a part; see `unstated_parts`.
        distinct: What each of them comes to.
        less: Whole to what a table takes from it, with a minus: savings, which are no pots.
    """

    why: Mapping[str, str]
    stands_for: Mapping[str, str]
    parts: Mapping[str, Sequence[Claim]]
    order: Sequence[Claim]
    inside: frozenset[str]
    unstated: frozenset[str]
    distinct: Mapping[str, Decimal]
    less: Mapping[str, Sequence[Claim]]


def build_pots(
    claims: Iterable[Claim],
    *,
    only: Collection[str] | None = None,
    as_of: date | None = None,
    by_sum: bool = True,
    look: Look = no_limit,
) -> PotsReport:
    """Work out what claims of funding add up to; those mostly stated as something else are no pots.

    Args:
        claims: In any order. Relations to claims that are not among them count for nothing.
        only: Local ids of the claims to report on, each with all its parts; None for all.
        as_of: The day to tell of what was known, from documents published up to then; None for
            whatever documents state, also those without a date.
        by_sum: Tell parts by their sums too, which needs all that their documents state.
        look: Called between two steps of what takes long; raises to break it off.
    """
    claims = list(claims)
    told = claims if as_of is None else known_on(claims, as_of)
    funding = sorted(filter(_is_funding, told), key=place_of)
    if only is not None:
        chosen = _with_parts(_ground(funding, told, by_sum=by_sum), only)
        funding = [claim for claim in funding if claim.id in chosen]
    ground = _ground(funding, told, by_sum=by_sum)
    pots = _pots(ground, {claim.id: claim for claim in funding})
    named: dict[str, list[str]] = defaultdict(list)
    for claim in sorted(funding, key=number_of):
        if claim.id in ground.why:
            named[ground.why[claim.id]].append(claim.id)
    left_out = tuple(LeftOut(why, tuple(found)) for why, found in sorted(named.items()))
    asked = (claim for claim in claims if only is None or claim.id in only)
    undated = () if as_of is None else _undated(asked)
    return PotsReport(
        pots,
        _totals(pots),
        left_out,
        _unsummed(pots),
        as_of,
        undated,
        find_alarms(funding, pots, look),
    )


def _undated(claims: Iterable[Claim]) -> tuple[Undated, ...]:
    """Return the documents without a date that state some claims, in the order of their ids."""
    origins = (one.provenance for claim in claims for one in claim.mentions)
    found = {Undated(one.document, one.source) for one in origins if one.published is None}
    return tuple(sorted(found, key=lambda one: int(one.document[1:])))


def _is_funding(claim: Claim) -> bool:
    """Tell whether a claim counts as funding: by its own kind, or by most of its mentions.

    What one text calls the yield of a levy, five call money for the service it was levied for.
    """
    given = sum(one.counted.kind == "funding" for one in claim.mentions)
    return claim.kind == "funding" or 2 * given > len(claim.mentions)


def _ground(funding: Sequence[Claim], told: Sequence[Claim], *, by_sum: bool) -> _Ground:
    stands_for = stand_ins(funding)
    why = {one.id: reason for one in funding if (reason := _reason(one, stands_for))}
    counted = {one.id: one for one in funding if why.get(one.id) not in (REPLACED, VAGUE)}
    parts: dict[str, list[Claim]] = defaultdict(list)
    stated = whole_of([one for one in funding if why.get(one.id) != VAGUE], stands_for)
    unstated = unstated_parts(told, counted, stated) if by_sum else {}
    wholes = {**stated, **unstated}
    for part, whole in wholes.items():
        parts[whole].append(counted[part])
    for found in parts.values():
        found.sort(key=lambda claim: (-(point_of(claim) or 0), place_of(claim)))
    order = _downwards([one for one in counted.values() if one.id not in wholes], parts)
    distinct: dict[str, Decimal] = {}
    for claim in reversed(order):
        amount = point_of(claim)
        within = (distinct[part.id] for part in parts.get(claim.id, ()))
        distinct[claim.id] = sum(within, _ZERO) if amount is None else amount
    less: dict[str, list[Claim]] = defaultdict(list)
    for claim in told:
        if takes_away(claim) and claim.id not in counted:
            for whole in {one.to for one in claim.relations if one.type == "part_of"}:
                less[whole].append(claim)
    inside = frozenset(wholes)
    return _Ground(why, stands_for, parts, order, inside, frozenset(unstated), distinct, less)


def _reason(claim: Claim, stands_for: Mapping[str, str]) -> str | None:
    """Say why no total counts a claim's own amount; None where one does."""
    if claim.low is None and claim.high is None:
        return VAGUE
    if claim.id in stands_for:
        return REPLACED
    if point_of(claim) is not None:
        return None
    return OPEN if claim.per is None else RATE


def _with_parts(ground: _Ground, only: Collection[str]) -> set[str]:
    """Return some claims with all their parts, and the older figures of all of them."""
    chosen = {ground.stands_for.get(claim, claim) for claim in only} | set(only)
    for claim in ground.order:
        if claim.id in chosen:
            chosen.update(part.id for part in ground.parts.get(claim.id, ()))
    older = (claim for claim in ground.stands_for if ground.stands_for.get(claim, claim) in chosen)
    return chosen | set(older)


def _downwards(roots: Sequence[Claim], parts: Mapping[str, Sequence[Claim]]) -> list[Claim]:
    """Return claims and their parts, each whole before its parts, however deep they go."""
    found, waiting = [], list(reversed(roots))
    while waiting:
        claim = waiting.pop()
        found.append(claim)
        waiting.extend(reversed(parts.get(claim.id, ())))
    return found


def _pots(ground: _Ground, by_id: Mapping[str, Claim]) -> tuple[Pot, ...]:
    """Build pots from the leaves up, and return those that are no part, largest first."""
    roots = sorted(
        (
            claim
            for claim in ground.order
            if claim.id not in ground.inside
            and (claim.id not in ground.why or ground.parts.get(claim.id))
        ),
        key=lambda claim: (claim.currency, -ground.distinct[claim.id], place_of(claim)),
    )
    order = _downwards(roots, ground.parts)
    ids = {claim.id: f"p{number}" for number, claim in enumerate(order, start=1)}
    before: dict[str, list[Claim]] = defaultdict(list)
    for older in ground.stands_for:
        before[ground.stands_for.get(older, older)].append(by_id[older])
    built: dict[str, Pot] = {}
    for claim in reversed(order):
        parts = tuple(built.pop(part.id) for part in ground.parts.get(claim.id, ()))
        built[claim.id] = _pot(claim, parts, ground, ids, before[claim.id])
    return tuple(built[claim.id] for claim in roots)


def _pot(
    claim: Claim,
    parts: tuple[Pot, ...],
    ground: _Ground,
    ids: Mapping[str, str],
    before: Sequence[Claim],
) -> Pot:
    distinct, newness = ground.distinct[claim.id], _newness(one.counted for one in claim.mentions)
    stated_new, untold = _told(distinct, newness, parts)
    stated = (one for each in (claim, *before) for one in each.relations)
    related = [(one.type, ground.stands_for.get(one.to, one.to)) for one in stated]
    on_top = {ids[to] for kind, to in related if kind == "in_addition_to" and to in ids}
    wholes = (one.to for one in claim.relations if one.type == "part_of")
    less = (one for one in ground.less.get(claim.id, ()) if one.currency == claim.currency)
    return Pot(
        id=ids[claim.id],
        claim=claim,
        name=_name(claim),
        amount=point_of(claim),
        headlines=sum((_headline(one.counted, claim.currency) for one in claim.mentions), _ZERO),
        distinct=distinct,
        newness=newness,
        stated_new=stated_new,
        untold=untold,
        said=len(claim.mentions),
        parts=parts,
        on_top_of=tuple(sorted(on_top - {ids[claim.id]}, key=lambda pot: int(pot[1:]))),
        check=check_parts(claim, [*(part.claim for part in parts), *less], before),
        before=tuple(sorted(before, key=lambda one: (one.first_said or date.max, place_of(one)))),
        within=None if claim.id in ground.inside else next(wholes, None),
        by_sum=claim.id in ground.unstated,
    )


def _name(claim: Claim) -> str:
    giver = f"from {claim.funder}" if claim.funder else NO_PURPOSE
    wording = claim.purpose or claim.recipient or giver
    lead = _LEADING.match(wording)
    return " ".join(wording[lead.end() if lead else 0 :].split())


def _headline(mention: Mention, currency: str) -> Decimal:
    said = point_said(mention) if mention.amount.currency == currency else None
    return said or _ZERO


def _unsummed(pots: Iterable[Pot]) -> int:
    """Count what sums of headlines leave out of pots that are counted; see `PotsReport`."""
    every = (branch.pot for root in pots for branch in root.tree())
    counted = (pot for pot in every if pot.amount is not None)
    return sum(point_said(one.counted) is None for pot in counted for one in pot.claim.mentions)


def _newness(mentions: Iterable[Mention]) -> StatedNewness:
    stated = {one.newness.status for one in mentions if one.newness}
    fresh = bool(stated & {"new", "additional"})
    if fresh and "existing" in stated:
        return "both"
    return "new" if fresh else "existing" if stated else "unknown"


def _told(
    distinct: Decimal, newness: StatedNewness, parts: Sequence[Pot]
) -> tuple[Decimal | None, Decimal]:
    """Return what of a pot is stated as new, None where nobody says, and what remains untold.

    Where the texts are silent about the whole, what they say of its parts holds.
    """
    if newness == "new":
        return distinct, _ZERO
    if newness == "existing":
        return _ZERO, _ZERO
    told = [part for part in parts if part.stated_new is not None] if newness == "unknown" else []
    if not told:
        return None, distinct
    known = sum((part.distinct - part.untold for part in told), _ZERO)
    fresh = sum((part.stated_new or _ZERO for part in told), _ZERO)
    return min(fresh, distinct), max(distinct - known, _ZERO)


def _totals(pots: Sequence[Pot]) -> tuple[Totals, ...]:
    found = []
    for currency in sorted({pot.claim.currency for pot in pots}):
        mine = [pot for pot in pots if pot.claim.currency == currency]
        every = [branch.pot for root in mine for branch in root.tree()]
        told = [stated for pot in mine if (stated := pot.stated_new) is not None]
        found.append(
            Totals(
                currency=currency,
                headlines=sum((pot.headlines for pot in every), _ZERO),
                distinct=sum((pot.distinct for pot in mine), _ZERO),
                stated_new=sum(told, _ZERO) if told else None,
                untold=sum((pot.untold for pot in mine), _ZERO),
                cannot_tell=sum(pot.stated_new is None or pot.untold > 0 for pot in mine),
                pots=len(mine),
                parts=len(every) - len(mine),
            )
        )
    return tuple(found)
