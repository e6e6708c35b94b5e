"""`earmark_purpose`: what the money is for, what it is not for, and the recipient named there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.analysis import Analysis, analysis_of
from extract.groups import Found, Sheet, read, read_by_amount, write
from extract.heads import has_head
from extract.matching import Hit, before, beside, stands_beside
from extract.phrases import phrase_end
from extract.recipients import is_recipient, name_end
from extract.rulebook import MASKS, Rule, compile_pattern, lexicon, pattern
from extract.sentences import Sentence
from extract.subjects import noun_before, subject_before, thing_meant

_ONWARD = pattern("purpose.onward")
_EXCLUDES = pattern("purpose.excludes")
_ANOTHER = pattern("purpose.another")
_GAPPED = pattern("purpose.gapped")
_ACTIVITY = pattern("purpose.activity")
_UNIT = pattern("purpose.unit")
_WHOLE = pattern("purpose.whole")
_THEN = pattern("purpose.then")
_BASE = pattern("purpose.base")
_COSTING = pattern("purpose.costing")
_RESTATED = pattern("purpose.restated")
_LISTED = pattern("purpose.listed")
_GERUND = pattern("purpose.gerund")
_NOT_TAKER = pattern("purpose.not-taker")
_COUNTED = pattern("purpose.counted")
_SUPPORT = re.compile(r"(?:help to |help )?(?:support|help|fund|assist|back|benefit|aid) ")
# An infinitive of which only a pronoun is left (`to contribute to this`).
_POINTS_BACK = re.compile(
    r"(?:[a-z]+ (?:to|towards|with|for)|do|achieve|meet|fund|support) (?:this|it|them|that|these)"
)
_NAME_GOES_ON = re.compile(r"(?: (?:(?:and|of|for|the|&) ){0,2}[A-Z][\w'&-]*)+")
# A word that a heading in capitals would have in lower case.
_LOWER = re.compile(r"(?<![\w'-])[a-z]{5,}")
# Rules that read a phrase as what the money is for even where its words are those of budgets.
_STATED = frozenset({"purpose.for", "purpose.spent-on", "purpose.cut-it-by"})
# Rules whose phrase is an infinitive, which alone says nothing (`to run`).
_VERBAL = frozenset(
    {"purpose.to-infinitive", "purpose.later-to", "purpose.behind-aside", "purpose.it-will-use"}
)
# A verb whose subject is looked for stands no further before the amount than this.
_REACH = 120
_NEGATED = pattern("purpose.negated")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase with what it turned out to be."""

    field: str
    start: int
    end: int
    rule: str


class PurposeFinder:
    """Write purposes, exclusions and the recipients they name; change nothing else."""

    def __call__(self, doc: Sheet) -> Sheet:
        """Read each amount's own sentence, rules in order of their file."""
        analysis = analysis_of(doc)
        kinds = read_by_amount(doc, "kind")
        fields: dict[str, list[Found]] = {"purpose": [], "excludes": [], "purpose_recipient": []}
        previous: Found | None = None
        for amount in read(doc, "amount"):
            sentence = analysis.sentence_of(amount.start)
            kind = str(kinds[amount.amount].values["kind"])
            shared: list[_Phrase] = []
            if previous and previous.start >= sentence.start:
                shared, held = _shared(analysis, previous, amount, fields["purpose"])
            phrases = shared if shared and held else _phrases(analysis, amount, sentence, kind)
            phrases = phrases or shared
            for phrase in phrases:
                fields[phrase.field].append(
                    Found(amount.amount, phrase.start, phrase.end, phrase.rule)
                )
            previous = amount
            if excludes := _excludes(analysis, amount, sentence):
                fields["excludes"].append(excludes)
        for name, found in fields.items():
            write(doc, name, found)
        return doc


def _phrases(analysis: Analysis, amount: Found, sentence: Sentence, kind: str) -> list[_Phrase]:
    """Return the purpose and the recipient named with it, from the first rules that give them."""
    chosen: dict[str, _Phrase] = {}
    last = sentence.end
    if _WHOLE.match(analysis.masked, sentence.start, amount.start):
        comma = analysis.masked.find(",", amount.end, sentence.end)
        last = comma if comma > 0 else last
    for rule in analysis.rules("purpose.toml", sentence):
        if kind not in rule.values.get("kinds", (kind,)):
            continue
        if rule.values.get("shape", sentence.shape) != sentence.shape:
            continue
        for phrase in _apply(rule, analysis, amount, sentence):
            if last < phrase.start:
                continue
            chosen.setdefault(phrase.field, phrase)
        if "purpose" in chosen:
            break
    return list(chosen.values())


