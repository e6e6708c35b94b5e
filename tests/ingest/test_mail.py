"""Mails: subject and body are the text, attachments are documents of their own."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.read import read_capture
from records.document import Capture, Document, Gap, Known
from tests.ingest.bundles import opened, parts
from tests.ingest.mails import mail, packed
from tests.ingest.tables import captured


def read(content: bytes, source: str = "a.eml") -> Document:
    return read_capture(captured(content, source))


def test_subject_then_body() -> None:
    message = mail("The council gave £5m.\n", Subject="£5m for roads")
    document = read(message.as_bytes())
    assert document.text == "£5m for roads\n\nThe council gave £5m."
    assert document.media_type == "message/rfc822"


@pytest.mark.parametrize(
    ("plain", "html", "text"),
    [
        ("It is £5m.", "<p>It is <b>£5m</b>.</p>", "It is £5m."),
        ("It is £5m.", "<p>It is £5m.</p><p>And £2m.</p>", "It is £5m.\n\nAnd £2m."),
        (None, "<p>It is £5m.</p><p>End</p>", "It is £5m.\n\nEnd"),
        ("Only plain £5m", None, "Only plain £5m"),
    ],
)
def test_what_both_bodies_say_is_read_once(plain: str | None, html: str | None, text: str) -> None:
    assert read(mail(plain, html).as_bytes()).text == text


def test_the_header_says_who_wrote_and_when() -> None:
    message = mail(Subject="Cash", Date="Wed, 06 Mar 2024 23:30:00 -0500")
    metadata = read(message.as_bytes()).metadata
    assert metadata.title == Known("Cash", "mail header")
    assert metadata.author == Known("Jane Doe", "mail header")
    assert metadata.published == Known(date(2024, 3, 6), "mail header")


def test_an_old_encoding_of_the_body_is_obeyed() -> None:
    raw = (
        b"From: a@example.org\r\nMIME-Version: 1.0\r\nSubject: =?iso-8859-1?q?=A35m?=\r\n"
        b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nIt is \xa35m."
    )
    assert read(raw).text == "£5m\n\nIt is £5m."


def test_a_mail_that_is_cut_off_says_so() -> None:
    content = mail("It is £5m.", attached={"a.txt": b"x" * 500}).as_bytes()
    document = read(content[:-120])
    assert Gap("the end of the mail", "the mail is cut off or damaged there; export it again") in (
        document.gaps
    )
    assert "£5m" in document.text


@pytest.mark.parametrize(
    ("text", "source", "kind"),
    [
        ("From: Jane\nSubject: Cash\n\nIt is £5m.", "a.txt", "text/plain"),
        ("From: Jane\nSubject: Cash\n\nIt is £5m.", "a.eml", "message/rfc822"),
        ("From: Jane\nMessage-ID: <1@x>\n\nIt is £5m.", "a.txt", "message/rfc822"),
        ("Received: by x\n (it folds)\nFrom: Jane\n\nIt is £5m.", "-", "message/rfc822"),
        ("From: Jane said it\nand more\n\nIt is £5m.", "a.eml", "text/plain"),
        ("It is £5m.\n\nFrom: x\nReceived: y\n", "a.txt", "text/plain"),
    ],
)
def test_typed_texts_are_no_mails(text: str, source: str, kind: str) -> None:
    assert read(text.encode(), source).media_type == kind


def test_what_an_html_body_no_longer_says_is_a_gap() -> None:
    document = read(mail(None, "<p>It is £5m.</p><p><del>It is £4m.</del></p>").as_bytes())
    assert "£4m" not in document.text
    assert [gap.where for gap in document.gaps] == ["struck-out text “It is £4m.”"]


def test_attachments_are_handed_out_with_their_names() -> None:
    inner = mail("Forwarded £7m", Subject="Old")
    message = mail("x", attached={"../../evil.txt": "£3m".encode(), "b.zip": packed({"a": "b"})})
    message.add_attachment(inner)
    found = parts(opened(message.as_bytes(), "a.eml"))
    assert [part.source for part in found if isinstance(part, Capture)] == [
        "a.eml/evil.txt",
        "a.eml/b.zip",
        "a.eml/part 3",
    ]
    assert isinstance(found[0], Capture)
    assert found[0].content == "£3m".encode()
    assert isinstance(found[2], Capture)
    assert "Forwarded £7m" in read(found[2].content).text


def test_two_attachments_of_one_name_stay_two() -> None:
    message = mail("x", attached={"a.txt": b"1"})
    message.add_attachment(b"2", maintype="text", subtype="plain", filename="a.txt")
    found = parts(opened(message.as_bytes(), "a.eml"))
    assert [getattr(part, "source", "") for part in found] == ["a.eml/a.txt", "a.eml/a.txt (2)"]
