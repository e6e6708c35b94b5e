"""Count amounts of a page with known article text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.ingest.pages import Page


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of amounts, which add up over pages.

    Attributes:
        amounts: The article's.
        kept: Those of them that were read.
        others: Those around the article.
        let_in: Those of them that were read.
    """

    amounts: int = 0
    kept: int = 0
    others: int = 0
    let_in: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.amounts + other.amounts,
            self.kept + other.kept,
            self.others + other.others,
            self.let_in + other.let_in,
        )

    @property
    def recall(self) -> float:
        """The share of the article's amounts that were read."""
        return self.kept / self.amounts if self.amounts else 1

    @property
    def precision(self) -> float:
        """The share of the article's amounts among those that were read."""
        read = self.kept + self.let_in
        return self.kept / read if read else 1


def held(text: str, amount: str) -> bool:
    """Tell whether an amount stands in a text as itself, not as a part of another."""
    return re.search(rf"(?<![\d,.]){re.escape(amount)}(?![\w,.]\d)", text) is not None


def score(page: Page, text: str) -> Score:
    """Count what of a page's amounts stands in a text."""
    kept = sum(held(text, amount) for amount in page.amounts)
    let_in = sum(held(text, amount) for amount in page.others)
    return Score(len(page.amounts), kept, len(page.others), let_in)
