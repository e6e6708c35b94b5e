"""Whom a pronoun means: the body that a speaker speaks for, or the nearest full noun phrase.

Source: docs/annotation.md, ruling "Parties": pronouns are resolved to the nearest full noun phrase.
"""

from __future__ import annotations

import re

from extract.analysis import Analysis
from extract.antecedents import last_speaker, subject_near
from extract.clauses import main_subject
from extract.rulebook import pattern
from extract.sentences import sentence_at
from extract.speakers import OWN, PRONOUN, Bounds

Parties = dict[str, tuple[Bounds, str]]
_NEAR = frozenset({"it", "they", "he", "she", "them", "him", "her", "its", "their"})
# `we're`, `they've`.
_CONTRACTED = re.compile(r"['\u2019](?:re|ve|ll|d|m)$")
_PERSONAL = frozenset({"he", "she", "him", "her"})
_WHOSE = frozenset({"its", "their"})
_SPOKESPERSON = re.compile(
    r"(?:an? )?(?:[\w'-]+ )?spokes(?:man|woman|person) (?:for|of|from|at) (?P<body>.+)"
    r"|(?:an? |the )?(?P<owner>.+) spokes(?:man|woman|person)$",
    re.I,
)
_OWNER = pattern("pronoun.owner")
_POST_OF = pattern("pronoun.post-of")
_OFFICE = pattern("pronoun.office")
_OFFICE_BODY = pattern("pronoun.office-body")
_BODY = pattern("pronoun.body")
# How far about a speaker's name the body stands, in code points; how many sentences back.
_ABOUT, _SENTENCES = 90, 15


def resolve(analysis: Analysis, bounds: Bounds, role: str, known: Parties) -> Bounds | None:
    """Replace a pronoun by the nearest full noun phrase before it; None when there is none.

    The `we` of a quotation is its speaker; the article's own `we` is nobody.

    Args:
        analysis: The document.
        bounds: A party as the text names it.
        role: The field that it fills.
        known: The last full party of each role, and under `speaker` who speaks here.
    """
    word = _CONTRACTED.sub("", analysis.text[bounds[0] : bounds[1]].strip().lower())
    if not PRONOUN.match(word) and word not in _WHOSE:
        return bounds
    if role == "attribution":
        return None if word in OWN else last_speaker(analysis, bounds)
    if word in OWN:
        speaker = None if word == "me" else known.get("speaker")
        return _spoken_for(analysis, *speaker[0]) if speaker else None
    found = subject_near(analysis, bounds[0]) if word in _NEAR else None
    if found and word in _PERSONAL and _BODY.match(analysis.masked, *found):
        found = None
    last = known.get(role)
    return found or (last[0] if last else None)


def _spoken_for(analysis: Analysis, start: int, end: int) -> Bounds | None:
    """Return the body that a person speaks for, or that speaks itself; None when none is named."""
    masked = analysis.masked
    if match := _SPOKESPERSON.match(masked, start, end):
        return match.span("body" if match["body"] else "owner")
    if _BODY.match(masked, start, end):
        return start, end
    floor = max(start - _ABOUT, analysis.sentence_of(start).start)
    owners = list(_OWNER.finditer(masked, floor, end))
    if owners and owners[-1].end() >= start:
        return owners[-1].span("owner")
    if match := _POST_OF.match(masked, start, min(len(masked), end + _ABOUT)):
        return match.span("body")
    if _OFFICE.search(masked, floor, end):
        governments = list(_OFFICE_BODY.finditer(masked, 0, end))
        return governments[-1].span() if governments else (start, end)
    return _last_body(analysis, start)


def _last_body(analysis: Analysis, position: int) -> Bounds | None:
    """Return the nearest subject before `position` that is a body and no person."""
    index = sentence_at(analysis.sentences, position)
    for other in range(index - 1, max(-1, index - _SENTENCES), -1):
        sentence = analysis.sentences[other]
        found = main_subject(analysis, sentence, sentence.end)
        if found and _BODY.match(analysis.masked, *found):
            return found
    return None
