"""Alembic migrations from the first schema on; none ever imports `store.tables`."""
