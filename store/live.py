"""Which captures count."""

from __future__ import annotations

from sqlalchemy import exists, or_

from store.tables import captures, documents, sightings, undos

_reading = documents.alias("reading")
IS_GIVEN = or_(
    ~exists().where(undos.c.run_id == captures.c.run_id),
    exists().where(
        sightings.c.capture_id == captures.c.id,
        ~exists().where(undos.c.run_id == sightings.c.run_id),
    ),
)
"""Tells the captures of runs that were not taken back."""
IS_LIVE = or_(
    IS_GIVEN,
    exists().where(
        _reading.c.capture_id == captures.c.id,
        _reading.c.superseded_by.is_(None),
        _reading.c.undone_by.is_(None),
        _reading.c.redacted_by.is_(None),
    ),
)
"""Tells the captures that count: `IS_GIVEN`, and what current documents stand on."""
