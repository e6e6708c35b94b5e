#!/usr/bin/env python3
"""Make a store of the newest schema, to be kept under tests/store/released once that is released.

    scripts/make_released_store.py [FOLDER]

The tests upgrade every store that is kept there, and one that this makes on the spot.
"""

from __future__ import annotations

import lzma
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from store.schema import REVISION  # noqa: E402 - found by the line above
from store.store import Store  # noqa: E402 - likewise
from tests.store.everything import fill_everything  # noqa: E402 - likewise


def main() -> None:
    """Fill a store, and write it compressed."""
    kept = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "tests/store/released"
    target = kept / f"{REVISION}.db.xz"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.earmark.db"
        with Store.open(str(path), create=True) as store:
            fill_everything(store)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(lzma.compress(path.read_bytes(), preset=9))


if __name__ == "__main__":
    main()
