"""The ledger: is the chain whole, and what does it commit to?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from records.errors import StoreError
from store.audit.report import Book, Finding, Verdict
from store.canonical import read_canonical
from store.ledger import START, TYPES, Entry, entries, entry_hash

BACKUP = "Somebody changed the history of this store; go back to a backup."
CLOCK = "Trust the order of the entries, not their times."
_BATCH = 500


@dataclass
class Held:
    """What the entries say together.

    Attributes:
        live: Record (`mentions/7`) to the hash of its row.
        last: Number and hash of the last entry.
        recent: Records that the entries asked for wrote.
        broken: Number of the first entry that is gone, or not what was written; 0 where all stand.
    """

    live: dict[str, bytes] = field(default_factory=dict)
    last: tuple[int, bytes] = (0, START)
    recent: set[str] = field(default_factory=set)
    broken: int = 0


def check_ledger(connection: Connection, book: Book, since: int | None = None) -> Held:
    """Check every entry against its hash and the one before it.

    Args:
        connection: In a reading transaction.
        book: For what is found.
        since: Number of the first entry whose records are asked for; None where nobody asks.
    """
    held, at, number = Held(), "", 0
    for number, entry in enumerate(entries(connection), 1):
        content = _content(entry)
        broken = _judge(book, entry, content, held.last)
        held.broken = held.broken or broken
        at = _check_clock(book, entry, content.get("at"), at)
        held.last = entry.seq, entry.hash
        for record, commitment in _commits(content).items():
            if commitment is None:
                held.live.pop(record, None)
            else:
                held.live[record] = _bytes(commitment)
            if since is not None and entry.seq >= since:
                held.recent.add(record)
        if number % _BATCH == 0:
            book.step(_BATCH)
    book.checked["ledger entries"] = number
    book.last_entry = held.last[0], held.last[1].hex()
    if not number:
        what = "the ledger is empty"
        book.findings.append(Finding("ledger", "ledger", "gone", what, "table ledger", BACKUP))
    return held


def _judge(book: Book, entry: Entry, content: Mapping[str, Any], before: tuple[int, bytes]) -> int:
    """Say what is wrong with an entry; return the first number that it is wrong with, or 0."""
    last, prev = before
    gap = entry.seq > last + 1
    if gap:
        lost = f"{last + 1}" if entry.seq == last + 2 else f"{last + 1} to {entry.seq - 1}"
        _say(book, entry, f"ledger entry {lost}", "gone", "the ledger has a gap here")
    # What follows a gap follows from nothing that is there; that is not said twice.
    wrong = _wrong(entry, content, last, entry.prev if gap else prev)
    for what in wrong:
        _say(book, entry, f"ledger entry {entry.seq}", "changed", what)
    if gap:
        return last + 1
    return min(entry.seq, last + 1) if wrong else 0


def _say(book: Book, entry: Entry, name: str, verdict: Verdict, what: str) -> None:
    where = f"table ledger, row {entry.seq}"
    book.findings.append(Finding("ledger", name, verdict, what, where, BACKUP))


def _wrong(entry: Entry, content: Mapping[str, Any], last: int, prev: bytes) -> list[str]:
    wrong = []
    if entry.seq <= last:
        wrong.append(f"entry {last + 1} should stand here")
    if entry.type not in TYPES:
        wrong.append("its type is none of Earmark's")
    if entry.prev != prev:
        wrong.append("it does not follow from the entry before it")
    if entry.hash != entry_hash(entry.type, entry.body.encode()):
        wrong.append("its content is not what was written")
    elif content.get("seq") != entry.seq or content.get("prev") != entry.prev.hex():
        wrong.append("it was written for another place")
    return wrong


def _check_clock(book: Book, entry: Entry, at: object, before: str) -> str:
    """Note a time before that of an entry that was written earlier; return the later one."""
    if not isinstance(at, str) or at >= before:
        return at if isinstance(at, str) else before
    what = f"its time, {at}, is before that of an entry before it, {before}: a clock was set back"
    name, where = f"ledger entry {entry.seq}", f"table ledger, row {entry.seq}"
    book.notes.append(Finding("ledger", name, "noted", what, where, CLOCK))
    return before


def _bytes(commitment: object) -> bytes:
    """Return a hash that is written as text; what is none is like no row's."""
    try:
        return bytes.fromhex(str(commitment))
    except ValueError:
        return b""


def _commits(content: Mapping[str, Any]) -> dict[str, str | None]:
    commits = content.get("commits")
    return commits if isinstance(commits, dict) else {}


def _content(entry: Entry) -> dict[str, Any]:
    try:
        data = read_canonical(entry.body)
    except (ValueError, StoreError):
        return {}
    return data if isinstance(data, dict) else {}
