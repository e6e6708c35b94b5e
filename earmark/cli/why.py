"""`earmark why`: which rule made each field, and why two sums are the same money or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from earmark.cli.options import (
    JsonOption,
    RulesOption,
    StoreOption,
    open_for_reading,
    session_of,
)
from earmark.cli.screen import Screen
from earmark.words.why_words import judgement_data, trace_data, trace_words
from earmark.words.wording import claim_amount, count, day, decision_words
from records.errors import SettingsError
from store.exports.csv import quoted_mention

if TYPE_CHECKING:
    from collections.abc import Mapping

    from records.claim import Claim, StoredMention
    from records.why import Judgement, PairJudgement, Trace

EXAMPLES = """\b
Examples:
  earmark why m3         which rule made each field, and on which words
  earmark why c7         which mention gives each field of a claim
  earmark why m3 m7      the same money or not, each reason, and what would change it
  earmark why c1 c7
"""


def command(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID [ID]", hidden=True)],
    *,
    store: StoreOption = None,
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say why a field says what it says, or why two sums are the same money or not.

    ID is that of a mention (m3) or a claim (c7). One: each field with the words it stands on, the
    rule that read them, where that rule comes from, and how sure it is. Two: same or different,
    every reason with its weight, and what would change it.
    """
    screen = session_of(context).screen()
    if len(ids) > 2:  # noqa: PLR2004 - a pair
        raise SettingsError(f"{len(ids)} ids were named; name one, or two to compare")
    with open_for_reading(store, rules) as kept:
        if len(ids) == 1:
            _show_trace(screen, kept.why(ids[0]), as_json=as_json)
        else:
            judgement = kept.compare(ids[0], ids[1])
            claims = {name: kept.claim(name) for name in ids}
            _show_judgement(screen, judgement, claims, as_json=as_json)


def _show_trace(screen: Screen, trace: Trace, *, as_json: bool) -> None:
    if as_json:
        screen.json([trace_data(trace)])
        return
    claim = trace.claim
    whose = f"a mention of {claim.id}" if trace.id != claim.id else claim_amount(claim)
    screen.heading("why", trace.id, whose)
    for stored in trace.mentions:
        _print_quote(screen, stored)
        for field in trace.fields:
            if field.mention == stored.id:
                screen.labelled(field.field, trace_words(field, stored))
        for decision in stored.decisions:
            screen.labelled("decided", decision_words(decision))
    if trace.id == claim.id and claim.matches:
        number = count(len(claim.mentions), "mention")
        screen.hint(f"Next: earmark show {claim.id}    why its {number} are one claim")


def _print_quote(screen: Screen, stored: StoredMention) -> None:
    origin = stored.provenance
    when = f", {day(origin.published)} ({origin.published_how})" if origin.published else ""
    screen.labelled(stored.id, f"in {origin.document}, {origin.source}{when}")
    screen.quote(origin.before, stored.mention.amount.span.text, origin.sentence_after)


def _show_judgement(
    screen: Screen, judgement: Judgement, claims: Mapping[str, Claim], *, as_json: bool
) -> None:
    if as_json:
        screen.json([judgement_data(judgement)])
        return
    verdict = "the same money" if judgement.same else "different money"
    screen.heading("why", f"{judgement.left} and {judgement.right}", verdict)
    for name in (judgement.left, judgement.right):
        claim = claims[name]
        stored = next((one for one in claim.mentions if one.id == name), quoted_mention(claim))
        _print_quote(screen, stored)
        screen.labelled("states", f"{claim.id} {claim_amount(claim)} {claim.purpose or ''}".strip())
    for decision in judgement.decisions:
        screen.labelled("decided", decision_words(decision))
    screen.labelled("because", judgement.because)
    for pair in judgement.pairs:
        _print_pair(screen, "pair", pair, judgement.threshold)
    for step in judgement.steps:
        _print_pair(screen, "joined", step, judgement.threshold)
    left = judgement.pairs_compared - len(judgement.pairs)
    if left:
        screen.labelled("and", f"{count(left, 'more pair')} of their statements")
    turned = "different if" if judgement.same else "the same if"
    for change in judgement.changes or ("nothing that was tried turns it",):
        screen.labelled(turned, change)


def _print_pair(screen: Screen, label: str, pair: PairJudgement, threshold: int) -> None:
    score = f"{pair.score / 100:.2f} of {threshold / 100:.2f}"
    outcome = pair.incomparable or (f"barred: {pair.gate}" if pair.gate else score)
    screen.labelled(label, f"{pair.left} and {pair.right}: {outcome}")
    for reason in pair.reasons:
        screen.labelled(f"{reason.weight / 100:+.2f}", reason.text)
