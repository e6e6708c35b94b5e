from __future__ import annotations

import io
import os
import pickle
import struct
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from earmark.channel import (
    MAX_MESSAGE,
    ChannelClosedError,
    Derived,
    receive,
    send,
)
from records.document import Capture, Decoding, Document, Gap, Known, Metadata, Reader
from records.errors import ReadingProcessError
from records.layout import Layout, Word
from records.mention import Amount, Mention, Newness, Relation, Timeframe
from records.parts import Unread
from records.span import Span

SPAN = Span(0, 3, "£5m")
MENTION = Mention(
    Amount(SPAN, "GBP", Decimal("5000000"), None, approximate=True, per="year"),
    "funding",
    Timeframe(SPAN, "P1Y", date(2022, 1, 1), date(2022, 12, 31)),
    relation=Relation("part_of", SPAN),
    newness=Newness("new", SPAN),
    rules={"amount": "amount.symbol"},
)
CAPTURE = Capture.of("a.txt", b"\xc2\xa35m", datetime(2024, 3, 6, tzinfo=UTC))
DOCUMENT = Document(
    CAPTURE.sha256,
    "application/pdf",
    "£5m",
    "a.txt",
    CAPTURE.captured_at,
    Reader("pdf", "1"),
    Metadata(published=Known(date(2024, 3, 6), "given")),
    Decoding("utf-8", "utf-8"),
    1,
    Layout([Word(0, 3, 1, (1, 2, 3, 4))]),
    (Gap("page 2", "a scan"),),
    ("a warning",),
)


class Planted:
    def __reduce__(self) -> tuple[object, tuple[str, ...]]:
        return os.system, ("true",)


class Lying:
    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Span, (0, 9, "£5m")


def through_a_pipe(message: object) -> object:
    pipe = io.BytesIO()
    send(pipe, message)
    pipe.seek(0)
    return receive(pipe)


@pytest.mark.parametrize(
    "message", [CAPTURE, Derived(DOCUMENT, (MENTION,)), Unread("a", "pdf.locked", "why")]
)
def test_records_come_back_equal(message: object) -> None:
    assert through_a_pipe(message) == message


@pytest.mark.parametrize(
    "message",
    [Planted(), Lying(), os.getcwd, Capture.of, io.BytesIO(), ["fine", {"deep": Planted()}]],
)
def test_nothing_but_records_is_read(message: object) -> None:
    with pytest.raises(ReadingProcessError, match="no record"):
        through_a_pipe(message)


@pytest.mark.parametrize(
    ("module", "name"),
    [("records.document", "hashlib.sha256"), ("records.document", "hashlib"),
     ("records.jsonio", "Any"), ("records.document", "datetime"), ("earmark.channel", "pickle"),
     ("records.nothing", "Span")],
)  # fmt: skip
def test_no_name_reaches_around_through_our_modules(module: str, name: str) -> None:
    body = b"\x80\x04\x8c" + bytes([len(module)]) + module.encode()
    body += b"\x8c" + bytes([len(name)]) + name.encode() + b"\x93."
    pipe = io.BytesIO(struct.pack(">Q", len(body)) + body)
    with pytest.raises(ReadingProcessError, match="no record"):
        receive(pipe)


@pytest.mark.parametrize("cut", [0, 4, 8, 20])
def test_a_message_that_breaks_off_is_a_closed_channel(cut: int) -> None:
    pipe = io.BytesIO()
    send(pipe, CAPTURE)
    with pytest.raises(ChannelClosedError):
        receive(io.BytesIO(pipe.getvalue()[:cut]))


def test_an_announced_giant_is_not_waited_for() -> None:
    with pytest.raises(ReadingProcessError, match=f"{MAX_MESSAGE + 1} bytes"):
        receive(io.BytesIO(struct.pack(">Q", MAX_MESSAGE + 1)))


def test_rubbish_is_no_record() -> None:
    body = pickle.dumps(CAPTURE)[:-10] + b"."
    with pytest.raises(ReadingProcessError):
        receive(io.BytesIO(struct.pack(">Q", len(body)) + body))
