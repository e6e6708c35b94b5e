"""Which amount `the funding`, `that money`, `it` and a list's lead-in mean.

`that money` and `it` go on about what the sentence before was about; `the package` and `the total`
mean the article's main pot, at its nearest mention. Source: docs/annotation.md, ruling "relation".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from decimal import Decimal

from extract.analysis import Analysis
from extract.arithmetic import lump, smaller
from extract.groups import Found
from extract.rulebook import pattern
from extract.sentences import Sentence, sentence_at

_NEAR = pattern("pot.near")
_NAMED = pattern("pot.named")
_GENERIC = pattern("pot.generic")
# How far from its figure the noun stands that names a pot.
_BESIDE = 45
_CONTINUES = pattern("pot.continues")
# Two figures this close, as written with a rounding, are mentions of one pot.
_ROUNDING = Decimal("0.06")
# Rules whose whole is wider than what the text is about.
_WIDENING = {
    "relation.part-of-wider",
    "relation.pot-part-of",
    "relation.brings-total",
    "relation.brings-pot",
}


# Nothing points further back than so many amounts or sentences, so that long texts stay linear.
_LOOK_BACK = 100
_FEW_SENTENCES = 60


class Pots:
    """The amounts of a document as pots that later words point back to."""

    def __init__(
        self, analysis: Analysis, amounts: Sequence[Found], kinds: Mapping[int, Found]
    ) -> None:
        """Look at one document's amounts."""
        self._analysis = analysis
        self._amounts = list(amounts)
        self._starts = [amount.start for amount in amounts]
        self._kinds = kinds
        self._parts: set[int] = set()
        self._bases: set[int] = set()
        self._topics: dict[int, Found] = {}
        self._unstated = False
        self._wholes: dict[int, int] = {}
        self._wider: set[int] = set()

    def settle(self, own: Sequence[Found], relations: Sequence[Found]) -> None:
        """Note what a finished sentence was about: its first whole, else its first amount.

        Args:
            own: The sentence's amounts.
            relations: Those that the sentence added.
        """
        for relation in relations:
            self.note(relation)
            if relation.values["type"] == "in_addition_to":
                self._bases.add(int(relation.values["to"]))
            if relation.rule in _WIDENING:
                self._wider.add(int(relation.values["to"]))
        index = sentence_at(self._analysis.sentences, own[0].start)
        candidates = [a for a in own if lump(a)]
        wholes = [a for a in candidates if a.amount not in self._parts]
        sentence = self._analysis.sentences[index]
        restated = {r.amount for r in relations if r.values["type"] == "equates_to"}
        equated = any(a.amount in restated for a in own)
        beyond = any(r.values["type"] == "in_addition_to" or r.rule in _WIDENING for r in relations)
        if (equated or beyond or not candidates) and self._continues(sentence):
            return
        if any(r.rule == "relation.part-of-wider" for r in relations) and candidates:
            wholes = [a for a in candidates if a.amount not in self._wider]
        if wholes or (candidates and sentence.shape != "item"):
            self._topics[index] = (wholes or candidates)[0]

    def note(self, relation: Found) -> None:
        """Note a part as soon as it is read, for what its sentence goes on to say."""
        if relation.values["type"] == "part_of" and relation.rule not in _WIDENING:
            self._parts.add(relation.amount)
            self._wholes[relation.amount] = int(relation.values["to"])

    def amount(self, index: int) -> Found:
        """Return the amount of that index."""
        return self._amounts[index]

    def _before(self, amount: Found) -> list[Found]:
        """Return the amounts before one, in order, as far back as words point."""
        stop = bisect_left(self._starts, amount.start)
        return self._amounts[max(0, stop - _LOOK_BACK) : stop]

    def alike(self, one: Found, other: Found) -> bool:
        """Tell whether two amounts are of one kind."""
        return self._kind(one) == self._kind(other)

    def any_before(self, amount: Found) -> bool:
        """Tell whether any amount stands before this one."""
        return amount is not self._amounts[0]

    def leave_unstated(self, amount: Found) -> None:
        """Note that the document's first amount is a share of a pot whose sum is never given."""
        self._parts.add(amount.amount)
        self._unstated = True

    def meant_by(self, amount: Found) -> Found | None:
        """Return the pot that `it`, `that money` or `the funding` in an amount's sentence means."""
        index = sentence_at(self._analysis.sentences, amount.start)
        sentence = self._analysis.sentences[index]
        topic = self._topic_before(index)
        text = self._analysis.masked[sentence.start : sentence.end]
        if self._unstated and not _NEAR.match(text):
            return None
        near = _NEAR.match(text)
        if topic is not None and not near and self._kind(topic) in {"saving", "other"}:
            return self.main_before(amount) or topic
        if topic is not None and (near or self._stands_alone(topic)):
            return topic
        return self.main_before(amount) or topic

    def named(self, words: str, amount: Found) -> Found | None:
        """Return the nearest amount before one that stands beside the noun of `of the grant`."""
        match = _NAMED.search(words)
        found = match[1].split() if match else []
        nouns = [w.removesuffix("'s") for w in found if not _GENERIC.fullmatch(w)]
        if not nouns:
            return None
        masked, before = self._analysis.masked, self._before(amount)
        own = self._analysis.sentence_of(amount.start).start
        for back, ahead in ((0, _BESIDE // 2), (_BESIDE, 0)):
            for other in reversed(before):
                stop = max(other.end, min(other.end + ahead, own))
                beside = masked[max(0, other.start - back) : stop].lower()
                if lump(other) and any(noun in beside for noun in nouns):
                    return other
        return None

    def headline_before(self, amount: Found) -> Found | None:
        """Return the nearest mention of the article's first amount."""
        before = [a for a in self._before(amount) if not a.values["per"]]
        return _nearest_alike(before, before[0]) if before else None

    def subject_before(self, amount: Found) -> Found | None:
        """Return what the article is about: its first amount, or what that is a part of."""
        before = [a for a in self._before(amount) if not a.values["per"]]
        if not before:
            return None
        wholes = {self._wholes.get(a.amount) for a in before if _close(a, before[0])}
        main = next((a for a in before if a.amount in wholes), before[0])
        return _nearest_alike(before, main)

    def named_whole(self, words: str, amount: Found) -> Found | None:
        """Return the amount that words name, if it can be the whole of this one."""
        named = self.named(words, amount)
        return None if named is None or smaller(named, amount) else named

    def beside_of(self, amount: Found, sentence: Sentence) -> Found | None:
        """Return the last amount of the sentence before one that is counted as it is."""
        alike = (
            a for a in reversed(self._before(amount)) if a.values["per"] == amount.values["per"]
        )
        found = next(alike, None)
        return found if found and found.start >= sentence.start else None

    def carrier(self, words: str, amount: Found) -> Found | None:
        """Return the pot that a sentence is about, which it relates to an amount."""
        pot = self.named(words, amount) or self.meant_by(amount)
        whole = self._wholes.get(pot.amount) if pot else None
        return pot if whole is None else self._amounts[whole]

    def broken_down(self, amount: Found) -> Found | None:
        """Return the whole of the last part before an amount, in its sentence or the last one."""
        index = sentence_at(self._analysis.sentences, amount.start)
        floor = self._analysis.sentences[max(0, index - 1)].start
        for other in reversed(self._before(amount)):
            if other.start < floor:
                return None
            if other.amount in self._wholes:
                return self._amounts[self._wholes[other.amount]]
        return None

    def main_before(self, amount: Found) -> Found | None:
        """Return the nearest mention, before an amount, of the article's main pot."""
        if self._unstated:
            return None
        before = self._before(amount)
        main = next((a for a in before if self._may_lead(a)), None)
        if main is None:
            return None
        alike = (a for a in reversed(before) if _close(a, main) and self._may_lead(a))
        return next(alike, main)

    def whole_of(self, lead: Sentence) -> Found | None:
        """Return the whole of a list: an amount of its lead-in, else the pot the lead-in means."""
        first, last = (bisect_left(self._starts, place) for place in (lead.start, lead.end))
        inside = self._amounts[first:last]
        own = [a for a in inside if not a.values["per"] and not a.values["vague"]]
        if own:
            return own[-1]
        if first < len(self._amounts):
            head = self._analysis.masked[lead.start : lead.end].lower()
            named = self.named(head, _at(lead.start, self._amounts[first]))
            if named:
                return named
        index = sentence_at(self._analysis.sentences, lead.start)
        topic = self._topic_before(index)
        if topic is not None and self._stands_alone(topic):
            return topic
        return self.main_before(_at(lead.start, self._amounts[first - 1])) if first else None

    def rated_before(self, amount: Found) -> Found | None:
        """Return the rate of the last sentence that a new rate may take the place of."""
        per, index = amount.values["per"], sentence_at(self._analysis.sentences, amount.start)
        if per is None:
            return None
        floor = self._analysis.sentences[max(0, index - 1)].start
        before = [a for a in self._before(amount) if floor <= a.start]
        return next((a for a in reversed(before) if a.values["per"] == per), None)

    def nearest(self, amount: Found) -> Found | None:
        """Return the amount before, of the same currency, in this sentence or the last one."""
        index = sentence_at(self._analysis.sentences, amount.start)
        floor = self._analysis.sentences[max(0, index - 1)].start
        before = [
            a
            for a in self._before(amount)
            if floor <= a.start and a.values["currency"] == amount.values["currency"]
        ]
        return before[-1] if before else None

    def _topic_before(self, index: int) -> Found | None:
        """Return the topic of the nearest sentence before, at most two sentences of prose back."""
        seen = 0
        for other in range(index - 1, max(-1, index - _FEW_SENTENCES), -1):
            if other in self._topics:
                return self._topics[other]
            sentence = self._analysis.sentences[other]
            if sentence.shape == "prose" and not self._continues(sentence):
                seen += 1
            if seen > 1:
                return None
        return None

    def _continues(self, sentence: Sentence) -> bool:
        return bool(_CONTINUES.match(self._analysis.masked, sentence.start, sentence.end))

    def _kind(self, amount: Found) -> str | None:
        kind = self._kinds.get(amount.amount)
        return kind.values["kind"] if kind else None

    def _stands_alone(self, amount: Found) -> bool:
        """Tell whether an amount is neither a part nor what another was added to."""
        return amount.amount not in self._parts and amount.amount not in self._bases

    def _may_lead(self, amount: Found) -> bool:
        return (
            not amount.values["per"]
            and not amount.values["vague"]
            and self._stands_alone(amount)
            and amount.amount not in self._wider
            and self._kind(amount) in {None, "funding", "cost", "income"}
        )


def _at(position: int, last: Found) -> Found:
    """Return a marker amount at a position, for questions about what stands before it."""
    return Found(last.amount, position, position + 1, last.rule, last.values)


def _close(one: Found, other: Found) -> bool:
    a = one.values["low"] or one.values["high"]
    b = other.values["low"] or other.values["high"]
    if a is None or b is None or one.values["currency"] != other.values["currency"]:
        return False
    left, right = Decimal(a), Decimal(b)
    return abs(left - right) <= max(left, right) * _ROUNDING


def _nearest_alike(before: Sequence[Found], main: Found) -> Found:
    """Return the last mention of an amount among those before, the amount itself at worst."""
    same = [a for a in before if _close(a, main)]
    return same[-1] if same else main
