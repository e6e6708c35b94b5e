"""Which captures count."""

from __future__ import annotations

from sqlalchemy import exists, or_

from store.tables import captures, documents, undos

_reading = documents.alias("reading")
IS_LIVE = or_(
    ~exists().where(undos.c.run_id == captures.c.run_id),
    exists().where(
        _reading.c.capture_id == captures.c.id,
        _reading.c.superseded_by.is_(None),
        _reading.c.undone_by.is_(None),
    ),
)
"""Tells the captures that count: of runs not taken back, and what current documents stand on."""
