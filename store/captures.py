"""What the store knows of some bytes: what was said about them, and how far they were read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select

from records.document import Capture, Fetched, FetchedBefore, Metadata
from records.errors import ClaimNotFoundError, StoreError
from store.instants import instant_text, read_instant
from store.live import IS_LIVE
from store.redactions import redaction_of
from store.rows import (
    given_text,
    merge_given,
    name_text,
    read_capture,
    read_fetched,
    read_given,
)
from store.tables import IS_CURRENT, captures, contents, documents, refusals

CaptureState = Literal["absent", "pending", "done", "refused", "changed", "redacted"]
"""Of bytes: unknown; kept but not read (a run was cut off); a document; unreadable; a document, but
the user now says something else about them; erased for good, and not to be read again."""


class Kept(NamedTuple):
    """What became of a capture that was added.

    Attributes:
        state: What the store knew of its bytes before.
        capture: The one to read: with all that the user ever said of these bytes, newest first.
        told: Why it is not to be read; only of `redacted`, of which nothing was kept.
    """

    state: CaptureState
    capture: Capture
    told: str = ""


class Said(NamedTuple):
    """What a user said about some bytes under one name.

    Attributes:
        id: Of the row in `captures`.
        content: Of the row in `contents`.
        given: The metadata.
        captured_at: When the bytes were first read under this name with this metadata, as text.
        fetched: How they came then; None from a file.
    """

    id: int
    content: int
    given: Metadata
    captured_at: str
    fetched: Fetched | None


def content_id(connection: Connection, sha256: str) -> int | None:
    """Return the number of stored bytes; None where the store does not have them."""
    return connection.execute(_CONTENT, {"sha256": sha256}).scalar_one_or_none()


def content_ids(connection: Connection, hashes: Sequence[str]) -> dict[str, int]:
    """Return the numbers of those of some bytes that the store has, by their hashes."""
    rows = connection.execute(_CONTENTS, {"hashes": list(hashes)})
    return {row.sha256: row.id for row in rows}


def said_of(connection: Connection, content: int, source: str) -> Said | None:
    """Return what was last said about some bytes under one name; None where nothing was.

    What was said in a run that was taken back was not said.
    """
    return _said(connection, _SAID_UNDER, content=content, source=name_text(source))


def had_then(connection: Connection, source: str, when: datetime) -> int | None:
    """Return the bytes that were the last ones under a name at a time; None where there were none.

    Captures may come in any order: an archive holds old ones.
    """
    asked = {"source": name_text(source), "when": instant_text(when)}
    return connection.execute(_HAD, asked).scalar_one_or_none()


def live_said(connection: Connection, content: int) -> Said | None:
    """Return what the current document of some bytes was read with; None without a document."""
    return _said(connection, _SAID_LIVE, content=content)


def completed(connection: Connection, capture: Capture) -> Metadata:
    """Return what the user says now, completed by what was said before about these bytes.

    Under the same name if it was ever used, else by what the current document was read with, else,
    where they are yet to be read, by what was said last.
    """
    content = content_id(connection, capture.sha256)
    if content is None:
        return capture.given
    before = (
        said_of(connection, content, capture.source)
        or live_said(connection, content)
        or _said(connection, _SAID_LAST, content=content)
    )
    return merge_given(capture.given, before.given) if before else capture.given


def as_known(connection: Connection, capture: Capture) -> Capture:
    """Return an added capture as the store has it, so that it can be read again the same way.

    That is with all that was said, and as it came the first time: another answer with the same
    bytes may declare another encoding.
    """
    content = content_id(connection, capture.sha256)
    said = None if content is None else said_of(connection, content, capture.source)
    if said is None:
        raise _not_added(capture)
    return replace(
        capture,
        given=said.given,
        captured_at=read_instant(said.captured_at),
        fetched=said.fetched,
    )


def state_of(connection: Connection, capture: Capture) -> CaptureState:
    """Tell how far some bytes were read, and whether the user now says something else of them."""
    content = content_id(connection, capture.sha256)
    if content is None:
        return "redacted" if redaction_of(connection, capture) else "absent"
    live, before = live_said(connection, content), said_of(connection, content, capture.source)
    if live is None:
        return (
            "refused" if _was_refused(connection, captures.c.content_id == content) else "pending"
        )
    now = completed(connection, capture)
    if before is None:
        return "done" if now == live.given else "changed"
    if now != before.given:
        return "changed"
    if before.id <= live.id or before.given == live.given:
        return "done"  # what was said under this name is older than the document, or in it
    return "refused" if _was_refused(connection, captures.c.id == before.id) else "changed"


def stored_capture(connection: Connection, sha256: str) -> Capture:
    """Return stored bytes with what their document was read with, else with what was said last.

    Raises:
        ClaimNotFoundError: The store has no such bytes.
    """
    content = content_id(connection, sha256)
    if content is None:
        raise ClaimNotFoundError(f"no bytes with SHA-256 {sha256[:12]}… in this store")
    live = live_said(connection, content)
    query = select(captures, contents.c.sha256, contents.c.body).join(contents)
    query = query.where(captures.c.content_id == content).order_by(captures.c.id.desc()).limit(1)
    query = query.where(captures.c.id == live.id) if live else query
    found = read_capture(dict(connection.execute(query).mappings().one()))
    if not found.content and sha256 != _OF_NOTHING:
        raise ClaimNotFoundError(
            f"{found.source}: its bytes were left out of the file that this store was imported "
            "from; import one that was exported with --with-sources"
        )
    return found


def fetched_before(connection: Connection, url: str) -> FetchedBefore | None:
    """Return how an address was fetched the last time, where that led to a document."""
    row = connection.execute(
        select(captures.c.fetched, captures.c.captured_at, contents.c.sha256)
        .join(contents, contents.c.id == captures.c.content_id)
        .join(documents, documents.c.content_id == contents.c.id)
        .where(captures.c.source == name_text(url), captures.c.fetched.is_not(None))
        .where(IS_CURRENT, IS_LIVE)
        .order_by(captures.c.captured_at.desc(), captures.c.id.desc())
        .limit(1)
    ).one_or_none()
    fetched = row and read_fetched(row.fetched)
    if not (row and fetched):
        return None
    return FetchedBefore(fetched, row.sha256, read_instant(row.captured_at))


def require_said(connection: Connection, taken: Sequence[Capture]) -> list[Said]:
    """Return the rows of captures that were added.

    Raises:
        StoreError: One was not, or with other metadata.
    """
    rows = connection.execute(_SAID_OF_ALL, {"hashes": [one.sha256 for one in taken]})
    last = {(row.sha256, row.source): row for row in rows}  # the newest comes last
    said = []
    for capture in taken:
        row = last.get((capture.sha256, name_text(capture.source)))
        if row is None or row.given != given_text(capture.given):
            raise _not_added(capture)
        said.append(_read_said(row))
    return said


_CONTENT = select(contents.c.id).where(contents.c.sha256 == bindparam("sha256"))
_CONTENTS = select(contents.c.id, contents.c.sha256).where(
    contents.c.sha256.in_(bindparam("hashes", expanding=True))
)
_HAD = (
    select(captures.c.content_id)
    .where(captures.c.source == bindparam("source"), captures.c.captured_at <= bindparam("when"))
    .order_by(captures.c.captured_at.desc(), captures.c.id.desc())
    .limit(1)
)
_OF_NOTHING = hashlib.sha256().hexdigest()
_SAID: Select[int, int, str, str, str | None] = select(
    captures.c.id,
    captures.c.content_id,
    captures.c.given,
    captures.c.captured_at,
    captures.c.fetched,
)
_SAID_UNDER = (
    _SAID.where(
        captures.c.content_id == bindparam("content"),
        captures.c.source == bindparam("source"),
        IS_LIVE,
    )
    .order_by(captures.c.id.desc())
    .limit(1)
)
_SAID_LAST = (
    _SAID.where(captures.c.content_id == bindparam("content"), IS_LIVE)
    .order_by(captures.c.id.desc())
    .limit(1)
)
_SAID_OF_ALL = (
    _SAID.add_columns(contents.c.sha256, captures.c.source)
    .join(contents, contents.c.id == captures.c.content_id)
    .where(contents.c.sha256.in_(bindparam("hashes", expanding=True)), IS_LIVE)
    .order_by(captures.c.id)
)
_SAID_LIVE = _SAID.join(documents, documents.c.capture_id == captures.c.id).where(
    documents.c.content_id == bindparam("content"), IS_CURRENT
)


def _said(
    connection: Connection, query: Select[int, int, str, str, str | None], **asked: int | str
) -> Said | None:
    row = connection.execute(query, asked).one_or_none()
    return None if row is None else _read_said(row)


def _read_said(row: Any) -> Said:
    given, fetched = read_given(row.given), read_fetched(row.fetched)
    return Said(row.id, row.content_id, given, row.captured_at, fetched)


def _was_refused(connection: Connection, which: ColumnElement[bool]) -> bool:
    query = select(refusals.c.id).join(captures, captures.c.id == refusals.c.capture_id)
    return connection.execute(query.where(which).limit(1)).one_or_none() is not None


def _not_added(capture: Capture) -> StoreError:
    return StoreError(
        f"{name_text(capture.source)}: its bytes are not in the store as given; add the capture "
        "first and read the one that comes back"
    )
