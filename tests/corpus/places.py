"""Where the corpus, its scripts and the shared reference tool lie."""

from __future__ import annotations

import sys
from functools import cache
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

from corpus.bundle import articles, demo_metadata, parts
from ingest.metadata import MetadataTable
from ingest.read import read
from records.document import Document

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
ARTICLES = [path for folder in parts().values() for path in articles(folder)]


def label(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@cache
def document(path: Path) -> Document:
    """Read an article once, with what its folder's metadata file says of it."""
    table = MetadataTable.load(path.parent / "metadata.csv")
    return next(read(str(path), table=table))


@cache
def demo_table() -> MetadataTable:
    return MetadataTable.load(demo_metadata())


def module(path: Path) -> ModuleType:
    """Load a Python file that is in no package, whatever its ending."""
    loader = SourceFileLoader(f"loaded_{path.stem}", str(path))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    loaded = module_from_spec(spec)
    sys.modules[loader.name] = loaded  # where dataclasses look their own module up
    loader.exec_module(loaded)
    return loaded
