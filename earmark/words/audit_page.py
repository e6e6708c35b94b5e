"""An audit's report as a page that stands alone: no script, no network, legible on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from html import escape

from earmark.words.safe import inline
from earmark.words.wording import count
from store.audit.report import AuditReport, Finding, Verdict

_RESULT = {
    "proven": ("Proven", "Everything that was checked is as it was written."),
    "weaker": (
        "Proven as far as it can be here",
        "Nothing is wrong, but not everything can be proven here; the notes say what and why.",
    ),
    "findings": (
        "Not proven",
        "Something is not what it should be; each finding says which record, and what to do.",
    ),
}
MEANING: dict[Verdict, str] = {
    "proven": "It is what was written, and its words stand where they stood.",
    "exact": "The source shows the same words at the same place today.",
    "changed": "It is not what was written, or its words are no longer the same.",
    "gone": "It, or its words, are not there any more.",
    "moved": "Its words stand once, at another place.",
    "ambiguous": "Its words stand at several places, and nothing decides between them.",
    "unreachable": "The source could not be read today; what was kept of it still stands.",
    "redacted": "It was erased on purpose; by whom, when and why is in the ledger.",
    "unsupported": "Every mention of the claim was erased on purpose; nothing states it any more.",
    "other store": "The head is of another store.",
    "rolled back": "The ledger is shorter than it was: an older copy, or its end was cut off.",
    "forked": "The ledger's history is another than when the head was taken.",
    "rules differ": "Today's rules read the same words otherwise; neither is judged wrong.",
    "reader differs": "Today's reader makes another text of the same bytes.",
    "not checkable here": "What it takes to check it is not here, or what it rests on was changed.",
    "noted": "Nothing is wrong; it is good to know.",
}
_KINDS = {"m": "mentions", "c": "claims", "d": "documents", "r": "runs", "w": "decisions"}
_LISTED = 2000  # names of records; more are counted, and --json has them all
_STYLE = """
:root{color-scheme:light dark;--ink:#1b1b1b;--soft:#515151;--line:#c9ccd1;--paper:#fff;
--box:#f5f6f8;--bad:#9b1c1c;--warn:#7a4b00;--good:#14532d;--del:#fbdcdc;--ins:#d9f2df}
@media(prefers-color-scheme:dark){:root{--ink:#ececec;--soft:#b6bcc4;--line:#474d55;--paper:#15181c;
--box:#1f242a;--bad:#ff9d9d;--warn:#f2bd6b;--good:#8ddba5;--del:#5c2323;--ins:#1f4d2c}}
*{box-sizing:border-box}body{margin:0 auto;max-width:60rem;padding:1.5rem;background:var(--paper);
color:var(--ink);font:1rem/1.5 Georgia,"Times New Roman",serif;overflow-wrap:anywhere}
h1{font-size:1.7rem;margin:0 0 .5rem}h2{font-size:1.25rem;margin:2rem 0 .5rem;
border-bottom:1px solid var(--line)}h3{font-size:1.05rem;margin:0 0 .4rem}
.result{border:2px solid;border-left-width:.6rem;padding:.6rem 1rem;margin:1rem 0}
.result strong{font-size:1.25rem;display:block}.findings{color:var(--bad)}.weaker{color:var(--warn)}
.proven{color:var(--good)}article{border:1px solid var(--line);background:var(--box);
padding:.7rem 1rem;margin:.7rem 0;break-inside:avoid}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:0}
dt{color:var(--soft)}dd{margin:0}table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid var(--line);padding:.3rem .6rem;text-align:left;vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}caption{text-align:left;
color:var(--soft);padding:.3rem 0}q{quotes:none;white-space:pre-wrap}
del{background:var(--del);text-decoration:line-through}ins{background:var(--ins);
text-decoration:underline}code{font-family:ui-monospace,monospace;font-size:.9em}
.v{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media(max-width:36rem){dl{grid-template-columns:1fr}dt{margin-top:.4rem}}
@media print{:root{--ink:#000;--soft:#333;--paper:#fff;--box:#fff;--bad:#000;--warn:#000;
--good:#000;--line:#888;--del:#fff;--ins:#fff}body{padding:0;max-width:none;font-size:10.5pt}
h2,h3,caption{break-after:avoid}tr{break-inside:avoid}@page{margin:18mm}}
"""


def audit_page(report: AuditReport, place: str, when: datetime, version: str) -> Iterator[str]:
    """Yield the lines of the page.

    Args:
        report: What the audit said.
        place: The store.
        when: The audit was made.
        version: Of the program that made it.
    """
    word, sentence = _RESULT[report.outcome]
    yield '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
    )
    yield f"<title>{_text(f'Audit of {place}: {word}')}</title><style>{_STYLE}</style></head>"
    yield "<body><header><h1>Audit of a store of claims</h1>"
    yield "<p>Earmark keeps documents as they were captured, the sums of money that they state, "
    yield "and a ledger of all that was ever written. This page says whether what is kept is "
    yield "still what was written, and whether every quote stands in its document.</p>"
    yield f'<p class="result {report.outcome}"><strong>{word}</strong>{sentence} '
    yield f"{_counts(report)}.</p></header><main>"
    yield from _about(report, place, when, version)
    yield from _all("Findings", "finding", report.findings, "Nothing is wrong.")
    yield from _all("Notes", "note", report.notes, "There is nothing to note.")
    yield from _live(report)
    yield from _records(report)
    yield from _checked(report)
    yield "<h2>What the outcomes mean</h2><dl>"
    yield from (f"<dt>{word}</dt><dd>{meaning}</dd>" for word, meaning in MEANING.items())
    yield "</dl><h2>What this audit does not prove</h2><ul>"
    yield from (f"<li>{_text(limit)}</li>" for limit in report.limits)
    yield "</ul></main></body></html>\n"


def _counts(report: AuditReport) -> str:
    return f"{count(len(report.findings), 'finding')}, {count(len(report.notes), 'note')}"


def _about(report: AuditReport, place: str, when: datetime, version: str) -> Iterator[str]:
    number, sha256 = report.last_entry
    yield "<h2>What was audited</h2><dl>"
    yield f"<dt>store</dt><dd><code>{_text(place)}</code></dd>"
    yield f"<dt>audited</dt><dd>{when:%Y-%m-%d %H:%M} UTC, with Earmark {_text(version)}</dd>"
    yield f"<dt>state</dt><dd>{number:,} ledger entries; SHA-256 of the last: "
    yield f"<code>{_text(sha256)}</code></dd>"
    yield f"<dt>looked at</dt><dd>{_text(report.asked)}</dd>"
    yield from (f"<dt>not looked at</dt><dd>{_text(left)}</dd>" for left in report.left_out)
    yield "</dl>"


def _all(heading: str, word: str, said: Sequence[Finding], none: str) -> Iterator[str]:
    yield f"<h2>{heading}</h2>"
    if not said:
        yield f"<p>{none}</p>"
    for number, one in enumerate(said, 1):
        yield f'<article id="{word}-{number}"><h3>{_text(one.record)}: {one.verdict}</h3><dl>'
        yield f"<dt>what</dt><dd>{_text(one.what)}</dd>"
        yield from _words(one)
        yield f"<dt>where</dt><dd>{_text(one.where)}</dd>"
        if one.what_to_do:
            yield f"<dt>what to do</dt><dd>{_text(one.what_to_do)}</dd>"
        yield "</dl></article>"


def _words(one: Finding) -> Iterator[str]:
    """Yield expected and found words, what differs marked, where both are known."""
    if one.expected and one.found:
        before, after = differing_words(one.expected, one.found)
    else:
        before, after = _text(one.expected), _text(one.found)
    if before:
        yield f"<dt>expected words</dt><dd><q>{before}</q></dd>"
    if after:
        yield f"<dt>found words</dt><dd><q>{after}</q></dd>"
    elif before:
        yield "<dt>found words</dt><dd>none</dd>"


def differing_words(before: str, after: str) -> tuple[str, str]:
    """Return two texts as HTML, the words that only one of them has marked and named."""
    old, new = before.split(), after.split()
    left, right = [], []
    for act, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = _text(" ".join(old[a:b])), _text(" ".join(new[c:d]))
        if act == "equal":
            left.append(was)
            right.append(now)
            continue
        if was:
            left.append(f'<del><span class="v">only expected: </span>{was}</del>')
        if now:
            right.append(f'<ins><span class="v">only found: </span>{now}</ins>')
    return " ".join(left), " ".join(right)


def _live(report: AuditReport) -> Iterator[str]:
    """Yield what became of each claim in its source today, where that was asked for."""
    if not report.live:
        return
    yield "<h2>What the sources say today</h2><table><caption>Each claim's sentence, looked up in "
    yield "its source when this audit was made</caption><thead><tr>"
    for name in ("claim", "mention", "outcome", "sentence as captured", "source"):
        yield f'<th scope="col">{name}</th>'
    yield "</tr></thead><tbody>"
    for one in report.live:
        why = f" ({_text(one.why)})" if one.why else ""
        yield f'<tr><th scope="row">{one.claim}</th><td>{one.mention}</td><td>{one.verdict}{why}'
        yield f"</td><td><q>{_text(one.expected)}</q></td><td>{_text(one.source)}</td></tr>"
    yield "</tbody></table>"


def _records(report: AuditReport) -> Iterator[str]:
    """Yield how many records of each kind have which verdict, and the names of some."""
    verdicts = list(report.verdicts)
    yield "<h2>Verdict on each record</h2>"
    yield "<table><caption>How many records of each kind have which outcome</caption><thead><tr>"
    yield '<th scope="col">records</th>'
    yield from (f'<th scope="col" class="n">{verdict}</th>' for verdict in verdicts)
    yield "</tr></thead><tbody>"
    for letter, kind in _KINDS.items():
        numbers = [
            sum(name[0] == letter for name in report.verdicts[verdict]) for verdict in verdicts
        ]
        if any(numbers):
            yield f'<tr><th scope="row">{kind} ({letter}…)</th>'
            yield from (f'<td class="n">{number:,}</td>' for number in numbers)
            yield "</tr>"
    yield "</tbody></table>"
    for verdict, names in report.verdicts.items():
        shown, more = names[:_LISTED], len(names) - _LISTED
        beyond = f" and {more:,} more" if more > 0 else ""
        yield f"<p>{verdict.capitalize()}: {_text(', '.join(shown))}{beyond}.</p>"


def _checked(report: AuditReport) -> Iterator[str]:
    yield "<h2>What was checked</h2><table><caption>How many things of each sort</caption><tbody>"
    yield from _rows(report.checked.items())
    yield "</tbody></table>"


def _rows(rows: Iterable[tuple[str, int]]) -> Iterator[str]:
    for what, number in rows:
        yield f'<tr><th scope="row">{_text(what)}</th><td class="n">{number:,}</td></tr>'


def _text(text: str) -> str:
    return escape(inline(text))
