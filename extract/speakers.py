"""Who is reported as saying so: by the clause, the quotation or the lead-in of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.analysis import Analysis
from extract.needs import needs
from extract.phrases import phrase_end
from extract.rulebook import compile_pattern, expand, lexicon, pattern
from extract.sentences import Sentence
from extract.subjects import subject_before

Bounds = tuple[int, int]

# Verbs that also have plain objects speak only before `that`, a quotation or a pause.
_WEAK = frozenset(lexicon()["weak_report"])
# Verbs whose plain object is a sum (`found £5m`): they report only before `that` or a quotation.
_TRANSITIVE = frozenset(lexicon()["that_report"])
# Verbs of judging and asking: they report before a clause, an infinitive or a sum.
_JUDGING = frozenset(lexicon()["judge_verb"])
_SAID = pattern("speaker.said")
# What an inquiry finds is what it says, with any object.
_FINDING = frozenset({"found", "finds", "find"})
_INQUIRY = pattern("speaker.inquiry")
_JUDGED = pattern("speaker.judged")
_RELATIVE = re.compile(r"\b(?:which|that|who) (?:\w+ )?$")
# What is judged or asked for ends where the sentence goes on about it.
_GOES_ON = re.compile(r", (?:of )?which\b|,? and (?:was|were|got|has|had) ")
_REPORT = re.compile(expand(r"\b(?P<verb>{report}|{judge_verb}|{that_report})\b"))  # lower case
_REPORT_KEYS = needs(_REPORT.pattern, at_word_start=False) or frozenset()
_COMPLEMENT = pattern("speaker.complement")
_ACCORDING = pattern("speaker.according")
_AS_SAID = pattern("speaker.as-said")
_FIGURES = pattern("speaker.figures")
_BY = compile_pattern(r"\b{announce_verb}(?: [\w]+| {T}| \([^()]{1,30}\)){0,3}? by (?=\w)")
_INVERTED = pattern("speaker.inverted")
# A name, and what its bearer is, before `said`: `Jane Okoro, the trust's director,`.
_NAMED_FIRST = re.compile(r"(?:^|[,\"] ?)(?P<name>(?:[A-Z][\w.'-]+ ){1,3}[A-Z][\w'-]+), [^,\"]+$")
# Where and when somebody said it is no part of a name.
_OCCASION = re.compile(r" (?:in|at|during|after|on|when|as) (?=\w)")
_APPOSED = re.compile(r", (?P<name>(?:[A-Z][\w.'-]+ ){1,3}[A-Z][\w'-]+)")
_HEADLINE = re.compile(r",? (?:says|say|warns?|claims?|finds?) (?P<name>[\w' -]{3,50})$")
_MODAL = pattern("speaker.modal")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being) (?:\w+ly |also |first )?$", re.I)
_ADJECTIVAL = frozenset({"estimated", "expected", "reported", "stated", "declared", "predicted"})
_DETERMINED = re.compile(r"\b(?:an?|the|its|their|total|of|at|for|with|by)\s$", re.I)
_PAUSE = re.compile(r"(?: reporters| the (?:house|bbc|assembly))?\s*[,.](?!\s?\")", re.I)
_ANOTHER = compile_pattern(
    r", (?:and|but|while|although) [^,.;{A}]{3,60} (?:has|have|had|is|are|was|were) "
)
# `the centres announced in May`: no verb of its clause.
_HAS = re.compile(r"\b(?:has|have|had|also|already) $")
_DUE = re.compile(r"\b(?:set|due|expected|poised|about) to $", re.I)
_PARTICIPLE = pattern("speaker.participle")
_OTHER_CLAUSE = pattern("speaker.other-clause")
_CLOSES = pattern("speaker.closes")
_TRAILED = pattern("speaker.trailed")
_PUTS = pattern("speaker.puts")
_LEAD = pattern("speaker.lead")
_ATTRIBUTED = pattern("speaker.attributed")
_LISTS = pattern("speaker.lists")
PRONOUN = pattern("speaker.pronoun")
# Whoever speaks the quotation that these stand in.
OWN = frozenset({"we", "i", "us", "me"})
_NOT_SPEAKER = pattern("speaker.not-speaker")


def speaker_of(
    analysis: Analysis, sentence: Sentence, start: int, end: int
) -> tuple[Bounds, str] | None:
    """Return who is reported as stating what stands at `start` to `end`, with the rule's id."""
    masked = analysis.masked
    if bounds := _before(analysis, sentence, start):
        return bounds, "attribution.says"
    if bounds := behind(analysis, sentence, end, sentence.end):
        return bounds, "attribution.said-behind"
    for cue, rule in (
        (_ACCORDING, "attribution.according-to"),
        (_BY, "attribution.announced-by"),
    ):
        for match in cue.finditer(masked, sentence.start, sentence.end):
            stop = _name_stop(masked, match.end(), sentence.end)
            if stop > match.end():
                return (match.end(), stop), rule
    as_said = _AS_SAID.search(masked, end, sentence.end)
    return (as_said.span("name"), "attribution.as-said") if as_said else None


