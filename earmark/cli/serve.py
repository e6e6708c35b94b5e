"""`earmark serve`: the store as pages in a browser, on this machine."""

from __future__ import annotations

import os
import socket
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from earmark.cli.options import StoreOption, open_for_reading, session_of
from earmark.settings import store_place
from records.errors import ExtraMissingError, SettingsError

EXAMPLES = """\b
Examples:
  earmark serve                       pages of the store, on http://127.0.0.1:8321
  earmark serve --store nhs.earmark.db --port 8400
  earmark serve --write               review and ingest in the browser, too
"""
NEEDED = ("starlette", "jinja2", "uvicorn", "python_multipart")

HostOption = Annotated[
    str,
    typer.Option("--host", metavar="ADDRESS", help="Address to listen on; only this machine's."),
]
PortOption = Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on.")]
NameOption = Annotated[
    list[str] | None,
    typer.Option(
        "--name",
        metavar="HOST",
        help="Another name that browsers may call it by; all others are refused. Can be repeated.",
    ),
]
WriteOption = Annotated[
    bool,
    typer.Option("--write", help="Let who opens the printed address decide, ingest and take back."),
]


def command(
    context: typer.Context,
    *,
    store: StoreOption = None,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8321,
    name: NameOption = None,
    write: WriteOption = False,
) -> None:
    """Show a store in the browser: claims, documents, pots, timelines, and an API over them.

    Only this machine can reach it, and nothing is changed, unless you say otherwise. Ctrl-C ends
    it.
    """
    screen = session_of(context).screen()
    if not all(map(find_spec, NEEDED)):
        raise ExtraMissingError('Pages need an extra: pip install "earmark[web]"')
    with open_for_reading(store) as kept:
        shown = kept.place
    place = shown if Path(shown).is_file() else store_place(store, Path.cwd())
    with _listen(host, port) as listening:
        # Imported here: a server takes longer to load than most commands take.
        from earmark.web.server import serve  # noqa: PLC0415
        from earmark.web.site import HOSTS, Site  # noqa: PLC0415
        from earmark.web.stores import Stores  # noqa: PLC0415

        hosts = (*HOSTS, *(one.lower() for one in (host, *(name or ()))))
        site = Site(Stores(place), write=write, hosts=hosts)
        address = f"http://{_in_address(host)}:{listening.getsockname()[1]}"
        opened = f"{address}/enter?key={site.token}" if write else address
        screen.note(f"Serving {shown} on {opened}   (Ctrl-C ends it)")
        serve(site, listening)


def _listen(host: str, port: int) -> socket.socket:
    """Take a port.

    Raises:
        SettingsError: It is taken, or the address is none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else error
        raise SettingsError(
            f"{host}:{port} cannot be listened on: {why}. Another program may hold it; choose one "
            "with --port, or 0 for any that is free."
        ) from None


def _in_address(host: str) -> str:
    """Return a host as it stands in an address."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not listened on
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
