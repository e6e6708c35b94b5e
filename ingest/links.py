"""Web addresses as text: what tells them from paths, and what of them must not be kept."""

from __future__ import annotations

import re

ADDRESS = re.compile(r"https?://", re.IGNORECASE)
OTHER_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)  # one letter is a drive
NO_WEB_ADDRESS = "is no web address; only http and https are fetched"
_USERINFO = re.compile(r"(?P<start>(?:[a-z][a-z0-9+.-]*:)?//)[^/?#]*@", re.IGNORECASE)


NO_SECRETS = (
    "holds a user name or a password, which Earmark neither sends nor keeps; leave it out, or save "
    "the page in your browser and ingest the file"
)
"""What is wrong with an address that does; goes on from its name."""


def has_userinfo(address: str) -> bool:
    """Tell whether an address holds a user name or a password (`https://me:secret@host/`)."""
    return bool(_USERINFO.match(address))


def without_userinfo(address: str) -> str:
    """Return an address without user name and password: what may be kept, printed and logged."""
    return _USERINFO.sub(r"\g<start>", address, count=1) if has_userinfo(address) else address
