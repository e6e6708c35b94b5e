"""Of which document one is an echo or a version, beside the rows of a query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select

from records.claim import Echo
from store.tables import documents, wordings

Row = Mapping[str, Any]


def read_echo(row: Row) -> Echo | None:
    """Read what a row of a query `with_origin` says of its document."""
    if row["echo_of"] is None:
        return None
    facts = {name: row[f"echo_{name}"] for name in ("kind", "words", "shared", "sums")}
    return Echo(f"d{row['echo_of']}", **facts)


def with_origin(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Add to a query over `documents` what `read_echo` reads."""
    return (
        query.outerjoin(wordings, wordings.c.document_id == documents.c.id)
        .outerjoin(_ORIGIN, _ORIGIN.c.id == wordings.c.origin_id)
        .add_columns(
            _ORIGIN.c.number.label("echo_of"),
            *(
                wordings.c[name].label(f"echo_{name}")
                for name in ("kind", "words", "shared", "sums")
            ),
        )
    )


_ORIGIN = documents.alias("origin")
