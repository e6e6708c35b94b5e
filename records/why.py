"""Why a field says what it says, and why two sums are held to be one or two."""

from __future__ import annotations

from dataclasses import dataclass

from records.claim import Claim, Reason, StoredMention
from records.decision import Decision
from records.span import Span


@dataclass(frozen=True, slots=True)
class RuleSource:
    """One rule behind a field.

    Attributes:
        id: Its id (`purpose.for`), or how its words came here from elsewhere in the text (`lead`).
        source: Where it comes from, in words; None for a rule that is not among those loaded: it
            is one of the user's.
    """

    id: str
    source: str | None


@dataclass(frozen=True, slots=True)
class FieldTrace:
    """Where one field comes from.

    Attributes:
        field: Its name, as in `Mention.rules`.
        mention: Local id of the mention that states it.
        value: What it says, where that is no quote (`GBP 5000000`, `funding`, `part_of`); None for
            a field that is its words.
        span: The words that it stands on; None where the rule keeps none.
        rules: The rules behind it, that which read its words first; empty where none is known.
        confidence: The chance that it is right, 0 to 1; None where there is no count.
    """

    field: str
    mention: str
    value: str | None
    span: Span | None
    rules: tuple[RuleSource, ...]
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Trace:
    """Where the fields of a mention or a claim come from.

    Attributes:
        id: What was asked for.
        claim: The claim, or that which the mention states.
        mentions: The mentions that its fields come from, in the order of the claim.
        fields: In the order in which they are read.
    """

    id: str
    claim: Claim
    mentions: tuple[StoredMention, ...]
    fields: tuple[FieldTrace, ...]


@dataclass(frozen=True, slots=True)
class PairJudgement:
    """What the matcher makes of two sums alone, each with the text that it stands in.

    Attributes:
        left: Local id of the first mention of one.
        right: Local id of the first mention of the other.
        score: Sum of the weights, hundredths.
        reasons: For and against, strongest first.
        gate: What bars them from being one, in words; None when nothing does.
        incomparable: Why no figure of one can be held against one of the other; None when it can.
    """

    left: str
    right: str
    score: int
    reasons: tuple[Reason, ...]
    gate: str | None = None
    incomparable: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """Why two mentions, two claims, or a mention and a claim are the same money or not.

    Attributes:
        left: Local id as asked for.
        right: Likewise.
        same: Whether the store holds them to be one claim.
        because: Why, in one sentence.
        threshold: The score from which two sums are held to be one, hundredths.
        mean: What all pairs that can be compared come to on average, hundredths; None where none
            can.
        pairs: The pairs that tell most: what bars first when they differ, what joins first when
            they are one.
        pairs_compared: How many pairs were compared in all.
        steps: For two mentions that are one through others: the pairs that lead from one to the
            other.
        changes: What would change it, in words, each tried with the matcher.
        decisions: What people decided about the two, as far as it holds; it outranks the matcher.
    """

    left: str
    right: str
    same: bool
    because: str
    threshold: int
    mean: int | None
    pairs: tuple[PairJudgement, ...]
    pairs_compared: int
    steps: tuple[PairJudgement, ...] = ()
    changes: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
