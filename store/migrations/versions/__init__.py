"""One file a schema change, never edited once released."""
