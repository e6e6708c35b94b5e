"""Addresses with a user name or a password: refused, and kept nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.links import has_userinfo, without_userinfo
from ingest.locate import locate
from ingest.metadata import read_given
from ingest.place import Place
from records.errors import SettingsError
from records.parts import Unread


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://me:secret@example.org/a", "https://example.org/a"),
        ("https://secret@example.org", "https://example.org"),
        ("HTTPS://me:se/cret@example.org/", None),  # the slash ends the host, which is `me`
        ("https://a@b:secret@example.org/a?b#c", "https://example.org/a?b#c"),
        ("https://me:secret%40@example.org/", "https://example.org/"),
        ("//me:secret@example.org/", "//example.org/"),
        ("http://good.example\\@example.org/", "http://example.org/"),
        ("https://example.org/a@b", None),
        ("https://example.org/x//c@d", None),
        ("https://example.org?a@b", None),
        ("https://example.org#a@b", None),
        ("me@example.org", None),
        ("letters/me@example.org.eml", None),
    ],
)
def test_only_user_name_and_password_go(address: str, shown: str | None) -> None:
    assert has_userinfo(address) is (shown is not None)
    assert without_userinfo(address) == (shown or address)


def test_a_password_is_refused_where_a_user_names_it(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        "source\nhttps://me:secret@example.org/1\nhttps://example.org/2\n", "utf-8"
    )
    named = "https://me:secret@example.org/0"
    first, second, third = locate([named, f"@{tmp_path / 'list.csv'}"])
    for number, refused in enumerate((first, second)):
        assert isinstance(refused, Unread)
        assert (refused.code, refused.source) == ("fetch.url", f"https://example.org/{number}")
        assert "neither sends nor keeps" in refused.message
        assert "secret" not in repr(refused)
    assert isinstance(third, Place)


@pytest.mark.parametrize("address", ["ftp://example.org/a", "FILE:///etc/*", "s3://bucket/a.pdf"])
def test_an_address_that_is_not_of_the_web_is_no_missing_file(address: str) -> None:
    (refused,) = locate([address])
    assert isinstance(refused, Unread)
    assert (refused.code, refused.source) == ("fetch.url", address)
    assert "only http and https are fetched" in refused.message


def test_a_password_is_refused_where_a_user_says_an_address() -> None:
    with pytest.raises(SettingsError, match="line 2: the address holds a user name") as raised:
        read_given({"url": "https://me:secret@example.org/"}, {"url": "line 2"})
    assert "secret" not in str(raised.value)
