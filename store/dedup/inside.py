"""Compare two pots of one document: is the second amount the first one said again?

One text repeats its figures more often than it states an equal figure for something else, so an
equal amount speaks for itself unless the text tells the two apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.mention import Relation
from store.dedup.candidate import Candidate, LocalPot
from store.dedup.figure import Meeting
from store.dedup.profile import Profile
from store.dedup.verdict import (
    THRESHOLD,
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
from store.dedup.words import reference

# Weights in hundredths, of which THRESHOLD joins two pots: docs/matching.md says what each stands
# for and how it was found. By shared digits: two round sums are the same more often by chance.
SAME = {1: 70, 2: 85, 3: 95, 4: 100}
ROUNDED = {1: 15, 2: 45, 3: 45, 4: 60}
OTHER_PURPOSE = {1: -45, 2: -40, 3: -25, 4: -20}
LOOSE, BOTH_LOOSE = 10, 10
HEADLINE, ROUNDED_HEADLINE = 15, 30
REPEAT, ONE_SENTENCE = 20, -40
SIBLINGS, ROUNDED_SIBLINGS = -30, -50
RECIPIENT, OTHER_RECIPIENT = 10, -35
FUNDER, OTHER_FUNDER = 5, -20
OTHER_KIND, SPENT_AND_RAISED = -25, -10
PERIOD, ONLY_ONE_PAST = 4, -25
OPEN = 30  # from here on, two equal amounts can be one, if others say so


def compare_inside(left: LocalPot, right: LocalPot) -> Verdict:
    """Compare two pots of one document."""
    if wall := wall_between(left, right):
        return Verdict(gate=wall)
    found = best_meeting(left.profile, right.profile)
    if isinstance(found, Verdict):
        return found
    if found.how == "near" or _states_both(left.profile, right.profile):
        return Verdict(gate=f"one document states both: {amount_words(found)}")
    if gate := period_gate(left.profile, right.profile):
        return Verdict(gate=gate)
    return summed(
        (
            *_amount(left, right, found),
            *_purpose(left, right, found),
            *_sides(left, right),
            *period_arguments(left.profile, right.profile, PERIOD, ONLY_ONE_PAST),
        )
    )


def leaves_open(verdict: Verdict) -> bool:
    """Tell whether a document's own verdict leaves it to others if two of its pots are one."""
    rounded = any(one.code == "rounded-amount" for one in verdict.arguments)
    least = THRESHOLD if rounded else OPEN
    return verdict.gate is None and verdict.comparable and verdict.score >= least


def _states_both(left: Profile, right: Profile) -> bool:
    """Tell whether two unhedged numbers differ in their last digit: neither rounds the other."""
    return any(
        one.digits == other.digits > 1
        and one.points != other.points
        and one.points[0].adjusted() == other.points[0].adjusted()
        for one in left.figures
        for other in right.figures
        if (one.currency, one.rate) == (other.currency, other.rate)
        and not (one.loose or other.loose or one.is_range or other.is_range)
    )


def states_a_wall(candidate: Candidate) -> bool:
    """Tell whether a mention can be walled off by its own words."""
    return bool(candidate.mention.relation) or _announces_another(candidate)


def wall_between(left: LocalPot, right: LocalPot) -> str | None:
    """Return the words by which the text itself tells the two apart; None when it does not."""
    for one in left.candidates:
        for two in right.candidates:
            for here, there in ((one, two), (two, one)):
                relation = here.mention.relation
                if relation and _can_stand(relation, here, there):
                    return f"the text says {relation.type.replace('_', ' ')}"
                if there.key < here.key and _announces_another(here) and not _beside(here, there):
                    return f"the text says another: {here.before[-40:].strip()}"
    return None


def _can_stand(relation: Relation, here: Candidate, there: Candidate) -> bool:
    """Tell whether a relation points at the other mention and can be true: a part is smaller."""
    if not relation.to.overlaps(there.mention.amount.span):
        return False
    share, whole = here.mention.amount, there.mention.amount
    if relation.type != "part_of" or share.high is None or whole.high is None:
        return relation.type != "equates_to"
    return share.currency != whole.currency or share.high < whole.high


