"""Compare two pots of different documents: do two texts speak of the same money?

Amount, currency, rate and period decide whether they can. What then speaks for it is how telling
the amount is, the words of purpose and parties, the days of publication, and whether the documents
share other figures: two articles on one announcement do.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from records.claim import Reason
from store.dedup.candidate import LocalPot
from store.dedup.company import is_only, shared_figures
from store.dedup.figure import Figure, Meeting, meeting
from store.dedup.verdict import (
    Verdict,
    amount_words,
    best_meeting,
    closest,
    period_gate,
    period_reasons,
    summed,
)
from store.dedup.words import likeness

# Weights in hundredths, of which THRESHOLD joins two pots: docs/matching.md says what each stands
# for and how it was found. By shared digits: a round sum says little, a long number much.
SAME = {1: 10, 2: 25, 3: 40, 4: 55}
ROUNDED = {1: 0, 2: 20, 3: 30, 4: 45}
NEAR, DERIVED, COUNTED = 15, -10, 10
LARGE, LARGE_AMOUNT = Decimal(10) ** 9, 5
UNSUPPORTED, TELLS_ALONE = -15, 4  # what is bare needs as many digits
PURPOSE_BASE, TOPIC_BASE, WORD = 10, 10, 8  # a shared word is worth WORD for each of its weights
OTHER_PURPOSE = {1: -35, 2: -30, 3: -20, 4: -15}
OTHER_TOPIC = -5
RECIPIENT, OTHER_RECIPIENT = 10, -15
FUNDER, OTHER_FUNDER = 10, -5
OTHER_KIND, OTHER_COUNTRY, ONLY_ONE_PAST = -15, -10, -10
PERIOD = 6  # for each degree in which two periods agree
DAYS = ((3, 15), (14, 10), (60, 5))  # at most so many days apart
YEAR_APART = (300, -15)
BOTH_OPEN = 10
SUBJECT = ((4, 10), (2, 5))  # at least so many words shared by the documents
COMPANY_ONE, COMPANY_STEP, COMPANY_MOST = 4, 10, 40  # for each other figure shared
CHANCE = 20  # so many pairs of figures share one by chance, worth 1
LINKED, ONLY_ONE = 20, 30  # from LINKED on, two documents tell of one announcement
SAME_WHOLE, OTHER_WHOLE = 25, -10
SUPPORT = frozenset({"purpose", "topic", "recipient", "funder", "company", "same-whole"})
CLOCK = ("year", "month", "week", "day", "hour")


def compare_across(left: LocalPot, right: LocalPot) -> Verdict:
    """Compare two pots of different documents."""
    found = best_meeting(left, right)
    if isinstance(found, Verdict):
        return found
    if gate := period_gate(left, right):
        return Verdict(gate=gate)
    reasons = [
        *_amount(left, right, found),
        *_purpose(left, right, found),
        *_parties(left, right),
        *_days(left, right, found),
        *_documents(left, right, found),
        *period_reasons(left, right, PERIOD, ONLY_ONE_PAST),
    ]
    alone = not _subject(left, right) and not any(one.code in SUPPORT for one in reasons)
    if alone and found.digits < TELLS_ALONE:
        reasons.append(Reason("unsupported", UNSUPPORTED, "no word and no other figure is shared"))
    return summed(reasons)


def _amount(left: LocalPot, right: LocalPot, found: Meeting) -> Iterator[Reason]:
    digits = min(found.digits, 4)
    weight = {"same": SAME[digits], "rounded": ROUNDED[digits], "near": NEAR}[found.how]
    yield Reason(f"{found.how}-amount", weight, amount_words(found))
    if found.left.points[-1] >= LARGE and weight:
        yield Reason("large", LARGE_AMOUNT, "amounts of a billion and more are few")
    if found.left.derived or found.right.derived:
        yield Reason("worked-out", DERIVED, "one total is its rate times its length")
    rate = found.left.rate
    if rate and rate not in CLOCK:
        yield Reason("counted-by", COUNTED, f"both are counted by the {rate}")
    if not left.kinds & right.kinds:
        pair = " against ".join(sorted(left.kinds | right.kinds))
        yield Reason("other-kind", OTHER_KIND, f"kinds differ: {pair}")


def _purpose(left: LocalPot, right: LocalPot, found: Meeting) -> Iterator[Reason]:
    like = closest(left.purposes, right.purposes)
    if like and like.weight > 1:
        weight = PURPOSE_BASE + min(like.score * 2 // 5, WORD * like.weight)
        yield Reason("purpose", weight, f"purpose shares {', '.join(like.shared)}")
        return
    if like and not like.shared:
        weight = OTHER_PURPOSE[min(found.digits, 4)]
        yield Reason("other-purpose", weight, "purposes share no word")
    topic = likeness(left.topic, right.topic)
    if topic.weight > 1:
        weight = TOPIC_BASE + topic.score // 5
        yield Reason("topic", weight, f"purpose and parties share {', '.join(topic.shared)}")
    elif left.topic.terms and right.topic.terms and not topic.shared and not like:
        yield Reason("other-topic", OTHER_TOPIC, "purpose and parties share no word")


def _parties(left: LocalPot, right: LocalPot) -> Iterator[Reason]:
    for code, ours, theirs, weights in (
        ("recipient", left.recipients, right.recipients, (RECIPIENT, OTHER_RECIPIENT)),
        ("funder", left.funders, right.funders, (FUNDER, OTHER_FUNDER)),
    ):
        like = closest(ours, theirs)
        if like and like.shared:
            yield Reason(code, weights[0], f"{code} shares {', '.join(like.shared)}")
        elif like:
            yield Reason(f"other-{code}", weights[1], f"{code}s share no word")


def _days(left: LocalPot, right: LocalPot, found: Meeting) -> Iterator[Reason]:
    if not left.published or not right.published:
        return
    apart = abs((left.published - right.published).days)
    text = f"published {apart} days apart" if apart > 1 else "published within a day"
    weight = next((weight for days, weight in DAYS if apart <= days), 0)
    if weight:
        yield Reason("days", weight, text)
        if left.opens and right.opens:
            yield Reason("both-open", BOTH_OPEN, "each is its document's first amount")
    elif apart > YEAR_APART[0] and found.digits == 1:
        yield Reason("year-apart", YEAR_APART[1], f"{text}, and round sums come back every year")


def _documents(left: LocalPot, right: LocalPot, found: Meeting) -> Iterator[Reason]:
    """Argue from the rest of the two documents: on one subject, figures in common are no chance."""
    subject = _subject(left, right)
    if bonus := next((bonus for least, bonus in SUBJECT if len(subject) >= least), 0):
        names = ", ".join(subject[:4])
        yield Reason("subject", bonus, f"the documents share words: {names}")
    shared = shared_figures(left, right)
    chance = len(left.surroundings.figures) * len(right.surroundings.figures) // CHANCE
    weight = sum(COMPANY_STEP * (digits - 1) or COMPANY_ONE for _, digits in shared) - chance
    if not subject:
        weight //= 2
    if shared and weight > 0:
        names = ", ".join(figure.words() for figure, _ in shared[:3])
        text = f"the documents share other figures: {names}"
        yield Reason("company", min(weight, COMPANY_MOST), text)
    wholes = [*_wholes(left.wholes, right.wholes)]
    yield from wholes
    linked = weight >= LINKED or any(reason.weight > 0 for reason in wholes)
    roughly = found.how == "rounded" and found.digits == 1
    if linked and not roughly and is_only(left, found) and is_only(right, found):
        yield Reason("only-one", ONLY_ONE, "neither document has another such amount")
    if left.candidates[0].country != right.candidates[0].country:
        yield Reason("other-country", OTHER_COUNTRY, "the documents are of two countries")


def _subject(left: LocalPot, right: LocalPot) -> list[str]:
    """Return the telling words that both documents use of any money."""
    ours, theirs = left.surroundings.words.by_stem, right.surroundings.words.by_stem
    return [ours[stem].shown for stem in sorted(ours.keys() & theirs.keys())]


def _wholes(left: tuple[Figure, ...], right: tuple[Figure, ...]) -> Iterator[Reason]:
    if not left or not right:
        return
    if any(meeting(a, b) for a in left for b in right):
        yield Reason("same-whole", SAME_WHOLE, f"both are stated as parts of {left[0].words()}")
    else:
        yield Reason("other-whole", OTHER_WHOLE, "they are stated as parts of different amounts")