def said_in(analysis: Analysis, sentence: Sentence, end: int) -> Bounds | None:
    """Return who speaks in a sentence up to `end`, before or behind what is said."""
    found = speaker_of(analysis, sentence, end, sentence.end)
    return found[0] if found else behind(analysis, sentence, sentence.start, end)


def lead_speaker(analysis: Analysis, index: int) -> tuple[Bounds, str] | None:
    """Return who speaks in the lead-in before a block (`Care minister Dana Whitlock said:`)."""
    sentence = analysis.sentences[index]
    said = analysis.masked[sentence.start : sentence.end]
    match = _LEAD.match(said) or _ATTRIBUTED.match(said) or _LISTS.match(said)
    if not match:
        return None
    return (
        sentence.start + match.start("subject"),
        sentence.start + match.end("subject"),
    ), "attribution.lead-in"


def _before(analysis: Analysis, sentence: Sentence, start: int) -> Bounds | None:
    masked = analysis.masked
    found: Bounds | None = None
    for report in _reports(analysis, sentence):
        if report.start < sentence.start or report.end > start:
            continue
        if _is_participle(masked, report.start):
            continue
        if _is_no_report(masked, report, sentence) or ";" in masked[report.end : start]:
            continue
        if _PAUSE.match(masked, report.end):
            # `…, X said,` speaks of what stands before it; `By 2020, X reckons,` of all
            if _ANOTHER.match(masked, report.end):
                continue
            found = _inserted(masked, report.start, sentence.start) or found
            continue
        if not _complemented(masked, report):
            continue
        if report.verb in _JUDGING and _GOES_ON.search(masked, report.end, start):
            continue
        found = _speaker(masked, report.start, sentence.start) or found
    puts = _PUTS.search(masked, sentence.start, start) if found is None else None
    found = _speaker(masked, puts.start(), sentence.start) if puts else found
    return None if found and masked[slice(*found)].lower() in OWN else found


def _complemented(masked: str, report: _Report) -> bool:
    """Tell whether what is said follows a verb that has plain objects too."""
    if report.verb in _TRANSITIVE:
        inquiry = report.verb in _FINDING and _INQUIRY.search(
            masked[max(0, report.start - 80) : report.start]
        )
        return bool(inquiry or _SAID.match(masked, report.end))
    if report.verb in _JUDGING:
        return bool(_JUDGED.match(masked, report.end)) and not _RELATIVE.search(
            masked, max(0, report.start - 12), report.start
        )
    weak = report.verb.split()[0] in _WEAK
    return not weak or bool(_COMPLEMENT.match(masked, report.end))


@dataclass(frozen=True, slots=True)
class _Report:
    """A word of a sentence that may report what somebody said; `verb` in lower case."""

    start: int
    end: int
    verb: str


def _reports(analysis: Analysis, sentence: Sentence) -> list[_Report]:
    """Return the words of a sentence that may report, looked for once."""
    key = ("reports", sentence.start)
    if key not in analysis.kept:
        window = analysis.window(sentence)
        found = _REPORT.finditer(window.lower) if _REPORT_KEYS & window.keys else ()
        analysis.kept[key] = [
            _Report(window.start + match.start(), window.start + match.end(), match["verb"])
            for match in found
        ]
    reports: list[_Report] = analysis.kept[key]
    return reports


