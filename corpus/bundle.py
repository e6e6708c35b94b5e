"""The articles that come with Earmark, found in a checkout and in an installed package alike."""

from __future__ import annotations

import csv
from importlib import resources
from pathlib import Path

PARTS = ("tune", "score")
FORMATS = (".txt", ".md", ".html", ".pdf")


def root() -> Path:
    """Return the folder that holds the parts, the annotation sheets and the lists."""
    return Path(str(resources.files("corpus")))


def parts() -> dict[str, Path]:
    """Return the corpus' two folders by name.

    `tune` is for looking at while rules are written; `score` is held back to judge them.
    """
    return {name: root() / name for name in PARTS}


def articles(folder: Path) -> list[Path]:
    """Return the articles of a folder, by name; gold files and lists are left out."""
    return sorted(path for path in folder.iterdir() if path.suffix in FORMATS)


def demo_metadata() -> Path:
    """Return the metadata file of the demonstration; its rows name its articles, in order."""
    return root() / "demo.csv"


def demo_files() -> list[Path]:
    """Return what `earmark demo` reads: two announcements, told by six outlets in four formats."""
    with demo_metadata().open(encoding="utf-8", newline="") as rows:
        return [root() / row["path"] for row in csv.DictReader(rows)]
