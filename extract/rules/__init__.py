"""Rule files, lexicon and patterns, as data."""
