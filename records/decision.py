"""Decision: a person's word on two sums, or on one field; it is never mixed with the machine's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from records.mention import SPAN_FIELDS, Amount, Timeframe

PairWord = Literal["same", "different", "part_of", "not_sure"]
FieldWord = Literal["accept", "correct", "reject"]
Word = PairWord | FieldWord

PAIR_WORDS: tuple[PairWord, ...] = get_args(PairWord)
FIELD_WORDS: tuple[FieldWord, ...] = get_args(FieldWord)
FIELDS = ("amount", "kind", "timeframe", *SPAN_FIELDS, "relation", "newness")
"""What of a mention can be accepted, corrected or rejected."""


@dataclass(frozen=True, slots=True)
class DecidedMention:
    """A mention as a decision names it: by what stays when texts are read again.

    Attributes:
        sha256: Of the document's bytes.
        start: Where its amount starts in the document's text.
        end: Where it ends.
        quote: The amount's words.
        id: Local id (`m7`); None while no current document states this amount there.
    """

    sha256: str
    start: int
    end: int
    quote: str
    id: str | None = None

    @property
    def name(self) -> str:
        """What people call it: `m7`, or its words where it has no id now and was not redacted."""
        return self.id or (f"“{self.quote}”" if self.quote else "a redacted sum")


@dataclass(frozen=True, slots=True)
class TakenBack:
    """That a decision holds no more.

    Attributes:
        by: Who took it back.
        at: UTC.
        reason: Why; None when not said.
    """

    by: str
    at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word.

    Attributes:
        id: Local id (`w3`).
        word: What was decided. Of two mentions: they state the `same` money or `different` money,
            the first is `part_of` the second, or the person is `not_sure`. Of a field: `accept`,
            `correct` (it says `value`), `reject` (the text does not say so), or `not_sure`.
        by: Who decided.
        at: UTC.
        reason: Why; None when not said.
        mention: The first mention.
        other: The second; None for a decision on a field.
        field: One of `FIELDS`; None for a decision on two mentions.
        value: What the field says instead; only with `correct`.
        read_as: What the value of an amount or a timeframe was read as, on the day of the decision
            and for good; its offsets are those in `value`. None for other fields.
        taken_back: By whom, when and why; None while it holds.
    """

    id: str
    word: Word
    by: str
    at: datetime
    reason: str | None
    mention: DecidedMention
    other: DecidedMention | None = None
    field: str | None = None
    value: str | None = None
    read_as: Amount | Timeframe | None = None
    taken_back: TakenBack | None = None

    @property
    def sides(self) -> tuple[DecidedMention, ...]:
        """The one mention, or both."""
        return (self.mention, self.other) if self.other else (self.mention,)

    @property
    def says(self) -> str:
        """What it says, in words: `m3 and m7 are different`, `purpose of m3: “beds” is right`."""
        if self.other is not None:
            words = {
                "same": f"{self.mention.name} and {self.other.name} are the same",
                "different": f"{self.mention.name} and {self.other.name} are different",
                "part_of": f"{self.mention.name} is part of {self.other.name}",
                "not_sure": f"not sure about {self.mention.name} and {self.other.name}",
            }
            return words[self.word]
        if self.word == "not_sure":
            return f"not sure about the {self.field} of {self.mention.name}"
        ends = {
            "accept": "is right",
            "correct": f"should be {_quoted(self.value)}",
            "reject": "is wrong",
        }
        return f"the {self.field} of {self.mention.name} {ends[self.word]}"

    def concerns(self, mention_id: str) -> bool:
        """Tell whether it is about a mention, by its local id."""
        return mention_id in (self.mention.id, self.other.id if self.other else None)

    @property
    def told(self) -> str:
        """Who decided what, when and why: `anna decided on 2026-05-03: m3 and m7 are different`."""
        why = f", because {self.reason}" if self.reason else ""
        return f"{self.by} decided on {self.at.date()}: {self.says}{why}"


def _quoted(value: str | None) -> str:
    return f"“{value}”" if value is not None else "something else, which was redacted"
