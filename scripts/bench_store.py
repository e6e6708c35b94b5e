#!/usr/bin/env python3
"""Measure how long questions take on a large store, beside SQL that is written by hand.

    scripts/bench_store.py [--mentions 100000] [--store PLACE] [--rounds 5]

The store is filled straight by SQL, on SQLite or PostgreSQL: twenty mentions a document, two a
claim, amounts over five powers of ten, sixty purposes. The hand-written side finds the same claims
by the best index there is and reads the rows that an answer is made of; ours is the whole answer,
its question parsed. A store that is there already is measured as it is.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import Connection, NullPool, bindparam, create_engine, text

from records.errors import NoStoreError
from store.dedup.words import search_words
from store.order_key import order_key
from store.question import parse
from store.store import Store
from store.word_index import POSTGRESQL_VECTOR
from tests.store.language import fill_all

PAGE = 50
WHAT = (
    *("new hospitals", "NHS technology", "school repairs", "flood defences", "bus services"),
    *("research grants", "rural broadband", "cancer screening", "road repairs", "heat pumps"),
)
WHERE = ("in towns", "in the north", "for schools", "on islands", "along rivers", "in cities")
GIVERS = ("The Treasury", "the council", "the Scottish Government", "the fund", "ministers")
RANGE = "amount:1bn..6bn currency:GBP"
QUESTIONS = {
    "amount": (RANGE, ""),
    "amount and purpose": (f'{RANGE} for:"NHS technology"', "purpose"),
    "amount and word": (f"{RANGE} broadband", "word"),
}
LOW, HIGH = (order_key(Decimal(bound) * 10**9) for bound in (1, 6))


def main() -> int:
    """Fill a store where there is none, and print what each question takes."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--mentions", type=int, default=100_000)
    options.add_argument("--store", default=None)
    options.add_argument("--rounds", type=int, default=5)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = asked.store or str(Path(folder) / "bench.earmark.db")
        make(place, asked.mentions)
        measure(place, asked.rounds)
        measure_start(Path(folder) / "small.earmark.db", asked.rounds)
    return 0


def make(place: str, mentions: int) -> None:
    """Fill a store of so many mentions, unless one is there."""
    try:
        Store.open(place, read_only=True).close()
    except NoStoreError:
        began = time.perf_counter()
        Store.open(place, create=True).close()
        fill(place, mentions)
        say(f"filled with {mentions:,} mentions in {time.perf_counter() - began:.0f} s")


def measure(place: str, rounds: int) -> None:
    """Print ours, the hand-written side and their ratio, for each question; and the totals."""
    say(f"{'question':<28}{'found':>9}{'ours ms':>10}{'by hand ms':>12}{'ratio':>8}")
    with Store.open(place, read_only=True) as store, behind(place) as connection:
        for name, (question, more) in QUESTIONS.items():
            asked = parse(f"{question} sort:-amount")
            hand = ByHand(connection, more)
            ours = store.find_claims(asked, limit=PAGE).claims
            if [int(one.id[1:]) for one in ours] != hand.find():
                raise SystemExit(f"{question} finds other claims than the hand-written side")
            print_line(
                name,
                len(ours),
                median(lambda q=question: store.find_claims(parse(q), limit=PAGE), rounds),  # type: ignore[misc]
                median(hand.answer, rounds),
            )
        for name, (question, _) in QUESTIONS.items():
            listed = store.count_claims(parse(question))
            took = median(lambda q=question: store.totals(parse(q)), rounds)  # type: ignore[misc]
            say(f"{f'totals of {name}':<28}{listed:>9,}{took:>10.1f}")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def print_line(name: str, found: int, ours: float, hand: float) -> None:
    """Print a line of the table."""
    say(f"{name:<28}{found:>9}{ours:>10.1f}{hand:>12.1f}{ours / hand:>8.2f}")


def measure_start(place: Path, rounds: int) -> None:
    """Print how long a small question takes from the start of its process, beside two imports."""
    with Store.open(str(place), create=True) as store:
        fill_all(store)
    query = ["-m", "earmark", "query", "amount:>=1bn", "--store", str(place)]
    ours = median(lambda: run(query), rounds)
    theirs = median(lambda: run(["-c", "import sqlalchemy, typer"]), rounds)
    print_line("start to the last row", 0, ours, theirs)


def run(arguments: Sequence[str]) -> None:
    """Run Python to its end."""
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words


def median(act: Callable[[], object], rounds: int) -> float:
    """Return the median of some rounds in milliseconds, after one that counts not."""
    act()
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)