def _inserted(masked: str, position: int, floor: int) -> Bounds | None:
    """Return who speaks in a clause between two commas."""
    bounds = _speaker(masked, position, floor)
    return bounds if bounds and masked[max(floor, bounds[0] - 2) : bounds[0]] == ", " else None


def _is_participle(masked: str, start: int) -> bool:
    """Tell whether a verb only describes the noun before it (`the centres announced in May`)."""
    return bool(_PARTICIPLE.match(masked, start)) and not _HAS.search(
        masked[max(0, start - 9) : start]
    )


def _is_no_report(masked: str, report: _Report, sentence: Sentence) -> bool:
    """Tell whether a word reports nothing here: passive, adjective, participle, part of a name."""
    start, end = report.start, report.end
    before = masked[max(sentence.start, start - 40) : start]
    if (
        (_MODAL.search(before[-14:]) and not _DUE.search(before))
        or _PASSIVE.search(before)
        or before.endswith('" ')
    ):
        return True
    named = masked[start].isupper() and start > sentence.start and sentence.shape != "heading"
    if named and not masked[start:end].isupper():
        return True
    return report.verb in _ADJECTIVAL and bool(_DETERMINED.search(before))


def behind(analysis: Analysis, sentence: Sentence, end: int, limit: int) -> Bounds | None:
    """Return who is named behind what they say (`…, X said`; `…," said X`)."""
    masked = analysis.masked
    if sentence.shape == "heading" and (match := _HEADLINE.search(masked[end:limit])):
        return end + match.start("name"), end + match.end("name")
    if match := _INVERTED.search(masked, end, limit):
        if proper := _APPOSED.match(masked, match.end("name"), limit):
            return proper.span("name")
        start, stop = match.start("name"), _name_stop(masked, *match.span("name"))
        occasion = _OCCASION.search(masked, start, stop)
        return start, occasion.start() if occasion else stop
    for report in _reports(analysis, sentence):
        inside = report.start >= end and report.end <= limit
        if inside and (bounds := _closing(masked, report, sentence, end)):
            return bounds
    match = _TRAILED.match(masked, end, limit)
    return match.span("name") if match else None


def _closing(masked: str, report: _Report, sentence: Sentence, end: int) -> Bounds | None:
    """Return who a verb names that closes what begins before `end`: `…, X has said.`."""
    gap = masked[end : report.start].rstrip(" ,")
    pause = max(gap.rfind(", "), gap.rfind('" '), gap.rfind("' "), gap.rfind(" - "))
    if (
        pause < 0
        or report.verb in _JUDGING
        or _OTHER_CLAUSE.match(gap, pause)
        or not _CLOSES.match(masked, report.end)
        or (_is_no_report(masked, report, sentence) and not gap.endswith('" '))
    ):
        return None
    if named := _NAMED_FIRST.search(gap):
        return end + named.start("name"), end + named.end("name")
    bounds = _speaker(masked, report.start, end + pause + 1)
    near = bounds and len(masked[bounds[1] : report.start].split()) <= 3  # noqa: PLR2004 - `has already`
    return bounds if near else None


def _speaker(masked: str, position: int, floor: int) -> Bounds | None:
    position = _without_auxiliaries(masked, position, floor)
    bounds = subject_before(masked, position, floor)
    if bounds is None or _NOT_SPEAKER.match(masked[bounds[0] : bounds[1]]):
        return None
    figures = _FIGURES.fullmatch(masked, *bounds)
    return figures.span("owner") if figures else bounds


_AUXILIARIES = pattern("speaker.auxiliaries")


def _without_auxiliaries(masked: str, position: int, floor: int) -> int:
    match = _AUXILIARIES.search(masked[floor:position])
    return floor + match.start() if match else position


def _name_stop(masked: str, start: int, end: int) -> int:
    """End a speaker's name at the first pause or verb."""
    stop = phrase_end(masked, start, end)
    comma = masked.find(",", start, stop)
    return comma if comma > start else stop
