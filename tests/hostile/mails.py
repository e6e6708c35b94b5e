"""Mails: parts without end, parts in parts, fields that libraries stumble over."""

from __future__ import annotations

import base64

from tests.hostile.feeds import text
from tests.hostile.mail_parts import attached, coded, mail, multipart, sent, within
from tests.hostile.plant import Family, Variant
from tests.hostile.warcs import CUT, LIMIT, MEGABYTE
from tests.hostile.zips import archive

MAILS = (
    Variant(
        "parts-3000.eml",
        "52",
        "three thousand parts",
        lambda plant: multipart(
            [text(plant.say().encode()), *[text(b"x")] * 3000, text(plant.say().encode())]
        ),
        LIMIT,
    ),
    Variant(
        "attachments-300.eml",
        "52",
        "three hundred attachments",
        lambda plant: multipart(
            [text(plant.say().encode()), *[text(b"", "Content-Disposition: attachment\r\n")] * 300]
        ),
        LIMIT,
    ),
    Variant(
        "boundary-open.eml",
        "52",
        "a boundary without an end",
        lambda plant: multipart([text(plant.say().encode())] * 1, end=False),
        CUT,
        quick=True,
    ),
    Variant(
        "boundary-missing.eml",
        "52",
        "a boundary that is not there",
        lambda plant: mail(
            plant.say().encode(), "Content-Type: multipart/mixed; boundary=nowhere\r\n"
        ),
        CUT,
    ),
    Variant(
        "boundary-none.eml",
        "52",
        "parts without a boundary",
        lambda plant: mail(plant.say().encode(), "Content-Type: multipart/mixed\r\n"),
        CUT,
    ),
    Variant(
        "boundary-prefix.eml",
        "52",
        "a boundary that begins like another",
        lambda plant: multipart(
            [
                multipart([text(plant.say().encode())], "BB").partition(b"MIME-Version: 1.0\r\n")[
                    2
                ],
                text(plant.say().encode()),
            ]
        ),
        CUT,
    ),
    Variant(
        "boundary-huge.eml",
        "52",
        "a boundary of a hundred thousand characters",
        lambda plant: multipart([text(plant.say().encode())], "B" * 100_000),
        CUT,
    ),
    Variant("parts-nested-50.eml", "54", "parts fifty deep", within(50, forwarded=False)),
    Variant(
        "parts-nested-900.eml",
        "54",
        "parts nine hundred deep",
        within(900, forwarded=False),
        (*LIMIT, *CUT, "failed source.unreadable"),
    ),
    Variant("mails-nested-3.eml", "54", "mails in mails", within(3, forwarded=True)),
    Variant(
        "mails-nested-900.eml",
        "54",
        "mails nine hundred deep",
        within(900, forwarded=True),
        (*LIMIT, *CUT, "failed "),
    ),
    Variant(
        "subject-long.eml", "52", "a subject of a megabyte", sent(f"Subject: {'x' * MEGABYTE}")
    ),
    Variant(
        "subject-words.eml",
        "52",
        "twenty thousand encoded words",
        sent("Subject:" + " =?utf-8?q?x?=\r\n" * 20_000 + " x"),
        LIMIT,
    ),
    Variant(
        "subject-broken.eml",
        "52",
        "encoded words that are broken",
        sent("Subject: =?utf-8?b?////?= =?nowhere?q?=ZZ?= =?utf-8?q?"),
    ),
    Variant(
        "subject-escapes.eml",
        "78",
        "escapes in the subject",
        sent("Subject: =?utf-8?q?=1B[31m=E2=80=AE=07_Walls?="),
        quick=True,
    ),
    Variant(
        "from-brackets.eml",
        "52",
        "brackets in the sender",
        lambda plant: mail(
            plant.say().encode(),
            "Content-Type: text/plain; charset=utf-8\r\n",
            f"From: {'(' * 20_000}\r\nMIME-Version: 1.0\r\n",
        ),
        LIMIT,
    ),
    Variant(
        "from-many.eml",
        "52",
        "fifty thousand senders",
        lambda plant: mail(
            plant.say().encode(),
            "Content-Type: text/plain; charset=utf-8\r\n",
            f"From: {'a@b, ' * 50_000}c@d\r\nMIME-Version: 1.0\r\n",
        ),
        LIMIT,
    ),
    Variant(
        "fields.eml", "52", "a hundred thousand fields", sent("X: x\r\n" * 100_000 + "Y: y"), LIMIT
    ),
    Variant(
        "date.eml",
        "52",
        "a day that does not exist",
        sent("Date: Xyz, 99 Foo 99999 99:99:99 +9999"),
    ),
    Variant(
        "base64-broken.eml",
        "52",
        "broken base64",
        coded("base64", lambda said: base64.encodebytes(said)[:-5] + b"!!"),
        CUT,
    ),
    Variant(
        "printable-broken.eml",
        "52",
        "broken quoted-printable",
        coded("quoted-printable", lambda said: said.replace("£".encode(), b"=C2=A3") + b" =ZZ ="),
    ),
    Variant(
        "encoding-unknown.eml", "52", "an unknown transfer encoding", coded("x-nothing", bytes)
    ),
    Variant(
        "uuencoded.eml",
        "52",
        "uuencoding cut short",
        lambda plant: mail(
            b"begin 644 a\nMxx",
            "Content-Type: text/plain\r\nContent-Transfer-Encoding: x-uuencode\r\nSubject: "
            + plant.say()
            + "\r\n",
        ),
    ),
    Variant(
        "charset-false.eml",
        "32",
        "cp1252 that says it is UTF-8",
        lambda plant: mail(
            plant.say().encode("cp1252"), "Content-Type: text/plain; charset=utf-8\r\n"
        ),
        ("warning text.encoding",),
    ),
    Variant(
        "charset-none.eml",
        "32",
        "no charset",
        lambda plant: mail(plant.say().encode("cp1252"), "Content-Type: text/plain\r\n"),
    ),
    Variant(
        "charset-unknown.eml",
        "32",
        "a charset that does not exist",
        coded("8bit", bytes, "\x1b[31m-8"),
    ),
    Variant(
        "two-bodies.eml",
        "46",
        "two bodies that differ",
        lambda plant: multipart(
            [
                text(plant.say().encode()),
                text(
                    f"<html><body><p>{plant.say()}</p></body></html>".encode(),
                    "Content-Type: text/html; charset=utf-8\r\n",
                ),
            ],
            kind="alternative",
        ),
    ),
    Variant(
        "html-deep.eml",
        "42",
        "an HTML body nested five thousand times",
        lambda plant: mail(
            ("<div>" * 5000 + f"<p>{plant.say()}</p>").encode(),
            "Content-Type: text/html; charset=utf-8\r\n",
        ),
        (*CUT, "failed "),
    ),
    Variant(
        "html-deleted.eml",
        "48",
        "a deletion in an HTML body",
        lambda plant: mail(
            f"<p>{plant.say()}</p><p><del>{plant.hide()}</del></p>".encode(),
            "Content-Type: text/html; charset=utf-8\r\n",
        ),
        CUT,
    ),
    Variant("path.eml", "80", "an attachment named by a path", attached("../../canary.txt")),
    Variant("root.eml", "80", "an attachment named by a root", attached("/canary.txt")),
    Variant(
        "name-escapes.eml", "78", "escapes in an attachment's name", attached("\u009b31m\u202e.txt")
    ),
    Variant("name-none.eml", "80", "an attachment without a name", attached("")),
    Variant(
        "bomb.eml",
        "A",
        "a bomb attached",
        attached(
            "a.zip",
            lambda plant: archive(
                ("a.txt", plant.say().encode()), ("b.txt", b"\0" * 100 * MEGABYTE)
            ),
        ),
        LIMIT,
    ),
    Variant(
        "nul.eml",
        "34",
        "NUL in a body",
        lambda plant: mail(
            b"\0" + plant.say().encode() + b"\0", "Content-Type: text/plain; charset=utf-8\r\n"
        ),
    ),
)


FAMILIES = (Family("mails", MAILS),)
