"""Versions of everything that decides what is read and found."""

from __future__ import annotations

import platform
import sqlite3
from importlib import import_module
from importlib.metadata import version

from earmark.reader import ReadWith
from extract.rulefiles import rulebook

_READERS = ("lxml", "pdfminer.six", "pdfplumber", "trafilatura")


def current_versions(reading: ReadWith) -> dict[str, str]:
    """Return what a run records: with the same versions, the same bytes give the same mentions."""
    pipeline = {}
    if reading.pipeline is not None:  # spaCy is loaded for nobody else
        syntax = import_module("extract.syntax")
        pipeline = {"pipeline": syntax.trained(reading.pipeline).version}
    return {
        "earmark": version("earmark"),
        **pipeline,
        "python": platform.python_version(),
        "readers": ", ".join(f"{name} {version(name)}" for name in _READERS),
        "rules": rulebook(reading.rules).version(),
        "spacy": version("spacy"),
        "sqlite": sqlite3.sqlite_version,
    }
