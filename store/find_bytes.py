"""Say which pieces of bytes stand in some files: a program of its own, run by `store.scrub`.

A process that closes a file of SQLite's gives up the locks that it holds on it, so a store's file
is read by another process. Standard library only; it is started by its path.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

PART = 16 * 1024 * 1024
"""Bytes read at a time."""


def found(path: Path, pieces: Sequence[bytes]) -> set[int]:
    """Return which pieces stand in a file, by their places; none where there is no file."""
    longest = max(map(len, pieces), default=1)
    there: set[int] = set()
    if not path.exists():
        return there
    with path.open("rb") as file:
        part = b""
        while new := file.read(PART):
            part = part[-(longest - 1) :] + new if longest > 1 else new
            there |= {n for n, one in enumerate(pieces) if n not in there and one in part}
    return there


def main() -> None:
    """Read `{"files": […], "pieces": [hex, …]}`, print `{file: [place of a piece, …]}`."""
    asked = json.load(sys.stdin)
    pieces = [bytes.fromhex(piece) for piece in asked["pieces"]]
    answer = {name: sorted(found(Path(name), pieces)) for name in asked["files"]}
    json.dump({name: places for name, places in answer.items() if places}, sys.stdout)


if __name__ == "__main__":
    main()
