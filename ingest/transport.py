"""What came with the bytes of a web page: which of it is kept, and what it says of them."""

from __future__ import annotations

from collections.abc import Iterable
from email.message import Message

from ingest.decode import storable
from records.document import Fetched

_SECRETS = frozenset({"set-cookie", "set-cookie2"})  # they open a visit to whoever has them


def kept_headers(headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the headers of an answer as they are kept: names in lower case, cookies left out."""
    named = ((storable(name)[0].lower(), storable(value)[0]) for name, value in headers)
    return tuple((name, value) for name, value in named if name not in _SECRETS)


def charset_of(fetched: Fetched | None) -> str | None:
    """Return the label of the encoding in `Content-Type`; None where no server said one.

    Source of the form: RFC 9110, 8.3.1, read by the standard library as in mails.
    """
    value = dict(fetched.headers).get("content-type") if fetched else None
    if not value:
        return None
    message = Message()
    message["Content-Type"] = " ".join(value.split())
    try:
        return message.get_content_charset()
    except (LookupError, ValueError):  # the library's own on malformed parameters
        return None
