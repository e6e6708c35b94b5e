"""`earmark audit`: is every number still what its source says?"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from earmark.cli import status
from earmark.cli.options import (
    JsonOption,
    PipelineOption,
    RulesOption,
    StoreOption,
    open_for_reading,
    session_of,
)
from earmark.cli.screen import Screen
from earmark.words.wording import count

if TYPE_CHECKING:
    from store.audit.report import AuditReport, Finding

EXAMPLES = """\b
Examples:
  earmark audit
  earmark audit --store nhs.earmark.db --json

\b
Exit status: 0 all proven, 3 proven, but something weaker must be said (made by other
versions), 4 findings, 5 a problem with the store.
"""
_STATUS = {"proven": status.DONE, "weaker": status.PARTIAL, "findings": status.FINDINGS}
_VERDICT = {
    "proven": "ok: everything that was checked is proven.",
    "weaker": "ok: nothing is wrong, but not everything can be proven here; see the notes.",
    "findings": "Something is not what it should be; see the findings.",
}


def command(
    context: typer.Context,
    *,
    store: StoreOption = None,
    rules: RulesOption = None,
    pipeline: PipelineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check every quote against its source.

    Everything is derived again from the kept bytes and compared: texts, quotes, mentions, matches,
    the ledger. Nothing is changed.
    """
    screen = session_of(context).screen()
    with open_for_reading(store, rules, pipeline) as kept:
        screen.hint(f"Auditing {kept.place}: reading every document again ...")
        report = kept.audit()
    if as_json:
        _print_json(screen, report)
    else:
        _print(screen, report)
    raise typer.Exit(_STATUS[report.outcome])


def _print(screen: Screen, report: AuditReport) -> None:
    for finding in report.findings:
        _line(screen, "✗", "finding", finding)
    for note in report.notes:
        _line(screen, "!", "note", note)
    for what, number in report.checked.items():
        if screen.terminal:
            screen.line(f"  checked  {number:>8,}  {what}")
        else:
            screen.fields(["checked", str(number), what])
    found = f"{count(len(report.findings), 'finding')}, {count(len(report.notes), 'note')}"
    screen.note(f"{_VERDICT[report.outcome]} {found}.")
    screen.hint("An audit of a store does not prove:")
    for limit in report.limits:
        screen.hint(f"  {limit}")


def _line(screen: Screen, sign: str, word: str, finding: Finding) -> None:
    if screen.terminal:
        screen.heading(word, f"{sign} {finding.record}", finding.verdict)
        screen.labelled("what", finding.what)
        screen.labelled("where", finding.where)
        if finding.what_to_do:
            screen.labelled("what to do", finding.what_to_do)
        return
    cells = (finding.level, finding.record, finding.verdict, finding.what, finding.where)
    screen.fields([word, *cells, finding.what_to_do])


def _print_json(screen: Screen, report: AuditReport) -> None:
    screen.json(
        [asdict(finding) for finding in report.findings],
        outcome=report.outcome,
        notes=[asdict(note) for note in report.notes],
        checked=report.checked,
        limits=report.limits,
    )
