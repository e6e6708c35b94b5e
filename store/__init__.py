"""The store: mentions to claims in SQL, with a ledger of all that changed it."""
