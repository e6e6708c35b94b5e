"""Serve the pages of a store until somebody stops it."""

from __future__ import annotations

import socket

import uvicorn

from earmark.web.app import make_app
from earmark.web.site import Site


def serve(site: Site, listening: socket.socket) -> None:
    """Answer requests until Ctrl-C; those under way are answered first.

    Args:
        site: What to serve.
        listening: Where requests come in.
    """
    config = uvicorn.Config(
        make_app(site), log_level="warning", server_header=False, timeout_graceful_shutdown=5
    )
    uvicorn.Server(config).run(sockets=[listening])
