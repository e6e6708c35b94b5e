"""What keeps the ledger append-only inside a database."""

from __future__ import annotations

TRIGGERS = {
    "sqlite": tuple(
        f"CREATE TRIGGER ledger_no_{act.lower()} BEFORE {act} ON ledger "
        "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        for act in ("UPDATE", "DELETE")
    ),
    "postgresql": tuple(
        f"CREATE TRIGGER ledger_no_{act.lower()} BEFORE {act} ON ledger "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()"
        for act in ("UPDATE", "DELETE", "TRUNCATE")
    ),
}
"""Against accidents, not attackers: who can write the store can drop them."""
