"""Why two sums of the store are one claim or two: judged again, with words for each reason."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from sqlalchemy import Connection

from records.claim import Claim, Match
from records.decision import Decision
from records.errors import SettingsError
from records.why import Judgement, PairJudgement
from store.dedup.local import MOST_ALIKE
from store.documents import read_claim
from store.judging import MEAN, THRESHOLD, Verdict, alone, apart_by, pots_of_claims, score
from store.matching import Matching
from store.whatif import Side, changes
from store.write import number_of

MOST_POTS, MOST_PAIRS = 60, 3
"""Pots of one claim that are compared, the first ones; and pairs that are named."""


def judge_ids(connection: Connection, matching: Matching, left: str, right: str) -> Judgement:
    """Say why two mentions, two claims, or a mention and a claim are one or not.

    Raises:
        ClaimNotFoundError: The store has no such id.
        SettingsError: Both are the same.
    """
    if left == right:
        raise SettingsError(f"{left} was named twice; name two, or one alone: earmark why {left}")
    one, other = _asked(connection, matching, left), _asked(connection, matching, right)
    same = one.claim.id == other.claim.id
    pairs = _pairs(one, other)
    widened = not same and any(pair.verdict.joins for pair in pairs)
    if widened:  # what the two alone do not tell, the rest of their claims does
        pairs = _pairs(one.whole(), other.whole())
    open_ones = [pair.verdict.score for pair in pairs if pair.is_open]
    telling = _telling(pairs, same=same)
    decided = _decisions(one, other)
    return Judgement(
        left=left,
        right=right,
        same=same,
        because=_decided(decided, same=same) or _because(one, other, pairs, widened=widened),
        threshold=THRESHOLD,
        mean=sum(open_ones) // len(open_ones) if open_ones else None,
        pairs=tuple(pair.judgement() for pair in telling),
        pairs_compared=len(pairs),
        steps=() if not same or any(pair.verdict.joins for pair in pairs) else _steps(one, other),
        changes=_undos(decided) or (changes(telling[0].left, telling[0].right) if telling else ()),
        decisions=decided,
    )


def _decisions(one: _Asked, other: _Asked) -> tuple[Decision, ...]:
    """Return what people decided about a mention of one side and one of the other."""
    ours, theirs = one.mentions(), other.mentions()
    if one.claim.id != other.claim.id:
        ours, theirs = ({each.id for each in side.claim.mentions} for side in (one, other))
    return tuple(
        decision
        for decision in one.claim.decisions
        if decision.other
        and any(decision.concerns(name) for name in ours)
        and any(decision.concerns(name) for name in theirs)
        and decision.mention.id != decision.other.id
    )


def _decided(decisions: Sequence[Decision], *, same: bool) -> str | None:
    words = ("same",) if same else ("different", "part_of")
    told = [decision.told for decision in decisions if decision.word in words]
    return "; ".join(told) or None


def _undos(decisions: Sequence[Decision]) -> tuple[str, ...]:
    """Say what would let the matcher decide; empty where no person did."""
    held = [one for one in decisions if one.word != "not_sure"]
    return tuple(f"{one.id} taken back: earmark undo {one.id}" for one in held)


class _Asked(NamedTuple):
    """What an id stands for.

    Attributes:
        id: As asked for.
        claim: The claim, or that which the mention states.
        sides: The pots that it stands for.
        every: The pots of the whole claim.
    """

    id: str
    claim: Claim
    sides: tuple[Side, ...]
    every: tuple[Side, ...]

    def mentions(self) -> set[str]:
        """The ids of the mentions that it stands for."""
        if self.id.startswith("m"):
            return {self.id}
        return {one.id for one in self.claim.mentions}

    def whole(self) -> _Asked:
        return self._replace(sides=self.every)


class _Pair(NamedTuple):
    left: Side
    right: Side
    verdict: Verdict

    @property
    def is_open(self) -> bool:
        return self.verdict.comparable and self.verdict.gate is None

    def judgement(self) -> PairJudgement:
        verdict = self.verdict
        return PairJudgement(
            left=self.left.name,
            right=self.right.name,
            score=verdict.score,
            reasons=verdict.reasons,
            gate=verdict.gate,
            incomparable=None if verdict.comparable else _incomparable(self.left, self.right),
        )


def _asked(connection: Connection, matching: Matching, name: str) -> _Asked:
    claim = read_claim(connection, name)
    every, own = [], []
    for one in pots_of_claims(connection, matching, [number_of("c", claim.id)]):
        every.append(Side(one.pot, one.names))
        if name in one.names:
            own.append(Side(one.pot, one.names, one.names.index(name)))
    return _Asked(name, claim, tuple(own or every)[:MOST_POTS], tuple(every)[:MOST_POTS])


def _pairs(one: _Asked, other: _Asked) -> list[_Pair]:
    """Judge every pot of one against every pot of the other."""
    found = []
    for left, right in product(one.sides, other.sides):
        if left.pot.key != right.pot.key:
            found.append(_Pair(left, right, score(left.pot, right.pot)))
        elif left.name != right.name and one.id[0] == other.id[0] == "m":
            singles = _single(left), _single(right)
            found.append(_Pair(*singles, score(singles[0].pot, singles[1].pot)))
    return found


def _single(side: Side) -> Side:
    """Return the one mention of a pot that was asked for, as a pot of its own."""
    return Side(alone(side.pot, side.place), (side.name,))


def _telling(pairs: Sequence[_Pair], *, same: bool) -> list[_Pair]:
    """Return the pairs that tell most: what joins, and where the two differ what bars."""
    best = sorted((pair for pair in pairs if pair.is_open), key=lambda pair: -pair.verdict.score)
    barred = [pair for pair in pairs if pair.verdict.gate is not None]
    if same:
        return best[:MOST_PAIRS]
    return [*barred[:1], *best[:1], *barred[1:]][:MOST_PAIRS] or list(pairs[:1])


def _because(one: _Asked, other: _Asked, pairs: Sequence[_Pair], *, widened: bool) -> str:
    scores = [pair.verdict.score for pair in pairs if pair.is_open]
    mean = f"{sum(scores) / len(scores) / 100:.2f}" if scores else "nothing"
    average = f"what speaks for it comes to {mean}" + (" on average" if len(scores) > 1 else "")
    needed = MEAN if len(scores) > 1 else THRESHOLD
    enough = bool(scores) and max(scores) >= THRESHOLD and sum(scores) >= needed * len(scores)
    if one.claim.id != other.claim.id:
        alone = "alone they would be one, but their claims are not: " if widened else ""
        if not enough:
            average += f", and {needed / 100:.2f} is needed"
        return alone + _because_different(pairs, average, enough=enough)
    if not pairs:
        return f"one text states it all as one sum, {one.claim.id}"
    if enough:
        return f"{average}, and {needed / 100:.2f} is enough"
    return f"alone they would not be one, for {average}; other mentions of {one.claim.id} join them"


def _because_different(pairs: Sequence[_Pair], average: str, *, enough: bool) -> str:
    barred = [pair for pair in pairs if pair.verdict.gate is not None]
    if barred:
        number = f"{len(barred)} of {len(pairs)} pairs are barred: " if len(pairs) > 1 else ""
        return f"{number}{barred[0].verdict.gate}"
    if not any(pair.is_open for pair in pairs):
        return _incomparable(pairs[0].left, pairs[0].right)
    if not enough:
        return average
    apart = {apart_by(pair.left.pot.profile, pair.right.pot.profile) for pair in pairs}
    if "" not in apart:
        return f"{average}, but they were never compared: {min(apart)}"
    return f"{average}, but one of them could as well be a third claim's, so neither was joined"


def _incomparable(left: Side, right: Side) -> str:
    """Say why no figure of one pot can be held against one of the other."""
    for side in (left, right):
        if side.pot.is_common:
            return (
                f"the text of {side.name} states more than {MOST_ALIKE} such amounts: entries of a "
                "list, which match nothing"
            )
        if not side.pot.profile.figures:
            return f"{side.name} states no figure that could be held against another"
    ours, theirs = (side.pot.profile.figures for side in (left, right))
    if {figure.currency for figure in ours}.isdisjoint(figure.currency for figure in theirs):
        return f"currencies differ, and nothing is converted: {_figures(left)}, {_figures(right)}"
    return f"one is counted by something else than the other: {_figures(left)}, {_figures(right)}"


def _figures(side: Side) -> str:
    return " or ".join(figure.words() for figure in side.pot.profile.figures)


def _steps(one: _Asked, other: _Asked) -> tuple[PairJudgement, ...]:
    """Return the matches that lead from one mention to another of its claim."""
    if not one.id[0] == other.id[0] == "m":
        return ()
    came: dict[str, tuple[str, Match] | None] = {one.id: None}
    waiting = deque([one.id])
    while waiting and other.id not in came:
        here = waiting.popleft()
        for match in one.claim.matches:
            if here in (match.left, match.right):
                there = match.right if match.left == here else match.left
                if there not in came:
                    came[there] = (here, match)
                    waiting.append(there)
    steps: list[PairJudgement] = []
    step = came.get(other.id)
    while step:
        here, match = step
        steps.append(PairJudgement(match.left, match.right, match.score, match.reasons))
        step = came[here]
    return tuple(reversed(steps))
