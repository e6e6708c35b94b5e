"""The life of a pot of money: who said it when, and whether that was new, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePath

from earmark.words.wording import claim_amount, day
from records.claim import Claim, Former, Statement, StoredMention
from records.money import display_bounds

AROUND = 60
"""Characters of the sentence that are shown on either side of the amount."""
RELATED = {"part_of": "part of", "in_addition_to": "on top of"}


def story_lines(
    history: Sequence[Claim], related: Mapping[str, Claim]
) -> Iterator[tuple[str, str]]:
    """Yield a day and what a document of it does, for each that states a claim.

    Args:
        history: The claim, and after it those whose figure it was or has become.
        related: Claims by id; those that are not here are named by their ids alone.
    """
    for one, each in told(history):
        when = day(one.published) if one.published else "no date"
        words = standing_words(one, each, history)
        yield when, " · ".join((words, *_parts(one, each, related)))
    last = max((each.silent_since for each in history if each.silent_since), default=None)
    if last and all(each.silent_since or not _is_dated(each) for each in history):
        yield "silent", f"since {day(last)}: no later document here states it"


def told(history: Sequence[Claim]) -> list[tuple[Statement, Claim]]:
    """Return what each document does with a claim or its other figures, by day of publication."""
    all_told = [(one, each) for each in history for one in each.timeline]
    return sorted(all_told, key=lambda pair: pair[0].published or date.max)


def standing_words(one: Statement, claim: Claim, history: Sequence[Claim]) -> str:
    """Say what a document does when it states a claim: first statement, restatement, revision."""
    of = f" of {claim.id} {claim_amount(claim)}" if claim is not history[0] else ""
    named = {
        (other.document, other.former.claim)
        for each in history
        for other in each.timeline
        if other.former
    }
    if (one.document, claim.id) in named:
        return f"named as what it was{of}"
    return _standing(one, claim, of)


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
