"""`earmark mcp`: the store as tools for a program that speaks the Model Context Protocol."""

from __future__ import annotations

from importlib.util import find_spec

import typer

from earmark.cli.options import StoreOption, open_for_reading, session_of
from records.errors import ExtraMissingError

EXAMPLES = """\b
Examples:
  earmark mcp --store nhs.earmark.db     what a client starts, and talks to
"""


def command(context: typer.Context, *, store: StoreOption = None) -> None:
    """Answer a program over standard input and output; nothing is written.

    It offers six tools: find_claims, get_claim, get_quote_in_context, check_statement, list_pots
    and audit_claim. Every answer carries the quotes, their offsets, the hash of the bytes they
    stand in, and when these were captured.
    """
    screen = session_of(context).screen()
    if not find_spec("mcp"):
        raise ExtraMissingError('It needs an extra: pip install "earmark[mcp]"')
    with open_for_reading(store) as kept:
        # Imported here: it takes longer to load than most commands take.
        from earmark.mcp.server import make_server  # noqa: PLC0415

        screen.hint(f"Answering from {kept.place} in the Model Context Protocol (Ctrl-C ends it)")
        make_server(kept).run("stdio")