def _shared(
    analysis: Analysis, previous: Found, amount: Found, found: list[Found]
) -> tuple[list[_Phrase], bool]:
    """Give an amount that only restates or continues the one before it the same purpose.

    Also tells whether it is no more than what the one before it is held against.
    """
    if not found or found[-1].amount != previous.amount:
        return [], False
    last = found[-1]
    masked = analysis.masked
    gap = masked[previous.end : amount.start]
    held = _BASE.search(gap) is not None
    behind = previous.end < last.end < amount.start
    if behind and _THEN.match(masked, amount.end):
        gap = masked[last.end : amount.start]
    if (
        held
        or stands_beside(masked, previous, amount)
        or (behind and _RESTATED.fullmatch(masked, last.end, amount.start))
        or _ANOTHER.search(gap)
        or _COSTING.search(gap)
        or _GAPPED.fullmatch(gap)
        or (amount.values["per"] and _UNIT.search(gap))
    ):
        rule = f"{last.rule.split('+')[0]}+beside"
        return [_Phrase("purpose", last.start, last.end, rule)], held
    return [], False


def _apply(rule: Rule, analysis: Analysis, amount: Found, sentence: Sentence) -> list[_Phrase]:
    masked = analysis.masked
    if rule.values.get("subject"):
        hit = before(rule, analysis, sentence, amount, reach=_REACH)
    else:
        hit = beside(rule, analysis, sentence, amount)
    lead = rule.values.get("lead")
    if hit is None or (
        lead and not compile_pattern(lead).search(masked[sentence.start : amount.start])
    ):
        return []
    if rule.values.get("subject"):
        find = noun_before if rule.values["subject"] == "noun" else subject_before
        named = find(masked, hit.start, sentence.start)
        bounds = thing_meant(masked, named, sentence.start)
        if bounds and bounds != named and not has_head(rule, masked[slice(*bounds)], "thing"):
            return []
        if bounds is None or not has_head(rule, masked[slice(*bounds)]):
            return []
        return _as_purpose(analysis, *bounds, rule)
    if "label" in hit.groups:
        start, end = hit.groups["label"]
        field = "purpose_recipient" if is_recipient(masked[start:end], label=True) else "purpose"
        return [_Phrase(field, start, end, rule.id)]
    return _named(rule, analysis, hit, sentence)


def _named(rule: Rule, analysis: Analysis, hit: Hit, sentence: Sentence) -> list[_Phrase]:
    """Return the phrase that a group of the rule holds (`compound`) or begins."""
    if "compound" in hit.groups:
        start, end = hit.groups["compound"]
        end = _whole_name(analysis.masked, start, end, sentence.end)
        if rule.values["side"] == "after" and analysis.masked.startswith((" for ", " of "), end):
            end = phrase_end(analysis.masked, start, sentence.end)
        return _as_purpose(analysis, start, end, rule)
    if "purpose" in hit.groups:
        start, stop = hit.groups["purpose"]
        limit = stop if rule.values["side"] == "before" else sentence.end
        return _as_purpose(analysis, start, phrase_end(analysis.masked, start, limit), rule)
    limit = hit.groups["span"][1] if "span" in hit.groups else sentence.end
    return _thing(analysis, hit.groups["thing"][0], limit, rule)


def _whole_name(masked: str, start: int, end: int, limit: int) -> int:
    """Return where a name ends of which a rule took the first words (`Security and Data Hub`)."""
    last = masked.rfind(" ", start, end) + 1
    if not masked[max(last, start)].isupper():
        return end
    more = _NAME_GOES_ON.match(masked, end, limit)
    return more.end() if more else end


def _thing(analysis: Analysis, start: int, limit: int, rule: Rule) -> list[_Phrase]:
    """Decide whether a noun phrase is a recipient, and read on behind one for the purpose."""
    masked = analysis.masked
    end = phrase_end(masked, start, limit)
    if end <= start or masked[start] in MASKS:
        return []
    if not has_head(rule, masked[start:end]):
        return []
    recipient_end = (
        end if _COUNTED.fullmatch(masked, start, end) else _taker_end(analysis, start, end)
    )
    if recipient_end is None or _is_no_taker(masked, start, recipient_end, end):
        return _as_purpose(analysis, start, end, rule)
    found = [_Phrase("purpose_recipient", start, recipient_end, rule.id)]
    onward = _ONWARD.match(masked, recipient_end, limit)
    if onward:
        begin = next(onward.start(n) for n in onward.groupdict() if onward[n])
        found += _as_purpose(analysis, begin, phrase_end(masked, begin, limit), rule)
    return found


