"""`earmark check`: was the money of a sentence or a draft heard before?"""

from __future__ import annotations

import os
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from earmark.cli import status
from earmark.cli.options import (
    CountryOption,
    JsonOption,
    StoreOption,
    open_for_reading,
    refuse_to_wait,
    session_of,
)
from earmark.cli.screen import Screen
from earmark.sources import given_by_user
from earmark.words.check_words import (
    LINKS,
    UNSAID,
    VERDICTS,
    arguments,
    check_data,
    said_words,
    where_words,
)
from earmark.words.wording import claim_amount, count, day, mention_amount
from records.errors import FetchError

if TYPE_CHECKING:
    from records.check import Check, Find, Hearing, Verdict

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
    named = {verdict for word in fail_on or () for verdict in _FAILS[word]}
    found = any(hearing.verdict in named for hearing in check.hearings)
    with status.ending_with(status.FINDINGS if found else status.DONE):
        if as_json:
            screen.json(**check_data(check))
        else:
            _print(screen, check)


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
        screen.labelled("not said", ", ".join(UNSAID[one] for one in hearing.unsaid))


def _print_find(screen: Screen, hearing: Hearing, find: Find) -> None:
    claim, quoted = find.claim, find.quoted
    thing = f" for {claim.purpose}" if claim.purpose else ""
    screen.labelled(LINKS[find.link], f"{claim.id} {claim_amount(claim)}{thing}")
    origin = quoted.provenance
    screen.quote(origin.before, quoted.mention.amount.span.text, origin.sentence_after)
    screen.labelled("where", where_words(quoted))
    screen.labelled("said", said_words(find))
    if find.link == "same" and not find.same_figure:
        there, here = (mention_amount(one.amount) for one in (quoted.mention, hearing.mentions[0]))
        screen.labelled("figure", f"another one: {there} there, {here} here")
    for label, text in arguments(find):
        screen.labelled(label, text)
