"""The audit: is every number still what its source says?"""

from __future__ import annotations

from dataclasses import asdict

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from earmark.api import EarmarkStore
from earmark.web.audits import Audit
from earmark.web.forms import checked_form
from earmark.web.problems import answer_error
from earmark.web.site import Site
from earmark.web.views import View, site_of
from earmark.words.audit_page import MEANING, differing_words
from earmark.words.safe import inline
from records.errors import SettingsError
from store.audit.report import Finding
from store.instants import instant_text

COLUMNS = (
    "audit",
    "sort",
    "level",
    "record",
    "verdict",
    "what",
    "where",
    "what_to_do",
    "expected",
    "found",
)
VERDICTS = {
    "proven": "Everything that was checked is proven.",
    "weaker": "Nothing is wrong, but not everything can be proven here; see the notes.",
    "findings": "Something is not what it should be; see the findings.",
}


def audit_view(site: Site, _: EarmarkStore, __: Request) -> View:
    """Show the last audit of this server."""
    audits = site.audits.all()
    last = audits[0] if audits else None
    context = {
        "last": last,
        "audits": audits,
        "verdicts": VERDICTS,
        "meanings": MEANING.items(),
        "words": _words,
        "json": "/audit.json",
        "csv": "/audit.csv",
    }
    return View(
        "audit.html",
        context,
        data=lambda: {"data": [audit_data(one) for one in audits]},
        rows=lambda: [COLUMNS, *(row for one in audits for row in _rows(one))],
    )


def _words(one: Finding) -> tuple[str, str]:
    """Return what was expected and what was found; where both are known, what differs marked."""
    if one.expected and one.found:
        before, after = differing_words(one.expected, one.found)
        return Markup(before), Markup(after)  # noqa: S704 - escaped there
    return inline(one.expected), inline(one.found)


async def start_audit(request: Request) -> Response:
    """Start an audit; it changes nothing, and takes as long as reading everything again."""
    try:
        await checked_form(request)
    except SettingsError as error:
        return answer_error(request, error)
    site_of(request).audits.start()
    return RedirectResponse("/audit", status_code=303)


def audit_data(audit: Audit) -> dict[str, object]:
    """Return an audit as data for JSON."""
    report = audit.report
    return {
        "id": audit.id,
        "started_at": instant_text(audit.started),
        "ended_at": instant_text(audit.ended) if audit.ended else None,
        "problem": audit.problem,
        "outcome": report.outcome if report else None,
        "findings": [asdict(one) for one in report.findings] if report else [],
        "notes": [asdict(one) for one in report.notes] if report else [],
        "checked": dict(report.checked) if report else {},
        "verdicts": {word: list(names) for word, names in report.verdicts.items()}
        if report
        else {},
        "left_out": list(report.left_out) if report else [],
        "limits": list(report.limits) if report else [],
    }


def _rows(audit: Audit) -> list[list[str]]:
    if audit.report is None:
        return []
    return [
        *(_row(audit, "finding", one) for one in audit.report.findings),
        *(_row(audit, "note", one) for one in audit.report.notes),
    ]


def _row(audit: Audit, sort: str, one: Finding) -> list[str]:
    return [
        audit.id,
        sort,
        one.level,
        one.record,
        one.verdict,
        one.what,
        one.where,
        one.what_to_do,
        one.expected,
        one.found,
    ]
