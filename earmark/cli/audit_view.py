"""What an audit found, for people and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from earmark.words.wording import count

if TYPE_CHECKING:
    from earmark.cli.screen import Screen
    from store.audit.report import AuditReport, Finding, Verdict

VERDICT = {
    "proven": "ok: everything that was checked is proven.",
    "weaker": "ok: nothing is wrong, but not everything can be proven here; see the notes.",
    "findings": "Something is not what it should be; see the findings.",
}


def print_report(screen: Screen, report: AuditReport, *, each: bool) -> None:
    """Print what was found, what was checked, and what was not.

    Args:
        screen: Where to.
        report: What to print.
        each: The verdict on every record too, and not only how many have it.
    """
    for finding in report.findings:
        _finding(screen, "✗", "finding", finding)
    for note in report.notes:
        _finding(screen, "!", "note", note)
    for one in report.live:
        cells = (one.claim, one.mention, one.document, one.verdict, one.source)
        if screen.terminal:
            screen.line(f"  live     {'  '.join(cells)}")
        else:
            screen.fields(["live", *cells, one.why])
    if screen.terminal and (report.findings or report.notes):
        screen.line()
    for what, number in report.checked.items():
        _count(screen, "checked", number, what)
    _verdicts(screen, report.verdicts, each=each)
    found = f"{count(len(report.findings), 'finding')}, {count(len(report.notes), 'note')}"
    screen.note(f"{VERDICT[report.outcome]} {found}.")
    screen.note(f"Looked at: {report.asked}.")
    for left in report.left_out:
        screen.note(f"Not looked at: {left}")
    screen.note("An audit of a store does not prove:")
    for limit in report.limits:
        screen.note(f"  {limit}")


def print_json(screen: Screen, report: AuditReport) -> None:
    """Print one JSON object with all that is known."""
    screen.json(
        [asdict(finding) for finding in report.findings],
        outcome=report.outcome,
        notes=[asdict(note) for note in report.notes],
        checked=report.checked,
        verdicts=report.verdicts,
        asked=report.asked,
        left_out=report.left_out,
        live=[asdict(one) for one in report.live],
        last_entry={"number": report.last_entry[0], "sha256": report.last_entry[1]},
        limits=report.limits,
    )


def _finding(screen: Screen, sign: str, word: str, finding: Finding) -> None:
    if screen.terminal:
        screen.heading(word, f"{sign} {finding.record}", finding.verdict)
        screen.labelled("what", finding.what)
        screen.labelled("where", finding.where)
        for label, words in (("expected", finding.expected), ("found", finding.found)):
            if words:
                screen.labelled(label, words)
        if finding.what_to_do:
            screen.labelled("what to do", finding.what_to_do)
        return
    cells = (finding.level, finding.record, finding.verdict, finding.what, finding.where)
    screen.fields([word, *cells, finding.what_to_do, finding.expected, finding.found])


def _verdicts(screen: Screen, verdicts: Mapping[Verdict, Sequence[str]], *, each: bool) -> None:
    for verdict, names in verdicts.items():
        if each:
            for name in names:
                if screen.terminal:
                    screen.line(f"  {name:<8} {verdict}")
                else:
                    screen.fields(["record", name, verdict])
        elif screen.terminal:
            screen.line(f"  {verdict}: {len(names):,} {'record' if len(names) == 1 else 'records'}")
        else:
            screen.fields(["verdict", str(len(names)), verdict])


def _count(screen: Screen, label: str, number: int, what: str) -> None:
    if screen.terminal:
        screen.line(f"  {label}  {number:>8,}  {what}")
    else:
        screen.fields([label, str(number), what])
