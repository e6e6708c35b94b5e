#!/usr/bin/env python3
"""Measure an audit of a large store: how long, and how much memory.

    scripts/bars_audit.py [--quick] [--store FILE]

The store has 50,000 mentions in 40,000 documents that 20,000 runs read: 120,000 ledger entries.
Its rows are copies of those that the store's own writer made for one document, under other ids and
with other words; every commitment and every entry is made as the store makes them. A store that is
there already is audited as it is.

Accepted where `earmark audit`, from the start of its process to its end, proves everything in at
most 15 seconds with at most 200 MB, without deriving anything again. Prints one JSON line; exits 0
or 1. `--quick` has a tenth of everything, and two seconds for the start of the process beside a
tenth of the time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import Connection, NullPool, create_engine, insert, select, text

from store import ledger
from store.columns import metadata
from store.store import Store
from store.tables import (
    captures,
    claim_mentions,
    claims,
    contents,
    documents,
    mentions,
    passages,
    run_ends,
    runs,
    wordings,
)
from tests.store.stories import fill, first

DOCUMENTS, RUNS, EXTRA = 40_000, 20_000, 4
"""Every fourth document has two mentions, so there are 50,000."""
SECONDS, MEGABYTES = 15.0, 200
START = 2.0
FILLER = "Nothing more was said of it, and the meeting went on to other things. " * 25
BATCH = 500
Row = dict[str, Any]


def main() -> int:
    """Make the store where there is none, audit it, print one line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--quick", action="store_true", help="a tenth of everything")
    options.add_argument("--store", type=Path, help="kept there, and used again")
    asked = options.parse_args()
    share = 10 if asked.quick else 1
    with TemporaryDirectory() as folder:
        place = asked.store or Path(folder) / "large.earmark.db"
        if not place.exists():
            make(place, share)
        result = measure(place)
    good = (
        result["outcome"] != "findings"
        and result["findings"] == 0
        and result["seconds"] <= SECONDS / share + (START if asked.quick else 0)
        and result["megabytes"] <= MEGABYTES
    )
    sys.stdout.write(json.dumps({"bar": "audit speed", **result, "ok": good}) + "\n")
    return 0 if good else 1


def measure(place: Path) -> Row:
    """Audit a store in a process of its own."""
    began = time.perf_counter()
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "earmark", "audit", "--store", str(place), "--json"],
        stdout=subprocess.PIPE,
        check=False,
    )
    seconds = time.perf_counter() - began
    report, used = json.loads(ended.stdout), resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "seconds": round(seconds, 1),
        "processor_seconds": round(used.ru_utime + used.ru_stime, 1),
        "megabytes": used.ru_maxrss // 1024,
        "outcome": report["outcome"],
        "findings": len(report["data"]),
        "mentions": sum(name[0] == "m" for some in report["verdicts"].values() for name in some),
        **{name.replace(" ", "_"): number for name, number in report["checked"].items()},
        "file_megabytes": place.stat().st_size // 1_000_000,
    }


