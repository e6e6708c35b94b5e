"""Read what `store.exports.whole` wrote, a line at a time, and refuse what is not that."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, NoReturn

from records.errors import BrokenImportError
from store.record_form import KINDS, VERSION, Data

_SCHEMA = re.compile(r"earmark\.([a-z-]{1,20})/(\d{1,9})")
_ORDER = {
    name: place for place, name in enumerate(["store", *(one.name for one in KINDS), "claim"])
}


class Line(NamedTuple):
    """One record.

    Attributes:
        number: Of its line, from 1.
        kind: `document`, `mention`, …
        data: The record.
    """

    number: int
    kind: str
    data: Data

    def refuse(self, why: str) -> NoReturn:
        """Raise BrokenImportError about this line."""
        raise BrokenImportError(
            f"line {self.number}: {why}. Nothing was imported. Export the store again."
        )


def read_lines(content: Iterable[bytes]) -> Iterator[Line]:
    """Yield the heading and every record, the end left out.

    Raises:
        BrokenImportError: A line is no record, of a newer version, out of order, there twice, or
            missing; the message has its number.
    """
    counts: Counter[str] = Counter()
    last = (-1, 0)
    ended, number = False, 0
    for number, raw in enumerate(content, 1):
        line = _line(number, raw)
        if ended:
            line.refuse("something stands behind the end")
        if line.kind == "end":
            ended = True
            _check_end(line, counts)
            continue
        here = _place(line)
        if number == 1 and line.kind != "store":
            line.refuse(
                "this is no whole store; import takes what `earmark export --format store` wrote"
            )
        if here <= last and line.kind != "claim":
            line.refuse(f"a {line.kind} stands there twice or out of order")
        last = here
        if number > 1:
            counts[line.kind] += 1
        yield line
    if not ended:
        raise BrokenImportError(
            f"line {number + 1}: the end is missing, so the file was cut off. Nothing was "
            "imported. Export the store again."
        )


def _line(number: int, raw: bytes) -> Line:
    line = Line(number, "", {})
    try:
        data = json.loads(raw.decode(), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError:
        line.refuse("it is no UTF-8")
    except (ValueError, RecursionError) as error:
        line.refuse(f"it is no JSON ({str(error)[:100]})")
    kind = kind_of(data) if isinstance(data, dict) else ""
    if kind not in {*_ORDER, "end"}:
        line.refuse("it is no record of a store")
    if data["schema"] != f"earmark.{kind}/{VERSION}":
        line.refuse(f"{data['schema']} is of a newer Earmark; upgrade the program")
    return Line(number, kind, data)


def kind_of(data: Data) -> str:
    """Return the kind that a record says it is; nothing where it says none."""
    schema = data.get("schema")
    found = _SCHEMA.fullmatch(schema) if isinstance(schema, str) else None
    return found[1] if found else ""


def _place(line: Line) -> tuple[int, int]:
    """Return where a record stands in the order of the file."""
    key = next((one.key.name for one in KINDS if one.name == line.kind), None)
    value = line.data.get(key) if key else 0
    if type(value) is not int:
        line.refuse(f"{key} must be an integer")
    return _ORDER[line.kind], value


def _check_end(line: Line, counts: Counter[str]) -> None:
    if line.data.get("records") != dict(counts):
        line.refuse("the end counts other records than there are; lines are missing, or too many")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("a name stands there twice in one object")
    return data


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
