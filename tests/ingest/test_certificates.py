"""What a server must show before anything of it is read."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from trustme import CA

from ingest.fetch.client import Fetcher
from ingest.fetch.errors import CertificateError
from records.document import Metadata
from tests.ingest.servers import Answer, serving

HOST = "127.0.0.1"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 3, 1, tzinfo=UTC)


def shown(
    ca: CA, *names: str, days: tuple[datetime | None, datetime | None] = (None, None)
) -> ssl.SSLContext:
    """Return what a server shows that `ca` vouches for, under some names, on some days."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(*names, not_before=days[0], not_after=days[1]).configure_cert(context)
    return context


def signed_by_itself(ca: CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with ca.cert_pem.tempfile() as cert, ca.private_key_pem.tempfile() as key:
        context.load_cert_chain(cert, key)
    return context


CASES: dict[str, tuple[Callable[[CA], ssl.SSLContext], str]] = {
    "signed by itself": (lambda _: signed_by_itself(CA()), "self-signed certificate"),
    "by nobody known": (lambda _: shown(CA(), HOST), "unable to get local issuer"),
    "out of date": (lambda ca: shown(ca, HOST, days=LONG_AGO), "certificate has expired"),
    "of another host": (lambda ca: shown(ca, "news.example"), "not valid for '127.0.0.1'"),
}


@pytest.fixture(scope="module")
def ca() -> CA:
    return CA()


@pytest.fixture(autouse=True)
def trusting(ca: CA, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the fetcher trust one authority of the tests' own beside those of the system."""
    context = ssl.create_default_context()
    ca.configure_trust(context)
    monkeypatch.setattr("ingest.fetch.connect._tls", lambda: context)


@pytest.mark.parametrize("case", CASES)
def test_a_server_that_does_not_prove_who_it_is_is_not_read(ca: CA, case: str) -> None:
    show, why = CASES[case]
    with serving(show(ca)) as site, Fetcher(allow_private=True, pause=0) as fetcher:
        site.pages["/a"] = Answer(b"x")
        with pytest.raises(CertificateError, match=f"does not prove who it is .*{why}"):
            fetcher.fetch(site.url("/a"), Metadata())
        assert site.asked == []


def test_a_server_that_proves_who_it_is_is_read(ca: CA) -> None:
    with serving(shown(ca, HOST)) as site, Fetcher(allow_private=True, pause=0) as fetcher:
        site.pages["/a"] = Answer(b"x")
        assert fetcher.fetch(site.url("/a"), Metadata()).content == b"x"
