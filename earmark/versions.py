"""Versions of everything that decides what is read and found."""

from __future__ import annotations

import platform
import sqlite3
from importlib.metadata import version

from extract.rulefiles import rules_version

_READERS = ("lxml", "pdfminer.six", "pdfplumber", "trafilatura")


def current_versions() -> dict[str, str]:
    """Return what a run records: with the same versions, the same bytes give the same mentions."""
    return {
        "earmark": version("earmark"),
        "python": platform.python_version(),
        "readers": ", ".join(f"{name} {version(name)}" for name in _READERS),
        "rules": rules_version(),
        "spacy": version("spacy"),
        "sqlite": sqlite3.sqlite_version,
    }
