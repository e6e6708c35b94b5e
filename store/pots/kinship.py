"""Whether two claims are about one pot, as far as their words tell, whatever their figures say.

The matcher bars two claims whose figures differ. An alarm asks the other way round: which claims
would be one pot, were it not for the figure? It is raised only where the words say so plainly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations, product
from typing import Any

from records.claim import Claim
from records.mention import Timeframe
from records.span import Span
from store.dedup.figure import significant
from store.dedup.likeness import Likeness
from store.dedup.period import fit, fullest
from store.dedup.verdict import closest
from store.dedup.words import Words, words_of
from store.pots.forest import place_of

ALIKE = 60
"""Score from which two purposes, or two parties, name one thing."""
NAME, TWO_WORDS, ONE_WORD = 4, 3, 2
"""What shared words weigh at least: a telling one counts 2, a broad one 1."""
STRONG = 80
"""Score from which two purposes are nearly the same words."""
MOST = 100
"""Claims that share a figure and a word, beyond which the word is too common to tell by."""
_Lane = dict[Hashable, list[int]]
"""Sort to the claims of that sort, by their places in an order that every store shares."""


@dataclass(frozen=True)
class Subject:
    """A claim with what its words are about.

    Attributes:
        claim: The claim; never one without a figure.
    """

    claim: Claim

    @cached_property
    def purposes(self) -> tuple[Words, ...]:
        """The words of each purpose that has any."""
        return _words(one.counted.purpose for one in self.claim.mentions)

    @cached_property
    def recipients(self) -> tuple[Words, ...]:
        """The words of each recipient that has any."""
        return _words(one.counted.recipient for one in self.claim.mentions)

    @cached_property
    def funders(self) -> tuple[Words, ...]:
        """The words of each funder that has any."""
        return _words(one.counted.funder for one in self.claim.mentions)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """Every word of them, in the form in which words are compared."""
        every = Words.union((*self.purposes, *self.recipients, *self.funders))
        return tuple(term.stem for term in every.terms)

    @cached_property
    def documents(self) -> frozenset[str]:
        """Local ids of the documents that state it."""
        return frozenset(one.provenance.document for one in self.claim.mentions)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days on which it was said."""
        days = (one.provenance.published for one in self.claim.mentions)
        return tuple(sorted({day for day in days if day}))

    @cached_property
    def timeframe(self) -> Timeframe | None:
        """The timeframe that says most; None when no mention has one."""
        return fullest(one.counted.timeframe for one in self.claim.mentions)

    @cached_property
    def digits(self) -> int:
        """How many significant digits its figure has."""
        assert self.claim.low is not None  # noqa: S101 - see the class
        return significant(self.claim.low)


@dataclass(frozen=True, slots=True)
class Kinship:
    """Why two claims are held to be about one pot.

    Attributes:
        words: What they share, in words.
        strong: Their purposes are nearly the same, or they share a purpose and the name of a fund.
        bare: One states no purpose, and all that they share is who gets the money.
    """

    words: str
    strong: bool
    bare: bool = False


def subjects_of(claims: Iterable[Claim]) -> list[Subject]:
    """Return the claims that state one unhedged figure, in an order that every store shares."""
    exact = (one for one in claims if one.low and one.low == one.high and not one.approximate)
    return [Subject(claim) for claim in sorted(exact, key=place_of)]


