"""Receipts: proof, to be checked without the store, that a mention stood in it at some head.

A receipt holds four rows, each with its random bytes: the mention, its document, the bytes that
this was read from, and their capture; the entries of the ledger that commit to them, with the paths
that lead to the head; the first entry, which names the store, and the last, which bounds it.
`store.verify` checks it, alone.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, or_, select

from records.errors import ClaimNotFoundError, SettingsError, StoreError
from store import tree
from store.heads import Head
from store.ledger import Parts, head_of, row_commitment, row_form
from store.tables import IS_CURRENT, captures, contents, documents, ledger, mentions
from store.verify import ReceiptError, check

SCHEMA = "earmark.receipt/1"
_TABLES = (mentions, documents, contents, captures)
_FEW = 8
"""Records up to which the database looks for the entries; of more, all entries are read."""
_AT_ONCE = 500
"""Numbers in one question."""


def head_since(connection: Connection, before: Head) -> Head:
    """Return the head of now, which a consistency proof shows to go on from an older one.

    Raises:
        StoreError: It does not.
    """
    now = head_of(connection)
    if before.origin != now.origin:
        raise StoreError(f"the head is of another store, {before.origin}; this one is {now.origin}")
    if before.size > now.size:
        raise StoreError(
            f"the head has {before.size} entries, the ledger {now.size}: its end was cut off, or "
            "an older copy was put back. Go back to a newer backup; see: earmark audit --head HEAD"
        )
    proof = tree.consistency(before.size, now.size, Parts(connection).at)
    if not tree.is_consistent(before.size, now.size, (before.root, now.root), proof):
        raise StoreError(
            f"what the ledger holds up to entry {before.size} is not what it held when the head "
            "was taken: its history was written anew. See: earmark audit --head HEAD"
        )
    return now


class Receipts:
    """Makes the receipts of mentions, all at one head.

    Attributes:
        head: That they lead to.
    """

    def __init__(
        self, connection: Connection, numbers: Sequence[int], head: Head | None = None
    ) -> None:
        """Find where the ledger has what the receipts need.

        Args:
            connection: In a reading transaction, for as long as receipts are made.
            numbers: Of current mentions.
            head: One that was taken before; None for that of now.

        Raises:
            SettingsError: The store does not bear the head out.
        """
        self._connection = connection
        self._parts = Parts(connection)
        self.head = self._borne_out(head)
        self._records = dict(self._find(numbers))
        wanted = {record for records in self._records.values() for record in records}
        self._entry_of = self._entries_of(wanted)

    def of(self, number: int) -> str:
        """Return the receipt of a mention, in JSON.

        Raises:
            ClaimNotFoundError: There is no current mention of this number.
            SettingsError: It came, or was changed, after the head.
            StoreError: A row is not what the ledger commits to.
        """
        if number not in self._records:
            raise ClaimNotFoundError(f"no m{number} in this store; see: earmark query")
        used, rows = {1, self.head.size}, {}
        for table, record in zip(_TABLES, self._records[number], strict=True):
            if record not in self._entry_of:
                raise SettingsError(
                    f"m{number} came, or its document was changed, after the head given (entry "
                    f"{self.head.size}); give a newer one, or none"
                )
            entry = self._entry_of[record]
            row = self._row(table.name, record, f"m{number}")
            rows[record] = {**row, "entry": str(entry)}
            used.add(entry)
        head = {"origin": self.head.origin, "size": self.head.size}
        told = {
            "schema": SCHEMA,
            "head": {**head, "root": base64.b64encode(self.head.root).decode()},
            "records": rows,
            "entries": {str(entry): self._entry(entry) for entry in sorted(used)},
        }
        receipt = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
        try:
            check(receipt)
        except ReceiptError as error:
            raise StoreError(
                f"m{number}: the ledger does not prove it (a receipt {error}). Check the store "
                "with: earmark audit"
            ) from error
        return receipt

    def _borne_out(self, given: Head | None) -> Head:
        now = head_of(self._connection)
        if given is None or given == now:
            return now
        if given.origin != now.origin:
            raise SettingsError(
                f"the head is of another store, {given.origin}; this one is {now.origin}"
            )
        whole = 0 < given.size <= now.size
        if not whole or tree.root(given.size, self._parts.at) != given.root:
            raise SettingsError(
                f"the store does not bear out the head of entry {given.size}; see: earmark audit "
                "--head HEAD"
            )
        return given

    def _find(self, numbers: Sequence[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield each mention's number with its records, one for each of the tables."""
        columns = (mentions.c.id, documents.c.id, documents.c.content_id, documents.c.capture_id)
        query = select(mentions.c.number, *columns).join(
            documents, documents.c.id == mentions.c.document_id
        )
        for start in range(0, len(numbers), _AT_ONCE):
            chosen = mentions.c.number.in_(numbers[start : start + _AT_ONCE])
            for number, *keys in self._connection.execute(query.where(chosen, IS_CURRENT)):
                yield (
                    number,
                    tuple(f"{table.name}/{key}" for table, key in zip(_TABLES, keys, strict=True)),
                )

    def _entries_of(self, records: set[str]) -> dict[str, int]:
        """Return the last entry up to the head that commits to each record."""
        if not records:
            return {}
        query = select(ledger.c.seq, ledger.c.body).where(ledger.c.seq <= self.head.size)
        if len(records) <= _FEW:
            query = query.where(or_(*(ledger.c.body.contains(f'"{one}":') for one in records)))
        found: dict[str, int] = {}
        for row in self._connection.execute(query.order_by(ledger.c.seq)).yield_per(_AT_ONCE):
            commits = json.loads(row.body)["commits"]
            found.update(dict.fromkeys(records & commits.keys(), row.seq))
        return found

    def _row(self, table: str, record: str, name: str) -> dict[str, Any]:
        """Return a row as its commitment covers it, with its random bytes."""
        (of,) = (one for one in _TABLES if one.name == table)
        key = int(record.partition("/")[2])
        row = dict(self._connection.execute(select(of).where(of.c.id == key)).mappings().one())
        body = json.loads(self._body(self._entry_of[record])[1])
        if row_commitment(table, row).hex() != body["commits"][record]:
            raise StoreError(
                f"{name}: its row in {table} is not what the ledger commits to at this head: it "
                f"was erased, or changed since. Check it with: earmark audit {name}"
            )
        return {"row": row_form(row), "nonce": row["nonce"].hex()}

    def _entry(self, entry: int) -> dict[str, Any]:
        kind, body = self._body(entry)
        path = tree.inclusion(entry - 1, self.head.size, self._parts.at)
        return {"type": kind, "body": body, "path": [part.hex() for part in path]}

    def _body(self, entry: int) -> tuple[str, str]:
        query = select(ledger.c.type, ledger.c.body).where(ledger.c.seq == entry)
        row = self._connection.execute(query).one()
        return row.type, row.body
