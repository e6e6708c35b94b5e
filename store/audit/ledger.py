"""The ledger: is the chain whole, and what does it commit to?"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection

from store.audit.report import Book, Finding
from store.ledger import START, TYPES, Entry, entries, entry_hash

BACKUP = "Somebody changed the history of this store; go back to a backup."


def check_ledger(connection: Connection, book: Book) -> dict[str, str]:
    """Check every entry against its hash and the one before it.

    Returns:
        What the entries together commit to: record (`mentions/7`) to the hash of its row.
    """
    live: dict[str, str] = {}
    before, number = START, 0
    for entry in entries(connection):
        number += 1
        for what in _wrong(entry, number, before):
            where = f"table ledger, row {entry.seq}"
            book.findings.append(
                Finding("ledger", f"ledger entry {entry.seq}", "changed", what, where, BACKUP)
            )
        before = entry.hash
        for record, commitment in _commits(entry).items():
            if commitment is None:
                live.pop(record, None)
            else:
                live[record] = commitment
    book.checked["ledger entries"] = number
    if not number:
        what = "the ledger is empty"
        book.findings.append(Finding("ledger", "ledger", "gone", what, "table ledger", BACKUP))
    return live


def _wrong(entry: Entry, number: int, before: bytes) -> list[str]:
    wrong = []
    if entry.seq != number:
        wrong.append(f"entry {number} should stand here")
    if entry.type not in TYPES:
        wrong.append("its type is none of Earmark's")
    if entry.prev != before:
        wrong.append("it does not follow from the entry before it")
    if entry.hash != entry_hash(entry.type, entry.body.encode()):
        wrong.append("its content is not what was written")
    elif (content := _content(entry)).get("seq") != entry.seq or (
        content.get("prev") != entry.prev.hex()
    ):
        wrong.append("it was written for another place")
    return wrong


def _commits(entry: Entry) -> dict[str, str | None]:
    commits = _content(entry).get("commits")
    return commits if isinstance(commits, dict) else {}


def _content(entry: Entry) -> dict[str, Any]:
    try:
        data = json.loads(entry.body)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
