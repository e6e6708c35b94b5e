"""Claims of a file held against those that follow from its records here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import Connection

from records.claim import Claim
from records.errors import ClaimNotFoundError
from store.exports.jsonl import claim_data
from store.imports.lines import Line
from store.provenance import BATCH, read_claims
from store.record_form import Data
from store.write import number_of


def differing_claims(
    connection: Connection, lines: Iterable[Line], *, strict: bool
) -> Iterator[str]:
    """Yield the ids of claims that came out otherwise than the file has them.

    Args:
        connection: In a transaction.
        lines: Of claims.
        strict: Nothing but the records of the file can have made them, by the rules of this
            program; so a difference is an error, and everything is compared.
    """
    waiting = iter(lines)
    while batch := list(islice(waiting, BATCH)):
        numbers = [_number(line) for line in batch]
        found = {one.id: _told(one) for one in read_claims(connection, numbers)}
        for line in batch:
            name, here = line.data["id"], found.get(line.data["id"])
            if here == line.data:
                continue
            if strict:
                line.refuse(f"{name} does not follow from the records before it")
            if here is None or _core(here) != _core(line.data):
                yield name


def _number(line: Line) -> int:
    name = line.data.get("id")
    if not isinstance(name, str):
        line.refuse("a claim has no id")
    try:
        return number_of("c", name)
    except ClaimNotFoundError:
        line.refuse("the id of a claim looks like c7")


def _told(claim: Claim) -> Data:
    data: Data = json.loads(json.dumps(claim_data(claim)))
    return data


def _core(claim: Data) -> object:
    """Return what makes a claim itself, wherever else it is spoken of."""
    stated = claim.get("mentions")
    named = [one.get("id") if isinstance(one, dict) else None for one in stated or []]
    return claim.get("amount"), sorted(map(str, named))
