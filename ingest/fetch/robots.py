"""What a site's robots.txt allows. Source of the rules: RFC 9309; read by Protego."""

from __future__ import annotations

from collections.abc import Callable

from protego import Protego

from records.errors import FetchError

_GONE = range(400, 500)  # there is no robots.txt, so all is allowed
_OK = range(200, 300)


class Robots:
    """The rules of each site, asked for once."""

    def __init__(self, ask: Callable[[str], tuple[int, bytes]], agent: str) -> None:
        """Get files with `ask`, address to status and body; obey the rules for `agent`."""
        self._ask = ask
        self._agent = agent
        self._rules: dict[str, Protego | None] = {}

    def allow(self, site: str, url: str) -> bool:
        """Tell whether an address of a site (`https://example.org`) may be fetched."""
        rules = self._of(site)
        return rules is not None and rules.can_fetch(url, self._agent)

    def delay(self, site: str) -> float:
        """Return the seconds that a site wants between two requests; 0 where it does not say."""
        rules = self._of(site)
        return float((rules and rules.crawl_delay(self._agent)) or 0)

    def _of(self, site: str) -> Protego | None:
        """Return a site's rules; None where it cannot give them now, so that all is forbidden."""
        if site not in self._rules:
            status, body = self._ask(f"{site}/robots.txt")
            if status in _OK:
                self._rules[site] = Protego.parse(body.decode("utf-8", "replace"))
            else:
                self._rules[site] = Protego.parse("") if status in _GONE else None
        return self._rules[site]


class RobotsError(FetchError):
    """A site does not want the page to be fetched by programs."""

    code = "fetch.robots"
