"""The ledger: an append-only chain of entries, each committing to the rows that its act wrote.

An entry's body holds no word of any document: only numbers, times, and for every row a hash over
the row and random bytes kept beside it (`nonce`). So rows can be proven, and erased, without the
chain breaking. The entry's own hash covers its type, its number and the hash before it, and is its
leaf in a Merkle tree (`store.tree`). With each entry stand the perfect parts of the tree that it
ends, so the root after any entry takes a few rows and no table of its own.

Commitments are folded: the last one of a record counts, null says that the record went away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, bindparam, select

from records.errors import StoreError
from store import tree
from store.bulk import insert_all
from store.canonical import MAX_INTEGER, canonical, quoted, text_digest
from store.heads import Head
from store.instants import now_text
from store.tables import ledger

START = bytes(32)
"""What stands before the first entry."""
TYPES = (
    *("store", "run-start", "capture", "document", "refusal", "run-end", "undo"),
    *("decision", "decision-undo", "import", "upgrade", "redaction"),
)
_MONEY = "_minor"
"""How columns end whose numbers are always written as text."""

Told: TypeAlias = tuple[str, Mapping[str, object], Mapping[str, bytes | None]]
"""Of an entry: one of `TYPES`; ids and counts, no words of a document; record (`mentions/7`) to its
commitment, None for a record that went away."""

_LAST = select(ledger.c.seq, ledger.c.hash).order_by(ledger.c.seq.desc()).limit(1)
_PARTS = select(ledger.c.seq, ledger.c.hash, ledger.c.nodes).where(
    ledger.c.seq.in_(bindparam("of", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, as it stands in the table."""

    seq: int
    type: str
    body: str
    prev: bytes
    hash: bytes
    nodes: bytes


class Parts:
    """The perfect parts of the tree, each read once from the row of its last entry."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[int, bytes] = {}

    def read(self, entries: Iterable[int]) -> None:
        """Read several rows at once."""
        rows = self._connection.execute(_PARTS, {"of": list(entries)})
        self._rows.update((row.seq, row.hash + row.nodes) for row in rows)

    def add(self, entry: int, found: bytes) -> None:
        """Take in the hash and the parts of an entry that is yet to be written."""
        self._rows[entry] = found

    def at(self, level: int, index: int) -> bytes:
        """Return the hash of a part: see `store.tree.At`."""
        entry = (index + 1) << level
        if entry not in self._rows:
            self.read([entry])
        if entry not in self._rows:
            raise StoreError(
                f"the ledger has a gap: entry {entry} is missing. Nothing was changed. Go back to "
                "a backup; earmark audit says what else is wrong."
            )
        return self._rows[entry][level * tree.WIDTH :][: tree.WIDTH]


def append(
    connection: Connection,
    kind: str,
    facts: Mapping[str, object],
    commits: Mapping[str, bytes | None],
) -> None:
    """Add an entry, in the caller's writing transaction: see `append_all`."""
    append_all(connection, [(kind, facts, commits)])


def append_all(connection: Connection, told: Sequence[Told]) -> None:
    """Add entries in order, in the caller's writing transaction.

    Args:
        connection: Holds the write lock, so no other entry can come between.
        told: What to say in each.
    """
    last, prev = head(connection)
    parts, now, rows = Parts(connection), now_text(), []
    for seq, (kind, facts, commits) in enumerate(told, last + 1):
        body = canonical(
            {
                **facts,
                "at": now,
                "commits": {key: value and value.hex() for key, value in commits.items()},
                "prev": prev.hex(),
                "seq": seq,
            }
        )
        own = entry_hash(kind, body)
        nodes = b"".join(tree.completed(seq - 1, own, parts.at))
        parts.add(seq, own + nodes)
        row = {"seq": seq, "type": kind, "body": body.decode(), "prev": prev}
        rows.append({**row, "hash": own, "nodes": nodes})
        prev = own
    insert_all(connection, ledger, rows)


def head(connection: Connection) -> tuple[int, bytes]:
    """Return number and hash of the last entry; before the first, 0 and `START`."""
    last = connection.execute(_LAST).one_or_none()
    return (last.seq, last.hash) if last else (0, START)


def head_of(connection: Connection) -> Head:
    """Return the head of a ledger that is not empty: all that it holds, in one hash."""
    size, _ = head(connection)
    parts = Parts(connection)
    parts.read([1, *((index + 1) << level for level, index in tree.peaks(size))])
    return Head(origin_of(parts.at(0, 0)), size, tree.root(size, parts.at))


def origin_of(first: bytes) -> str:
    """Return what a store and its copies are called in heads, by the hash of the first entry."""
    return f"earmark/{first.hex()[:32]}"


def entry_bytes(kind: str, body: bytes) -> bytes:
    """Return what is hashed of an entry of one type."""
    return f"earmark/1/{kind}\0".encode() + body


def entry_hash(kind: str, body: bytes) -> bytes:
    """Return the hash of an entry of one type, which is its leaf in the tree."""
    return tree.leaf_hash(entry_bytes(kind, body))


def entries(connection: Connection) -> Iterator[Entry]:
    """Yield the entries in order."""
    rows = connection.execute(select(ledger).order_by(ledger.c.seq))
    return (Entry(*row) for row in rows.yield_per(500))


def row_commitment(table: str, row: Mapping[str, Any]) -> bytes:
    """Return the commitment to one row.

    Columns that are NULL are left out, so that a later schema may add columns without touching
    what is committed to already.
    """
    return text_digest(table, row_text(row), row["nonce"])


def group_commitment(
    kind: str, head: Mapping[str, Any], parts: Mapping[str, Iterable[Mapping[str, Any]]]
) -> bytes:
    """Return the commitment to a row and the rows under it, which count as one record."""
    texts = {name: f"[{','.join(map(row_text, rows))}]" for name, rows in parts.items()}
    texts["head"] = row_text(head)
    text = ",".join([f"{quoted(name)}:{texts[name]}" for name in sorted(texts)])
    return text_digest(kind, f"{{{text}}}", head["nonce"])


def row_form(row: Mapping[str, Any]) -> dict[str, object]:
    """Return what a row's commitment covers: every column but its random bytes."""
    form: dict[str, object] = {}
    for name, value in row.items():
        if value is None or name == "nonce":
            continue
        if isinstance(value, int):
            huge = name.endswith(_MONEY) or abs(value) >= MAX_INTEGER
            form[name] = str(value) if huge else value
        else:
            form[name] = hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value
    return form


def row_text(row: Mapping[str, Any]) -> str:
    """Return `row_form` in canonical form, and quickly: an audit does it with every row."""
    parts = []
    for name, key, is_money in _columns(tuple(row)):
        value = row[name]
        if value is None:
            continue
        if isinstance(value, str):
            parts.append(key + quoted(value))
        elif type(value) is int:
            huge = is_money or not -MAX_INTEGER < value < MAX_INTEGER
            parts.append(f'{key}"{value}"' if huge else f"{key}{value}")
        elif isinstance(value, bytes):
            parts.append(f'{key}"{hashlib.sha256(value).hexdigest()}"')
        else:
            parts.append(key + canonical(value).decode())
    return f"{{{','.join(parts)}}}"


@lru_cache(maxsize=64)
def _columns(names: tuple[str, ...]) -> tuple[tuple[str, str, bool], ...]:
    """Return a row's columns in canonical order, without its random bytes.

    With each come how it begins, and whether its numbers are written as text.
    """
    ordered = [name for name in sorted(names) if name != "nonce"]
    return tuple((name, f"{quoted(name)}:", name.endswith(_MONEY)) for name in ordered)
