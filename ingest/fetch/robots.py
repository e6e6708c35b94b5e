"""What a site's robots.txt allows. Source of the rules: RFC 9309; read by Protego."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
from protego import Protego

from ingest.fetch.errors import RobotsError
from records.errors import FetchError

MOST = 500 * 1024
"""Bytes of a robots.txt that are read; RFC 9309, 2.5, wants so many at least."""
_MOST_SITES = 50  # whose rules are held: those of one may take 10 MB, and names cost nothing
_GONE = range(400, 500)  # there is no robots.txt, so all is allowed
_OK = range(200, 300)
_AGENT_LINE = re.compile(r"\s*user(?:-|\s+)?agent(?:[\s:]+(?P<name>[^#]*).*)?", re.IGNORECASE)
_NOBODY = "-"

Ask = Callable[[str], tuple[int, bytes]]
"""Address of a robots.txt to status and body, redirects followed."""


class Robots:
    """The rules of the last sites, each asked for once, also where it could not give them.

    A site is scheme, host and port.
    """

    def __init__(self, ask: Ask, agent: str) -> None:
        """Get files with `ask`; obey the rules for `agent`."""
        self._ask = ask
        self._agent = agent
        self._rules: dict[str, Protego | FetchError] = {}

    def check(self, place: httpx.URL, url: str) -> float:
        """Refuse what the site does not want to be fetched.

        Args:
            place: The address.
            url: What was asked for first, for the message.

        Returns:
            The seconds that the site wants between two requests; 0 where it does not say.

        Raises:
            RobotsError: The site forbids the address, or has no rules to give now.
            FetchError: It cannot be reached, so that all of it is forbidden (RFC 9309, 2.3.1.4).
        """
        site = f"{place.scheme}://{place.netloc.decode('ascii')}"
        if site not in self._rules:
            if len(self._rules) >= _MOST_SITES:
                del self._rules[next(iter(self._rules))]
            self._rules[site] = self._read(site)
        rules = self._rules[site]
        if isinstance(rules, FetchError):
            raise type(rules)(str(rules))
        if not rules.can_fetch(str(place), self._agent):
            raise RobotsError(
                f"{url}: the robots.txt of {place.host} does not let programs fetch it; open it in "
                "your browser, save the page, and ingest the file"
            )
        return float(rules.crawl_delay(self._agent) or 0)

    def _read(self, site: str) -> Protego | FetchError:
        try:
            status, body = self._ask(f"{site}/robots.txt")
        except FetchError as error:
            return error
        if status in _OK:
            return Protego.parse(_of_agent(body.decode("utf-8-sig", "replace"), self._agent))
        if status in _GONE:
            return Protego.parse("")
        return RobotsError(
            f"{site}/robots.txt: the server answered {status}, so it is not known what may be "
            "fetched there; try again later"
        )


def _of_agent(text: str, agent: str) -> str:
    """Give all programs one name that cannot be this one.

    Protego keeps every rule once for every program in its group: 500 kB of names and rules would
    take gigabytes.
    """
    lines = []
    for line in text.splitlines():
        named = _AGENT_LINE.fullmatch(line)
        name = (named["name"] or "").strip().lower().replace("*", "") if named else ""
        # `*` is everybody; Protego looks for a name inside of the agent's.
        other = named and name and name not in agent.lower()
        lines.append(f"User-agent: {_NOBODY}" if other else line)
    return "\n".join(lines)
