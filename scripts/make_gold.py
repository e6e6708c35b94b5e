#!/usr/bin/env python3
"""Write the corpus' gold files from its annotation sheets and its texts.

    scripts/make_gold.py [--check]

Reads every `corpus/sheets/<name>.toml`, finds `<name>` with any ending in `corpus/tune/` or
`corpus/score/`, reads it as `earmark ingest` would, and writes `<name>.json` beside it. `--check`
writes nothing and fails where a gold file is not what its sheet says.
"""

from __future__ import annotations

import json
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from corpus.annotate import annotate
from corpus.bundle import articles, parts, root
from ingest.read import read_capture
from records.document import Capture
from records.errors import EarmarkError


def gold(sheet: Path, article: Path) -> str:
    """Return the content of an article's gold file."""
    capture = Capture.of(article.name, article.read_bytes(), datetime.now(UTC))
    document = read_capture(capture)
    data = annotate(tomllib.loads(sheet.read_text("utf-8")), document.text, document.text_sha256)
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def article_of(sheet: Path) -> Path:
    """Return the one article that a sheet annotates.

    Raises:
        FileNotFoundError: There is none.
    """
    for folder in parts().values():
        for path in articles(folder):
            if path.stem == sheet.stem:
                return path
    raise FileNotFoundError(f"{sheet.name} has no article in corpus/tune or corpus/score")


def main(arguments: list[str]) -> int:
    """Write every gold file, or check them; return the exit status."""
    status = 0
    for sheet in sorted((root() / "sheets").glob("*.toml")):
        try:
            article = article_of(sheet)
            wanted = gold(sheet, article)
        except (EarmarkError, OSError) as error:
            sys.stderr.write(f"{sheet.name}: {error}\n")
            status = 1
            continue
        path = article.with_suffix(".json")
        if "--check" not in arguments:
            path.write_text(wanted, "utf-8")
        elif not path.exists() or path.read_text("utf-8") != wanted:
            sys.stderr.write(f"{path.name}: not what its sheet says; run scripts/make_gold.py\n")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
