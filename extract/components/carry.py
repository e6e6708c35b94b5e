"""`earmark_carry`: the timeframe that a repeat or a share takes from elsewhere in its document.

Source: docs/annotation.md, ruling "timeframe": the own sentence first; then what the next sentence
says of `the money`; a share takes its whole's; a repeat what the document states elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from extract.analysis import Analysis, analysis_of
from extract.components.timeframe import ABOUT_THE_MONEY
from extract.dating import POT_ASIDE
from extract.groups import Found, Sheet, read, read_by_amount, write
from extract.reach import reaches_back
from extract.repeats import Repeats
from extract.rulebook import pattern
from extract.sentences import Sentence, sentence_at

# A share right behind what the money is said to do stands not many sentences behind it.
_FEW_SENTENCES = 40
_SPREAD = pattern("carry.spread")
_RUNS = pattern("carry.runs")
_RUNS_IT = pattern("carry.runs-it")
_SHARE = pattern("carry.share")
_DEFINITE = pattern("carry.definite")
_SHARE_BEHIND = pattern("carry.share-behind")


class TimeframeCarrier:
    """Add carried timeframes to `doc.spans["earmark_timeframe"]`; change nothing else."""

    def __call__(self, doc: Sheet) -> Sheet:
        """Carry in the order of the ruling; nothing that the own sentence says is replaced."""
        statements = _Statements(doc)
        relations = read_by_amount(doc, "relation")
        taken = read_by_amount(doc, "timeframe")
        for amount in statements.firsts:
            if amount.amount not in taken and (found := _from_next_sentence(statements, amount)):
                taken[amount.amount] = found
        if found := _from_later_sentence(statements, taken):
            taken[found.amount] = found
        repeats = statements.repeats(taken)
        own = dict(taken)
        for amount in statements.amounts:
            if amount.amount in taken or amount.values["vague"]:
                continue
            same = repeats.of(statements.group(amount), amount)
            found = (
                _from_whole(amount, relations, taken)
                or _from_repeat(statements, amount, same, own)
                or _from_share(statements, amount)
                or _from_lead(statements, amount)
                or _from_header(statements, amount)
            )
            if found:
                taken[amount.amount] = found
        for amount in statements.amounts:  # a whole may stand behind its part
            if amount.amount not in taken and (found := _from_whole(amount, relations, taken)):
                taken[amount.amount] = found
        write(doc, "timeframe", [taken[i] for i in sorted(taken)])
        return doc


class _Statements:
    """A document's amounts and what its sentences say of the money, each looked up once.

    Attributes:
        analysis: The document's text.
        amounts: In order.
        alone: The sentences with one amount.
        firsts_by_place: The first amount of each sentence that has one.
        firsts: Each sentence's first amount.
        purposes: By amount.
        said: First timeframe of a sentence that goes on about the money and names no sum.
    """

    def __init__(self, doc: Sheet) -> None:
        self.analysis = analysis_of(doc)
        sentences = self.analysis.sentences
        self.amounts = read(doc, "amount")
        self.purposes = read_by_amount(doc, "purpose")
        self._newness = {n.amount: n.values["status"] for n in read(doc, "newness")}
        self._kinds = {k.amount: k.values["kind"] for k in read(doc, "kind")}
        self.places = {a.amount: sentence_at(sentences, a.start) for a in self.amounts}
        self.alone = {place for place, n in Counter(self.places.values()).items() if n == 1}
        by_place = {self.places[a.amount]: a for a in reversed(self.amounts)}
        self.firsts_by_place = by_place
        self.firsts = [by_place[place] for place in sorted(by_place)]
        self.dated: dict[int, Found] = {}
        for timeframe in reversed(read(doc, "timeframe_all")):
            self.dated[sentence_at(sentences, timeframe.start)] = timeframe
        self.said = {
            place: timeframe
            for place, timeframe in self.dated.items()
            if self._goes_on(sentences[place], timeframe, named=place in by_place)
        }
        self.money_blocks = {sentences[p].block for p in by_place}
        self.money_blocks |= {sentences[p].block for p in self.said}

    def _goes_on(self, sentence: Sentence, timeframe: Found, *, named: bool) -> bool:
        """Tell whether a sentence dates the money spoken of, or what it pays for as it runs.

        One that names a sum of its own (`named`) does so in an aside only.
        """
        masked = self.analysis.masked
        if named:
            aside = POT_ASIDE.match(masked, sentence.start, sentence.end)
            return aside is not None and aside.start("when") == timeframe.start
        if head := ABOUT_THE_MONEY.match(masked, sentence.start, sentence.end):
            return reaches_back(masked[head.end() : timeframe.start].lower())
        return any(f.match(masked, sentence.start, sentence.end) for f in (_RUNS, _RUNS_IT))

    def next_says(self, amount: Found) -> Found | None:
        """Return what the next sentence says; a scheme that runs is spoken of in its paragraph."""
        place = self.places[amount.amount]
        said = self.said.get(place + 1)
        if said is None:
            return None
        this, following = self.analysis.sentences[place], self.analysis.sentences[place + 1]
        near = this.block == following.block or ABOUT_THE_MONEY.match(
            self.analysis.masked, following.start, following.end
        )
        return said if near else None

    def leads(self, amount: Found) -> Found | None:
        """Return what the lead-in of an amount's list says of when, if it names no sum itself."""
        lead = self.analysis.sentences[self.places[amount.amount]].lead
        first = self.firsts_by_place[self.places[amount.amount]]
        if lead is None or amount.values["per"] or first is not amount:
            return None
        place = sentence_at(self.analysis.sentences, lead)
        closes = self.analysis.masked[self.analysis.sentences[place].end - 1] == ":"
        return self.dated.get(place) if closes and place not in self.firsts_by_place else None

    def heads(self, amount: Found) -> Found | None:
        """Return what the line above an amount's rows says of when: a header or a short heading."""
        sentences, place = self.analysis.sentences, self.places[amount.amount]
        if sentences[place].shape == "prose" or place not in self.alone:
            return None
        for other in range(place - 1, max(-1, place - _FEW_SENTENCES), -1):
            if other not in self.firsts_by_place:
                header = sentences[other]
                return self.dated.get(other) if header.shape == "heading" else None
            if sentences[other].shape == "prose":
                return None
        return None

    def group(self, amount: Found) -> tuple[object, ...]:
        """Return what two statements of one sum must agree on besides the figure."""
        return (amount.values["currency"], amount.values["per"])

    def agree(self, amount: Found, other: Found) -> bool:
        """Tell whether two statements of one figure may be of one pot.

        `The £5m` and `this £5m` point back, whatever is said around them; any other must be of the
        same kind, be as new, and share its purpose.
        """
        masked = self.analysis.masked
        if other.start < amount.start and _DEFINITE.search(
            masked, max(0, amount.start - 40), amount.start
        ):
            return True
        sentences = self.analysis.sentences
        heading = "heading" in {sentences[self.places[a.amount]].shape for a in (amount, other)}
        one, two = (
            (self._newness.get(a.amount), self._kinds.get(a.amount)) for a in (amount, other)
        )
        if heading:
            return True
        if one != two:
            return False
        return not _conflict(self.analysis, *(self.purposes.get(a.amount) for a in (other, amount)))

    def repeats(self, taken: Mapping[int, Found]) -> Repeats:
        """Return the amounts that have a timeframe, to be found by their figure."""
        dated = ((self.group(a), a) for a in self.amounts if a.amount in taken)
        return Repeats(self.analysis.text, dated)


