"""Take bundles apart in a test, without a process."""

from __future__ import annotations

import io

from ingest.bundle import Opened
from ingest.registry import bundle_of
from records.document import Metadata
from records.parts import Part
from tests.ingest.tables import NOON


def opened(content: bytes, source: str, given: Metadata | None = None) -> Opened:
    """Open bytes as the unpacking process does."""
    return Opened(io.BytesIO(content), source, NOON, given or Metadata())


def parts(source: Opened) -> list[Part]:
    """Return all that a bundle holds."""
    bundle = bundle_of(source)
    assert bundle is not None, source.source
    return list(bundle.members(source))