def make(place: Path, share: int) -> None:
    """Write the store."""
    with Store.open(str(place), create=True) as store:
        fill(store, [first()])
    with create_engine(f"sqlite:///{place}", poolclass=NullPool).begin() as connection:
        connection.execute(text("PRAGMA synchronous=OFF"))
        writer = Writer(connection)
        for number in range(2, RUNS // share + 1):
            writer.run(number)
            for document in range(2 * number - 1, 2 * number + 1):
                writer.document(number, document)
            writer.end(number)
        writer.flush()
        connection.execute(text("INSERT INTO mention_words (mention_words) VALUES ('rebuild')"))


class Writer:
    """Writes copies of one document and all that belongs to it."""

    def __init__(self, connection: Connection) -> None:
        """Take the rows that the store's own writer made as patterns."""
        self._connection = connection
        self._pattern = {
            table.name: dict(row)
            for table in metadata.sorted_tables
            if (row := connection.execute(select(table).limit(1)).mappings().first())
        }
        self._waiting: dict[str, list[Row]] = {}
        self._mention = 1_000

    def run(self, number: int) -> None:
        """Begin a run."""
        commit = self._single(runs.name, id=number)
        ledger.append(self._connection, "run-start", {"run": number}, dict([commit]))

    def end(self, number: int) -> None:
        """End it."""
        commit = self._single(run_ends.name, run_id=number)
        ledger.append(self._connection, "run-end", {"run": number}, dict([commit]))

    def document(self, run: int, number: int) -> None:
        """Add a document with its bytes, mentions and claims."""
        pattern = self._pattern[documents.name]
        words = pattern["body"].decode() + f"\n\n{FILLER}\n\nDocument {number}."
        body = words.encode()
        digest, size = hashlib.sha256(body).hexdigest(), len(body)
        own = {"content_id": number, "run_id": run}
        taken = [
            self._single(contents.name, id=number, sha256=digest, size=size, body=body),
            self._single(captures.name, id=number, source=f"news/{number}.md", **own),
        ]
        ledger.append(self._connection, "capture", {"run": run, "content": number}, dict(taken))
        read = {"id": number, "number": number, "capture_id": number, **own}
        made = [self._single(documents.name, text_sha256=digest, body=body, **read)]
        for place in range(2 if number % EXTRA == 0 else 1):
            made += self._mentioned(number, place)
        made.append(self._wording(number))
        facts = {"run": run, "document": number}
        ledger.append(self._connection, "document", facts, dict(made))

    def flush(self) -> None:
        """Write what waits."""
        for table in metadata.sorted_tables:
            if rows := self._waiting.pop(table.name, None):
                self._connection.execute(insert(table), rows)

    def _mentioned(self, document: int, place: int) -> Iterator[tuple[str, bytes]]:
        """Write a mention and the claim that it states, of the story's first or second sum."""
        self._mention += 1
        number, pattern = self._mention, self._patterns()[place]
        own = {"id": number, "number": number, "document_id": document}
        yield self._single(mentions.name, pattern, **own)
        head = {**self._pattern[claims.name], "id": number, "nonce": secrets.token_bytes(32)}
        link = {"mention_id": number, "claim_id": number}
        self._put(claims.name, head)
        self._put(claim_mentions.name, link)
        parts = {claim_mentions.name: [link], "matches": [], "claim_relations": []}
        yield f"claims/{number}", ledger.group_commitment(claims.name, head, parts)

    def _patterns(self) -> list[Row]:
        if not hasattr(self, "_stated"):
            query = select(mentions).order_by(mentions.c.id).limit(2)
            self._stated = [dict(row) for row in self._connection.execute(query).mappings()]
        return self._stated

    def _wording(self, document: int) -> tuple[str, bytes]:
        place = f"{document:012d}"
        head = {**self._pattern[wordings.name], "document_id": document, "place": place}
        head["nonce"] = secrets.token_bytes(32)
        rows = [
            {"document_id": document, "key": key, "place": place}
            for key in sorted(secrets.randbits(60) for _ in range(8))
        ]
        self._put(wordings.name, head)
        for row in rows:
            self._put(passages.name, row)
        parts = {passages.name: rows}
        return f"wordings/{document}", ledger.group_commitment(wordings.name, head, parts)

    def _single(self, table: str, pattern: Row | None = None, **own: object) -> tuple[str, bytes]:
        row = {**(pattern or self._pattern[table]), **own, "nonce": secrets.token_bytes(32)}
        self._put(table, row)
        key = own.get("id", own.get("run_id"))
        return f"{table}/{key}", ledger.row_commitment(table, row)

    def _put(self, table: str, row: Row) -> None:
        self._waiting.setdefault(table, []).append(row)
        if table == documents.name and len(self._waiting[table]) >= BATCH:
            self.flush()


if __name__ == "__main__":
    sys.exit(main())
