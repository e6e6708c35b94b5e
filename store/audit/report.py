"""What an audit says, and the book that its checks write into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["storage", "ledger", "hashes", "quotes", "claims", "origins", "derive", "complete"]
Verdict = Literal[
    "changed",
    "gone",
    "moved",
    "ambiguous",
    "rules differ",
    "reader differs",
    "not checkable here",
    "noted",
]
WEAKER: frozenset[Verdict] = frozenset({"rules differ", "reader differs", "not checkable here"})
"""Verdicts of notes that leave something unproven."""

LIMITS = (
    "that a source told the truth, or showed others the same;",
    "that the times of capture are right;",
    "that a reader saw everything: only what it knows to be missing is listed;",
    "that the rules found every amount;",
    "that the end of the ledger was not cut off, or the whole store written anew or put back to an "
    "older copy: that takes a copy of its last entry kept elsewhere.",
)
"""What no audit of a store proves by itself."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that an audit says.

    Attributes:
        level: The check that says it.
        record: What it is about: `m7`, `d2`, `c3`, `r1`, `ledger entry 12`, `store`.
        verdict: In one word.
        what: What is wrong, or to be known; a sentence.
        where: The place in the store, or in the document.
        what_to_do: A sentence; empty for a note that asks for nothing.
    """

    level: Level
    record: str
    verdict: Verdict
    what: str
    where: str
    what_to_do: str = ""


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The outcome of an audit.

    Attributes:
        findings: What is wrong; empty when everything asked for is proven.
        notes: What is to be known besides: gaps, interrupted runs, other versions.
        checked: How many things of each sort were checked.
        limits: What an audit does not prove, for its last lines.
    """

    findings: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    checked: Mapping[str, int]
    limits: tuple[str, ...] = LIMITS

    @property
    def outcome(self) -> Literal["proven", "weaker", "findings"]:
        """Tell how it ended: all proven; proven, but something weaker must be said; findings."""
        if self.findings:
            return "findings"
        return "weaker" if any(note.verdict in WEAKER for note in self.notes) else "proven"


@dataclass
class Book:
    """Collects what the checks say.

    Attributes:
        suspect: Records (`mentions/7`) whose rows are not what the ledger says.
    """

    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)
    suspect: set[str] = field(default_factory=set)

    def report(self) -> AuditReport:
        """Return everything that was said, each thing once."""
        findings, notes = dict.fromkeys(self.findings), dict.fromkeys(self.notes)
        return AuditReport(tuple(findings), tuple(notes), dict(self.checked))
