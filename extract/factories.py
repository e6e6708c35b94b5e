"""Earmark's components as factories of spaCy, so that any spaCy pipeline can use them.

Extraction itself runs its components on pages (`extract.pipeline`) and needs no spaCy.
"""

from __future__ import annotations

import spacy
from spacy.language import Language

from extract.components.amount import AmountFinder
from extract.components.carry import TimeframeCarrier
from extract.components.kind import KindFinder
from extract.components.newness import NewnessFinder
from extract.components.parties import PartiesFinder
from extract.components.purpose import PurposeFinder
from extract.components.relation import RelationFinder
from extract.components.table import TableReader
from extract.components.timeframe import TimeframeFinder
from extract.pipeline import COMPONENTS


def build() -> Language:
    """Return a new blank English pipeline with every component."""
    nlp = spacy.blank("en")
    nlp.max_length = 10**9  # the tokenizer alone needs no memory beyond the text's own
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


@Language.factory("earmark_amount", assigns=["doc.spans"])
def make_amount(nlp: Language, name: str) -> AmountFinder:
    """Return the component."""
    return AmountFinder()


@Language.factory("earmark_timeframe", assigns=["doc.spans"], requires=["doc.spans"])
def make_timeframe(nlp: Language, name: str) -> TimeframeFinder:
    """Return the component."""
    return TimeframeFinder()


@Language.factory("earmark_kind", assigns=["doc.spans"], requires=["doc.spans"])
def make_kind(nlp: Language, name: str) -> KindFinder:
    """Return the component."""
    return KindFinder()


@Language.factory("earmark_purpose", assigns=["doc.spans"], requires=["doc.spans"])
def make_purpose(nlp: Language, name: str) -> PurposeFinder:
    """Return the component."""
    return PurposeFinder()


@Language.factory("earmark_parties", assigns=["doc.spans"], requires=["doc.spans"])
def make_parties(nlp: Language, name: str) -> PartiesFinder:
    """Return the component."""
    return PartiesFinder()


@Language.factory("earmark_relation", assigns=["doc.spans"], requires=["doc.spans"])
def make_relation(nlp: Language, name: str) -> RelationFinder:
    """Return the component."""
    return RelationFinder()


@Language.factory("earmark_newness", assigns=["doc.spans"], requires=["doc.spans"])
def make_newness(nlp: Language, name: str) -> NewnessFinder:
    """Return the component."""
    return NewnessFinder()


@Language.factory("earmark_carry", assigns=["doc.spans"], requires=["doc.spans"])
def make_carry(nlp: Language, name: str) -> TimeframeCarrier:
    """Return the component."""
    return TimeframeCarrier()


@Language.factory("earmark_table", assigns=["doc.spans"], requires=["doc.spans"])
def make_table(nlp: Language, name: str) -> TableReader:
    """Return the component."""
    return TableReader()
