"""What a question is made of: frozen terms without a word of SQL.

`store.question.parse` builds them; whoever compiles them follows the meanings written here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from records.mention import Kind

TextField = Literal["quote", "for", "who", "to", "source"]
DayField = Literal["said", "period"]
SortField = Literal["amount", "said"]


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
    """

    low: Decimal | None
    high: Decimal | None
    low_included: bool = True
    high_included: bool = True
    stated: bool = False
    currencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CurrencyTerm:
    """The claim's currency is one of `codes`; more than one only for a bare `$`."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextTerm:
    """Words, upper and lower case alike.

    Attributes:
        field: `quote`: a quote of the claim or the sentence around it has the text. `for`: the
            purpose has all its words, in any order and form, synonyms included
            (`store.dedup.words.search_words` of both sides). `who`: the funder or the attribution
            has the text. `to`: the recipient has it. `source`: the source's name, title, publisher
            or address has it.
        text: As written, without quotation marks; never empty, and never read as an amount.
    """

    field: TextField
    text: str


@dataclass(frozen=True, slots=True)
class DayTerm:
    """Days, both included.

    Attributes:
        field: `said`: a mention was published within the days. `period`: the money's period and
            the days share a day; of a period with one known end the other is open, and a claim
            without a period never matches.
        first: None for no limit.
        last: None for no limit.
    """

    field: DayField
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class KindTerm:
    """The claim is of this kind."""

    kind: Kind


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


Term: TypeAlias = AmountTerm | CurrencyTerm | TextTerm | DayTerm | KindTerm | RateTerm | OriginsTerm
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
