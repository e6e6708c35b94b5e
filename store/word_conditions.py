"""What the words of `store.question_terms.WORDS` mean, in SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import BindParameter, and_, bindparam, exists, not_, or_

from store.corrected_conditions import attributed, newness_is
from store.fulltext import FullText
from store.mention_conditions import Sql, decided, in_a_mention, one_of
from store.question_terms import WordTerm
from store.tables import claim_relations, claims, decisions, documents

MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "html": "text/html",
    "text": "text/plain",
    "markdown": "text/markdown",
    "word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "excel": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "mail": "message/rfc822",
}
HEDGES: Mapping[str, tuple[str, ...]] = {
    "could": (
        *("could", "might", "may be", "may have to", "may cost", "may get", "may need"),
        *("may receive", "may spend"),
    ),
    "subject": ("subject to", "conditional on", "depends on", "depending on", "provided that"),
}
"""Phrases of a sentence by which it is no plain statement; `may` alone is a month too."""
DECISIONS: Mapping[str, str] = {
    "accepted": "accept",
    "corrected": "correct",
    "rejected": "reject",
    "same": "same",
    "different": "different",
    "partof": "part_of",
    "unsure": "not_sure",
}


def word_condition(term: WordTerm, words: FullText, revised: Collection[int]) -> Sql:
    """Return the condition that a claim meets with at least one word of a term.

    Args:
        term: Of a parsed question.
        words: The store's index.
        revised: The claims whose figure was revised, by their rows, where a term asks for `status`.
    """
    match term.field:
        case "kind":
            return claims.c.kind.in_(term.words)
        case "type":
            return in_a_mention(
                documents.c.media_type.in_([MEDIA_TYPES[word] for word in term.words])
            )
        case "missing":
            return or_(*(_MISSING[word] for word in term.words))
        case "decision":
            return or_(*map(_decision, term.words))
        case "status":
            return _any_or_none(_statuses(revised), term.words, "unclear")
        case "hedge":
            return _any_or_none(_hedges(words), term.words, "none")


def rows(ids: Collection[int]) -> BindParameter[int]:
    """Return row numbers for `in_`, written into the statement: too many may be to bind them."""
    return bindparam("rows", sorted(ids), expanding=True, literal_execute=True, unique=True)


def _any_or_none(known: Mapping[str, Sql], asked: Collection[str], none: str) -> Sql:
    """Join conditions by their words; `none` is the word for none of them."""
    parts = [known[word] for word in asked if word != none]
    if none in asked:
        parts.append(and_(*(not_(condition) for condition in known.values())))
    return or_(*parts)


def _statuses(revised: Collection[int]) -> Mapping[str, Sql]:
    said_again = and_(
        claims.c.first_said.is_not(None),
        documents.c.published.is_not(None),
        documents.c.published > claims.c.first_said,
    )
    return {
        "new": in_a_mention(newness_is("new", "additional")),
        "restated": in_a_mention(or_(said_again, newness_is("existing"))),
        "revised": claims.c.id.in_(rows(revised)),
        "partof": _related("part_of"),
        "ontop": _related("in_addition_to"),
    }


def _related(kind: str) -> Sql:
    return exists().where(claim_relations.c.claim_id == claims.c.id, claim_relations.c.type == kind)


def _hedges(words: FullText) -> Mapping[str, Sql]:
    low, high = claims.c.low_order, claims.c.high_order
    return {
        "about": claims.c.approximate == 1,
        "upto": and_(low.is_(None), high.is_not(None)),
        "atleast": and_(low.is_not(None), high.is_(None)),
        "range": and_(low.is_not(None), high.is_not(None), low != high),
        "vague": and_(low.is_(None), high.is_(None)),
        **{
            word: one_of(words.mentions_with(phrases, "sentence"))
            for word, phrases in HEDGES.items()
        },
    }


def _decision(word: str) -> Sql:
    if word == "none":
        return not_(decided(decisions.c.word.is_not(None)))
    return decided(decisions.c.word == DECISIONS[word])


_MISSING: Mapping[str, Sql] = {
    "who": and_(claims.c.funder.is_(None), not_(attributed())),
    "to": claims.c.recipient.is_(None),
    "for": claims.c.purpose.is_(None),
    "period": and_(claims.c.period_start.is_(None), claims.c.period_until.is_(None)),
    "by": claims.c.period_until.is_(None),
    "said": claims.c.first_said.is_(None),
}
