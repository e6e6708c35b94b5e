"""`earmark check`: was the money of a sentence or a draft heard before?"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from earmark.cli import status
from earmark.cli.cards import RELATIONS
from earmark.cli.options import (
    CountryOption,
    JsonOption,
    StoreOption,
    open_for_reading,
    refuse_to_wait,
    session_of,
)
from earmark.cli.screen import Screen
from earmark.cli.wording import claim_amount, count, day, mention_amount
from earmark.sources import given_by_user
from records.errors import FetchError
from store.exports.jsonl import claim_data

if TYPE_CHECKING:
    from records.check import Check, Find, Hearing, Link, Unsaid, Verdict
    from records.claim import StoredMention

EXAMPLES = """\b
Examples:
  earmark check 'Ministers will give the NHS £2.1bn for IT.'
  earmark check draft.docx --published 2021-10-27
  pbpaste | earmark check - --fail-on restated

\b
Exit status: 0 done, also where the text states no amount; 4 something that --fail-on names was
found; 1 the text cannot be read; 5 a problem with the store, or none there.
"""


class FailOn(StrEnum):
    """What to end with exit status 4 for."""

    RESTATED = "restated"
    REVISED = "revised"
    UNKNOWN = "unknown"


DayOption = Annotated[
    str | None,
    typer.Option(
        "--published",
        metavar="DATE",
        help="Day of the text: what was said later is left out. Today, when neither this nor "
        "the text says it.",
    ),
]
FailOnOption = Annotated[
    list[FailOn] | None,
    typer.Option(
        "--fail-on",
        help="Exit with 4 where a sum is restated (heard before, or part of what was), revised "
        "(another amount for the same purpose) or unknown (cannot tell). Can be repeated.",
    ),
]
_FAILS: dict[FailOn, tuple[Verdict, ...]] = {
    FailOn.RESTATED: ("heard", "part"),
    FailOn.REVISED: ("another_amount",),
    FailOn.UNKNOWN: ("unclear",),
}
VERDICTS: dict[Verdict, str] = {
    "heard": "heard before",
    "part": "part of a pot heard before",
    "on_top": "on top of a pot heard before",
    "another_amount": "another amount for what was heard before",
    "unclear": "cannot tell",
    "unheard": "not heard",
}
_LABELS: dict[Link, str] = {
    "same": "heard as",
    "part_of": RELATIONS["part_of"],
    "in_addition_to": RELATIONS["in_addition_to"],
    "replaces": RELATIONS["replaces"],
    "replaced_by": "became",
    "other_amount": "compare",
    "possible": "may be",
    "other_money": "not this",
}
_UNSAID: dict[Unsaid, str] = {
    "payer": "who pays",
    "purpose": "what it is for",
    "deadline": "by when",
    "period": "over which years",
    "newness": "whether it is new money",
}


def command(  # noqa: PLR0913 - Typer reads one parameter per option
    context: typer.Context,
    draft: Annotated[
        str, typer.Argument(metavar="[TEXT|FILE|-]", help="Without it: standard input.")
    ] = "-",
    *,
    store: StoreOption = None,
    published: DayOption = None,
    country: CountryOption = None,
    fail_on: FailOnOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say whether the money of a text was heard before; store nothing.

    TEXT is a sentence in quotes; FILE a draft of any format that `ingest` reads; - standard input.
    For each sum: where it was heard, from whom, how often and in which words; what it is part of or
    on top of; other amounts for the same purpose; or that it was not heard. The store matches the
    text as it would a document. Of promises it also says what they leave open.
    """
    refuse_to_wait([draft])
    given_by_user(published=published, country=country)  # refused here, in the words of the options
    is_file = os.path.lexists(draft)
    with open_for_reading(store) as kept:
        check = kept.check(Path(draft) if is_file else draft, published=published, country=country)
    if not (check.hearings or is_file or len(draft.split()) > 1 or draft == "-"):
        raise FetchError(f"{draft}: there is no such file, and no amount in it as a text")
    screen = session_of(context).screen()
    if as_json:
        _print_json(screen, check)
    else:
        _print(screen, check)
    named = {verdict for word in fail_on or () for verdict in _FAILS[word]}
    found = any(hearing.verdict in named for hearing in check.hearings)
    raise typer.Exit(status.FINDINGS if found else status.DONE)


