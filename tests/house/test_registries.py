"""Registries are plain tuples; what stands in them is a decision, so it is pinned here."""

from __future__ import annotations

from importlib.metadata import entry_points

from extract.pipeline import COMPONENTS
from ingest.registry import BUNDLES, FORMATS
from store.exports.registry import EXPORTS


def test_exports() -> None:
    assert [export.name for export in EXPORTS] == [
        "csv",
        "jsonl",
        "gold",
        "datapackage",
        "xlsx",
        "store",
        "sqlite",
        "parquet",
        "jsonld",
    ]


def test_components_are_published_to_spacy() -> None:
    published = {entry.name for entry in entry_points(group="spacy_factories")}
    assert set(COMPONENTS) <= published


def test_formats() -> None:
    assert [entry.media_type for entry in FORMATS] == [
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "message/rfc822",
        "text/html",
        "text/markdown",
        "text/csv",
        "text/plain",
    ]


def test_bundles() -> None:
    assert [entry.media_type for entry in BUNDLES] == [
        "application/zip",
        "application/warc",
        "application/rss+xml",
        "message/rfc822",
    ]
