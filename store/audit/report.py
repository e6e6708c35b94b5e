"""What an audit says, and the book that its checks write into."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Level = Literal[
    "storage",
    "ledger",
    "heads",
    "hashes",
    "quotes",
    "claims",
    "origins",
    "derive",
    "complete",
    "live",
    "cross",
]
Verdict = Literal[
    "proven",
    "exact",
    "changed",
    "gone",
    "moved",
    "ambiguous",
    "unreachable",
    "other store",
    "rolled back",
    "forked",
    "redacted",
    "unsupported",
    "rules differ",
    "reader differs",
    "not checkable here",
    "noted",
]
WORST_FIRST: tuple[Verdict, ...] = (
    *("changed", "gone", "ambiguous", "moved", "unreachable", "redacted"),
    "unsupported",
    *("rules differ", "reader differs", "not checkable here"),
)
"""Of several verdicts on a record, the first of these is its own; with none it is proven."""
WEAKER: frozenset[Verdict] = frozenset(
    {
        *("unreachable", "redacted", "unsupported"),
        *("rules differ", "reader differs", "not checkable here"),
    }
)
"""Verdicts of notes that leave something unproven."""

Advance: TypeAlias = Callable[[int, int], None]
"""Is told how many of how many steps are done."""

LIMITS = (
    "that a source told the truth, or showed others the same;",
    "that the times of capture are right;",
    "that a reader saw everything: only what it knows to be missing is listed;",
    "that the rules found every amount;",
    "that nobody wrote both the store and the file of heads beside it anew, or put back older "
    "copies of both: that takes a head kept elsewhere (earmark head).",
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
        expected: The words, or the value, that should be there; empty where only a hash is known.
        found: Those that are; empty where there are none.
    """

    level: Level
    record: str
    verdict: Verdict
    what: str
    where: str
    what_to_do: str = ""
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Live:
    """What became of one mention's sentence in its source today.

    Attributes:
        claim: That the mention states.
        mention: Its id.
        document: That it stands in.
        source: The address.
        verdict: `exact`, `moved`, `changed`, `gone`, `ambiguous` or `unreachable`.
        expected: The sentence as it was captured.
        found: The words that stand there today; empty where nothing like them does.
        why: It is unreachable; else empty.
    """

    claim: str
    mention: str
    document: str
    source: str
    verdict: Verdict
    expected: str
    found: str
    why: str


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The outcome of an audit.

    Attributes:
        findings: What is wrong; empty when everything asked for is proven.
        notes: What is to be known besides: gaps, interrupted runs, other versions.
        checked: How many things of each sort were checked.
        verdicts: On each record that has a name of its own (`m7`, `d2`, `c3`, `r1`, `w1`) and was
            looked at, in the order of their numbers: verdict to names.
        asked: What of the store was looked at, in words.
        left_out: What was not, in words, each with how to ask for it.
        last_entry: Number and hash of the ledger's last entry: which state of the store this is.
        live: What became of mentions in their sources today, where that was asked for.
        limits: What an audit does not prove, for its last lines.
    """

    findings: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    checked: Mapping[str, int]
    verdicts: Mapping[Verdict, tuple[str, ...]]
    asked: str = "the whole store"
    left_out: tuple[str, ...] = ()
    last_entry: tuple[int, str] = (0, "")
    live: tuple[Live, ...] = ()
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
        seen: Letter to numbers of the records with names that were looked at.
        unproven: Names of records that are as they were written, but rest on some that are not.
        redacted: Names of records whose words were erased, without a note of their own.
        advance: Told how far the audit is.
    """

    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)
    suspect: set[str] = field(default_factory=set)
    seen: dict[str, array[int]] = field(default_factory=dict)
    unproven: set[str] = field(default_factory=set)
    redacted: set[str] = field(default_factory=set)
    asked: str = "the whole store"
    left_out: list[str] = field(default_factory=list)
    last_entry: tuple[int, str] = (0, "")
    live: list[Live] = field(default_factory=list)
    advance: Advance = lambda done, total: None
    steps: int = 0
    done: int = 0

    def see(self, letter: str, number: int) -> None:
        """Take down that a record with a name was looked at."""
        self.seen.setdefault(letter, array("q")).append(number)

    def step(self, count: int = 1) -> None:
        """Take down that so many more steps of `steps` are done."""
        self.done += count
        self.advance(self.done, self.steps)

    def report(self) -> AuditReport:
        """Return everything that was said, each thing once."""
        return AuditReport(
            tuple(dict.fromkeys(self.findings)),
            tuple(dict.fromkeys(self.notes)),
            dict(self.checked),
            self._verdicts(),
            self.asked,
            tuple(self.left_out),
            self.last_entry,
            tuple(self.live),
        )

    def _verdicts(self) -> dict[Verdict, tuple[str, ...]]:
        said: dict[str, Verdict] = dict.fromkeys(self.unproven, "not checkable here")
        said |= dict.fromkeys(self.redacted, "redacted")
        for one in (*self.notes, *self.findings):
            if one.verdict in WORST_FIRST:
                said[one.record] = _worse(one.verdict, said.get(one.record))
        names: dict[Verdict, list[str]] = {}
        for letter, numbers in sorted(self.seen.items()):
            for number in sorted(set(numbers)):
                name = f"{letter}{number}"
                names.setdefault(said.get(name, "proven"), []).append(name)
        order: Iterable[Verdict] = ("proven", *WORST_FIRST)
        return {verdict: tuple(names[verdict]) for verdict in order if verdict in names}


def _worse(one: Verdict, other: Verdict | None) -> Verdict:
    return min(one, other or one, key=WORST_FIRST.index)