def _print(screen: Screen, check: Check) -> None:
    for hearing in check.hearings:
        _print_hearing(screen, hearing)
    for warning in check.draft.warnings:
        screen.note(f"warning: {warning}")
    for gap in check.draft.gaps:
        screen.note(f"warning: {gap.where}: {gap.why}")
    for note in check.notes:
        screen.note(f"note: {note}")
    if check.day.how == "today":
        screen.note(
            f"note: nothing says when the text is from, so its day is today, {day(check.day.value)}"
            "; give another with --published DATE"
        )
    verdicts = Counter(hearing.verdict for hearing in check.hearings)
    if verdicts:
        words = (f"{number} {VERDICTS[verdict]}" for verdict, number in verdicts.items())
        screen.note(f"{count(len(check.hearings), 'sum')} of money: {', '.join(words)}.")
    known = [find.claim.id for hearing in check.hearings for find in hearing.finds]
    if known:
        screen.hint(f"Next: earmark show {known[0]}    all its quotes, and where they stand")


def _print_hearing(screen: Screen, hearing: Hearing) -> None:
    first = hearing.mentions[0]
    screen.heading("sum", mention_amount(first.amount), VERDICTS[hearing.verdict])
    screen.quote(hearing.before, first.amount.span.text, hearing.after)
    if len(hearing.mentions) > 1:
        screen.labelled("said here", count(len(hearing.mentions), "time"))
    for find in hearing.finds:
        _print_find(screen, hearing, find)
    if hearing.unlisted:
        screen.labelled("and", f"{count(hearing.unlisted, 'more claim')} of such an amount")
    if hearing.unsaid:
        screen.labelled("not said", ", ".join(_UNSAID[one] for one in hearing.unsaid))


def _print_find(screen: Screen, hearing: Hearing, find: Find) -> None:
    claim, quoted = find.claim, find.quoted
    thing = f" for {claim.purpose}" if claim.purpose else ""
    screen.labelled(_LABELS[find.link], f"{claim.id} {claim_amount(claim)}{thing}")
    origin = quoted.provenance
    screen.quote(origin.before, quoted.mention.amount.span.text, origin.sentence_after)
    screen.labelled("where", _where(quoted))
    screen.labelled("said", _said(find))
    if find.link == "same" and not find.same_figure:
        there, here = (mention_amount(one.amount) for one in (quoted.mention, hearing.mentions[0]))
        screen.labelled("figure", f"another one: {there} there, {here} here")
    for label, text in _arguments(find):
        screen.labelled(label, text)


def _said(find: Find) -> str:
    """Say when first, by whom, where, and how often."""
    first = find.heard[0]
    published, mention = first.provenance.published, first.mention
    when = f"first on {day(published)}" if published else "on a day that is not known"
    who = mention.attribution or mention.funder
    by = f" by {who.text}" if who else ""
    documents = len({one.provenance.document for one in find.heard})
    times = f"{count(len(find.heard), 'time')} in {count(documents, 'document')}"
    return f"{when}{by} ({first.id}); {times}"


def _where(stored: StoredMention) -> str:
    origin, span = stored.provenance, stored.mention.amount.span
    names = [name for name in (origin.publisher, origin.title) if name]
    when = [day(origin.published)] if origin.published else []
    page = f"page {origin.page}, " if origin.page is not None else ""
    place = f"{origin.source} ({origin.document}), {page}characters {span.start} to {span.end}"
    return ", ".join([*names, *when, place])


def _arguments(find: Find) -> Iterator[tuple[str, str]]:
    if find.why_not:
        yield "against", find.why_not
    if found := [reason.text for reason in find.reasons if reason.weight > 0]:
        yield "for", "; ".join(found)
    if found := [reason.text for reason in find.reasons if reason.weight < 0]:
        yield "against", "; ".join(found)


def _print_json(screen: Screen, check: Check) -> None:
    screen.json(
        [_data(hearing) for hearing in check.hearings],
        text={
            "name": check.draft.source,
            "sha256": check.draft.sha256,
            "published": check.day.value.isoformat(),
            "published_how": check.day.how,
        },
        warnings=[
            *check.notes,
            *check.draft.warnings,
            *(f"{gap.where}: {gap.why}" for gap in check.draft.gaps),
        ],
    )


def _data(hearing: Hearing) -> dict[str, object]:
    first = hearing.mentions[0].amount.span.text
    return {
        "verdict": hearing.verdict,
        "quote": {
            "exact": f"{hearing.before}{first}{hearing.after}",
            "before": hearing.before,
            "after": hearing.after,
        },
        "mentions": [mention.to_dict() for mention in hearing.mentions],
        "finds": [
            {
                "link": find.link,
                "claim": claim_data(find.claim),
                "heard": [stored.id for stored in find.heard],
                "quoted": find.quoted.id,
                "same_figure": find.same_figure,
                "reasons": [
                    {"code": one.code, "weight": one.weight, "text": one.text}
                    for one in find.reasons
                ],
                "why_not": find.why_not,
            }
            for find in hearing.finds
        ],
        "unlisted": hearing.unlisted,
        "unsaid": list(hearing.unsaid),
    }