def _moved(amount: Found, source: Found, rule: str) -> Found:
    return Found(amount.amount, source.start, source.end, f"{source.rule}+{rule}", source.values)


def _from_next_sentence(statements: _Statements, amount: Found) -> Found | None:
    """Read on: `The money, which comes over the next 18 months, …`."""
    said = statements.next_says(amount)
    if said is None or amount.values["per"]:
        return None
    return _moved(amount, said, "timeframe.next-sentence")


def _from_later_sentence(statements: _Statements, taken: Mapping[int, Found]) -> Found | None:
    """Give the article's first pot what a later sentence says of `the package`, where none does."""
    analysis = statements.analysis
    plain = (a for a in statements.amounts if not a.values["per"] and not a.values["vague"])
    first = next(plain, None)
    if first is None or first.amount in taken:
        return None
    figures = [((), a) for a in statements.amounts if a.amount in taken]
    if next(Repeats(analysis.text, figures).of((), first), None):
        return None
    for place in sorted(statements.dated):
        sentence = analysis.sentences[place]
        later = sentence.start > first.start
        if later and any(
            p.match(analysis.masked, sentence.start, sentence.end) for p in (_RUNS, _SPREAD)
        ):
            return _moved(first, statements.dated[place], "timeframe.later-sentence")
    return None


