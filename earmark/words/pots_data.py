"""Pots as data for JSON: a flat list, since parts of parts can go deep."""

from __future__ import annotations

from decimal import Decimal
from typing import TypedDict

from records.money import decimal_text
from store.exports.jsonl import mention_data
from store.pots.model import Branch, PotsReport, Totals
from store.pots.parts import PartsCheck


class PotsData(TypedDict):
    """What `earmark pots --json` prints: pots in `data`, each whole before its parts."""

    data: list[object]
    totals: list[object]
    left_out: list[object]
    unsummed: int
    as_of: str | None
    undated: list[object]
    alarms: int


def pots_data(report: PotsReport) -> PotsData:
    """Return a report as data for JSON."""
    return {
        "data": [_pot(branch) for root in report.pots for branch in root.tree()],
        "totals": [_total(total) for total in report.totals],
        "left_out": [{"why": one.why, "claims": list(one.claims)} for one in report.left_out],
        "unsummed": report.unsummed,
        "as_of": report.as_of.isoformat() if report.as_of else None,
        "undated": [{"document": one.document, "source": one.source} for one in report.undated],
        "alarms": len(report.alarms),
    }


def alarms_data(report: PotsReport) -> dict[str, list[object]]:
    """Return the alarms of a report as data for JSON: each with its quotes."""
    return {
        "data": [
            {
                "kind": alarm.kind,
                "words": alarm.words,
                "claims": list(alarm.claims),
                "quotes": [mention_data(stored) for stored in alarm.quotes],
            }
            for alarm in report.alarms
        ]
    }


def _pot(branch: Branch) -> dict[str, object]:
    pot, whole = branch.pot, branch.whole
    return {
        "id": pot.id,
        "claim": pot.claim.id,
        "name": pot.name,
        "currency": pot.claim.currency,
        "amount": _number(pot.amount),
        "headlines": _number(pot.headlines),
        "distinct": _number(pot.distinct),
        "newness": pot.newness,
        "stated_new": _number(pot.stated_new),
        "cannot_tell": _number(pot.untold),
        "said": pot.said,
        "first_said": pot.first_said.isoformat() if pot.first_said else None,
        "part_of": whole.id if whole else None,
        "part_of_claim": whole.claim.id if whole else pot.within,
        "part_by_sum": pot.by_sum,
        "parts": [part.id for part in pot.parts],
        "on_top_of": list(pot.on_top_of),
        "replaces": [older.id for older in pot.before],
        "check": _check(pot.check),
    }


def _check(check: PartsCheck | None) -> dict[str, object] | None:
    if check is None:
        return None
    return {
        "verdict": check.verdict,
        "parts": [_number(part) for part in check.parts],
        "whole": _number(check.whole),
        "unknown": check.unknown,
        "words": check.words,
    }


def _total(total: Totals) -> dict[str, object]:
    return {
        "currency": total.currency,
        "headlines": _number(total.headlines),
        "distinct": _number(total.distinct),
        "stated_new": _number(total.stated_new),
        "cannot_tell": _number(total.untold),
        "pots": total.pots,
        "parts": total.parts,
        "pots_cannot_tell": total.cannot_tell,
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else decimal_text(value)
