"""The records that a store is made of, as data for JSON and back, losing nothing.

These are what cannot be worked out from anything else: claims, matches and origins follow from
them. A record is a row of a table by its column names, JSON inside JSON and not as text in it,
without the random bytes of the row, which belong to the ledger of one store. A mention has the
shape of a gold file; one that was redacted that of its row.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Table

from records.decision import FIELD_WORDS, PAIR_WORDS
from records.document import Document
from records.errors import EarmarkError
from records.jsonio import mention_from_dict
from records.mention import KINDS as MENTION_KINDS
from store.blank import blank_mention
from store.canonical import canonical
from store.instants import instant_text, read_instant
from store.mention_rows import mention_row, read_mention
from store.rows import read_document, read_fetched, read_given
from store.tables import (
    captures,
    contents,
    decision_undos,
    decisions,
    documents,
    mentions,
    redactions,
    refusals,
    run_ends,
    runs,
    sightings,
    undos,
)

Row = Mapping[str, Any]
Data = Mapping[str, Any]
VERSION = 1
"""Of every kind of record."""
JSON_COLUMNS = frozenset({"versions", "counts", "given", "fetched", "gaps", "warnings", "claims"})
LARGEST = 2**63 - 1
_VALUES = {"versions": (str, "text"), "counts": (int, "number")}
_UNREADABLE = (EarmarkError, AttributeError, LookupError, TypeError, ValueError)
"""What comes of making something of data that is not what it is held to be."""
_SOME_TIME = "2026-01-01T00:00:00.000000Z"


class Kind(NamedTuple):
    """A kind of record.

    Attributes:
        name: In its schema, `earmark.NAME/1`.
        table: Its rows.
    """

    name: str
    table: Table

    @property
    def schema(self) -> str:
        """What its lines begin with."""
        return f"earmark.{self.name}/{VERSION}"

    @property
    def key(self) -> Column[int]:
        """The column by which its records are told apart."""
        (key,) = self.table.primary_key.columns
        return key


KINDS = (
    Kind("run", runs),
    Kind("run-end", run_ends),
    Kind("undo", undos),
    Kind("content", contents),
    Kind("redaction", redactions),
    Kind("capture", captures),
    Kind("refusal", refusals),
    Kind("document", documents),
    Kind("sighting", sightings),
    Kind("mention", mentions),
    Kind("decision", decisions),
    Kind("decision-undo", decision_undos),
)
"""In an order in which no record points at one that comes later, but for `superseded_by`."""


class FormError(Exception):
    """Data is no record; the message says why."""


def record_of(kind: Kind, row: Row, *, sources: bool) -> dict[str, object]:
    """Return a row as a record.

    Args:
        kind: Of the row.
        row: With all its columns.
        sources: Whether bytes are part of it, in base64.
    """
    if kind.table is mentions and row["amount_text"]:
        ids = {"id": row["id"], "number": row["number"], "document_id": row["document_id"]}
        return {"schema": kind.schema, **ids, **read_mention(row).to_dict()}
    cells = {name: _part(name, value) for name, value in row.items() if name != "nonce"}
    if kind.table is documents:
        cells["text"] = cells.pop("body").decode()
        packed = cells["words"]
        cells["words"] = json.loads(zlib.decompress(packed)) if packed else []
    elif kind.table is contents:
        body = cells.pop("body")
        if sources and (body or not row["size"]):
            cells["body"] = base64.b64encode(body).decode()
    return {"schema": kind.schema, **cells}


def row_of(kind: Kind, data: Data, document: Document | None = None) -> dict[str, Any]:
    """Return a record as a row, without random bytes.

    Args:
        kind: Of the record.
        data: The record, from a file that may say anything.
        document: What a mention stands in; None for other kinds.

    Raises:
        FormError: It is no such record, or contradicts itself.
    """
    if document is not None and "amount_text" not in data:
        return _mention_row(kind, data, document)
    cells = {name: value for name, value in data.items() if name != "schema"}
    if kind.table is documents:
        cells["body"] = _text(cells.pop("text", None)).encode()
        words = cells.get("words")
        cells["words"] = zlib.compress(_canonical(words)) if words else b""
        if hashlib.sha256(cells["body"]).hexdigest() != cells.get("text_sha256"):
            raise FormError("text_sha256 is not the hash of its text")
    elif kind.table is contents:
        cells["body"] = _body(cells)
    columns = {column.name: column for column in kind.table.columns if column.name != "nonce"}
    if strange := sorted(cells.keys() - columns.keys()):
        raise FormError(f"{strange[0][:40]!r} is no part of a {kind.name}")
    row = {name: _cell(column, cells.get(name)) for name, column in columns.items()}
    if kind.table is mentions:
        _check_blank(row)
    _check_meaning(kind, row)
    return row


def _check_blank(row: Row) -> None:
    """Refuse a mention as a bare row where it is not one that was redacted.

    Raises:
        FormError: It says something.
    """
    empty = blank_mention(row["amount_start"], figures=True)
    if any(row[name] != value for name, value in empty.items()):
        raise FormError("it is a redacted mention and says something still")


def _check_meaning(kind: Kind, row: Row) -> None:
    """Refuse values that nothing could be made of later.

    Raises:
        FormError: There is one.
    """
    try:
        for name, value in row.items():
            if name.endswith("_at") and instant_text(read_instant(value)) != value:
                raise FormError(f"{name} must be an instant in UTC with microseconds")
        for name, (form, word) in _VALUES.items():
            if name in row and not _holds(row[name], form):
                raise FormError(f"{name} must be names with a {word} each")
        if kind.table is captures:
            read_given(row["given"])
            read_fetched(row["fetched"])
        elif kind.table is documents:
            read_document({**row, "sha256": "", "source": "", "captured_at": _SOME_TIME})
    except _UNREADABLE as error:
        raise FormError(f"it is no {kind.name} ({_why(error)})") from error
    if kind.table is decisions and row["word"] not in (
        PAIR_WORDS if row["field"] is None else FIELD_WORDS
    ):
        raise FormError(f"{row['word'][:40]!r} is nothing that one decides")


def _holds(text: str, form: type) -> bool:
    found = json.loads(text)
    return isinstance(found, dict) and all(type(one) is form for one in found.values())


def _mention_row(kind: Kind, data: Data, document: Document) -> dict[str, Any]:
    ids = {
        name: _cell(kind.table.c[name], data.get(name)) for name in ("id", "number", "document_id")
    }
    try:
        mention = mention_from_dict(data, document.text)
        if mention.kind not in MENTION_KINDS:
            raise ValueError(f"{mention.kind!r} is no kind")
        row = mention_row(mention, document)
    except (*_UNREADABLE, ArithmeticError) as error:
        raise FormError(f"it is no mention of its document ({_why(error)})") from error
    for name, value in row.items():  # false is no 0, which one database takes it for
        _cell(kind.table.c[name], value)
    return {**ids, **row}


def _part(name: str, value: Any) -> Any:
    return json.loads(value) if name in JSON_COLUMNS and value is not None else value


def _cell(column: Column[Any], value: Any) -> Any:
    name = column.name
    if value is None:
        if not column.nullable:
            raise FormError(f"{name} is missing")
        return None
    if name in JSON_COLUMNS:
        return _canonical(value).decode()
    if isinstance(value, bytes):
        return value
    if isinstance(column.type, BigInteger):
        if type(value) is not int or abs(value) > LARGEST:
            raise FormError(f"{name} must be an integer of 64 bits")
        return value
    return _text(value, name)


def _text(value: Any, name: str = "text") -> str:
    if not isinstance(value, str):
        raise FormError(f"{name} must be a text")
    _canonical(value)
    return value


def _body(cells: dict[str, Any]) -> bytes:
    """Return the bytes of a content; none where they were left out."""
    if "body" not in cells:
        return b""
    try:
        body = base64.b64decode(_text(cells["body"], "body"), validate=True)
    except ValueError as error:
        raise FormError("body is not base64") from error
    if (hashlib.sha256(body).hexdigest(), len(body)) != (cells.get("sha256"), cells.get("size")):
        raise FormError("sha256 and size are not those of its body")
    return body


def _canonical(value: Any) -> bytes:
    try:
        return canonical(value)
    except EarmarkError as error:
        raise FormError(str(error)) from error


def _why(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)[:200]
