"""Derive: do text and mentions still follow from the bytes?

With the versions that made them they must come out the same; with others they may differ, and that
is said and not judged.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Connection, func, or_, select

from records.document import Capture, Document
from records.errors import EarmarkError, LimitExceededError, ReadingProcessError
from records.mention import Mention
from store.audit.report import Book, Finding, Verdict
from store.audit.scope import Reading, Scope
from store.mention_rows import mention_row
from store.rows import document_row, read_capture
from store.tables import IS_CURRENT, captures, contents, documents, mentions, runs

Derive: TypeAlias = Callable[[Capture], tuple[Document, Sequence[Mention]]]
Row: TypeAlias = Mapping[str, Any]
UNRELATED = frozenset({"sqlite"})
"""Versions that no text and no mention depends on."""
DEFECT = "The same versions should give the same; please report it with the document."


class _Stored(NamedTuple):
    """A current document as it stands in the store.

    Attributes:
        name: `d2`.
        capture: The bytes, with what was said of them.
        row: The document's.
        mentions: Their rows, by the place of the amount.
        versions: That made it.
    """

    name: str
    capture: Capture
    row: Row
    mentions: dict[int, Row]
    versions: dict[str, str]


def check_derivations(
    reading: Reading,
    book: Book,
    derive: Derive,
    versions: Mapping[str, str] | None,
    scope: Scope,
) -> None:
    """Read and extract every current document again and compare.

    Each document is read from the store in a short transaction of its own, so that a long audit
    keeps nobody from writing; its rows never change.

    Args:
        reading: Opens a reading transaction.
        book: For what is found; documents with findings are left out.
        derive: Bytes to document and mentions, as the program does it now.
        versions: The program's; None for those that made each document.
        scope: Which documents.
    """
    with reading() as connection:
        kept = or_(contents.c.size == 0, func.length(contents.c.body) > 0)  # else: left out
        query = select(documents.c.id).join(contents, contents.c.id == documents.c.content_id)
        query = query.where(IS_CURRENT, kept)
        ids = connection.execute(query.order_by(documents.c.number)).scalars().all()
    for document in ids:
        book.step()
        if not scope.holds("documents", document):
            continue
        with reading() as connection:
            if book.suspect & _grounds(connection, document):
                continue
            stored = _stored(connection, document)
        _check(book, stored, derive, versions)


def _check(book: Book, stored: _Stored, derive: Derive, versions: Mapping[str, str] | None) -> None:
    same = versions is None or _bare(versions) == _bare(stored.versions)
    read = _derived(book, stored, derive, same=same)
    if read is None:
        return
    document, found = read
    book.checked["documents derived again"] += 1
    fields = _differing(document_row(document), stored.row)
    if fields:
        what = f"its bytes now give something else: {', '.join(fields)}"
        _say(
            book, stored.name, "changed" if same else "reader differs", what, stored.name, same=same
        )
    if "body" in fields:
        return  # offsets belong to a text; in another text there is nothing to compare
    derived = {one.amount.span.start: mention_row(one, document) for one in found}
    for start in sorted(derived.keys() | stored.mentions.keys()):
        name, verdict, what = _compare(derived.get(start), stored.mentions.get(start))
        if verdict:
            where = f"{stored.name}, amount at {start}"
            _say(
                book,
                name or stored.name,
                verdict if same else "rules differ",
                what,
                where,
                same=same,
            )
        book.checked["mentions derived again"] += 1


def _derived(
    book: Book, stored: _Stored, derive: Derive, *, same: bool
) -> tuple[Document, Sequence[Mention]] | None:
    """Read a document again; None where that cannot be, which the book then says."""
    try:
        return derive(stored.capture)
    except (LimitExceededError, ReadingProcessError) as error:
        # A limit says something of this machine now, and nothing of the document.
        what = f"it was not read again: {error}"
        _say(book, stored.name, "not checkable here", what, stored.name, same=False)
    except EarmarkError as error:
        what = f"it can no longer be read: {error}"
        verdict: Verdict = "gone" if same else "not checkable here"
        _say(book, stored.name, verdict, what, stored.name, same=same)
    return None


def _compare(new: Row | None, old: Row | None) -> tuple[str | None, Verdict | None, str]:
    name = f"m{old['number']}" if old else None
    if new is None:
        return name, "gone", "the rules no longer find this amount"
    if old is None:
        return name, "changed", f'the rules now find one more amount, "{new["amount_text"]}"'
    fields = _differing(new, old)
    return name, "changed" if fields else None, f"the rules now say otherwise: {', '.join(fields)}"


def _differing(new: Row, old: Row) -> list[str]:
    return [name for name, value in new.items() if old[name] != value]


def _bare(versions: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in versions.items() if name not in UNRELATED}


def _say(book: Book, name: str, verdict: Verdict, what: str, where: str, *, same: bool) -> None:
    finding = Finding("derive", name, verdict, what, where, DEFECT if same else "")
    (book.findings if same else book.notes).append(finding)


def _stored(connection: Connection, document: int) -> _Stored:
    row = (
        connection.execute(
            select(documents, runs.c.versions)
            .join(runs, runs.c.id == documents.c.run_id)
            .where(documents.c.id == document)
        )
        .mappings()
        .one()
    )
    capture = (
        connection.execute(
            select(captures, contents.c.sha256, contents.c.body)
            .join(contents, contents.c.id == captures.c.content_id)
            .where(captures.c.id == row["capture_id"])
        )
        .mappings()
        .one()
    )
    placed = connection.execute(
        select(mentions).where(mentions.c.document_id == document)
    ).mappings()
    return _Stored(
        name=f"d{row['number']}",
        capture=read_capture(dict(capture)),
        row=dict(row),
        mentions={one["amount_start"]: dict(one) for one in placed},
        versions=json.loads(row["versions"]),
    )


def _grounds(connection: Connection, document: int) -> set[str]:
    """Return the records that a document's derivation rests on."""
    row = connection.execute(
        select(documents.c.content_id, documents.c.capture_id, documents.c.run_id).where(
            documents.c.id == document
        )
    ).one()
    own = connection.execute(
        select(mentions.c.id).where(mentions.c.document_id == document)
    ).scalars()
    return {
        *(f"mentions/{mention}" for mention in own),
        f"documents/{document}",
        f"contents/{row.content_id}",
        f"captures/{row.capture_id}",
        f"runs/{row.run_id}",
    }
