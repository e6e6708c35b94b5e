"""What became of a hostile file, held against what its manifest says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from earmark.outcome import Outcome

SECONDS = 30.0
MEMORY = 1536 * 1024 * 1024
_NO_REASON = ("internal", "source.crash")  # Earmark met what it did not expect


@dataclass(frozen=True)
class Entry:
    """One line of the manifest; see `tests.hostile.plant.Plant` and `Variant`."""

    file: str
    family: str
    row: str
    what: str
    bytes: int
    sha256: str
    planted: list[str]
    unseen: list[str]
    either: list[str]
    instead: list[str]


@dataclass
class Result:
    """What became of one file.

    Attributes:
        entry: Its line of the manifest.
        words: Of its outcomes.
        notes: What the outcomes say, for people.
        found: Planted amounts that stand in its documents.
        declared: Amounts that do not, covered by what is said to be missing.
        lost: Those that nothing covers.
        invented: Quotes of mentions that nobody planted, or that nobody sees.
        seconds: The longest that one of its documents took.
        whole: What all of them took together, seconds.
        memory: The most that one process held, bytes.
        faults: Anything else that must not be.
    """

    entry: Entry
    words: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    found: int = 0
    declared: int = 0
    lost: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    seconds: float = 0.0
    whole: float = 0.0
    memory: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def breaches(self) -> list[str]:
        """What speaks against it, one line each; empty when all is well."""
        said = [f"lost {quote}" for quote in self.lost]
        said += [f"invented {quote}" for quote in self.invented]
        if self.seconds > SECONDS:
            said.append(f"took {self.seconds:.0f} s")
        if self.memory > MEMORY:
            said.append(f"took {self.memory // 2**20} MB")
        return said + self.faults


def judge(entry: Entry, outcomes: Sequence[Outcome], quotes: Sequence[str]) -> Result:
    """Hold the quotes of all mentions, and what is declared, against what was planted."""
    planted, mentioned = Counter(entry.planted), Counter(quotes)
    found = planted & mentioned
    either = Counter({quote: mentioned[quote] for quote in entry.either})
    missing = [*(planted - found).elements(), *(q for q in entry.unseen if q not in mentioned)]
    declared = any(_is_said(words, outcomes) for words in entry.instead)
    result = Result(
        entry,
        Counter(outcome.word for outcome in outcomes),
        [f"{o.word}: {o.note} [{o.code}] {' '.join(o.warnings)}" for o in outcomes],
        found.total(),
        len(missing) if declared else 0,
        [] if declared else missing,
        list((mentioned - found - either).elements()),
    )
    if not outcomes:
        result.faults.append("no outcome")
    for outcome in outcomes:
        if outcome.word == "failed" and (not outcome.note or outcome.code in _NO_REASON):
            result.faults.append(f"failed for no reason of its own: {outcome.note}")
    return result


def _is_said(declaration: str, outcomes: Sequence[Outcome]) -> bool:
    """Tell whether an outcome says what a declaration asks for."""
    kind, _, words = declaration.partition(" ")
    if kind == "failed":
        return any(o.word == "failed" and str(o.code).startswith(words) for o in outcomes)
    if kind == "gap":
        return any(o.word == "partial" and words in o.note for o in outcomes)
    return any(words in warning for o in outcomes for warning in o.warnings)
