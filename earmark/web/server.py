"""Serve the pages of a store until somebody stops it."""

from __future__ import annotations

import gc
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
    app = make_app(site)
    # What is loaded by now stays. To look through it for garbage takes a tenth of a second, and
    # every reader would wait for it.
    gc.collect()
    gc.freeze()
    config = uvicorn.Config(
        app, log_level="warning", server_header=False, timeout_graceful_shutdown=5
    )
    uvicorn.Server(config).run(sockets=[listening])
