"""What can be wrong with the bytes of a source, each with its own stable code.

All take one finished message, so that they travel between processes unchanged.
"""

from __future__ import annotations

from typing import ClassVar

from records.errors import UnreadableDocumentError


class EmptyDocumentError(UnreadableDocumentError):
    """The source holds no bytes, or white space only."""

    code: ClassVar[str] = "source.empty"

    @classmethod
    def of(cls, source: str) -> EmptyDocumentError:
        """Return the error for a source."""
        return cls(f"{source}: is empty; check that the right file was saved")


class NoArticleError(UnreadableDocumentError):
    """An HTML page holds no article text."""

    code: ClassVar[str] = "source.no-article"


class ThinPageError(UnreadableDocumentError):
    """An HTML page holds so little text that it is most likely a consent or subscription page."""

    code: ClassVar[str] = "source.thin"


class LockedPdfError(UnreadableDocumentError):
    """A PDF opens only with a password."""

    code: ClassVar[str] = "pdf.locked"


class BrokenPdfError(UnreadableDocumentError):
    """A PDF is cut off or damaged."""

    code: ClassVar[str] = "pdf.broken"


class NoTextLayerError(UnreadableDocumentError):
    """No page of a PDF holds text: a scan."""

    code: ClassVar[str] = "pdf.no-text"


class BrokenFileError(UnreadableDocumentError):
    """An archive, an Office file or a mail is cut off or damaged."""

    code: ClassVar[str] = "source.broken"


class LockedFileError(UnreadableDocumentError):
    """An archive or an Office file opens only with a password."""

    code: ClassVar[str] = "source.locked"


class UnsafeArchiveError(UnreadableDocumentError):
    """An archive on whose content readers differ, or that writes outside of itself."""

    code: ClassVar[str] = "archive.unsafe"
