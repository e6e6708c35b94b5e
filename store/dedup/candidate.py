"""What matching may look at: one mention, and the pots of one document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from records.claim import Reason
from records.mention import Mention
from store.dedup.figure import figures_of
from store.dedup.profile import Key, Profile

BESIDE = 250
"""Characters from an amount within which words can belong to its own sentence."""
HEAD = 200
"""Characters of a document's head, where its headline or its first sentence stands."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One mention, without anything that depends on the order of ingestion.

    Attributes:
        document: SHA-256 of the document's bytes.
        mention: The mention.
        published: Publication day; None when unknown.
        country: ISO 3166 alpha-2, of the document.
        before: The text before the amount, from the start of its sentence; empty when unknown.
            Its last words tell `the £5m` from `a further £5m`.
        after: The text after the amount, to the end of its sentence; empty when unknown.
        written: The amount's words in the text, where a person corrected them; None elsewhere.
    """

    document: str
    mention: Mention
    published: date | None
    country: str
    before: str = ""
    after: str = ""
    written: str | None = None

    @property
    def quote(self) -> str:
        """The amount's words in the text."""
        return self.written or self.mention.amount.span.text

    @property
    def key(self) -> Key:
        """The mention's place: a total order that every store shares."""
        return self.document, self.mention.amount.span.start

    @property
    def sentence_start(self) -> int:
        """Where its sentence starts, as far as `before` tells."""
        return self.mention.amount.span.start - len(self.before)

    @property
    def is_headline(self) -> bool:
        """Tell whether it stands at the head of the document, in a line without a full stop."""
        return self.is_at_head and not re.search(r"[.!?]\W*$", self.after)

    @property
    def is_at_head(self) -> bool:
        """Tell whether it stands at the head of the document."""
        return self.mention.amount.span.start < HEAD

    @property
    def states_period(self) -> bool:
        """Tell whether its timeframe stands beside the amount; one from afar is less sure."""
        timeframe, amount = self.mention.timeframe, self.mention.amount.span
        if not timeframe:
            return False
        floor = self.sentence_start if self.before else amount.start - BESIDE
        return floor <= timeframe.span.start <= amount.end + BESIDE


@dataclass(frozen=True, slots=True)
class PairMatch:
    """Why two mentions are held to state the same money.

    Attributes:
        left: Key of the earlier mention in key order.
        right: Key of the other.
        score: Sum of the reasons' weights, hundredths.
        reasons: For and against, strongest first.
    """

    left: Key
    right: Key
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, eq=False)
class LocalPot:
    """The mentions of one document that state the same money.

    Attributes:
        candidates: In order of their offsets; never empty.
        profile: What it is compared by.
        headline: It holds the document's first amount, in a headline.
        matches: Why its mentions are one pot; empty for a single mention.
    """

    candidates: tuple[Candidate, ...]
    profile: Profile
    headline: bool = False
    matches: tuple[PairMatch, ...] = ()

    @property
    def key(self) -> Key:
        """The place of its first mention."""
        return self.profile.key

    @property
    def document(self) -> str:
        """SHA-256 of the document's bytes."""
        return self.profile.document

    @property
    def is_common(self) -> bool:
        """Tell whether its document has so many such amounts that none is told from another."""
        return not self.profile.figures and any(figures_of(one.mention) for one in self.candidates)
