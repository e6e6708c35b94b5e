"""Why an address gives no page, each reason with its own stable code."""

from __future__ import annotations

from typing import ClassVar

from records.errors import FetchError


class BadAddressError(FetchError):
    """An address that is never asked for: not of the web, ambiguous, or with a password in it."""

    code: ClassVar[str] = "fetch.url"


class ForbiddenAddressError(FetchError):
    """A name leads to an address that is not public."""

    code: ClassVar[str] = "fetch.address"


class NoAnswerError(FetchError):
    """No host of that name, no connection, no whole answer, or not in time."""

    code: ClassVar[str] = "fetch.failed"


class CertificateError(FetchError):
    """A server's certificate does not prove that it is who it should be."""

    code: ClassVar[str] = "fetch.certificate"


class StatusError(FetchError):
    """The server answered, but not with the page."""

    code: ClassVar[str] = "fetch.status"


class BusyError(FetchError):
    """The site wants to be left alone for longer than Earmark waits."""

    code: ClassVar[str] = "fetch.busy"


class RobotsError(FetchError):
    """A site does not want the page to be fetched by programs, or cannot say so now."""

    code: ClassVar[str] = "fetch.robots"


class NotModifiedError(FetchError):
    """The page has not changed since it was captured: no failure, and nothing to read."""

    code: ClassVar[str] = "fetch.not-modified"
