"""Compare two pots of different documents: do two texts speak of the same money?

Amount, currency, rate and period decide whether they can. What then speaks for it is how telling
the amount is, the words of purpose and parties, the days of publication, and whether the documents
share other figures: two articles on one announcement do.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from store.dedup.company import is_only, shared_figures
from store.dedup.figure import Figure, Meeting, meeting
from store.dedup.likeness import Likeness, likeness
from store.dedup.profile import Profile
from store.dedup.verdict import (
    Argument,
    Verdict,
    amount_words,
    best_meeting,
    closest,
    period_arguments,
    period_gate,
    shared_words,
    summed,
)

# Weights in hundredths, of which THRESHOLD joins two pots: docs/matching.md says what each stands
# for and how it was found. By shared digits: a round sum says little, a long number much.
SAME = {1: 10, 2: 25, 3: 40, 4: 55}
ROUNDED = {1: 0, 2: 20, 3: 30, 4: 45}
NEAR, DERIVED, COUNTED = 15, -10, 10
LARGE, LARGE_AMOUNT = Decimal(10) ** 9, 5
UNSUPPORTED, TELLS_ALONE = {1: -15, 2: -15, 3: -10}, 4  # what is bare needs as many digits
SUBJECT_SUPPORTS = 3  # or as many where the documents share words
PURPOSE_BASE, PURPOSE_REST, TOPIC_BASE, WORD = (
    10,
    5,
    10,
    8,
)  # a shared word is worth WORD for each of its weights
OTHER_PURPOSE = {1: -35, 2: -30, 3: -20, 4: -15}
OTHER_TOPIC = -5
RECIPIENT, OTHER_RECIPIENT = 10, -30
FUNDER, OTHER_FUNDER = 10, -5
OTHER_KIND, OTHER_COUNTRY, ONLY_ONE_PAST = -15, -10, -10
PERIOD = 6  # for each degree in which two periods agree
DAYS = ((3, 15), (14, 10), (60, 5))  # at most so many days apart
YEAR, YEAR_APART = 300, {1: -15, 2: -10}
BOTH_OPEN = 10
SUBJECT = ((4, 10), (2, 5))  # at least so many words shared by the documents
COMPANY_ONE, COMPANY_STEP, COMPANY_MOST = 4, 10, 40  # for each other figure shared
CHANCE = 10  # so many pairs of figures share one by chance, worth 1
LINKED, ONLY_ONE = 20, 30  # from LINKED on, two documents tell of one announcement
SAME_WHOLE, OTHER_WHOLE = 25, -10
TELLING = 2  # what one telling word weighs
SUPPORT = frozenset(
    {
        "purpose",
        "other-purpose",
        "topic",
        "recipient",
        "funder",
        "company",
        "same-whole",
        "same-past",
    }
)
CLOCK = ("year", "month", "week", "day", "hour")


def compare_across(left: Profile, right: Profile) -> Verdict:
    """Compare two pots of different documents."""
    found = best_meeting(left, right)
    if isinstance(found, Verdict):
        return found
    if gate := period_gate(left, right):
        return Verdict(gate=gate)
    subject = _subject(left, right)
    arguments = [
        *amount_arguments(found),
        *kind_arguments(left, right),
        *_purpose(left, right, found),
        *_parties(left, right),
        *_days(left, right, found),
        *_documents(left, right, found, subject),
        *period_arguments(left, right, PERIOD, ONLY_ONE_PAST),
    ]
    enough = SUBJECT_SUPPORTS if subject else TELLS_ALONE
    if found.digits < enough and SUPPORT.isdisjoint([one.code for one in arguments]):
        why = f"no word {'of the money itself ' if subject else ''}and no other figure is shared"
        arguments.append(Argument("unsupported", UNSUPPORTED[found.digits], why))
    return summed(arguments)


def amount_arguments(found: Meeting) -> Iterator[Argument]:
    """Argue from the two figures alone."""
    digits = min(found.digits, 4)
    weight = {"same": SAME[digits], "rounded": ROUNDED[digits], "near": NEAR}[found.how]
    yield Argument(f"{found.how}-amount", weight, amount_words, (found,))
    if weight and found.left.points[-1] >= LARGE:
        yield Argument("large", LARGE_AMOUNT, "amounts of a billion and more are few")
    if found.left.derived or found.right.derived:
        yield Argument("worked-out", DERIVED, "one total is its rate times its length")
    rate = found.left.rate
    if rate and rate not in CLOCK:
        yield Argument("counted-by", COUNTED, "both are counted by the {}", (rate,))


def kind_arguments(left: Profile, right: Profile) -> Iterator[Argument]:
    """Argue from what kind of money the two are."""
    if left.kinds.isdisjoint(right.kinds):
        pair = sorted(left.kinds | right.kinds)
        yield Argument("other-kind", OTHER_KIND, "kinds differ: {}", (" against ".join(pair),))


def _purpose(left: Profile, right: Profile, found: Meeting) -> Iterator[Argument]:
    like = closest(left.purposes, right.purposes)
    if like and like.weight > 1:
        weight = min(like.score * 2 // 5, WORD * like.weight)
        weight = weight + PURPOSE_BASE if like.whole else weight - PURPOSE_REST
        yield Argument("purpose", weight, shared_words, ("purpose", like))
        return
    if like and not like.shared:
        weight = OTHER_PURPOSE[min(found.digits, 4)]
        yield Argument("other-purpose", weight, "purposes share no word")
    ours, theirs = left.topic, right.topic
    topic = likeness(ours, theirs)
    if topic.weight > 1 and not _share_funders_alone(left, right):
        weight = topic.score // 5
        weight += TOPIC_BASE if topic.whole or topic.weight > TELLING else 0
        yield Argument("topic", weight, shared_words, ("purpose and parties", topic))
    elif ours.terms and theirs.terms and not topic.shared and not like:
        yield Argument("other-topic", OTHER_TOPIC, "purpose and parties share no word")


def _share_funders_alone(left: Profile, right: Profile) -> bool:
    """Tell whether two pots share words of their funders and no others.

    A funder gives to many things, and that it gives to both is a reason of its own.
    """
    if not left.funders or not right.funders:
        return False
    both = set(left.topic.stems).intersection(right.topic.stems)
    named = (*left.purposes, *left.recipients, *right.purposes, *right.recipients)
    return bool(both) and all(both.isdisjoint(words.stems) for words in named)


def _parties(left: Profile, right: Profile) -> Iterator[Argument]:
    for code, ours, theirs, weights in (
        ("recipient", left.recipients, right.recipients, (RECIPIENT, OTHER_RECIPIENT)),
        ("funder", left.funders, right.funders, (FUNDER, OTHER_FUNDER)),
    ):
        like = closest(ours, theirs) if ours and theirs else None
        if like and like.shared and not like.whole:
            yield Argument(f"other-{code}", weights[1] // 2, _partly, (code, like))
            continue
        if like and like.shared:
            yield Argument(code, weights[0], shared_words, (code, like))
        elif like:
            yield Argument(f"other-{code}", weights[1], "{}s share no word", (code,))


def _partly(field: str, like: Likeness) -> str:
    return f"{field}s share {', '.join(like.shared)} and differ in other words"


def _days(left: Profile, right: Profile, found: Meeting) -> Iterator[Argument]:
    if not left.published or not right.published:
        return
    apart = abs((left.published - right.published).days)
    weight = next((weight for days, weight in DAYS if apart <= days), 0)
    if weight:
        yield Argument("days", weight, _days_apart, (apart,))
        if left.opens and right.opens:
            yield Argument("both-open", BOTH_OPEN, "each is its document's first amount")
    elif apart > YEAR and found.digits in YEAR_APART:
        why = "published {} days apart, and round sums come back every year"
        yield Argument("year-apart", YEAR_APART[found.digits], why, (apart,))


def _days_apart(days: int) -> str:
    return f"published {days} days apart" if days > 1 else "published within a day"


def _documents(
    left: Profile, right: Profile, found: Meeting, subject: list[str]
) -> Iterator[Argument]:
    """Argue from the rest of the two documents: on one subject, figures in common are no chance."""
    if bonus := next((bonus for least, bonus in SUBJECT if len(subject) >= least), 0):
        names = ", ".join(subject[:4])
        yield Argument("subject", bonus, "the documents share words: {}", (names,))
    shared = shared_figures(left, right)
    chance = len(left.surroundings.figures) * len(right.surroundings.figures) // CHANCE
    weight = sum(COMPANY_STEP * (digits - 1) or COMPANY_ONE for _, digits in shared) - chance
    if not subject:
        weight //= 2
    if shared and weight > 0:
        yield Argument("company", min(weight, COMPANY_MOST), _shared_names, (shared,))
    wholes = [*_wholes(left.wholes, right.wholes)]
    yield from wholes
    linked = weight >= LINKED or (_same_time(left, right) and wholes and wholes[0].weight > 0)
    roughly = found.how == "rounded" and found.digits == 1
    if linked and not roughly and is_only(left, found) and is_only(right, found):
        yield Argument("only-one", ONLY_ONE, "neither document has another such amount")
    if left.country != right.country:
        yield Argument("other-country", OTHER_COUNTRY, "the documents are of two countries")


def _same_time(left: Profile, right: Profile) -> bool:
    """Tell whether two documents can be of one announcement, as far as their days are known."""
    if not left.published or not right.published:
        return True
    return abs((left.published - right.published).days) <= DAYS[-1][0]


def _shared_names(shared: list[tuple[Figure, int]]) -> str:
    names = ", ".join(figure.words() for figure, _ in shared[:3])
    return f"the documents share other figures: {names}"


def _subject(left: Profile, right: Profile) -> list[str]:
    """Return the telling words that both documents use of any money."""
    ours, theirs = left.surroundings.words, right.surroundings.words
    both = set(ours.stems).intersection(theirs.stems)
    return [term.shown for term in ours.terms if term.stem in both] if both else []


def _wholes(left: tuple[Figure, ...], right: tuple[Figure, ...]) -> Iterator[Argument]:
    if not left or not right:
        return
    if any(meeting(a, b) for a in left for b in right):
        why = "both are stated as parts of {}"
        yield Argument("same-whole", SAME_WHOLE, why, (left[0].words(),))
    else:
        why = "they are stated as parts of different amounts"
        yield Argument("other-whole", OTHER_WHOLE, why)
