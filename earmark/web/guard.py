"""What is checked before a page is made, and what every answer says to the browser.

Any page of the web can make a browser ask this server. So the name that it is called by must be one
of ours (an attacker's name can be made to point here), and no page may run a script or load
anything that does not come from here, whatever a document says.
"""

from __future__ import annotations

from time import perf_counter

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from earmark.web.problems import problem
from earmark.web.site import Site

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
    "connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Refuses what is called by another name; adds the headers that keep a page to itself."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        """Stand in front of an application."""
        self._app, self._site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        began = perf_counter()

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["server-timing"] = f"app;dur={1000 * (perf_counter() - began):.1f}"
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        app = self._app if self._is_ours(Headers(scope=scope).get("host", "")) else _WRONG_HOST
        await app(scope, receive, send_guarded)

    def _is_ours(self, host: str) -> bool:
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        return name.lower() in self._site.hosts


_WRONG_HOST = problem(
    400,
    "host",
    "This server answers only to the name it was started with. Use the address that it printed.",
)
