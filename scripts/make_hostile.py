#!/usr/bin/env python3
"""Write files that try to break Earmark, with amounts planted in them and a manifest.

    scripts/make_hostile.py FOLDER [--quick] [FAMILY…]

A family is a kind of file (`pdf-bombs`, `names`); without FAMILY all are written. The bytes are the
same on each run. `manifest.jsonl` says of each file what it is, which amounts a reader should find,
and what may honestly be said instead.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

# The checkout comes first, also where another copy is installed.
sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.hostile.families import chosen, write


def main() -> None:
    """Write the files and say how many."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("families", nargs="*")
    parser.add_argument("--quick", action="store_true", help="the selection of the test run")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    count = write(asked.folder, chosen(asked.families, quick=asked.quick))
    sys.stdout.write(f"{count} files in {asked.folder}\n")


if __name__ == "__main__":
    main()
