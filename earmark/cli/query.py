"""`earmark query`: claims by amount, and by everything else that a mention says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from earmark.cli.options import JsonOption, StoreOption, open_for_questions, session_of
from earmark.cli.screen import Screen
from earmark.cli.table import Column
from earmark.words.safe import json_text
from earmark.words.sums import sum_line
from earmark.words.wording import claim_amount, claim_period, count, day
from records.claim import Claim
from store.exports import csv as csv_form
from store.exports.csv import quoted_mention
from store.exports.jsonl import claim_data

if TYPE_CHECKING:
    from store.results import Answer

Format = Literal["table", "plain", "csv", "jsonl", "json"]
EXAMPLES = """\b
Questions:
  amount:>=1bn   amount:1bn..6bn   amount:~2bn   £2.1bn         currency:GBP
  for:"NHS IT"   to:"NHS England"  who:treasury  source:bbc     "on top of"
  said:2021-10   first:>2021       by:2025       period:2022..2025
  rate:year      peryear:>1bn      hedge:none    missing:who    kind:funding
  status:new     partof:c3         within:>5bn   pot:p3         origins:>=2
  type:pdf       decision:none     by:anna       run:r7         rule:bound.
Terms side by side must all hold. OR, brackets, and - for not are understood.

\b
Examples:
  earmark query 'amount:>=2bn'
  earmark query --min 500m --max 6bn --currency GBP --sort -said
  earmark query 'for:technology amount:~2bn' --format csv > claims.csv
  earmark query -- '-for:beds amount:>1bn'
"""
COLUMNS = (
    Column("CLAIM"),
    Column("AMOUNT", right=True),
    Column("FOR", share=5),
    Column("TO", share=2),
    Column("WHEN", share=3),
    Column("FIRST SAID"),
    Column("TIMES", right=True),
    Column("ORIGINS", right=True),
    Column("SOURCE", share=2),
)

LeastOption = Annotated[
    str | None, typer.Option("--min", metavar="AMOUNT", help="Surely worth so much or more.")
]
MostOption = Annotated[
    str | None, typer.Option("--max", metavar="AMOUNT", help="Surely worth so much or less.")
]
CurrencyOption = Annotated[
    str | None, typer.Option("--currency", metavar="CODE", help="Only this currency.")
]
SortOption = Annotated[
    str | None,
    typer.Option("--sort", metavar="FIELD", help="amount or said; -amount: largest first."),
]
LimitOption = Annotated[int | None, typer.Option("--limit", min=1, help="At most so many.")]
AfterOption = Annotated[
    str | None,
    typer.Option("--after", metavar="CURSOR", help="Go on where a page with --limit ended."),
]
CountOption = Annotated[
    bool, typer.Option("--count", help="Print how many claims there are, and no claim.")
]
SumOption = Annotated[
    bool, typer.Option("--sum", help="Print what the claims add up to, by currency, and no claim.")
]
ExplainOption = Annotated[
    bool, typer.Option("--explain", help="Say what the question asks for, and ask nothing.")
]
FormatOption = Annotated[
    Format | None,
    typer.Option("--format", help="table on a terminal, plain elsewhere, when not given."),
]


def command(  # noqa: PLR0913 - Typer reads one parameter per option
    context: typer.Context,
    expression: Annotated[
        list[str] | None,
        typer.Argument(metavar="EXPR", hidden=True),
    ] = None,
    *,
    store: StoreOption = None,
    at_least: LeastOption = None,
    at_most: MostOption = None,
    currency: CurrencyOption = None,
    sort: SortOption = None,
    limit: LimitOption = None,
    after: AfterOption = None,
    only_count: CountOption = False,
    only_sum: SumOption = False,
    only_explain: ExplainOption = False,
    form: FormatOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find claims, each pot of money once.

    EXPR is a question; without one all claims are listed. The largest come first.
    """
    question = " ".join([*(expression or []), *_flags(at_least, at_most, currency)])
    screen = session_of(context).screen()
    if only_explain:
        from earmark.asking import explain_question  # noqa: PLC0415 - a slow import that no other call needs

        screen.lines(f"{line}\n" for line in explain_question(question, sort))
        return
    shape: Format = form or ("json" if as_json else "table" if screen.terminal else "plain")
    with open_for_questions(store) as kept:
        if only_count:
            screen.lines([f"{kept.count(question)}\n"])
            return
        if only_sum:
            screen.lines(f"{sum_line(totals)}\n" for totals in kept.totals(question))
            return
        answer = kept.query(question, sort=sort, limit=limit, after=after)
    _PRINTERS[shape](screen, answer)
    _print_notes(screen, answer)


def _flags(at_least: str | None, at_most: str | None, currency: str | None) -> list[str]:
    """Return the flags as terms of the question language, which alone decides what they mean."""
    terms = {"amount:>=": at_least, "amount:<=": at_most, "currency:": currency}
    return [f'{term}"{value}"' for term, value in terms.items() if value is not None]


def cells(claim: Claim, *, short: bool) -> list[str]:
    """Return a claim as the cells under COLUMNS; `short` leaves out the folder of a source."""
    sources = list(dict.fromkeys(mention.provenance.source for mention in claim.mentions))
    first = PurePath(sources[0]).name if short else sources[0]
    more = f" +{len(sources) - 1}" if len(sources) > 1 else ""
    return [
        claim.id,
        claim_amount(claim),
        claim.purpose or "",
        claim.recipient or "",
        claim_period(claim),
        day(claim.first_said) if claim.first_said else "",
        str(len(claim.mentions)),
        str(claim.origins),
        first + more,
    ]


def _print_notes(screen: Screen, answer: Answer) -> None:
    for note in answer.notes:
        screen.note(f"note: {note}")
    if not answer.claims:
        screen.note("No claim answers this question.")
    if answer.next:
        screen.note(f"{count(len(answer.claims), 'claim')} shown. More: --after {answer.next}")
    if answer.claims:
        screen.hint(f"Next: earmark show {answer.claims[0].id}    the quotes, and where they stand")


def _table(screen: Screen, answer: Answer) -> None:
    screen.table(COLUMNS, [cells(claim, short=True) for claim in answer.claims])


def _plain(screen: Screen, answer: Answer) -> None:
    for claim in answer.claims:
        shown = quoted_mention(claim)
        origin, amount = shown.provenance, shown.mention.amount.span.text
        screen.fields(
            [*cells(claim, short=False), f"{origin.before}[{amount}]{origin.sentence_after}"]
        )


def _csv(screen: Screen, answer: Answer) -> None:
    screen.lines(csv_form.lines(answer.claims))


def _jsonl(screen: Screen, answer: Answer) -> None:
    screen.lines(json_text(claim_data(claim)) + "\n" for claim in answer.claims)


def _json(screen: Screen, answer: Answer) -> None:
    screen.json(
        [claim_data(claim) for claim in answer.claims],
        page={"shown": len(answer.claims), "next": answer.next},
        warnings=list(answer.notes),
    )


_PRINTERS: Mapping[Format, Callable[[Screen, Answer], None]] = {
    "table": _table,
    "plain": _plain,
    "csv": _csv,
    "jsonl": _jsonl,
    "json": _json,
}