def _taker_end(analysis: Analysis, start: int, end: int) -> int | None:
    """Return where a recipient ends; a capital names nobody where every word has one."""
    masked = analysis.masked
    sentence = analysis.sentence_of(start)
    titled = sentence.shape == "heading" and masked.endswith((" for ", " on ", " in "), 0, start)
    if titled and not _LOWER.search(masked, sentence.start, sentence.end):
        stop = name_end(masked[start:end].lower(), 0, end - start)
        return None if stop is None else start + stop
    return name_end(masked, start, end)


def _is_taker(phrase: str) -> bool:
    """Tell whether what is helped is somebody alone (`the town`), not what they do with it."""
    verbs = lexicon()["purpose_verb"]
    return (
        is_recipient(phrase)
        and not _NOT_TAKER.fullmatch(phrase)
        and not any(word in verbs for word in phrase.split()[1:])
    )


def _names_taker(phrase: str) -> bool:
    """Tell whether what stands behind `to` is no verb but somebody (`to oyster growers`)."""
    end = name_end(phrase, 0, len(phrase))
    return end is not None and phrase.split(maxsplit=1)[0].lower() not in lexicon()["purpose_verb"]


def _is_no_taker(masked: str, start: int, name: int, end: int) -> bool:
    """Tell whether what looks like a recipient is work (`training staff`) or goes on as a list."""
    return bool(
        _LISTED.match(masked, name, end)
        or _ACTIVITY.fullmatch(masked, start, name)
        or _GERUND.match(masked, start)
        or _NOT_TAKER.fullmatch(masked, start, name)
    )


@cache
def _empty_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the phrases that name no purpose, and the words of which none says what for."""
    lists = ("fund_noun", "fund_modifier", "giver_noun", "amount_filler")
    money = {"and", "of", "the", "in", "a", "council", "county", "city", "cut", "gap"}
    money |= {"increase", "increases", "previously", "already", "earlier", "consequential"}
    money |= {"spending", "plan", "programme", "program", "proposed", "funded", "total"}
    money.update(entry for name in lists for entry in lexicon()[name] if " " not in entry)
    return frozenset(lexicon()["generic_purpose"]), frozenset(money)


def _as_purpose(analysis: Analysis, start: int, end: int, rule: Rule) -> list[_Phrase]:
    words = analysis.text[start:end].strip(" \"'")
    sentence = analysis.sentence_of(start)
    # `for IT` is for technology, where not all letters are capitals.
    if words != "IT" or analysis.text[sentence.start : sentence.end].isupper():
        words = words.lower()
    bare = re.sub(
        r"^(?:the|a|an|this|its|their(?: respective)?|his|her|our|some|more|such|that)\s+",
        "",
        words,
    )
    generic, money = _empty_words()
    bare_verb = rule.id in _VERBAL and " " not in words
    if end <= start or bare_verb or words in generic or bare in generic:
        return []
    if rule.id in _VERBAL and _POINTS_BACK.fullmatch(words):
        return []
    if money.issuperset(bare.split()) and (rule.id not in _STATED or " " not in bare):
        return []
    if rule.id == "purpose.to-infinitive" and _names_taker(analysis.masked[start:end]):
        return [_Phrase("purpose_recipient", start, end, rule.id)]
    support = _SUPPORT.match(analysis.masked, start, end)
    if support and _is_taker(analysis.masked[support.end() : end]):
        return [_Phrase("purpose_recipient", support.end(), end, rule.id)]
    return [_Phrase("purpose", start, end, rule.id)]


def _excludes(analysis: Analysis, amount: Found, sentence: Sentence) -> Found | None:
    masked = analysis.masked
    for match in _EXCLUDES.finditer(masked, amount.end, sentence.end):
        if not _NEGATED.search(match.group()) or masked[amount.end : match.start()].count("\ue000"):
            continue
        end = phrase_end(masked, match.end(), sentence.end)
        if end > match.end():
            return Found(amount.amount, match.end(), end, "excludes.not-for")
    return None
