"""Who a pronoun means: the last speaker, or the subject that the sentences before are about."""

from __future__ import annotations

import re

from extract.analysis import Analysis
from extract.clauses import main_subject
from extract.rulebook import pattern
from extract.sentences import sentence_at
from extract.speakers import PRONOUN, Bounds, said_in

# How many sentences back a speaker, and a subject, are looked for.
_SPEAKERS, _SUBJECTS = 6, 3
_PEOPLE = frozenset({"he", "she", "him", "her"})
# `one of them said`: nobody that the text names.
_NOBODY = frozenset({"one", "some", "all", "both", "others", "you", "who", "which", "that"})
# A sentence that is about somebody, though it reports nothing: `Sir Julian Hart, who ran …`.
_PERSON = re.compile(
    r"(?P<name>(?:(?:Sir|Dame|Lord|Lady|Dr|Mr|Mrs|Ms|Prof|Professor|Cllr|Councillor|Ald)\.? )?"
    r"[A-Z][\w'-]+ [A-Z][\w'-]+),? (?:who|whose|an?|the|has|had|is|was|of|from)\b"
)
# `Mr Amadio`, `Finance minister Deirdre Kearns`, `the mayor`.
_NAMED = pattern("speaker.person")


def last_speaker(analysis: Analysis, bounds: Bounds) -> Bounds | None:
    """Return who the pronoun at `bounds`, which speaks, means; None when that is unclear."""
    position, word = bounds[0], analysis.text[slice(*bounds)].strip().lower()
    if word in _NOBODY:
        return None
    person = word in _PEOPLE
    index = sentence_at(analysis.sentences, position)
    for other in range(index, max(-1, index - _SPEAKERS), -1):
        sentence = analysis.sentences[other]
        end = min(sentence.end, position)
        found = said_in(analysis, sentence, end)
        if found and not PRONOUN.match(analysis.text[slice(*found)].strip()):
            return found
        if match := _PERSON.match(analysis.text, sentence.start, end):
            return match.span("name")
        subject = main_subject(analysis, sentence, end)
        if subject and _can_speak(analysis.text[slice(*subject)].strip(), person=person):
            return subject
    return None


def _can_speak(phrase: str, *, person: bool) -> bool:
    """Tell whether a subject can be who says what follows."""
    if person:
        return _NAMED.match(phrase) is not None
    return phrase[:1].isupper() and not PRONOUN.match(phrase)


def subject_near(analysis: Analysis, position: int) -> Bounds | None:
    """Return the subject that a pronoun goes back to: of its sentence, else of those before it."""
    index = sentence_at(analysis.sentences, position)
    for other in range(index, max(-1, index - _SUBJECTS), -1):
        sentence = analysis.sentences[other]
        found = main_subject(analysis, sentence, min(position, sentence.end))
        if found and not PRONOUN.match(analysis.text[slice(*found)].strip()):
            return found
    return None
