"""Who promised how much money, for what, by when, and where exactly that was said.

`extract` reads one text, `amounts` only the money in it and `timeframes` only when; `open_store`
keeps documents and answers questions about their claims.
Names are loaded when they are first used, so that a program that only asks for help or queries a
store never waits for the language pipeline.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from records.errors import EarmarkError

if TYPE_CHECKING:
    from earmark.api import open_store
    from earmark.outcome import IngestOptions
    from earmark.reading import amounts, extract, extract_many, timeframes

    __version__: str

__all__ = [
    "EarmarkError",
    "IngestOptions",
    "__version__",
    "amounts",
    "extract",
    "extract_many",
    "open_store",
    "timeframes",
]

_HOMES = {
    "IngestOptions": "earmark.outcome",
    "amounts": "earmark.reading",
    "extract": "earmark.reading",
    "extract_many": "earmark.reading",
    "open_store": "earmark.api",
    "timeframes": "earmark.reading",
}


def __getattr__(name: str) -> object:
    """Load a public name on first use (PEP 562)."""
    if name == "__version__":
        return import_module("importlib.metadata").version("earmark")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'earmark' has no attribute {name!r}")
