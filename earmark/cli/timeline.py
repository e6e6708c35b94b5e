"""The life of a pot of money in print: who said it when, and whether that was new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePath

from earmark.cli.screen import Screen
from earmark.cli.wording import claim_amount, day
from records.claim import Claim, Former, Statement, StoredMention
from records.money import display_bounds

AROUND = 60
"""Characters of the sentence that are shown on either side of the amount."""
RELATED = {"part_of": "part of", "in_addition_to": "on top of"}


def print_timeline(screen: Screen, history: Sequence[Claim], related: Mapping[str, Claim]) -> None:
    """Print what each document does when it states a claim, by day of publication.

    Args:
        screen: Where to.
        history: The claim, and after it those whose figure it was or has become.
        related: Claims by id; those that are not here are named by their ids alone.
    """
    claim = history[0]
    screen.heading("timeline", claim.id, "who said it when")
    told = [(one, each) for each in history for one in each.timeline]
    named = {(one.document, one.former.claim) for one, _ in told if one.former}
    for one, each in sorted(told, key=lambda pair: pair[0].published or date.max):
        when = day(one.published) if one.published else "no date"
        of = f" of {each.id} {claim_amount(each)}" if each is not claim else ""
        if (one.document, each.id) in named:
            standing = f"named as what it was{of}"
        else:
            standing = _standing(one, each, of)
        screen.labelled(when, " · ".join((standing, *_parts(one, each, related))))
    last = max((each.silent_since for each in history if each.silent_since), default=None)
    if last and all(each.silent_since or not _is_dated(each) for each in history):
        screen.labelled("silent", f"since {day(last)}: no later document here states it")


def _is_dated(claim: Claim) -> bool:
    return any(one.published for one in claim.timeline)


def _parts(one: Statement, claim: Claim, related: Mapping[str, Claim]) -> Iterator[str]:
    mentions = [stored for stored in claim.mentions if stored.id in one.mentions]
    quoted = _quoted(one, mentions)
    for relation in one.relations:
        other = related.get(relation.to)
        amount = f" {claim_amount(other)}" if other else ""
        yield f"{RELATED[relation.type]} {relation.to}{amount}"
    stated = [stored.mention.newness for stored in mentions if stored.mention.newness]
    if stated:
        contradicts = one.standing == "restatement" and stated[0].status != "existing"
        though = "though " if contradicts else ""
        yield f"{though}the text says “{stated[0].cue.text}”"
    origin = quoted.provenance
    if origin.echo:
        yield origin.echo.head
    yield f"{origin.publisher or PurePath(origin.source).name} ({origin.document})"
    yield f"“{excerpt(quoted)}”"


def _standing(one: Statement, claim: Claim, of: str) -> str:
    if one.former:
        new = f" to {claim_amount(claim)} ({claim.id})" if of else ""
        return f"{one.standing} from {_former(one.former)}{new}"
    if one.standing == "undated":
        return f"nobody can tell what came before{of}"
    same_day = sum(other.published == one.published for other in claim.timeline) > 1
    shared = " (one of several that day)" if one.standing == "first statement" and same_day else ""
    return f"{one.standing}{of}{shared}"


def _former(former: Former) -> str:
    rate = f" a {former.per}" if former.per else ""
    return f"{display_bounds(former.low, former.high, former.currency)}{rate} ({former.claim})"


def _quoted(one: Statement, mentions: Sequence[StoredMention]) -> StoredMention:
    """Return the mention that says most: what the money is to other money, else the first."""
    saying = {name for relation in one.relations for name in relation.mentions}
    return next((stored for stored in mentions if stored.id in saying), mentions[0])


def excerpt(stored: StoredMention) -> str:
    """Return the words around an amount, cut at words, the amount in brackets."""
    before, after = stored.provenance.before, stored.provenance.sentence_after
    if len(before) > AROUND:
        before = "…" + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + "…"
    return f"{before}[{stored.mention.amount.span.text}]{after}".strip()
