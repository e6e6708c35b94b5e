"""What the store answers with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from records.claim import Claim
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
    """

    document: str
    mentions: int
    new_claims: int
    restated: int
    replaced: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Claims that a question asked for.

    Attributes:
        claims: In the order asked for, at most as many as asked for.
        total: How many there are.
        notes: What to know before reading them, one sentence each.
    """

    claims: tuple[Claim, ...]
    total: int
    notes: tuple[str, ...]


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
    """

    id: str
    document: Document
    mentions: tuple[PlacedMention, ...]
    run: str
    sources: tuple[str, ...]


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