def _announces_another(candidate: Candidate) -> bool:
    newness = candidate.mention.newness
    cue = newness.cue.text if newness and newness.status == "additional" else ""
    return "other" in (reference(candidate.before), reference(cue))


def _beside(here: Candidate, there: Candidate) -> bool:
    """Tell whether the text sets one beside an amount of its sentence, and the other stood before.

    `£2.5bn for wages and another £3.4bn` may be the £3.4bn of the headline.
    """
    relation, start = here.mention.relation, here.sentence_start
    to = relation.to.start if relation and relation.type == "in_addition_to" else -1
    return there.mention.amount.span.start < start <= to


def _amount(left: LocalPot, right: LocalPot, found: Meeting) -> Iterator[Argument]:
    same = found.how == "same"
    base = (SAME if same else ROUNDED)[min(found.digits, 4)]
    yield Argument(f"{found.how}-amount", base, amount_words, (found,))
    loose = found.left.loose, found.right.loose
    if same and all(loose):
        yield Argument("both-hedged", BOTH_LOOSE, "both are hedged or bounded")
    elif not same and any(loose):
        yield Argument("hedged", LOOSE, "one of the two is hedged or bounded")
    if left.headline or right.headline:
        weight = HEADLINE if same else ROUNDED_HEADLINE
        yield Argument("headline", weight, "one stands in the headline")
    later = max(left.candidates + right.candidates, key=lambda one: one.key)
    if reference(later.before) == "repeat" and left.profile.looks_back == right.profile.looks_back:
        yield Argument(
            "said-before", REPEAT, "the text says “{}” of it", (later.before.split()[-1],)
        )
    elif _in_one_sentence(left, right):
        yield Argument("one-sentence", ONE_SENTENCE, "one sentence states both")


def _in_one_sentence(left: LocalPot, right: LocalPot) -> bool:
    return any(
        later.sentence_start <= earlier.key[1] < later.key[1]
        for one in left.candidates
        for two in right.candidates
        for earlier, later in ((one, two), (two, one))
    )


def _purpose(left: LocalPot, right: LocalPot, found: Meeting) -> Iterator[Argument]:
    like = closest(left.profile.purposes, right.profile.purposes)
    if like and like.shared:
        yield Argument("purpose", like.score // 4, shared_words, ("purpose", like))
    elif like:
        weight = _softened(OTHER_PURPOSE[min(found.digits, 4)], left, right)
        yield Argument("other-purpose", weight, "purposes share no word")
    shared_whole = set(left.profile.wholes) & set(right.profile.wholes)
    if shared_whole and not (like and like.shared):
        whole = min(shared_whole, key=lambda figure: figure.points).words()
        weight = SIBLINGS if found.how == "same" else ROUNDED_SIBLINGS
        yield Argument("siblings", weight, "both are stated as parts of {}", (whole,))


def _sides(left: LocalPot, right: LocalPot) -> Iterator[Argument]:
    one, two = left.profile, right.profile
    for code, ours, theirs, weights in (
        ("recipient", one.recipients, two.recipients, (RECIPIENT, OTHER_RECIPIENT)),
        ("funder", one.funders, two.funders, (FUNDER, OTHER_FUNDER)),
    ):
        like = closest(ours, theirs)
        if like and like.shared:
            yield Argument(code, weights[0], shared_words, (code, like))
        elif like:
            weight = _softened(weights[1], left, right)
            yield Argument(f"other-{code}", weight, "{}s share no word", (code,))
    if one.kinds.isdisjoint(two.kinds):
        pair = one.kinds | two.kinds
        weight = SPENT_AND_RAISED if pair == {"funding", "income"} else OTHER_KIND
        yield Argument("other-kind", weight, "kinds differ: {}", (" against ".join(sorted(pair)),))


def _softened(weight: int, left: LocalPot, right: LocalPot) -> int:
    """Halve what speaks against a headline and its body: a headline words things its own way."""
    return weight // 2 if left.headline or right.headline else weight