FOUND = (
    "SELECT id FROM claims WHERE currency = 'GBP' AND worth BETWEEN :low AND :high "
    "AND high_order <= :high"
)
ORDER = "ORDER BY worth DESC, id LIMIT :page"
OF_MENTIONS = "AND id IN (SELECT claim_id FROM claim_mentions WHERE mention_id IN ({}))"
PURPOSE = "AND purpose_words LIKE :word0 AND purpose_words LIKE :word1"
FTS5 = """SELECT rowid FROM mention_words WHERE mention_words MATCH '"broadband"'"""
VECTOR = POSTGRESQL_VECTOR.replace(":", r"\:")  # no parameters
TSVECTOR = f"SELECT id FROM mentions WHERE ({VECTOR}) @@ CAST('broadband' AS tsquery)"  # noqa: S608 - our own words
MORE = {
    **dict.fromkeys((("", "sqlite"), ("", "postgresql")), ""),
    **dict.fromkeys((("purpose", "sqlite"), ("purpose", "postgresql")), PURPOSE),
    ("word", "sqlite"): OF_MENTIONS.format(FTS5),
    ("word", "postgresql"): OF_MENTIONS.format(TSVECTOR),
}


class ByHand:
    """What somebody writes who knows the tables and one question."""

    def __init__(self, connection: Connection, more: str) -> None:
        """Look for claims in the range; `more` is empty, `purpose` or `word`."""
        self._connection = connection
        self._values: dict[str, object] = {"low": LOW, "high": HIGH, "page": PAGE}
        for place, word in enumerate(search_words("NHS technology")):
            self._values[f"word{place}"] = f"% {word} %"
        self._find = text(f"{FOUND} {MORE[more, connection.dialect.name]} {ORDER}")

    def find(self) -> list[int]:
        """Return the claims."""
        return list(self._connection.execute(self._find, self._values).scalars())

    def answer(self) -> list[object]:
        """Return the claims with all rows that an answer is made of."""
        ids = self.find()
        return [self._connection.execute(query, {"ids": ids}).all() for query in ROWS]


ROWS = [
    text(sql).bindparams(bindparam("ids", expanding=True))
    for sql in (
        "SELECT * FROM claims WHERE id IN :ids",
        "SELECT m.*, cm.claim_id, d.number, d.title, d.publisher, d.published, d.published_how, "
        "d.encoding_how, c.source, c.captured_at, b.sha256 FROM claim_mentions cm "
        "JOIN mentions m ON m.id = cm.mention_id JOIN documents d ON d.id = m.document_id "
        "JOIN captures c ON c.id = d.capture_id JOIN contents b ON b.id = d.content_id "
        "WHERE cm.claim_id IN :ids",
        "SELECT * FROM matches WHERE claim_id IN :ids",
        "SELECT * FROM claim_relations WHERE claim_id IN :ids",
        "SELECT * FROM claim_relations WHERE to_id IN :ids",
    )
]


@contextmanager
def behind(place: str) -> Iterator[Connection]:
    """Reach a store past Earmark."""
    url = place if "://" in place else f"sqlite:///{place}"
    with create_engine(url, poolclass=NullPool).begin() as connection:
        yield connection


def fill(place: str, mentions: int) -> None:
    """Fill an empty store straight by SQL; what no question here asks for stays empty."""
    steps = Path(__file__).with_suffix(".sql").read_text("utf-8").split(";\n")
    with behind(place) as connection:
        server = connection.dialect.name == "postgresql"
        if not server:
            connection.exec_driver_sql("PRAGMA cache_size = -500000")
        connection.exec_driver_sql("CREATE TEMP TABLE numbers (n BIGINT PRIMARY KEY)")
        connection.execute(text(SERIES[server]), {"last": mentions})
        connection.exec_driver_sql(
            "CREATE TEMP TABLE said (place BIGINT, purpose TEXT, words TEXT, giver TEXT)"
        )
        insert = "INSERT INTO said VALUES (:place, :purpose, :words, :giver)"
        connection.execute(text(insert), list(purposes()))
        for step in filter(str.strip, steps):
            connection.execute(text(step), {"blob": b"bench"} if ":blob" in step else {})
        after = (
            "ANALYZE" if server else "INSERT INTO mention_words (mention_words) VALUES ('rebuild')"
        )
        connection.exec_driver_sql(after)


def purposes() -> Iterator[dict[str, object]]:
    """Yield what the claims are for, and who gives."""
    for place, (what, where) in enumerate(product(WHAT, WHERE)):
        purpose = f"{what} {where}"
        words = f" {' '.join(sorted(search_words(purpose)))} "
        yield {"place": place, "purpose": purpose, "words": words, "giver": GIVERS[place % 5]}


SERIES = {
    True: "INSERT INTO numbers SELECT generate_series(1, :last)",
    False: "INSERT INTO numbers WITH RECURSIVE found(n) AS "
    "(SELECT 1 UNION ALL SELECT n + 1 FROM found WHERE n < :last) SELECT n FROM found",
}

if __name__ == "__main__":
    sys.exit(main())
