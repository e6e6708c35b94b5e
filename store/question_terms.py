"""What a question is made of: frozen terms without a word of SQL.

`store.question.parse` builds them; whoever compiles them follows the meanings written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from records.mention import KINDS

AmountField = Literal["amount", "peryear", "within"]
TextField = Literal["quote", "for", "who", "to", "source", "rule", "by"]
DayField = Literal["said", "period", "first", "by"]
WordField = Literal["kind", "status", "hedge", "type", "decision", "missing"]
IdField = Literal["partof", "pot", "run"]
SortField = Literal["amount", "said"]

WORDS: Mapping[WordField, tuple[str, ...]] = {
    "kind": KINDS,
    "status": ("new", "restated", "revised", "partof", "ontop", "unclear"),
    "hedge": ("none", "about", "upto", "atleast", "range", "vague", "could", "subject"),
    "type": ("pdf", "html", "text", "markdown", "word", "excel", "csv", "mail"),
    "decision": (
        "none",
        "accepted",
        "corrected",
        "rejected",
        "same",
        "different",
        "partof",
        "unsure",
    ),
    "missing": ("who", "to", "for", "period", "by", "said"),
}
"""The words that a field takes; docs/query.md says what each means."""
IDS: Mapping[IdField, str] = {"partof": "c", "pot": "pc", "run": "r"}
"""Letters that ids of a field begin with."""


@dataclass(frozen=True, slots=True)
class AmountTerm:
    """How much: `amount:>=1bn`, `amount:1bn..6bn`, `amount:~2bn`, `amount:2.1bn`.

    Attributes:
        low: In whole currency units; None for no lower limit.
        high: Likewise.
        low_included: False for `>`.
        high_included: False for `<`.
        stated: False: every value that the claim may have lies within the limits, so an open bound
            of the claim never passes a limit on its side (`up to £5m` is not surely 1m or more).
            True (`2.1bn`, `~2bn`, `2bn~10%`): a bound that the claim states, the lower or the upper
            one, lies within the limits.
        currencies: The claim's currency is one of them; empty for any, each in its own units.
        field: `amount`: what the claim comes to. `peryear`: what that is in a year, where the texts
            tell (`store.order_key.a_year`). `within`: of a claim that it is stated as a part of.
    """

    low: Decimal | None
    high: Decimal | None
    low_included: bool = True
    high_included: bool = True
    stated: bool = False
    currencies: tuple[str, ...] = ()
    field: AmountField = "amount"


@dataclass(frozen=True, slots=True)
class CurrencyTerm:
    """The claim's currency is one of `codes`; more than one only for a bare `$`."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextTerm:
    """Words, upper and lower case alike.

    Attributes:
        field: `quote`: a quote of the claim or the sentence around it has the words, whole and in
            this order. `for`: the purpose has all of them, in any order and form, synonyms included
            (`store.dedup.words.search_words` of both sides). `who`: the funder or the attribution
            has the words in this order. `to`: the recipient has them. `source`: the source's name,
            title, publisher or address has the text. `rule`: a rule of this id, or of the family
            `bound.`, made a field of a mention. `by`: who decided about a mention, and it holds,
            has the text in the name.
        text: As written, without quotation marks; never empty, and never read as an amount.
    """

    field: TextField
    text: str


@dataclass(frozen=True, slots=True)
class DayTerm:
    """Days, both included.

    Attributes:
        field: `said`: a mention was published within the days. `first`: the first one was.
            `period`: the money's period and the days share a day; of a period with one known end
            the other is open, and a claim without a period never matches. `by`: the period's last
            day is within the days.
        first: None for no limit.
        last: None for no limit.
    """

    field: DayField
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class WordTerm:
    """At least one of some words of `WORDS` holds of the claim; in the order of `WORDS`."""

    field: WordField
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IdTerm:
    """The claim belongs to what has an id.

    Attributes:
        field: `partof`: it is stated as a part of claim `c3`, or of a part of it. `pot`: it is in
            the pot `p3` of the report on the whole store (`store.pots`), as the pot itself, an
            older figure of it or a part; of `c3`, in the tree of parts around that claim. `run`: a
            document that run `r7` read states it.
        id: Letter and number.
    """

    field: IdField
    id: str


@dataclass(frozen=True, slots=True)
class RateTerm:
    """What the amount is counted by: `year`, `month`, `patient`, …; None for a total."""

    per: str | None


@dataclass(frozen=True, slots=True)
class OriginsTerm:
    """So many independent documents state the claim; echoes and versions count with their origin.

    Attributes:
        least: At least 0.
        most: None for no limit.
    """

    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; at least two parts."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; at least two parts."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold; what is unknown does not hold, so its negation does."""

    part: Condition


Term: TypeAlias = (
    AmountTerm | CurrencyTerm | TextTerm | DayTerm | WordTerm | IdTerm | RateTerm | OriginsTerm
)
Condition: TypeAlias = Term | AllOf | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of claims: smallest or earliest first, unless `descending`; unknown comes last."""

    field: SortField
    descending: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A parsed question.

    Attributes:
        text: As asked.
        condition: What must hold; None asks for every claim.
        sort: None leaves the order to the store.
    """

    text: str
    condition: Condition | None
    sort: Sort | None = None
