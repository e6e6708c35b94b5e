"""Who is reported as saying so: attribution by the clause, the quotation or the lead-in of a sentence."""

from __future__ import annotations

import re

from extract.analysis import Analysis
from extract.phrases import phrase_end, subject_before
from extract.rulebook import compile_pattern
from extract.sentences import Sentence, sentence_at

Bounds = tuple[int, int]

# Verbs that also have plain objects speak only before `that`, a quotation or a pause.
_WEAK = frozenset(
    "found find finds add adds added claim claims claimed call called show shows showed tell tells told understand"
    " understands expect expects quote quoted write writes wrote note notes noted state states describe describes"
    " described report reports highlighted set sets out outline outlines highlight highlights expects forecast"
    " called forecasts called saying announcing confirming estimate".split()
)
_REPORT = compile_pattern(r"\b(?P<verb>{report})\b")
_COMPLEMENT = re.compile(r"\s*(?:that\b|[,:\"]|[\w']+(?: [\w']+){0,5} (?:that\b|\")|how\b|it\b|the\b|there\b|its\b|they\b|he\b|she\b|a\b|an\b|what\b|more\b|up to\b)", re.I)
_ACCORDING = re.compile(r"\baccording to (?=\w)", re.I)
_BY = compile_pattern(r"\b{announce_verb}(?: [\w]+){0,2} by (?=\w)")
_INVERTED = compile_pattern(r"[,\"?!] ?(?:said|says|added|explained|warned|argued|adds|insisted) (?P<name>(?-i:[A-Z]|the |a |an )[^,.;\"]{2,60})")
_APPOSED = re.compile(r", (?P<name>(?:[A-Z][\w.'-]+ ){1,3}[A-Z][\w'-]+)")
_HEADLINE = re.compile(r",? (?:says|say|warns?|claims?|finds?) (?P<name>[\w' -]{3,50})$")
_MODAL = re.compile(r"\b(?:should|must|could|might|may|would|to)(?: \w+)?\s$", re.I)
_PUTS = compile_pattern(r"\b(?:puts|put|estimated|estimates) (?:the|its|their|this|that|it)\b[^.;]{0,50} at\b")
_LEAD = compile_pattern(r"(?P<subject>[A-Z][^.:;\"]{2,80}?) (?:also |later |has |have |today )?{report}(?: [^.;\"]{0,30})?:$")
PRONOUN = re.compile(r"(?:he|she|they|it|we|i|you|who|this|that|these|those|which|one|some|all|both|others|his|her)$", re.I)
_NOT_SPEAKER = compile_pattern(r"(?:{T}|what\b.*|.*\b(?:is|are|was|were|will|to|of which)\b.*|.*{A}.*)$")


def speaker_of(analysis: Analysis, sentence: Sentence, start: int, end: int) -> tuple[Bounds, str] | None:
    """Return who is reported as stating what stands at `start` to `end` of a sentence, with the rule id."""
    masked = analysis.masked
    if bounds := _before(masked, sentence, start):
        return bounds, "attribution.says"
    if bounds := _behind(masked, sentence, end, sentence.end):
        return bounds, "attribution.said-behind"
    for pattern, rule in ((_ACCORDING, "attribution.according-to"), (_BY, "attribution.announced-by")):
        for match in pattern.finditer(masked, sentence.start, sentence.end):
            stop = _name_stop(masked, match.end(), sentence.end)
            if stop > match.end():
                return (match.end(), stop), rule
    return None


def last_speaker(analysis: Analysis, position: int) -> Bounds | None:
    """Return the last full name that spoke before `position`, at most five sentences back."""
    index = sentence_at(analysis.sentences, position)
    for other in range(index, max(-1, index - 6), -1):
        sentence = analysis.sentences[other]
        end = min(sentence.end, position)
        bounds = _before(analysis.masked, sentence, end) or _behind(
            analysis.masked, sentence, sentence.start, end
        )
        if bounds and not PRONOUN.match(analysis.text[bounds[0] : bounds[1]].strip()):
            return bounds
    return None


def lead_speaker(analysis: Analysis, index: int) -> tuple[Bounds, str] | None:
    """Return who speaks in the lead-in right before a block (`Care minister Dana Whitlock said:`)."""
    sentence = analysis.sentences[index]
    match = _LEAD.match(analysis.masked[sentence.start : sentence.end])
    if not match:
        return None
    return (sentence.start + match.start("subject"), sentence.start + match.end("subject")), "attribution.lead-in"


def _before(masked: str, sentence: Sentence, start: int) -> Bounds | None:
    found: Bounds | None = None
    for match in _REPORT.finditer(masked, sentence.start, start):
        verb = match["verb"].lower()
        if re.match(r"\s*[,.](?!\s?\")", masked[match.end() : match.end() + 3]):
            continue  # `…, X said,` speaks of what stands before it
        if ";" in masked[match.end() : start] or _MODAL.search(masked[: match.start()][-14:]):
            continue
        if verb.split()[0] in _WEAK and not _COMPLEMENT.match(masked, match.end()):
            continue
        if verb in {"found", "find", "add", "added", "claim", "expects", "expected"} and not re.match(r",? (?:that\b|\")", masked[match.end() : match.end() + 7]):
            continue
        found = _speaker(masked, match.start(), sentence.start) or found
    if found is None and (match := _PUTS.search(masked, sentence.start, start)):
        found = _speaker(masked, match.start(), sentence.start)
    return found


def _behind(masked: str, sentence: Sentence, end: int, limit: int) -> Bounds | None:
    if sentence.shape == "heading" and (match := _HEADLINE.search(masked[end:limit])):
        return end + match.start("name"), end + match.end("name")
    if match := _INVERTED.search(masked, end, limit):
        if proper := _APPOSED.match(masked, match.end("name"), limit):
            return proper.start("name"), proper.end("name")
        return match.start("name"), _name_stop(masked, match.start("name"), match.end("name"))
    for match in _REPORT.finditer(masked, end, limit):
        gap = masked[end : match.start()]
        pause = max(gap.rfind(", "), gap.rfind("\" "), gap.rfind("' "), gap.rfind(" - "))
        if pause < 0 or re.match(r", (?:which|who|whose)\b", gap[pause:]):
            continue
        bounds = _speaker(masked, match.start(), end + pause + 1)
        if bounds and len(masked[bounds[1] : match.start()].split()) <= 3:  # noqa: PLR2004 - `has already`
            return bounds
    return None


def _speaker(masked: str, position: int, floor: int) -> Bounds | None:
    position = _without_auxiliaries(masked, position, floor)
    bounds = subject_before(masked, position, floor)
    if bounds is None or _NOT_SPEAKER.match(masked[bounds[0] : bounds[1]]):
        return None
    return bounds


_AUXILIARIES = compile_pattern(r"(?: (?:{aux}|{adverb}))+\s*$")


def _without_auxiliaries(masked: str, position: int, floor: int) -> int:
    match = _AUXILIARIES.search(masked[floor:position])
    return floor + match.start() if match else position


def _name_stop(masked: str, start: int, end: int) -> int:
    """End a speaker's name at the first pause or verb."""
    stop = phrase_end(masked, start, end)
    comma = masked.find(",", start, stop)
    return comma if comma > start else stop
