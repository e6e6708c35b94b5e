#!/usr/bin/env python3
"""Measure how well origins and echoes are told, and how long a document takes.

    scripts/bench_origins.py [--stories 60] [--seed 7]

The texts are those of `tests/store/reprints.py`: releases with reprints, cuts, rewrites, corrected
copies, later captures, and notices from forms. Two texts are a pair where they count as one origin.
The reference is datasketch's MinHashLSH (`pip install datasketch`) on the same words: runs of five,
128 permutations, groups by its pairs and theirs, at the threshold that suits it best.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import create_engine, select

from extract.pipeline import extract
from ingest.read import read_capture
from records.document import Capture, Document, Known, Metadata
from records.mention import Mention
from store.echoes.wording import wording
from store.origins import regroup_origins
from store.store import Store
from store.tables import wordings
from store.texts import Texts
from tests.store.reprints import Print, origins_of, prints, score, shares

Made = tuple[Print, Capture, Document, Sequence[Mention]]


def main() -> int:
    """Print precision, recall and milliseconds of Earmark and of the reference."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--stories", type=int, default=60)
    options.add_argument("--seed", type=int, default=7)
    asked = options.parse_args()
    made = [_read(one) for one in prints(asked.stories, asked.seed)]
    texts = [one for one, *_ in made]
    forms = Counter(one.form for one in texts)
    _say(f"{len(texts)} texts: {', '.join(f'{n} {form}' for form, n in forms.most_common())}")
    with tempfile.TemporaryDirectory() as folder:
        found, writing, judging = _by_earmark(made, f"{folder}/a.db")
    _compare("Earmark", texts, found)
    _say(f"  per document: {writing:.1f} ms to store, {judging:.1f} ms of it for origins")
    if not importlib.util.find_spec("datasketch"):
        _say("datasketch is not installed: no reference")
        return 0
    for threshold in (0.3, 0.5, 0.7):
        began = time.process_time()
        groups = _by_minhash(texts, threshold)
        _compare(f"MinHashLSH {threshold}", texts, groups)
        _say(f"  per document: {1000 * (time.process_time() - began) / len(texts):.1f} ms")
    return 0


def _read(one: Print) -> Made:
    said = Metadata(published=Known(one.published, "given")) if one.published else None
    capture = Capture.of(one.source, one.text.encode(), datetime(2024, 9, 1, tzinfo=UTC), said)
    document = read_capture(capture)
    return one, capture, document, extract(document.text, published=one.published)


def _by_earmark(made: Sequence[Made], place: str) -> tuple[dict[str, str], float, float]:
    """Store texts; return text to origin, and the milliseconds that a document took.

    The time for origins is that of taking each document out of its group and putting it back.
    """
    with Store.open(place, create=True) as store:
        run = store.start_run({"earmark": "bench", "rules": "", "spacy": "", "readers": ""})
        began = time.process_time()
        for _, capture, document, mentions in made:
            taken = store.add_capture(run, capture)
            store.add_document(run, taken, document, mentions)
        stored = time.process_time()
        store.end_run(run, {})
        found = origins_of(store)
    engine = create_engine(f"sqlite:///{place}")
    with engine.begin() as connection:
        texts = Texts()
        rows = connection.execute(select(wordings.c.document_id)).scalars().all()
        judging = time.process_time()
        for row in rows:
            regroup_origins(connection, texts, [row], [row])
        judged = time.process_time()
    engine.dispose()
    return found, 1000 * (stored - began) / len(made), 1000 * (judged - judging) / len(rows)


def _by_minhash(texts: Sequence[Print], threshold: float) -> dict[str, str]:
    """Return text to the first text of its group, by connected pairs."""
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 - no dependency of Earmark's

    index, first = MinHashLSH(threshold=threshold, num_perm=128), {}
    for number, one in enumerate(texts):
        hashed = MinHash(num_perm=128)
        hashed.update_batch([" ".join(run).encode() for run in wording(one.text, []).places])
        near = [first[other] for other in index.query(hashed)]
        index.insert(number, hashed)
        first[number] = min(near, default=number)
        for other, group in first.items():
            if group in near:
                first[other] = first[number]
    return {texts[number].text: texts[group].text for number, group in first.items()}


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _compare(name: str, texts: Sequence[Print], found: dict[str, str]) -> None:
    told = score(texts, found)
    _say(f"{name}: precision {told.precision:.3f}, recall {told.recall:.3f} of {told.pairs} pairs")
    for what, pairs in (("wrongly one", told.wrong), ("missed", told.missed)):
        if pairs:
            _say(f"  {what}: {', '.join(f'{n} {kind}' for kind, n in shares(pairs))}")


if __name__ == "__main__":
    sys.exit(main())
