"""Which word says what sort of statement an amount is: its governing verb or its head noun.

From each amount the walk goes left, over hedges, articles and auxiliaries, to the word that governs
it, and right to the noun it stands before. Words are looked up in the lists of `kind.toml`, each
under a role; nothing here knows a word of English but prepositions.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.beside import COORDINATORS, Beside
from extract.clause import PHRASE
from extract.cues import Cue
from extract.groups import Found
from extract.rulebook import AMOUNT_MASK, TIMEFRAME_MASK

# How far the walk to the left goes, in words: past this nothing governs.
_LEFT = 14
# How near the sign of a share stands that an amount is also given as.
_SHARE = 5
_LINKS = {TIMEFRAME_MASK, ",", "that", "which"}
_PRONOUNS = {"it", "they"}
_OBJECT = {"", "with", "between"}
# Before a passive infinitive: `£5m is to be cut`.
_DUE = {"to", "due", "set", "expected", "going", "likely"}
_APPOSING = {"to", "from", "worth", "totalling", "valued"}
_NAMING = {"of", "worth", "totalling", "totaling", "averaging", "exceeding"}


@dataclass(slots=True)
class Sides:
    """What stands about one amount.

    Attributes:
        left: The governing word, None when nothing known governs it.
        weak: A governing verb that says little by itself, `made £5m`.
        head: The noun the amount stands before, `£5m deficit`.
        content: The noun behind `in` or `of`, `£5m of savings`.
        behind: The verb behind, `£5m was lost`.
        follows: True when the amount only goes on from the one before it, or is compared with it.
        refers: True when it is said of `it` or `that`.
    """

    left: Cue | None = None
    weak: Cue | None = None
    head: Cue | None = None
    content: Cue | None = None
    behind: Cue | None = None
    follows: bool = False
    refers: bool = False


class Governed(Beside):
    """The words of one sentence, and what they say of its amounts."""

    def about(self, amount: Found) -> Sides:
        """Return what stands about an amount of the sentence."""
        at = self._at.get(amount.start)
        sides = Sides()
        if at is not None:
            self._look_left(at, sides)
            self._look_right(at, sides)
            sides.refers = sides.refers or self._points_back()
        return sides

    def subject(self) -> Cue | None:
        """Return the first noun of the sentence that decides a kind."""
        return self._noun(0, len(self._words))

    def _look_left(self, at: int, sides: Sides) -> None:
        place, preposition, linked = self._past_small_words(at)
        if place < 0:
            return
        compared = self._compared(at)
        if compared >= place:
            sides.follows = True
            return
        word = self._words[place]
        if word in COORDINATORS:
            sides.follows = AMOUNT_MASK in self._words[max(0, place - _LEFT) : place]
            if word != "," or not (linked or preposition in _APPOSING or self._apposed(place, at)):
                return
        if word == AMOUNT_MASK:
            sides.follows = True
            return
        sides.left = self._governor(place, preposition, linked=linked)
        if sides.left is None:
            sides.weak = None if preposition else self._cues.weak.get(word)
            sides.follows = compared >= 0 or (not preposition and self._elliptic(place))
        sides.refers = (linked and word in _PRONOUNS) or self._said_of_it(place)
        sides.refers = sides.refers or word in self._small.rest

    def _past_small_words(self, at: int) -> tuple[int, str, bool]:
        """Go left over hedges and articles; return the place, the preposition and any copula."""
        words, skip, copulas = self._words, self._small.skip, self._small.copula
        prepositions, verbs = self._small.preposition, self._cues.verb
        preposition, linked = "", False
        place, floor = at - 1, max(-1, at - _LEFT)
        while place > floor:
            word = words[place]
            pair = f"{words[place - 1]} {word}" if place else word
            if pair in verbs:
                break
            if pair in skip:
                place -= 2
                continue
            if word in copulas:
                linked = True
            elif word in prepositions and word not in skip and pair not in verbs:
                preposition = word
            elif word not in skip and word != TIMEFRAME_MASK:
                break
            place -= 1
        return place, preposition, linked

    def _apposed(self, comma: int, at: int) -> bool:
        """Tell whether the amount is said of what the comma ends: `the bill, now £5m, is high`."""
        behind = self._words[self._past_rate(at + 1) :][:1]
        before = self._cues.noun.get(self._words[comma - 1]) if comma else None
        if behind == [","] and before and before.kind != "funding":
            return True
        return any(word in self._small.apposed for word in self._words[comma + 1 : at])

    def _governor(self, place: int, preposition: str, *, linked: bool) -> Cue | None:
        """Return the cue of the word at which the walk to the left came to a halt."""
        word = self._words[place]
        pair = f"{self._words[place - 1]} {word}" if place else word
        verbs = self._cues.verb
        if linked and preposition == "" and (noun := self._cues.noun.get(pair)):
            return noun
        if preposition in _OBJECT and (verb := verbs.get(pair) or verbs.get(word)):
            is_noun = verb.kind == "funding" and word in self._cues.noun
            return (self._given(place) if is_noun else None) or verb
        if preposition in {"by", "to"}:
            return self._changed(place) if preposition == "by" else self._raised_to(place)
        if preposition in {"at", "for"}:
            cues = self._cues.before_at if preposition == "at" else self._cues.before_for
            found = cues.get(pair) or cues.get(word)
            if preposition == "at":
                named = self._put_at(place) or found or self._named(place, "at", linked=linked)
                return named or self._cues.put.get(word)
            return found
        return self._named(place, preposition, linked=linked)

    def _named(self, place: int, preposition: str, *, linked: bool) -> Cue | None:
        """Return the noun that names the amount, before a verb like `is` or a preposition."""
        word = self._words[place]
        if preposition == "worth":
            return self._worth(place)
        if linked or word == "," or preposition == "at" or word in self._small.link:
            return self._subject_before(place - 1 if word == "," else place)
        if preposition == "from":
            price = self._noun_before(place)
            return price if price and price.kind == "cost" else self._raised_to(place)
        if preposition in _NAMING:
            return self._taken_away(place) or self._noun_before(place) or self._given(place)
        return self._given(place) or self._noun_at(place) if preposition == "" else None

    def _worth(self, place: int) -> Cue | None:
        """Return what is worth the amount: a grant, or a company and its like."""
        words = self._words
        found = self._cues.modified.get(words[place]) or self._taken_away(place)
        found = found or self._noun_before(place - (words[place] == ","))
        for index in range(place, max(-1, place - PHRASE), -1):
            if found is None:
                found = self._cues.modified.get(words[index])
        return found or self._subject_before(place) or self._given(place)

    def _taken_away(self, place: int) -> Cue | None:
        """Return the verb that takes the named money away: `terminated grants worth £5m`."""
        for index in range(place - 1, max(-1, place - PHRASE // 2), -1):
            verb = self._cues.verb.get(self._words[index])
            if verb and (verb.kind == "saving" or verb.rule == "kind.cost-lost"):
                noun = self._noun(index + 1, place + 1)
                return Cue("saving", verb.rule) if noun and noun.kind == "funding" else None
        return None

    def _noun_at(self, place: int) -> Cue | None:
        """Return the noun that a colon, a bracket or nothing parts from the amount."""
        if self._words[place] in ":(-" and place:
            place -= 1
            while place > 0 and self._words[place] == TIMEFRAME_MASK:
                place -= 1
            return self._noun(max(0, place - PHRASE), place + 1, last=True)
        nouns, word = self._cues.noun, self._words[place]
        cue = nouns.get(f"{self._words[place - 1]} {word}" if place else word) or nouns.get(word)
        return cue if cue and cue.kind != "funding" else None

    def _given(self, place: int) -> Cue | None:
        """Return a verb with two objects: `cost the council £5m`."""
        verbs, small = self._cues.giving, self._small
        for index in range(place, max(-1, place - PHRASE), -1):
            word = self._words[index]
            if word in verbs:
                return verbs[word]
            ends = word in small.preposition and word != "of"
            if ends or word in small.clause or word in small.copula:
                return None
        return None

    def _changed(self, place: int) -> Cue | None:
        """Return what rose or fell by the amount; what was cut is saved."""
        words = self._words
        place -= words[place] == ","
        for index in range(place, max(-1, place - _LEFT), -1):
            word = words[index]
            if word in self._cues.before_by:
                return self._cues.before_by[word]
            cut = word in self._cues.decrease
            if cut or word in self._small.link:
                noun = self._noun(index + 1, place + 1) or self._subject_before(index)
                if not cut:
                    return noun
                keeps = noun and noun.kind in {"income", "other"}
                return noun if keeps else self._cues.decrease[word]
            if word in ",;:":
                return None
        return None

    def _raised_to(self, place: int) -> Cue | None:
        """Return what came to be the amount: `cut the limit to £5m`, `rose from £5m`."""
        place -= self._words[place] == ","
        for index in range(place, max(-1, place - _LEFT), -1):
            word = self._words[index]
            if word in self._small.link or word in self._cues.decrease:
                return self._noun(index + 1, place + 1) or self._subject_before(index)
            if word in ",;:" or word == AMOUNT_MASK:
                return None
        return None

    def _look_right(self, at: int, sides: Sides) -> None:
        place = self._past_rate(at + 1)
        sides.follows = sides.follows or self._more_than(at)
        end = self._run_end(place)
        sides.head = self._head(place, end)
        nouns_end = end
        if self._words[end : end + 1] == ["worth"]:
            end += 1
        if self._words[end : end + 1] in (["in"], ["of"], ["worth"]):
            start = end + 1
            while start < len(self._words) and self._words[start] in self._small.skip:
                start += 1
            nouns_end = self._run_end(start)
            sides.content = self._head(start, nouns_end, modified=False)
            nouns_end = nouns_end if sides.content else end
            goes_on = self._words[start : start + 1]
            sides.refers = sides.refers or bool(self._small.goes_on.intersection(goes_on))
        sides.behind = self._verb_behind(nouns_end)

    def _past_rate(self, place: int) -> int:
        words = self._words
        while place < len(words):
            word = words[place]
            if word in {"a", "an", "per", "every", "each"} and place + 1 < len(words):
                place += 1 if word == "each" else 2
            elif word in "-\"'" or word.startswith("a-") or word in self._small.after_skip:
                place += 1
            elif word in "(," and "%" in words[place + 1 : place + _SHARE]:  # `£5m, or 3%, off`
                place = words.index("%", place) + 2
            else:
                break
        return place

    def _verb_behind(self, place: int) -> Cue | None:
        """Return the verb of which the amount is the object or the passive subject."""
        words, verbs = self._words, self._cues.behind
        opened, skip = False, self._small.skip
        for index in range(place, min(len(words), place + PHRASE)):
            word = words[index]
            pair = f"{word} {words[index + 1]}" if index + 1 < len(words) else word
            cue = verbs.get(pair) or verbs.get(word)
            if cue and cue.kind == "saving" and pair == f"{word} to":
                return None
            if word in _DUE and "be" in words[index + 1 : index + 3]:
                continue
            if opened:
                cue = self._cues.object.get(pair) or self._cues.object.get(word) or cue
            if cue:
                return cue
            opened = opened or word in self._small.opens
            if (
                word in skip
                or word in self._small.copula
                or word in {TIMEFRAME_MASK, ",", "that", "which"}
            ):
                continue
            if (
                word in self._small.clause
                or not opened
                or not word[0].isalpha()
                or word in self._small.preposition
            ):
                return None
        return None
