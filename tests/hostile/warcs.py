"""Web archives: damaged, packed beyond measure, or with what is no page."""

from __future__ import annotations

import gzip
from collections.abc import Callable

from tests.hostile.markup import page, paragraphs
from tests.hostile.plant import Family, Make, Plant, Variant

LIMIT = ("failed source.limit",)


BROKEN = ("failed source.broken",)


CUT = ("gap ",)


MEGABYTE = 1_000_000


HTML = "Content-Type: text/html\r\n"


def record(
    plant: Plant,
    body: bytes,
    *,
    name: str = "a",
    status: str = "200 OK",
    head: str = HTML,
    length: int | None = None,
) -> bytes:
    """Return one record of a web archive; `length` is what it says of its own, or None."""
    block = f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body
    host = plant.name.rpartition("/")[2]
    fields = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://{host}/{name}\r\n"
        "WARC-Date: 2024-03-06T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1-2-3>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return fields.encode() + block + b"\r\n\r\n"


def good(plant: Plant, name: str = "good") -> bytes:
    return record(plant, page(paragraphs(plant.say())).encode(), name=name)


def beside(make: Callable[[Plant], bytes]) -> Make:
    """Put a good record before and behind what `make` returns."""
    return lambda plant: good(plant, "one") + make(plant) + good(plant, "two")


def answered(status: str, head: str = HTML) -> Make:
    return beside(
        lambda plant: record(
            plant, page(paragraphs(plant.say())).encode(), status=status, head=head
        )
    )


def packed_page(plant: Plant, size: int) -> bytes:
    return gzip.compress(page(paragraphs(plant.say())).encode() + b" " * size, mtime=0)


WARC = (
    Variant(
        "status-404.warc",
        "75",
        "a page that was not found",
        answered("404 Not Found"),
        ("failed fetch.status",),
        quick=True,
    ),
    Variant(
        "status-301.warc",
        "75",
        "a page that moved, with text",
        answered("301 Moved", HTML + "Location: http://x.example/\r\n"),
        ("failed fetch.status",),
    ),
    Variant(
        "status-206.warc",
        "75",
        "a part of a page",
        answered("206 Partial Content"),
        ("failed fetch.status",),
    ),
    Variant(
        "status-nonsense.warc",
        "75",
        "a status that is no number",
        answered("abc def"),
        ("failed fetch.status", *BROKEN),
    ),
    Variant(
        "picture-type.warc",
        "75",
        "a page that says it is a picture",
        answered("200 OK", "Content-Type: image/png\r\n"),
        ("failed ",),
    ),
    Variant("no-type.warc", "75", "a page that does not say what it is", answered("200 OK", "")),
    Variant(
        "gzip-bomb.warc",
        "75",
        "a page of 100 MB",
        beside(
            lambda plant: record(
                plant, packed_page(plant, 100 * MEGABYTE), head=HTML + "Content-Encoding: gzip\r\n"
            )
        ),
        LIMIT,
        quick=True,
    ),
    Variant(
        "gzip-twice.warc",
        "75",
        "a page packed twice",
        beside(
            lambda plant: record(
                plant,
                gzip.compress(packed_page(plant, 9), mtime=0),
                head=HTML + "Content-Encoding: gzip, gzip\r\n",
            )
        ),
        ("failed ",),
    ),
    Variant(
        "gzip-cut.warc",
        "75",
        "a packed page cut short",
        beside(
            lambda plant: record(
                plant, packed_page(plant, 9999)[:-20], head=HTML + "Content-Encoding: gzip\r\n"
            )
        ),
        (*BROKEN, *CUT),
    ),
    Variant(
        "chunked-cut.warc",
        "75",
        "pieces of wrong lengths",
        beside(
            lambda plant: record(
                plant,
                b"FFFFFFFFF\r\n" + plant.say().encode(),
                head=HTML + "Transfer-Encoding: chunked\r\n",
            )
        ),
        (*BROKEN, "failed source.no-article", "failed source.empty"),
    ),
    Variant(
        "brotli-false.warc",
        "75",
        "a packing that is not there",
        beside(
            lambda plant: record(
                plant,
                page(paragraphs(plant.say())).encode(),
                head=HTML + "Content-Encoding: br\r\n",
            )
        ),
        BROKEN,
    ),
    Variant(
        "cut.warc",
        "75",
        "an archive cut short",
        lambda plant: good(plant, "one") + good(plant, "two")[:-100],
        BROKEN,
    ),
    Variant(
        "length-less.warc",
        "75",
        "a record longer than it says",
        beside(lambda plant: record(plant, page(paragraphs(plant.say())).encode(), length=300)),
        ("failed ", "gap "),
    ),
    Variant(
        "length-more.warc",
        "75",
        "a record shorter than it says",
        lambda plant: (
            good(plant) + record(plant, page(paragraphs(plant.say())).encode(), length=99_999)
        ),
        BROKEN,
    ),
    Variant(
        "length-negative.warc",
        "75",
        "a length below nought",
        lambda plant: (
            good(plant) + record(plant, page(paragraphs(plant.say())).encode(), length=-1)
        ),
        ("failed ",),
    ),
    Variant(
        "length-huge.warc",
        "75",
        "a length beyond all numbers",
        lambda plant: (
            good(plant) + record(plant, page(paragraphs(plant.say())).encode(), length=10**30)
        ),
        ("failed ",),
    ),
    Variant(
        "head-10-mb.warc",
        "75",
        "a head of 10 MB",
        beside(
            lambda plant: record(
                plant,
                page(paragraphs(plant.say())).encode(),
                head=HTML + f"X: {'x' * 10 * MEGABYTE}\r\n",
            )
        ),
        ("failed ",),
    ),
    Variant(
        "heads.warc",
        "75",
        "a hundred thousand fields",
        beside(
            lambda plant: record(
                plant, page(paragraphs(plant.say())).encode(), head=HTML + "X: x\r\n" * 100_000
            )
        ),
        ("failed ",),
    ),
    Variant(
        "address-escapes.warc",
        "78",
        "escapes in the address",
        beside(
            lambda plant: record(
                plant, page(paragraphs(plant.say())).encode(), name="\x1b[31m\u202e"
            )
        ),
    ),
    Variant(
        "packed.warc.gz",
        "75",
        "a packed archive",
        lambda plant: (
            gzip.compress(good(plant, "one"), mtime=0) + gzip.compress(good(plant, "two"), mtime=0)
        ),
    ),
    Variant(
        "packed-bomb.warc.gz",
        "75",
        "a packed record of 100 MB",
        lambda plant: (
            gzip.compress(good(plant), mtime=0)
            + gzip.compress(
                record(plant, page(paragraphs(plant.say())).encode() + b" " * 100 * MEGABYTE),
                mtime=0,
            )
        ),
        LIMIT,
    ),
    Variant(
        "packed-cut.warc.gz",
        "75",
        "a packed archive cut short",
        lambda plant: (
            gzip.compress(good(plant, "one"), mtime=0)
            + gzip.compress(good(plant, "two"), mtime=0)[:-200]
        ),
        BROKEN,
    ),
    Variant(
        "packed-nothing.warc.gz",
        "75",
        "nothing but zeros",
        lambda plant: gzip.compress(b"\0" * 100 * MEGABYTE, mtime=0),
        ("failed ",),
    ),
    Variant(
        "revisit.warc",
        "75",
        "a visit that found nothing new",
        beside(lambda plant: record(plant, b"").replace(b": response", b": revisit")),
    ),
)


FAMILIES = (Family("web-archives", WARC),)
