"""Bring a store back from JSON Lines: lines to records, records to rows, and what follows."""
