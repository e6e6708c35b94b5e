#!/usr/bin/env python3
"""Write `extract/rules/needs.json`: the words that each of our patterns cannot match without.

    scripts/make_needs.py

They follow from the patterns alone; kept in a file, they need not be read off at every start. A
pattern that is not in the file is read when it is loaded.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

# The checkout comes first, also where another copy is installed.
sys.path.insert(0, str(Path(__file__).parents[1]))

from extract import rulefiles
from extract.needs import needs
from extract.pipeline import extract
from extract.rulefiles import needs_id, rulebook

TARGET = Path(rulefiles.__file__).parent / "rules" / "needs.json"


def main() -> None:
    """Load every rule as extraction does, and write what each needs."""
    extract("They get £5m for roads by 2030, up from £3m a year.")  # asks for every anchor
    kept: dict[str, list[str] | None] = {}
    for rule, at_word_start in rulebook().loaded():
        keys = needs(rule.regex, at_word_start=at_word_start)
        name = needs_id(rule.regex, at_word_start=at_word_start)
        kept[name] = None if keys is None else sorted(keys)
    lines = [f"{json.dumps(name)}: {json.dumps(keys)}" for name, keys in sorted(kept.items())]
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
