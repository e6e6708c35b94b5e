"""Claims like a pot of a text that is in no store: of about its amount, or for its purpose."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from itertools import product

from sqlalchemy import Connection, func, or_, select

from records.claim import Claim
from records.money import exponent, is_currency
from records.span import Span
from store.dedup.candidate import LocalPot
from store.dedup.likeness import likeness
from store.dedup.period import fit, fullest
from store.dedup.verdict import closest
from store.dedup.words import Words, same_rate, words_of
from store.provenance import read_claims
from store.tables import claims

ALIKE, TELLING = 60, 4
"""From which likeness, and weight of shared words, two purposes are one."""
SAME = 100
"""Likeness of equal words, of which one alone is enough."""
MOST = 50
"""Claims that are looked at, those with the most words in common first."""
MOST_OF_AMOUNT = 200
"""Claims of one amount that are looked at."""


def claims_of_the_amount(connection: Connection, pot: LocalPot) -> list[int]:
    """Return claims whose figures can be a pot's, by their rows, the nearest amounts first.

    Far too many rather than one too few: what the words of an amount leave open is for the matcher.
    Of equal ones come first those first said last.
    """
    found: list[tuple[int, int]] = []
    for figure in pot.profile.figures:
        scale = exponent(figure.currency) if is_currency(figure.currency) else 0
        low, high = (int(bound.scaleb(scale)) for bound in figure.reach)
        least = func.coalesce(claims.c.low_minor, claims.c.high_minor)
        most = func.coalesce(claims.c.high_minor, claims.c.low_minor)
        gap = func.abs(least - int(figure.points[0].scaleb(scale)))
        rows = connection.execute(
            select(claims.c.id, claims.c.per, gap.label("gap"))
            .where(claims.c.currency == figure.currency)
            .where(least <= high + high // 2, most >= low // 2)
            .order_by(gap, claims.c.first_said.desc(), claims.c.purpose, claims.c.id)
            .limit(MOST_OF_AMOUNT)
        )
        found += [(row.gap, row.id) for row in rows if same_rate(figure.rate, row.per)]
    return list(dict.fromkeys(claim for _, claim in sorted(found, key=lambda one: one[0])))


def claims_for_the_same(
    connection: Connection, pot: LocalPot, known: Collection[int]
) -> list[Claim]:
    """Return claims for what a pot is for, the most alike first.

    They share currency, rate and kind with it, and neither a recipient nor a period tells the two
    apart.

    Args:
        connection: In a transaction.
        pot: Of a text that is in no store.
        known: Claims to leave out, by their rows: they were found by their amount.
    """
    found = []
    for claim in read_claims(connection, _with_words(connection, pot, known)):
        score = _alike(pot.profile.purposes, _words(one.counted.purpose for one in claim.mentions))
        if score and not _told_apart(pot, claim):
            found.append((-score, claim.first_said or date.max, claim.purpose or "", claim))
    return [claim for *_, claim in sorted(found, key=lambda one: one[:3])]


def _alike(ours: Iterable[Words], theirs: Iterable[Words]) -> int:
    """Return the score of the two wordings that are most alike; 0 where none are enough."""
    found = (likeness(a, b) for a, b in product(ours, theirs))
    enough = (like for like in found if like.weight >= TELLING or like.score == SAME)
    return max((like.score for like in enough if like.score >= ALIKE), default=0)


def _with_words(connection: Connection, pot: LocalPot, known: Collection[int]) -> list[int]:
    """Return claims that share telling words of the purpose, by their rows."""
    stems = {term.stem for words in pot.profile.purposes for term in words.terms if term.weight > 1}
    currencies = {figure.currency for figure in pot.profile.figures}
    if not stems or not currencies:
        return []
    held = [claims.c.purpose_words.contains(f" {stem} ", autoescape=True) for stem in sorted(stems)]
    query = select(claims.c.id, claims.c.purpose_words, claims.c.per).where(
        claims.c.currency.in_(currencies), claims.c.kind.in_(pot.profile.kinds), or_(*held)
    )
    found = [
        (-len(stems.intersection(row.purpose_words.split())), row.purpose_words, row.id)
        for row in connection.execute(query)
        if row.id not in known
        and any(same_rate(figure.rate, row.per) for figure in pot.profile.figures)
    ]
    return [claim for *_, claim in sorted(found)[:MOST]]


def _told_apart(pot: LocalPot, claim: Claim) -> bool:
    takers = closest(
        pot.profile.recipients, _words(one.counted.recipient for one in claim.mentions)
    )
    theirs = fullest(one.counted.timeframe for one in claim.mentions)
    clash = bool(pot.profile.timeframe and theirs and fit(pot.profile.timeframe, theirs).clash)
    return clash or (takers is not None and not takers.shared)


def _words(spans: Iterable[Span | None]) -> tuple[Words, ...]:
    found = dict.fromkeys(words_of(span.text) for span in spans if span)
    return tuple(words for words in found if words.terms)
