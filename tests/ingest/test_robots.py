"""What a robots.txt allows, and what it means that there is none."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ingest.fetch.client import Fetcher
from ingest.fetch.errors import NoAnswerError, RobotsError
from ingest.fetch.robots import MOST
from records.document import Metadata
from records.errors import FetchError
from tests.ingest.servers import Answer, Site, serving

NOTHING = Metadata()


@pytest.fixture
def site(site: Site) -> Site:
    site.pages |= {path: Answer(b"x") for path in ("/a", "/b", "/private/a")}
    return site


def may(fetcher: Fetcher, url: str) -> bool:
    try:
        fetcher.fetch(url, NOTHING)
    except RobotsError:
        return False
    return True


RULES = [
    ("all", "User-agent: *\nDisallow: /private\n", False),
    ("named", "User-agent: earmark\nDisallow: /private\n", False),
    ("named-outranks-all", "User-agent: *\nDisallow: /\nUser-agent: Earmark\nAllow: /\n", True),
    ("other", "User-agent: OtherBot\nDisallow: /\n", True),
    ("others", "User-agent: A-Bot\nUser-agent: B-Bot\nDisallow: /\n", True),
    ("shared-group", "User-agent: A-Bot\nUser-agent: Earmark\nDisallow: /private\n", False),
    ("two-words", "User agent Earmark\nDisallow: /private\n", False),
    ("wildcard-name", "User-agent: earm*\nDisallow: /private\n", False),
    ("longest-rule", "User-agent: *\nDisallow: /\nAllow: /private/a$\n", True),
    ("mark-of-order", "\ufeffUser-agent: *\nDisallow: /private\n", False),
    ("comment", "User-agent: * # all\nDisallow: /private # not this\n", False),
    ("empty", "", True),
    ("page", "<html><body>Not found</body></html>", True),
]


@pytest.mark.parametrize(("rules", "leave"), [row[1:] for row in RULES], ids=[r[0] for r in RULES])
def test_rules_for_this_program_are_obeyed(
    site: Site,
    fetcher: Fetcher,
    rules: str,
    leave: bool,  # noqa: FBT001 - a case
) -> None:
    site.pages["/robots.txt"] = Answer(rules.encode())
    assert may(fetcher, site.url("/private/a")) is leave
    assert site.paths == ["/robots.txt", "/private/a"][: 1 + leave]


@pytest.mark.parametrize(
    ("status", "leave"),
    [(401, True), (403, True), (404, True), (410, True), (429, True), (500, False), (503, False)],
)
def test_a_site_without_rules_allows_all_and_a_broken_one_nothing(
    site: Site,
    fetcher: Fetcher,
    status: int,
    leave: bool,  # noqa: FBT001 - a case
) -> None:
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /\n", status)
    assert may(fetcher, site.url("/a")) is leave
    assert may(fetcher, site.url("/b")) is leave
    assert site.paths.count("/robots.txt") == 1


def test_a_site_that_cannot_be_reached_is_asked_once() -> None:
    asked: list[str] = []

    def ask(host: str, port: int) -> list[str]:
        asked.append(host)
        raise OSError

    with Fetcher(pause=0, ask=ask) as fetcher:
        for path in ("a", "b"):
            with pytest.raises(NoAnswerError, match="has no address on the internet"):
                fetcher.fetch(f"http://gone.example/{path}", NOTHING)
    assert asked == ["gone.example"]


def test_rules_are_held_for_the_last_sites(site: Site) -> None:
    """So that a feed of hostile names cannot fill the memory."""
    with Fetcher(allow_private=True, pause=0, ask=lambda host, port: ["127.0.0.1"]) as fetcher:
        for name in (*range(51), 50, 1, 0):
            fetcher.fetch(site.url("/a", f"n{name}.example"), NOTHING)
    hosts = [headers["Host"] for path, headers in site.asked if path == "/robots.txt"]
    assert hosts == [f"n{name}.example:{site.port}" for name in (*range(51), 0)]


def test_each_site_has_its_own_rules(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /\n")
    with serving() as other:
        other.pages["/a"] = Answer(b"x")
        assert not may(fetcher, site.url("/a"))
        assert may(fetcher, other.url("/a"))
        site.pages["/robots.txt"] = Answer(b"")
        assert not may(fetcher, site.url("/a"))
        other.pages["/c"] = Answer(status=302, headers={"Location": site.url("/a")})
        assert not may(fetcher, other.url("/c"))  # each hop needs leave


@pytest.mark.parametrize(("hops", "leave"), [(1, False), (5, False), (6, True)])
def test_rules_may_stand_five_redirects_away(
    site: Site,
    fetcher: Fetcher,
    hops: int,
    leave: bool,  # noqa: FBT001 - a case
) -> None:
    places = ["/robots.txt", *(f"/r{hop}" for hop in range(hops))]
    for place, following in pairwise(places):
        site.pages[place] = Answer(status=301, headers={"Location": following})
    site.pages[places[-1]] = Answer(b"User-agent: *\nDisallow: /\n")
    assert may(fetcher, site.url("/a")) is leave


@pytest.mark.parametrize("target", ["file:///etc/passwd", "//u:p@127.0.0.1/robots.txt"])
def test_rules_that_lead_astray_forbid_all(site: Site, fetcher: Fetcher, target: str) -> None:
    site.pages["/robots.txt"] = Answer(status=302, headers={"Location": target})
    for path in ("/a", "/b"):
        with pytest.raises(FetchError, match=r"robots\.txt: leads on to"):
            fetcher.fetch(site.url(path), NOTHING)
    assert site.paths == ["/robots.txt"]


@pytest.mark.parametrize("length", [MOST - 50, MOST + 50, 3 * MOST])
def test_the_first_500_kib_of_long_rules_hold(site: Site, fetcher: Fetcher, length: int) -> None:
    """A rule that the cut goes through does not become a shorter one."""
    head = b"User-agent: *\nDisallow: /private\n"
    filler = b"Disallow: /x\n" * ((length - len(head)) // 13)
    site.pages["/robots.txt"] = Answer(head + filler + b"Disallow: /a" + b"a" * 90)
    assert not may(fetcher, site.url("/private/a"))
    assert may(fetcher, site.url("/a"))


def test_rules_for_very_many_programs_are_read(site: Site, fetcher: Fetcher) -> None:
    """Each rule for each program would be three hundred million."""
    names = b"".join(b"User-agent: a%d\n" % number for number in range(15_000))
    site.pages["/robots.txt"] = Answer(names + b"User-agent: *\n" + b"Disallow: /private\n" * 9_000)
    assert not may(fetcher, site.url("/private/a"))
    assert may(fetcher, site.url("/a"))
