"""What the store answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from records.claim import Claim, Echo
from records.document import Document
from records.mention import Mention


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a document did.

    Attributes:
        document: Its local id (`d3`).
        mentions: How many it has.
        new_claims: Claims that nothing stated before.
        restated: Mentions of claims that were stated before, in an earlier document or earlier in
            this one; with `new_claims` they come to `mentions`.
        replaced: It is a new reading of bytes that were a document already.
        echo: Of which document it is an echo or a version; None for an origin.
    """

    document: str
    mentions: int
    new_claims: int
    restated: int
    replaced: bool
    echo: Echo | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Claims that a question asked for.

    Attributes:
        claims: In the order asked for, at most as many as asked for.
        next: The cursor to ask for those behind them with; None where there are no more.
        notes: What to know before reading them, one sentence each.
    """

    claims: tuple[Claim, ...]
    next: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListTotals:
    """What the claims of one currency on a list add up to: see `store.totals`.

    Attributes:
        currency: ISO 4217.
        claims: How many there are, of any kind.
        pots: Those that count, not counting parts.
        parts: Those that are stated as part of another on the list.
        headlines: Every headline added up, those of parts too: what the money sounds like.
        distinct: Each pot once, without its parts: what it is.
        stated_new: Of that, what texts call new or additional, and none existing.
        cannot_tell: Pots of which the texts do not say whether they are new, or say both.
    """

    currency: str
    claims: int
    pots: int
    parts: int
    headlines: Decimal
    distinct: Decimal
    stated_new: Decimal
    cannot_tell: int


class Facet(NamedTuple):
    """How many claims of a list one more term leaves.

    Attributes:
        field: Of the term (`first`, `currency`, `kind`, `who`, `status`, `type`).
        value: Its value, as the store has it.
        term: As the question language writes it (`who:"HM Treasury"`).
        claims: How many.
    """

    field: str
    value: str
    term: str
    claims: int


class Summary(NamedTuple):
    """What a list comes to by currency, and how many of its claims each of some terms leaves."""

    totals: list[ListTotals]
    facets: list[Facet]


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document without its text.

    Attributes:
        id: Local id (`d2`).
        source: The name the user gave.
        title: None when unknown.
        publisher: None when unknown.
        published: None when unknown.
        media_type: As the registry of formats names it.
        captured_at: UTC.
        sha256: Of its bytes.
        mentions: How many it states.
        partial: Something of it is known to be missing.
        echo: Of which document it is an echo or a version; None for an origin.
    """

    id: str
    source: str
    title: str | None
    publisher: str | None
    published: date | None
    media_type: str
    captured_at: datetime
    sha256: str
    mentions: int
    partial: bool
    echo: Echo | None = None


class PlacedMention(NamedTuple):
    """A mention in its document.

    Attributes:
        id: Local id (`m3`).
        claim: Local id of its claim (`c1`).
        mention: The mention.
    """

    id: str
    claim: str
    mention: Mention


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with its mentions.

    Attributes:
        id: Local id (`d2`).
        document: As it was read.
        mentions: In the order of the text.
        run: Local id of the run that read it (`r1`).
        sources: Every name that its bytes came under, in the order in which they came.
        echo: Of which document it is an echo or a version; None for an origin.
    """

    id: str
    document: Document
    mentions: tuple[PlacedMention, ...]
    run: str
    sources: tuple[str, ...]
    echo: Echo | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What a store holds.

    Attributes:
        documents: Current documents.
        mentions: Their mentions.
        claims: What these state.
        refusals: Bytes that could not be read.
        pending: Bytes that were kept and not read yet: a run was cut off.
    """

    documents: int
    mentions: int
    claims: int
    refusals: int
    pending: int


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking a run back did.

    Attributes:
        run: Its local id (`r2`).
        documents: Local ids of the documents that no longer count.
        kept: Local ids of the documents that it had read, and that another run gave too.
        restored: Local ids of the documents, replaced by that run, that count again.
        claims: Claims that nothing states any more.
    """

    run: str
    documents: tuple[str, ...]
    kept: tuple[str, ...]
    restored: tuple[str, ...]
    claims: int


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run as the store knows it.

    Attributes:
        id: Local id (`r2`).
        started_at: When it was started.
        counts: Outcome words to numbers of sources; None for a run that was cut off.
        undone_at: When it was taken back; None for one that counts.
    """

    id: str
    started_at: datetime
    counts: Mapping[str, int] | None
    undone_at: datetime | None