def kinship(left: Subject, right: Subject) -> Kinship | None:
    """Say what makes two claims be about one pot; None where too little does, or something bars it.

    Barred are claims that a text relates to each other, that are parts of one whole, or whose
    purposes or recipients share no word. Of periods the caller judges.
    """
    if _related(left.claim, right.claim):
        return None
    purpose = closest(left.purposes, right.purposes)
    recipient = closest(left.recipients, right.recipients)
    funder = closest(left.funders, right.funders)
    if (recipient and not recipient.shared) or (purpose and not purpose.shared):
        return None
    parties = [one for one in (recipient, funder) if one and _is_alike(one, ALIKE, ONE_WORD)]
    shared = [one for one in (purpose, recipient, funder) if one and one.shared]
    words = f"both name {', '.join(dict.fromkeys(word for one in shared for word in one.shared))}"
    if purpose is None:
        if len(parties) > 1:
            return Kinship(words, strong=False)
        bare = recipient is not None and _is_alike(recipient, STRONG, TWO_WORDS)
        return Kinship(words, strong=False, bare=True) if bare else None
    named = _is_alike(purpose, ALIKE, ONE_WORD) and parties
    if not named and not _is_alike(purpose, ALIKE, TWO_WORDS):
        return None
    fund = named and any(_is_alike(one, STRONG, NAME) for one in parties)
    return Kinship(words, strong=bool(fund) or _is_alike(purpose, STRONG, TWO_WORDS))


def periods_clash(left: Subject, right: Subject) -> bool:
    """Tell whether the two state periods that exclude each other."""
    if left.timeframe is None or right.timeframe is None:
        return False
    return fit(left.timeframe, right.timeframe).clash


def days_apart(left: Subject, right: Subject) -> int | None:
    """Return how many days lie between two claims at the least; None where a date is missing."""
    return min((abs((a - b).days) for a in left.days for b in right.days), default=None)


def pairs(
    subjects: Sequence[Subject],
    place: Callable[[Subject], Iterable[tuple[Hashable, Hashable]]],
    differ: Callable[[Any, Any], bool],
) -> Iterator[tuple[Subject, Subject]]:
    """Yield each two claims, once, that share a key and a word and whose sorts differ as they must.

    Where too many do, they must share a second word; words that are still too common tell nothing.
    So the work grows with the number of claims, not with its square.

    Args:
        subjects: In an order that every store shares.
        place: Returns the keys of a claim, each with the claim's sort under it.
        differ: Tells of two sorts whether claims of them are to be compared.
    """
    groups: dict[Hashable, _Lane] = defaultdict(lambda: defaultdict(list))
    for number, one in enumerate(subjects):
        for key, sort in place(one):
            groups[key][sort].append(number)
    seen: set[tuple[int, int]] = set()
    for group in groups.values():
        for lane in _by_word(group, subjects) if len(group) > 1 else ():
            for narrow in (
                [lane] if _is_cheap(lane) else filter(_is_cheap, _by_word(lane, subjects))
            ):
                for pair in _across(narrow, differ):
                    if pair not in seen:
                        seen.add(pair)
                        yield subjects[pair[0]], subjects[pair[1]]


def _across(lane: _Lane, differ: Callable[[Any, Any], bool]) -> Iterator[tuple[int, int]]:
    for (a, ours), (b, theirs) in combinations(lane.items(), 2):
        if differ(a, b):
            for one, other in product(ours, theirs):
                yield (one, other) if one < other else (other, one)


def _is_cheap(lane: _Lane) -> bool:
    return len(lane) < 2 or sum(map(len, lane.values())) <= MOST  # noqa: PLR2004 - a pair


def _by_word(lane: _Lane, subjects: Sequence[Subject]) -> Iterable[_Lane]:
    parts: dict[str, _Lane] = defaultdict(lambda: defaultdict(list))
    for sort, found in lane.items():
        for number in found:
            for stem in subjects[number].stems:
                parts[stem][sort].append(number)
    return parts.values()


def _words(spans: Iterable[Span | None]) -> tuple[Words, ...]:
    found = (words_of(span.text) for span in spans if span)
    return tuple(dict.fromkeys(words for words in found if words.terms))


def _is_alike(like: Likeness, score: int, weight: int) -> bool:
    return like.score >= score and like.weight >= weight


def _related(left: Claim, right: Claim) -> bool:
    near = {one.to for one in left.relations}, {one.to for one in right.relations}
    if right.id in near[0] or left.id in near[1]:
        return True
    ours, theirs = (
        {one.to for one in claim.relations if one.type == "part_of"} for claim in (left, right)
    )
    return bool(ours & theirs)
