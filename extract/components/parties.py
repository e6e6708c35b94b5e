"""`earmark_parties`: who gets the money, who gives it, and who is reported as saying so."""

from __future__ import annotations

import re

from extract.analysis import Analysis, analysis_of
from extract.asking import credited, whole_recipient
from extract.clauses import Verb, governing, roles
from extract.groups import Found, Sheet, read, read_by_amount, write
from extract.matching import Hit, beside, stands_beside
from extract.phrases import phrase_end
from extract.pronouns import Parties, resolve
from extract.quotations import quoted_speaker
from extract.recipients import is_recipient, is_theme, name_end
from extract.rulebook import Rule, compile_pattern, lexicon, pattern
from extract.sentences import Sentence, sentence_at
from extract.speakers import Bounds, lead_speaker, speaker_of
from extract.subjects import subject_before

_GIVER = compile_pattern(r".*\b{giver_noun}$")
# `Ottawa's $2bn fund`: what follows is the owner's to give.
_GIVEN = pattern("party.given")
# What cannot give or get money, whatever verb it stands before.
_NOBODY = {"recipient": pattern("party.no-taker"), "funder": pattern("party.no-giver")}
_NO_ONE = pattern("party.no-one")
_NAMES_NOBODY = pattern("party.nobody")
_POSSESSED = re.compile(r"['\u2019]s?$")
_RATED = pattern("party.rated")
_SHARE_OF = pattern("party.share-of")
_GIVES_BELOW = pattern("party.gives-below")
_GETS_BELOW = pattern("party.gets-below")
_ITEM_NAME = pattern("party.item-name")
_HEADING_GIVER = pattern("party.heading-giver")
_GIVER_ENDS = re.compile(
    r",\s|\s(?:by|to|on|over|in|at|towards|into|and then)\b"
    r"|(?<!epartment)(?<!inistry)(?<!ecretary)(?<!ffice)(?<!ouncil)(?<!entre)\sfor\b|^$"
)
# Rules whose noun phrase counts only where it names somebody who can get money.
_NAMED_ONLY = frozenset({"recipient.label", "recipient.dash-label", "recipient.comma-label"})
_GIVES = frozenset({"funder.gives", "funder.funds", "funder.meets", "funder.gapped"})
_GETS = frozenset({"recipient.receives", "funder.gives"})
_ROLES = ("recipient", "funder", "attribution")
# The speaker first, since `we` is whoever speaks.
_BY_SPEAKER = ("attribution", "recipient", "funder")


class PartiesFinder:
    """Write recipients, funders and attributions; change nothing else."""

    def __call__(self, doc: Sheet) -> Sheet:
        """Read each amount's own sentence, then resolve pronouns to the last name in that role."""
        analysis = analysis_of(doc)
        named = read_by_amount(doc, "purpose_recipient")
        fields: dict[str, list[Found]] = {role: [] for role in _ROLES}
        known: Parties = {}
        previous: Found | None = None
        before: Parties = {}
        kinds = read_by_amount(doc, "kind")
        purposes = read_by_amount(doc, "purpose")
        for amount in read(doc, "amount"):
            found = _parties(analysis, amount, kinds[amount.amount].values["kind"])
            _complete(analysis, amount, found, named.get(amount.amount))
            _gapped(analysis.text, found, before)
            if previous and _SHARE_OF.fullmatch(analysis.masked, previous.end, amount.start):
                found = {role: held for role, held in found.items() if held[1] != "funder.from"}
            if previous and _goes_on(analysis.masked, previous, amount):
                found = {**_beside(before), **found}
            if _is_purpose(found.get("recipient"), purposes.get(amount.amount)):
                del found["recipient"]
            previous, before = amount, found
            known.pop("speaker", None)
            for role in _BY_SPEAKER:
                if role not in found:
                    continue
                bounds, rule = found[role]
                resolved = _somebody(analysis, resolve(analysis, bounds, role, known))
                if resolved:
                    known["speaker" if role == "attribution" else role] = (resolved, rule)
                    fields[role].append(Found(amount.amount, *resolved, rule))
        for role, items in fields.items():
            write(doc, role, items)
        return doc


