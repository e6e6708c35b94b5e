"""Parse the question language: `amount:>=1bn for:"NHS IT" -draft`.

The grammar is `question.lark`; docs/query.md explains the language to its users. A question that
cannot be read ends as one `QueryError` that points at the place.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, NoReturn, cast

from records.errors import QueryError
from store.question_fields import FIELDS, LATER, READERS, words_of
from store.question_terms import (
    AllOf,
    AmountTerm,
    AnyOf,
    Condition,
    CurrencyTerm,
    DayTerm,
    IdTerm,
    Not,
    Question,
    RateTerm,
    Sort,
    SortField,
    Term,
    TextTerm,
    WordTerm,
)
from store.question_values import (
    UnreadableValueError,
    read_amount,
)

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

__all__ = [
    "AllOf",
    "AmountTerm",
    "AnyOf",
    "Condition",
    "CurrencyTerm",
    "DayTerm",
    "IdTerm",
    "Not",
    "Question",
    "RateTerm",
    "Sort",
    "Term",
    "TextTerm",
    "WordTerm",
    "parse",
]

MAX_LENGTH = 2000
MAX_BRACKETS = 30
SORTS: tuple[SortField, ...] = ("amount", "said")
SORT_HINT = "Try sort:-amount or sort:said."
DEFAULT_SORT = Sort("amount", descending=True)


@lru_cache(maxsize=256)
def parse(text: str) -> Question:
    """Parse a question; one that is asked again, as each page of an answer is, is known.

    Args:
        text: One line; empty asks for every claim.

    Raises:
        QueryError: It cannot be read. The message is a sentence, the question, a line that marks
            the place, and what to write instead.
    """
    line = re.sub(r"[\t-\r]", " ", text)
    if len(line) > MAX_LENGTH or line.count("(") > MAX_BRACKETS:
        raise QueryError(
            f"The question is too long: at most {MAX_LENGTH} characters and {MAX_BRACKETS} "
            "brackets. Ask it in parts."
        )
    terms = _terms_side_by_side(_tree(line))
    orders = [term for term in terms if _is_sort(term)]
    if len(orders) > 1:
        _fail(
            line,
            cast("Token", orders[1].children[0]),
            "There are two orders.",
            "Keep one sort: term.",
        )
    conditions = [_condition(line, term) for term in terms if not _is_sort(term)]
    return Question(text, _joined(AllOf, conditions) if conditions else None, _sort(line, orders))


def read_sort(text: str) -> Sort:
    """Read an order without its field: `-amount`, `said`.

    Raises:
        QueryError: It is none.
    """
    name = text.removeprefix("-").lower()
    for field in SORTS:
        if field == name:
            return Sort(field, descending=text.startswith("-"))
    raise _pointed(text, (0, len(text)), f'I can\'t sort by "{name}".', SORT_HINT)


@cache
def _parser() -> Lark:
    from lark import Lark  # noqa: PLC0415 - only a question needs the parser, so only it pays

    grammar = resources.files("store").joinpath("question.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", maybe_placeholders=False)


def _tree(line: str) -> Tree[Token]:
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken  # noqa: PLC0415 - as above

    try:
        return _parser().parse(line)
    except UnexpectedCharacters as error:
        raise _misplaced(line, cast("int", error.pos_in_stream)) from None
    except UnexpectedToken as error:
        ended = error.token.type == "$END"
        raise _misplaced(line, len(line) if ended else _start(error.token)) from None


def _misplaced(line: str, place: int) -> QueryError:
    """Say in words what is wrong where the grammar stopped."""
    before, piece = line[:place].rstrip(), line[place : place + 1].strip()
    what, hint = "Something is missing here.", "A term stands on both sides of OR and AND."
    if piece in ('"', "“"):
        what, hint = "This quotation mark is never closed.", "Add the other one, or remove it."
    elif before.endswith(":"):
        field = before.split()[-1]
        what, hint = f"{field} needs a value.", f'Try {field}WORD or {field}"TWO WORDS".'
    elif piece in (")", "”"):
        mark = "bracket" if piece == ")" else "quotation mark"
        what, hint = f"This {mark} closes nothing.", "Remove it, or open one before it."
    elif not piece and before.count("(") > before.count(")"):
        what, hint = "A bracket is not closed.", "Add ) at the end."
    return _pointed(line, (place, 1), what, hint)


def _terms_side_by_side(tree: Tree[Token]) -> list[Tree[Token]]:
    """Return what must all hold at the top of a question; empty for an empty question."""
    children = cast("list[Tree[Token]]", tree.children)
    if children and children[0].data == "conjunction":
        return cast("list[Tree[Token]]", children[0].children)
    return children


def _is_sort(tree: Tree[Token]) -> bool:
    return tree.data == "field" and str(tree.children[0]).lower() == "sort:"


def _sort(line: str, orders: list[Tree[Token]]) -> Sort | None:
    if not orders:
        return None
    _, value = cast("list[Token]", orders[0].children)
    try:
        return read_sort(value)
    except QueryError as error:
        what = str(error).partition("\n")[0]
        _fail(line, value, what, SORT_HINT)


def _joined(join: type[AllOf | AnyOf], parts: list[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else join(tuple(parts))


def _condition(line: str, tree: Tree[Token]) -> Condition:
    if tree.data == "field":
        field, value = cast("list[Token]", tree.children)
        return _field(line, field, value)
    if tree.data in ("word", "phrase", "money"):
        (words,) = cast("list[Token]", tree.children)
        return _money(line, words) if tree.data == "money" else _quote(line, words)
    parts = [_condition(line, part) for part in cast("list[Tree[Token]]", tree.children)]
    if tree.data == "negation":
        return Not(parts[0])
    return _joined(AnyOf if tree.data == "expression" else AllOf, parts)


def _field(line: str, field: Token, value: Token) -> Term:
    name = field[:-1].lower()
    if name not in READERS:
        _refuse_field(line, field, name)
    try:
        return READERS[name](_text(line, value))
    except UnreadableValueError as error:
        raise _unreadable(line, _start(value), value, error) from None


def _quote(line: str, token: Token) -> TextTerm:
    try:
        return words_of("quote")(_text(line, token))
    except UnreadableValueError as error:
        raise _unreadable(line, _start(token), token, error) from None


def _money(line: str, token: Token) -> Condition:
    """Read an amount without its field; what only looks like one (`MRI 3`) is words."""
    try:
        return read_amount(token)
    except UnreadableValueError:
        return _joined(AllOf, [TextTerm("quote", word) for word in token.split()])


def _unreadable(line: str, start: int, value: str, error: UnreadableValueError) -> QueryError:
    """Point at the piece of a value that is at fault, and put what may be meant in its place."""
    at = value.find(error.piece) if error.piece else -1
    piece, at = (error.piece, at) if at >= 0 else (value, 0)  # quotation marks can cut the piece
    hint = error.hint
    if error.instead:
        term = line[:start].rsplit(" ", 1)[-1].rpartition("(")[2] + value[:at]
        hint = f"Try {term}{error.instead}{value[at + len(piece) :]}. {hint}"
    return _pointed(line, (start + at, len(piece)), error.what, hint)


def _refuse_field(line: str, field: Token, name: str) -> NoReturn:
    if name == "sort":
        _fail(line, field, "sort: orders the whole question.", "Move it out of OR, brackets and -.")
    if name in LATER:
        _fail(line, field, f"{field} is not supported.", LATER[name] or f"Fields: {FIELDS}.")
    near = get_close_matches(name, (*READERS, "sort"), 1)
    hint = f"Did you mean {near[0]}:?" if near else f"Fields: {FIELDS}."
    _fail(line, field, f'I know no field "{name}".', f'{hint} To search for "{field}", quote it.')


def _text(line: str, token: Token) -> str:
    """Return a token's words without quotation marks."""
    text = re.sub('["“”]', "", token).strip()
    if not text:
        _fail(line, token, "There is nothing between the quotation marks.", "Write a word there.")
    return text


def _start(token: Token) -> int:
    return cast("int", token.start_pos)


def _fail(line: str, token: Token, what: str, hint: str) -> NoReturn:
    raise _pointed(line, (_start(token), len(token)), what, hint)


def _pointed(line: str, place: tuple[int, int], what: str, hint: str) -> QueryError:
    """Draw the question with a mark under the place, its start and length, that is wrong."""
    start, length = place
    return QueryError(f"{what}\n  {line}\n  {' ' * start}{'^' * max(length, 1)}\n  {hint}")
