"""Say in plain words what a question was understood to ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from records.money import decimal_text
from store.question_terms import (
    AllOf,
    AmountTerm,
    AnyOf,
    Condition,
    CurrencyTerm,
    DayField,
    DayTerm,
    IdTerm,
    Not,
    OriginsTerm,
    RateTerm,
    Sort,
    Term,
    TextField,
    TextTerm,
    WordField,
    WordTerm,
)
from store.question_text import amount_text
from store.question_values import DOLLARS

_TEXTS: dict[TextField, str] = {
    "quote": 'a quote or its sentence has, side by side: "{}"',
    "for": 'the purpose has, in any order and form: "{}"',
    "who": 'whoever gives it or says so is called, side by side: "{}"',
    "to": 'whoever gets it is called, side by side: "{}"',
    "source": 'a source\'s name, title, publisher or address has: "{}"',
    "rule": 'a rule that begins with "{}" made a field of it',
    "by": 'somebody whose name has "{}" decided about it',
}
_DAYS: dict[DayField, str] = {
    "said": "a source {} states it",
    "first": "it was first said {}",
    "period": "its period has a day {}",
    "by": "its period ends {}",
}
_WORDS: dict[WordField, dict[str, str]] = {
    "kind": {},
    "status": {
        "new": "a text calls it new or additional",
        "restated": "a document of a later day states it, or a text calls it existing",
        "revised": "its figure was raised, cut or replaced",
        "partof": "it is stated as part of other money",
        "ontop": "it is stated as on top of other money",
        "unclear": "nothing tells whether it is new, restated, revised, a part or on top",
    },
    "hedge": {
        "none": "it is stated plainly",
        "about": "every text hedges it (about, nearly)",
        "upto": "it has no lower bound (up to)",
        "atleast": "it has no upper bound (at least)",
        "range": "it is a range",
        "vague": "it has no figure",
        "could": "a sentence says could, might or may be",
        "subject": "a sentence says on what it depends (subject to)",
    },
    "type": {},
    "decision": {
        "none": "no decision about it holds",
        "same": "it was decided to be the same as another sum",
        "different": "it was decided to differ from another sum",
        "partof": "it was decided to be a part or a whole of another sum",
        "unsure": "somebody was not sure about it",
    },
    "missing": {
        "who": "nobody is named who gives it or says so",
        "to": "nobody is named who gets it",
        "for": "no purpose is stated",
        "period": "no day of its period is known",
        "by": "the end of its period is not known",
        "said": "no source that states it has a date",
    },
}
_GENERAL: dict[WordField, str] = {
    "kind": "it is of the kind {}",
    "type": "a source of the type {} states it",
    "decision": "something about it was {}",
}
_SORTS = {
    ("amount", True): "largest first",
    ("amount", False): "smallest first",
    ("said", True): "those first said latest first",
    ("said", False): "those first said earliest first",
}


def explain(condition: Condition | None, sort: Sort) -> list[str]:
    """Return what a question asks for, in lines; those indented belong to the one above them.

    Args:
        condition: None for every claim.
        sort: The order that the answer comes in.
    """
    asked = ["every claim"] if condition is None else list(_lines(condition, ""))
    return [*asked, f"in order: {_SORTS[sort.field, sort.descending]}; what has none comes last"]


def _lines(condition: Condition, indent: str) -> Iterator[str]:
    match condition:
        case AllOf(parts):
            yield f"{indent}all of these hold:"
            for part in parts:
                yield from _lines(part, f"{indent}  ")
        case AnyOf(parts):
            yield f"{indent}one of these holds:"
            for part in parts:
                yield from _lines(part, f"{indent}  ")
        case Not(part):
            yield f"{indent}this does not hold, or is not known:"
            yield from _lines(part, f"{indent}  ")
        case _:
            yield f"{indent}{_said(condition)}"


def _said(term: Term) -> str:
    match term:
        case AmountTerm():
            return _amount(term)
        case TextTerm(field, text):
            return _TEXTS[field].format(text)
        case DayTerm(field, first, last):
            return _DAYS[field].format(_between(first, last))
        case WordTerm(field, words):
            general = _GENERAL.get(field, "{}")
            return ", or ".join(_WORDS[field].get(word) or general.format(word) for word in words)
        case _:
            return _plain(term)


def _plain(term: CurrencyTerm | RateTerm | IdTerm | OriginsTerm) -> str:
    match term:
        case CurrencyTerm(codes):
            return f"its currency is {_currencies(codes)}"
        case RateTerm(per):
            return "it is a total" if per is None else f"it is counted by the {per}"
        case IdTerm(field, id_):
            return {
                "partof": f"it is stated as part of {id_}, or of a part of it",
                "pot": f"it is in the pot {id_}"
                if id_.startswith("p")
                else f"it is in the tree of parts around {id_}",
                "run": f"a document that run {id_} read states it",
            }[field]
        case OriginsTerm(least, most):
            number = f"{least} or more" if most is None else f"{least} to {most}"
            return f"independent documents that state it: {least if least == most else number}"


def _amount(term: AmountTerm) -> str:
    what = {
        "amount": "it",
        "peryear": "what it comes to in a year",
        "within": "what it is stated as part of",
    }[term.field]
    units = "" if term.currencies else ", in whichever currency, each in its own units"
    if term.stated and term.low == term.high:
        return f"{what} is stated as {amount_text(term)}{units}"
    bounds = (None if bound is None else decimal_text(bound) for bound in (term.low, term.high))
    low, high = (bound and f"{Decimal(bound):,f}" for bound in bounds)
    currency = f" in {_currencies(term.currencies)}" if term.currencies else ""
    least = low and f"{'at least' if term.low_included else 'more than'} {low}"
    most = high and f"{'at most' if term.high_included else 'less than'} {high}"
    sure = "states a bound of" if term.stated else "is surely"
    return f"{what} {sure} {' and '.join(filter(None, (least, most)))}{currency}{units}"


def _currencies(codes: tuple[str, ...]) -> str:
    return "any dollar" if codes == DOLLARS else " or ".join(codes)


def _between(first: date | None, last: date | None) -> str:
    if first is None:
        return f"on {last} or before"
    if last is None:
        return f"on {first} or after"
    return f"on {first}" if first == last else f"from {first} to {last}"