def _somebody(analysis: Analysis, bounds: Bounds | None) -> Bounds | None:
    """Return a party without what it possesses by (`the trust's`); None where it names nobody."""
    if bounds is None or _NAMES_NOBODY.match(analysis.masked, *bounds):
        return None
    start, end = bounds
    owner = _POSSESSED.search(analysis.masked, start, end)
    return (start, owner.start()) if owner else bounds


def _goes_on(masked: str, previous: Found, amount: Found) -> bool:
    """Tell whether an amount only restates the one before it, or says how much each one gets."""
    rated = amount.values["per"] and not previous.values["per"]
    return stands_beside(masked, previous, amount) or bool(
        rated and _RATED.fullmatch(masked, previous.end, amount.start)
    )


def _gapped(text: str, found: Parties, before: Parties) -> None:
    """Give who stands before an amount without a verb the role that the last subject had."""
    role = found.get("recipient")
    if role is None or role[1] != "recipient.gapped":
        return
    if "funder" in before and before["funder"][1] in _GIVES:
        found["funder"] = (role[0], "funder.gapped")
        del found["recipient"]
    elif before.get("recipient", role)[1] not in _GETS and not text[role[0][0]].isupper():
        del found["recipient"]


def _is_purpose(recipient: tuple[Bounds, str] | None, purpose: Found | None) -> bool:
    """Tell whether the subject that gets the money is the activity that it is for."""
    return bool(recipient and purpose and recipient[0] == (purpose.start, purpose.end))


def _complete(analysis: Analysis, amount: Found, found: Parties, named: Found | None) -> None:
    """Add the recipient that the purpose names, the giver of a list's lead-in, and the speaker."""
    if named and "recipient" not in found:
        found["recipient"] = ((named.start, named.end), named.rule)
    if "recipient" not in found and (taker := _lead_taker(analysis, amount)):
        found["recipient"] = taker
    giver = None if "funder" in found else _lead_giver(analysis, amount)
    if giver := giver or (None if "funder" in found else _heading_giver(analysis, amount)):
        found["funder"] = giver
    if speaker := _attribution(analysis, amount):
        found["attribution"] = speaker


def _beside(before: Parties) -> Parties:
    """Return what a figure set beside another shares with it."""
    return {
        role: (bounds, f"{rule.split('+')[0]}+beside")
        for role, (bounds, rule) in before.items()
        if role != "attribution"
    }


def _parties(analysis: Analysis, amount: Found, kind: str) -> Parties:
    sentence = analysis.sentence_of(amount.start)
    found: Parties = {}
    verbs = {verb.rule.id: verb for verb in governing(analysis, sentence, amount)}
    for rule in analysis.rules("parties.toml", sentence):
        if kind not in rule.values.get("kinds", (kind,)):
            continue
        if rule.values["side"] == "clause":
            pairs = _of_verb(verbs[rule.id], analysis, sentence, amount) if rule.id in verbs else []
        else:
            pairs = _apply(rule, analysis, amount, sentence)
        for role, bounds in pairs:
            if bounds:
                found.setdefault(role, (bounds, credited(analysis, rule.id, bounds)))
    return found


def _is_nobody(analysis: Analysis, role: str, bounds: Bounds) -> bool:
    """Tell whether a noun phrase can neither give nor get money, by its role."""
    return role in _NOBODY and _NOBODY[role].match(analysis.masked, *bounds) is not None


def _of_verb(
    verb: Verb, analysis: Analysis, sentence: Sentence, amount: Found
) -> list[tuple[str, Bounds | None]]:
    """Return the parties of the verb whose object an amount is."""
    pairs: list[tuple[str, Bounds | None]] = []
    for role, bounds in roles(verb, analysis, sentence, amount):
        who = verb.rule.values.get("who", "")
        nobody = _is_nobody(analysis, role, bounds)
        fits = not nobody and compile_pattern(who).match(analysis.masked, *bounds)
        pairs.append((role, bounds if fits else None))
    return pairs


