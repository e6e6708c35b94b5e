"""Document: one capture of a source, its text, and how each fact about it is known."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, Literal, TypeVar

from records.layout import NO_LAYOUT, Layout
from records.packed import Packed

T_co = TypeVar("T_co", covariant=True)

How = Literal[
    "given",
    "text header",
    "page metadata",
    "PDF metadata",
    "document properties",
    "mail header",
    "feed",
    "page address",
    "default",
]


@dataclass(frozen=True, slots=True)
class Known(Packed, Generic[T_co]):
    """A value with how it is known.

    Attributes:
        value: The value.
        how: `given` (by the user), `text header` (lines at the head of the text), `page metadata`
            (HTML), `PDF metadata`, `document properties` (Word), `mail header`, `feed` (what a feed
            says of its entry), `page address` (the host in the address that a page gives itself;
            only for `publisher`), or `default` (nobody said; only for `country`).
    """

    value: T_co
    how: How


@dataclass(frozen=True, slots=True)
class Metadata(Packed):
    """What is known about a document besides its text; None means nothing says it.

    Attributes:
        title: Headline.
        publisher: Outlet or body.
        author: Writer.
        published: Publication day; never the day of capture, never a footer's "last updated".
        country: ISO 3166 alpha-2; decides bare `$` and financial years.
        url: Canonical address.
    """

    title: Known[str] | None = None
    publisher: Known[str] | None = None
    author: Known[str] | None = None
    published: Known[date] | None = None
    country: Known[str] | None = None
    url: Known[str] | None = None


@dataclass(frozen=True, slots=True)
class Fetched(Packed):
    """How the bytes of a web address came.

    Attributes:
        url: The address that gave them, after all redirects.
        status: Of the answer.
        headers: Of the answer, names in lower case.
        redirects: The addresses that led there, the one that was asked for first.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    redirects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FetchedBefore:
    """The last capture of an address.

    Attributes:
        fetched: How it was fetched.
        sha256: Of its bytes.
        captured_at: When they came.
    """

    fetched: Fetched
    sha256: str
    captured_at: datetime


@dataclass(frozen=True, slots=True)
class Capture(Packed):
    """The bytes of one source, exactly as they came.

    Attributes:
        source: The name the user gave (a path, or `-` for standard input).
        content: The bytes.
        sha256: Hex digest of `content`.
        captured_at: When they were read, timezone-aware UTC.
        given: What the user says about it (flags, a metadata file), `given`; and what the feed or
            the list says that named it.
        fetched: How they came over the network or out of a web archive; None from a file.
    """

    source: str
    content: bytes = field(repr=False)
    sha256: str
    captured_at: datetime
    given: Metadata = Metadata()
    fetched: Fetched | None = None

    @classmethod
    def of(
        cls,
        source: str,
        content: bytes,
        captured_at: datetime,
        given: Metadata | None = None,
        fetched: Fetched | None = None,
    ) -> Capture:
        """Hash `content` and keep both."""
        digest = hashlib.sha256(content).hexdigest()
        return cls(source, content, digest, captured_at, given or Metadata(), fetched)


@dataclass(frozen=True, slots=True)
class Gap(Packed):
    """Something of the source that is known to be missing from the text.

    Attributes:
        where: The place, in words a person can follow (`pages 4-19`).
        why: The reason (`no text on the page (a scan?)`).
    """

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Decoding(Packed):
    """How bytes became characters.

    Attributes:
        encoding: Python codec name.
        how: `bom`, `declared`, `utf-8` (strict) or `assumed` (nothing said so; shown to the user).
        damaged: Number of places next to a digit or a currency sign that look wrongly decoded.
    """

    encoding: str
    how: Literal["bom", "declared", "utf-8", "assumed"]
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class Reader(Packed):
    """What derived the text from the bytes: the same name and version derive it again, exactly."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Document(Packed):
    """One capture of a source, read.

    Attributes:
        sha256: Of the bytes; names the document in every store.
        media_type: From the bytes, as the registry of formats names it: `text/html`.
        text: What offsets count in.
        source: The name the user gave.
        captured_at: When the bytes were read, UTC.
        reader: What derived `text`.
        metadata: With how each value is known.
        decoding: None where the format brings its own characters (PDF).
        pages: Page count; None for a format without pages.
        words: Layout of a paged document in text order; empty otherwise.
        gaps: What is known to be missing from `text`.
        warnings: What the user should know before trusting it, one sentence each.
    """

    sha256: str
    media_type: str
    text: str = field(repr=False)
    source: str
    captured_at: datetime
    reader: Reader
    metadata: Metadata = Metadata()
    decoding: Decoding | None = None
    pages: int | None = None
    words: Layout = field(default=NO_LAYOUT, repr=False)
    gaps: tuple[Gap, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def text_sha256(self) -> str:
        """Hex digest of the text as UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def published(self) -> date | None:
        """Publication day, or None when nothing says it."""
        return self.metadata.published.value if self.metadata.published else None

    @property
    def country(self) -> str:
        """Country whose dollar and financial year apply: GB where nobody says otherwise."""
        return self.metadata.country.value if self.metadata.country else "GB"
