"""The audit: everything that the store says is checked again; nothing is written."""
