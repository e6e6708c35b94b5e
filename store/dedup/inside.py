"""Compare two pots of one document: is the second amount the first one said again?

One text repeats its figures more often than it states an equal figure for something else, so an
equal amount speaks for itself unless the text tells the two apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.claim import Reason
from records.mention import Relation
from store.dedup.candidate import Candidate, LocalPot
from store.dedup.figure import Meeting
from store.dedup.verdict import (
    Verdict,
    amount_words,
    best_meeting,
    closest,
    period_gate,
    period_reasons,
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


def compare_inside(left: LocalPot, right: LocalPot) -> Verdict:
    """Compare two pots of one document."""
    if wall := _wall(left, right):
        return Verdict(gate=wall)
    found = best_meeting(left, right)
    if isinstance(found, Verdict):
        return found
    if found.how == "near":
        return Verdict(gate=f"one document states both: {amount_words(found)}")
    if gate := period_gate(left, right):
        return Verdict(gate=gate)
    return summed(
        (
            *_amount(left, right, found),
            *_purpose(left, right, found),
            *_sides(left, right),
            *period_reasons(left, right, PERIOD, ONLY_ONE_PAST),
        )
    )


def _wall(left: LocalPot, right: LocalPot) -> str | None:
    """Return the words by which the text itself tells the two apart; None when it does not."""
    for one in left.candidates:
        for two in right.candidates:
            for here, there in ((one, two), (two, one)):
                relation = here.mention.relation
                if relation and _can_stand(relation, here, there):
                    return f"the text says {relation.type.replace('_', ' ')}"
                if there.key < here.key and _announces_another(here):
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


def _amount(left: LocalPot, right: LocalPot, found: Meeting) -> Iterator[Reason]:
    same = found.how == "same"
    base = (SAME if same else ROUNDED)[min(found.digits, 4)]
    yield Reason(f"{found.how}-amount", base, amount_words(found))
    loose = found.left.loose, found.right.loose
    if same and all(loose):
        yield Reason("both-hedged", BOTH_LOOSE, "both are hedged or bounded")
    elif not same and any(loose):
        yield Reason("hedged", LOOSE, "one of the two is hedged or bounded")
    if left.headline or right.headline:
        weight = HEADLINE if same else ROUNDED_HEADLINE
        yield Reason("headline", weight, "one stands in the headline")
    later = max(left.candidates + right.candidates, key=lambda one: one.key)
    if reference(later.before) == "repeat" and left.looks_back == right.looks_back:
        yield Reason("said-before", REPEAT, f"the text says “{later.before.split()[-1]}” of it")
    elif _in_one_sentence(left, right):
        yield Reason("one-sentence", ONE_SENTENCE, "one sentence states both")


def _in_one_sentence(left: LocalPot, right: LocalPot) -> bool:
    return any(
        later.sentence_start <= earlier.key[1] < later.key[1]
        for one in left.candidates
        for two in right.candidates
        for earlier, later in ((one, two), (two, one))
    )


def _purpose(left: LocalPot, right: LocalPot, found: Meeting) -> Iterator[Reason]:
    like = closest(left.purposes, right.purposes)
    if like and like.shared:
        yield Reason("purpose", like.score // 4, f"purpose shares {', '.join(like.shared)}")
    elif like:
        weight = _softened(OTHER_PURPOSE[min(found.digits, 4)], left, right)
        yield Reason("other-purpose", weight, "purposes share no word")
    shared_whole = set(left.wholes) & set(right.wholes)
    if shared_whole and not (like and like.shared):
        whole = min(shared_whole, key=lambda figure: figure.points).words()
        weight = SIBLINGS if found.how == "same" else ROUNDED_SIBLINGS
        yield Reason("siblings", weight, f"both are stated as parts of {whole}")


def _sides(left: LocalPot, right: LocalPot) -> Iterator[Reason]:
    for code, ours, theirs, weights in (
        ("recipient", left.recipients, right.recipients, (RECIPIENT, OTHER_RECIPIENT)),
        ("funder", left.funders, right.funders, (FUNDER, OTHER_FUNDER)),
    ):
        like = closest(ours, theirs)
        if like and like.shared:
            yield Reason(code, weights[0], f"{code} shares {', '.join(like.shared)}")
        elif like:
            weight = _softened(weights[1], left, right)
            yield Reason(f"other-{code}", weight, f"{code}s share no word")
    if not left.kinds & right.kinds:
        pair = left.kinds | right.kinds
        weight = SPENT_AND_RAISED if pair == {"funding", "income"} else OTHER_KIND
        yield Reason("other-kind", weight, f"kinds differ: {' against '.join(sorted(pair))}")


def _softened(weight: int, left: LocalPot, right: LocalPot) -> int:
    """Halve what speaks against a headline and its body: a headline words things its own way."""
    return weight // 2 if left.headline or right.headline else weight
