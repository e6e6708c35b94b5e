"""Claim: one pot of money, every mention that states it, and why they belong together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from records.decision import Decision
from records.mention import Kind, Mention, RelationType


@dataclass(frozen=True, slots=True)
class Reason:
    """One argument about a match that a person can read and dispute.

    Attributes:
        code: Stable word (`same-amount`).
        weight: Positive speaks for a match, negative against; hundredths.
        text: In words: `same amount £2.1bn`, `purpose shares nhs, technology`.
    """

    code: str
    weight: int
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """Why two mentions are held to state the same money.

    Attributes:
        left: Local id of a mention (`m3`).
        right: Local id of another.
        score: Sum of the reasons' weights, hundredths.
        reasons: For and against.
    """

    left: str
    right: str
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Echo:
    """Why a document is no witness of its own.

    Attributes:
        of: Local id of the document that it counts with (`d3`).
        kind: `echo`: that one, printed again; `version`: another capture of the same source.
        words: How many words the document has.
        shared: How many of them stand in that one too, in runs of five and more.
        sums: How many different sums both state.
    """

    of: str
    kind: Literal["echo", "version"]
    words: int
    shared: int
    sums: int

    @property
    def head(self) -> str:
        """What the document is: `echo of d3`."""
        which = "another capture of the source of" if self.kind == "version" else "echo of"
        return f"{which} {self.of}"

    @property
    def reason(self) -> str:
        """What it is and why, in words."""
        share = f"{100 * self.shared // self.words} % of its words stand there in the same order"
        sums = f"{self.sums} {'sum' if self.sums == 1 else 'different sums'} in both"
        return f"{self.head}: {share}; {sums}"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a mention stands: everything that is needed to find its words again.

    Attributes:
        document: Local id (`d2`).
        sha256: Of the document's bytes.
        source: The name the user gave.
        title: None when unknown.
        publisher: None when unknown.
        published: None when unknown.
        published_how: How `published` is known; None with it.
        captured_at: UTC.
        page: First page of the amount; None without pages.
        before: Text before the quote, to the start of its sentence.
        sentence_after: Text after the amount, to the end of its sentence.
        decoding_assumed: The text's encoding was assumed, so its currency signs may be wrong.
        echo: Of which document this one is an echo or a version; None for an origin.
    """

    document: str
    sha256: str
    source: str
    title: str | None
    publisher: str | None
    published: date | None
    published_how: str | None
    captured_at: datetime
    page: int | None
    before: str
    sentence_after: str
    decoding_assumed: bool = False
    echo: Echo | None = None


@dataclass(frozen=True, slots=True)
class StoredMention:
    """A mention in a store, with its provenance.

    Attributes:
        id: Local id (`m3`).
        mention: What the machine read.
        provenance: Where.
        decisions: What people decided about it and have not taken back, in the order in which they
            did.
        correction: The mention as people corrected it; None where nobody did. What they wrote need
            not stand in the text, so the offsets of its corrected fields only tell of which amount
            they are.
    """

    id: str
    mention: Mention
    provenance: Provenance
    decisions: tuple[Decision, ...] = ()
    correction: Mention | None = None

    @property
    def counted(self) -> Mention:
        """What counts in figures: what people corrected, else what the machine read."""
        return self.correction or self.mention


@dataclass(frozen=True, slots=True)
class ClaimRelation:
    """What this claim's money is to another claim's.

    Attributes:
        type: It stands at the part, the addition, the new figure.
        to: Local id of the other claim.
        mentions: Local ids of the claim's mentions that say so.
        decisions: Local ids of the decisions by which it is so; empty where the texts say it.
    """

    type: RelationType
    to: str
    mentions: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()


Standing = Literal[
    "first statement", "restatement", "revision up", "revision down", "revision", "undated"
]


@dataclass(frozen=True, slots=True)
class Former:
    """A figure that another takes the place of.

    Attributes:
        claim: Local id of the claim that it is the figure of.
        currency: ISO 4217 code.
        low: Lower bound; None when open.
        high: Upper bound; None when open.
        per: Rate; None for a total.
    """

    claim: str
    currency: str
    low: Decimal | None
    high: Decimal | None
    per: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """What one document does when it states a claim; found by the store, not said by the text.

    Attributes:
        document: Local id (`d2`).
        published: None when unknown.
        mentions: Local ids of its mentions of the claim, in the order of the text.
        standing: `first statement` for every document of the first day. `revision` where a figure
            is replaced and which of the two is more cannot be told. `undated` where the document
            has no date, so that nobody knows what came before it.
        former: The figure that it revises; None for no revision.
        relations: Of the document alone: what it says that the money is a part or on top of.
    """

    document: str
    published: date | None
    mentions: tuple[str, ...]
    standing: Standing
    former: Former | None = None
    relations: tuple[ClaimRelation, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One pot of money.

    The figures are those of its most precise mention; where no mention is better than another, of
    the one first said.

    Attributes:
        id: Local id (`c7`): the number of its first stored mention.
        currency: ISO 4217 code.
        low: Lower bound; None when open.
        high: Upper bound; None when open.
        approximate: Every mention hedges.
        per: Rate; None for a total.
        kind: Of the mention that gives the figures.
        purpose: The first purpose wording among the mentions; None when none says.
        recipient: Likewise.
        funder: Likewise.
        timeframe: The fullest timeframe wording; None when none says.
        period_start: First day of the money's period; None when not fixed.
        period_until: Last day; None when not fixed.
        first_said: Earliest publication day among the mentions; None when no document has one.
        mentions: In order of publication day, then document, then offset.
        matches: Why they are one claim; empty for a single mention.
        relations: To other claims.
        replaced_by: Local ids of the claims whose figure a text puts in the place of this one.
        timeline: What each document does when it states the claim: by day of publication, then by
            content, documents without a date last. Found by the store, and never stored.
        silent_since: The last day on which a document states it, where the store has a document of
            a later day; None where it has none, or no document that states it has a date.
    """

    id: str
    currency: str
    low: Decimal | None
    high: Decimal | None
    approximate: bool
    per: str | None
    kind: Kind
    purpose: str | None
    recipient: str | None
    funder: str | None
    timeframe: str | None
    period_start: date | None
    period_until: date | None
    first_said: date | None
    mentions: tuple[StoredMention, ...]
    matches: tuple[Match, ...] = ()
    relations: tuple[ClaimRelation, ...] = ()
    replaced_by: tuple[str, ...] = ()
    timeline: tuple[Statement, ...] = ()
    silent_since: date | None = None

    @property
    def documents(self) -> int:
        """In how many documents it is said."""
        return len({one.provenance.document for one in self.mentions})

    @property
    def origins(self) -> int:
        """How many of them are independent: echoes and versions count with their origin."""
        places = (one.provenance for one in self.mentions)
        return len({place.echo.of if place.echo else place.document for place in places})

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What people decided about its mentions, each once, in the order in which they did."""
        found = {one.id: one for stored in self.mentions for one in stored.decisions}
        return tuple(sorted(found.values(), key=lambda one: one.at))