def _apply(
    rule: Rule, analysis: Analysis, amount: Found, sentence: Sentence
) -> list[tuple[str, Bounds | None]]:
    masked = analysis.masked
    hit = beside(rule, analysis, sentence, amount)
    if hit is None:
        return []
    if owner := hit.groups.get("owner"):
        giver = _GIVER.match(masked[owner[0] : owner[1]]) or _GIVEN.match(masked, amount.end)
        return [("funder" if giver else "recipient", owner)]
    role, named = _named(rule, masked, hit, sentence)
    return [(role, whole_recipient(analysis, role, named))]


def _named(rule: Rule, masked: str, hit: Hit, sentence: Sentence) -> tuple[str, Bounds | None]:
    """Return the party that a group of the rule names or begins."""
    role = next(name for name in _ROLES if name in hit.groups)
    start, end = hit.groups[role]
    if end > start:
        label = rule.id in _NAMED_ONLY
        named = rule.id not in _NAMED_ONLY or is_recipient(masked[start:end], label=label)
        return role, (start, end) if named else None
    end = phrase_end(masked, start, sentence.end)
    stop = name_end(masked, start, end) if role == "recipient" else end
    if rule.id == "recipient.awarded-to":
        return role, _funder(masked, start, stop or end)
    if role == "recipient":
        return role, (start, stop) if stop and not _NO_ONE.match(masked, start, stop) else None
    return role, _funder(masked, start, end)


def _lead_giver(analysis: Analysis, amount: Found) -> tuple[Bounds, str] | None:
    """Return who the lead-in of a list says gives what its items name (`The Act provides:`)."""
    sentence = analysis.sentence_of(amount.start)
    if sentence.lead is None or amount.values["per"]:
        return None
    lead = analysis.sentence_of(sentence.lead)
    verb = _GIVES_BELOW.search(analysis.masked[lead.start : lead.end])
    if verb is None:
        return None
    bounds = subject_before(analysis.masked, lead.start + verb.start(), lead.start)
    if bounds is None or _is_nobody(analysis, "funder", bounds):
        return None
    return bounds, "funder.lead-in"


def _lead_taker(analysis: Analysis, amount: Found) -> tuple[Bounds, str] | None:
    """Return the name that an item begins with, below a lead-in on who gets the money."""
    sentence = analysis.sentence_of(amount.start)
    if sentence.lead is None:
        return None
    name = _ITEM_NAME.fullmatch(analysis.masked, sentence.start, amount.start)
    lead = analysis.sentence_of(sentence.lead)
    if name is None or not _GETS_BELOW.search(analysis.masked, lead.start, lead.end):
        return None
    theme = is_theme(name["name"])
    return None if theme else (name.span("name"), "recipient.lead-in")


def _heading_giver(analysis: Analysis, amount: Found) -> tuple[Bounds, str] | None:
    """Return the giver that is the heading of a paragraph which begins with its sum."""
    index = sentence_at(analysis.sentences, amount.start)
    if index == 0 or analysis.sentences[index].start != amount.start:
        return None
    above = analysis.sentences[index - 1]
    if above.shape != "heading" or not _HEADING_GIVER.fullmatch(
        analysis.masked, above.start, above.end
    ):
        return None
    return (above.start, above.end), "funder.heading"


def _funder(masked: str, start: int, end: int) -> Bounds | None:
    """Cut a giver at its first comma or preposition of place and purpose."""
    stop = _GIVER_ENDS.search(masked, start, end)
    end = stop.start() if stop else end
    return (start, end) if masked[start:end].lower() not in lexicon()["determiner"] else None


def _attribution(analysis: Analysis, amount: Found) -> tuple[Bounds, str] | None:
    """Return the speaker of an amount's sentence, of its quotation, or of the lead-in before it."""
    index = sentence_at(analysis.sentences, amount.start)
    sentence = analysis.sentences[index]
    if found := speaker_of(analysis, sentence, amount.start, amount.end):
        return found
    if found := quoted_speaker(analysis, amount.start):
        return found
    if sentence.lead is not None:
        return lead_speaker(analysis, sentence_at(analysis.sentences, sentence.lead))
    previous = analysis.sentences.block_of(index)[0] - 1
    return lead_speaker(analysis, previous) if previous >= 0 else None