def _from_repeat(
    statements: _Statements, amount: Found, same: Iterable[Found], own: Mapping[int, Found]
) -> Found | None:
    """Take the one timeframe that the document states with the same amount."""
    agreeing = [own[other.amount] for other in same if statements.agree(amount, other)]
    dated = [t for t in agreeing if any(t.values.values())] or agreeing
    stated = {tuple(t.values.values()) if any(t.values.values()) else t.start for t in dated}
    return _moved(amount, dated[0], "timeframe.repeat") if len(stated) == 1 else None


def _conflict(analysis: Analysis, one: Found | None, other: Found | None) -> bool:
    """Tell whether two purposes share less than half their words: two pots of one amount."""
    if one is None or other is None:
        return False
    words = [
        {w for w in analysis.text[p.start : p.end].lower().split() if len(w) > 3}  # noqa: PLR2004 - content words
        for p in (one, other)
    ]
    return len(words[0] & words[1]) * 2 < min(map(len, words))


def _from_whole(
    amount: Found, relations: Mapping[int, Found], taken: Mapping[int, Found]
) -> Found | None:
    """Take the whole's timeframe, one level up, where the part is presented as a share."""
    relation = relations.get(amount.amount)
    if relation is None:
        return None
    shares = relation.values["type"] == "part_of" and relation.values["share"]
    if not shares and relation.values["type"] != "equates_to":
        return None
    whole = taken.get(int(relation.values["to"]))
    if whole is None or ("timeframe.whole" in whole.rule and shares):
        return None
    return _moved(amount, whole, "timeframe.whole" if shares else "timeframe.equated")


def _from_share(statements: _Statements, amount: Found) -> Found | None:
    """Carry `the money comes over …` to the shares right after it, until the text leaves them."""
    analysis, place = statements.analysis, statements.places[amount.amount]
    before = analysis.masked[analysis.sentences[place].start : amount.start]
    if not (_SHARE.search(before) or _SHARE_BEHIND.match(analysis.masked, amount.end)):
        return None
    for other in range(place - 1, max(-1, place - _FEW_SENTENCES), -1):
        if other in statements.said:
            return _moved(amount, statements.said[other], "timeframe.share")
        sentence = analysis.sentences[other]
        asks = analysis.masked[sentence.end - 1] == "?"
        if sentence.shape == "prose" and not asks and sentence.block not in statements.money_blocks:
            return None
    return None


def _from_header(statements: _Statements, amount: Found) -> Found | None:
    """Carry what a table's header says (`Saving in 2025-26`) to the rows under it."""
    found = None if amount.values["per"] else statements.heads(amount)
    return _moved(amount, found, "timeframe.header") if found else None


def _from_lead(statements: _Statements, amount: Found) -> Found | None:
    """Carry `The schemes that will be paid for this year are:` to the items of its list."""
    found = statements.leads(amount)
    return _moved(amount, found, "timeframe.lead-in") if found else None
