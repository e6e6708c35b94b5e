"""What rules ask the parse of a trained pipeline, and what its answer may change.

Without a parse every answer is the rules' own guess. A parse errs too, so it decides no more than
what made the figures of docs/rules.md rise.
"""

from __future__ import annotations

import re

from extract.analysis import Analysis
from extract.phrases import phrase_end
from extract.rulebook import MASKS

Bounds = tuple[int, int]

_NOBODY = re.compile(
    r"(?:[ihw]e|she|it|you|i|they|somebody|someone|nobody|everybody|wh\w+|this|that|these|those|one)\b",
    re.IGNORECASE,
)
_BY_PARSE = "+parse"


def party_of_verb(analysis: Analysis, verb: int, role: str, guess: Bounds | None) -> Bounds | None:
    """Return the party that is the subject of the word at `verb`, which rules take for a verb.

    A word that is a noun has no subject. The parse says where a subject begins, and names it where
    the rules find none, pronouns left out.

    Args:
        analysis: The document's.
        verb: Where the word begins.
        role: What the party is; only who gets and who gives is asked for.
        guess: The subject that the rules found; None for none.
    """
    syntax = analysis.syntax
    if syntax is None or role == "attribution":
        return guess
    if syntax.is_verb(verb) is False:
        return None
    parsed = syntax.subject(verb)
    if parsed is None or parsed == guess or parsed[1] > verb:
        return guess
    phrase = analysis.masked[slice(*parsed)]
    if any(mask in phrase for mask in MASKS) or (guess is None and _NOBODY.match(phrase)):
        return guess
    if guess is not None and guess[1] != parsed[1]:
        return guess
    syntax.decided.add(parsed)
    return parsed


def whole_recipient(analysis: Analysis, role: str, named: Bounds | None) -> Bounds | None:
    """Return a recipient that a rule named, with what the parse says goes on with it.

    That is another noun or a clause without a comma (`each nurse who stays four years`), as far as
    the rules' own phrase reaches.
    """
    syntax = analysis.syntax
    if syntax is None or named is None or role != "recipient":
        return named
    parsed = syntax.phrase(named[0])
    if parsed is None or parsed[1] <= named[1]:
        return named
    limit = phrase_end(analysis.masked, named[0], analysis.sentence_of(named[0]).end)
    if parsed[1] > limit:
        return named
    syntax.decided.add(parsed)
    return parsed


def credited(analysis: Analysis, rule: str, bounds: Bounds) -> str:
    """Return the id that a field names: `funder.gives+parse` where the parse decided its words."""
    syntax = analysis.syntax
    return rule + _BY_PARSE if syntax is not None and bounds in syntax.decided else rule
