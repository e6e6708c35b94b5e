"""Feeds: damaged, deep, endless, or naming what they must not."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.markup import FILLER
from tests.hostile.plant import Family, Make, Plant, Variant
from tests.hostile.warcs import BROKEN, CUT, LIMIT, MEGABYTE
from tests.hostile.word import LAUGHS, OUTSIDE


def feed(items: str, prolog: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return f'{prolog}<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'


def item(text: str, link: str = "http://news.example/a", title: str = "Walls") -> str:
    return (
        f"<item><title>{title}</title><link>{link}</link><description>{text}</description></item>"
    )


def fed(
    items: Callable[[Plant], str], prolog: str = '<?xml version="1.0" encoding="UTF-8"?>'
) -> Make:
    """Return the maker of a feed with two good entries, the hostile ones between them."""

    def make(plant: Plant) -> bytes:
        first, last = (item(plant.say(), f"http://news.example/{n}") for n in range(2))
        return feed(first + items(plant) + last, prolog).encode()

    return make


def link_to(address: str) -> Make:
    return fed(lambda plant: item(plant.say(), address))


FEEDS = (
    Variant(
        "laughs.rss",
        "49",
        "entities in entities",
        fed(lambda plant: item("&j; wall"), LAUGHS),
        (*BROKEN, *LIMIT),
        quick=True,
    ),
    Variant(
        "external.rss",
        "49",
        "an entity outside",
        fed(lambda plant: item("&j; wall"), OUTSIDE),
        BROKEN,
    ),
    Variant(
        "file.rss",
        "74",
        "an entry that leads to a file",
        link_to("file:///etc/passwd"),
        ("failed ",),
    ),
    Variant(
        "script.rss",
        "74",
        "an entry that leads to a script",
        link_to("javascript:alert(1)"),
        ("failed ",),
    ),
    Variant(
        "loopback.rss", "72", "an entry that leads to this machine", link_to("http://127.0.0.1:22/")
    ),
    Variant(
        "no-link.rss",
        "52",
        "an entry that leads nowhere",
        fed(lambda plant: f"<item><title>x</title><description>{plant.say()}</description></item>"),
    ),
    Variant(
        "cut.rss",
        "52",
        "a feed cut short",
        lambda plant: fed(lambda _: item("wall"))(plant)[:-150],
        BROKEN,
    ),
    Variant(
        "broken.rss",
        "52",
        "an entry of broken markup",
        fed(
            lambda plant: (
                f"<item><title>x</title><description><b>{plant.say()}</i></description></item>"
            )
        ),
        BROKEN,
    ),
    Variant(
        "entries-300.rss",
        "52",
        "three hundred entries without a text",
        fed(lambda plant: "<item><title>x</title></item>" * 300),
    ),
    Variant(
        "entries-100000.rss",
        "52",
        "a hundred thousand entries",
        fed(lambda plant: "<item/>" * 100_000),
        (*BROKEN, *LIMIT),
    ),
    Variant(
        "deep.rss",
        "42",
        "elements nested a hundred thousand times",
        fed(lambda plant: item("<x>" * 100_000 + "</x>" * 100_000)),
        (*BROKEN, *LIMIT, "failed "),
    ),
    Variant(
        "text-11-mb.rss",
        "43",
        "a text of 11 MB",
        fed(lambda plant: item(FILLER * (11 * MEGABYTE // len(FILLER)))),
        (*BROKEN, *LIMIT),
    ),
    Variant(
        "html-deep.rss",
        "42",
        "a page of deep markup",
        fed(lambda plant: item("&lt;div&gt;" * 5000 + plant.say())),
        (*CUT, *LIMIT, "failed "),
    ),
    Variant(
        "wrong-encoding.rss",
        "32",
        "cp1252 that says it is UTF-8",
        lambda plant: fed(lambda _: item("wall"))(plant).decode().encode("cp1252"),
        (*BROKEN, "warning text.encoding"),
    ),
    Variant(
        "utf-16.rss",
        "32",
        "UTF-16",
        lambda plant: feed(item(plant.say()), '<?xml version="1.0" encoding="UTF-16"?>').encode(
            "utf-16"
        ),
    ),
    Variant(
        "escapes.rss",
        "78",
        "escapes in titles and addresses",
        fed(
            lambda plant: item(
                plant.say(), "http://news.example/\u009b31m\u202e", "&#155;31m\u202eWalls"
            )
        ),
    ),
    Variant(
        "dates.rss",
        "52",
        "days that do not exist",
        fed(
            lambda plant: item(plant.say()).replace(
                "</item>", "<pubDate>Xyz, 99 Foo 99999 99:99</pubDate></item>"
            )
        ),
    ),
    Variant(
        "open-section.rss",
        "52",
        "a section without an end",
        lambda plant: feed(item(plant.say()) + "<item><description><![CDATA[").encode(),
        BROKEN,
    ),
    Variant(
        "page.atom",
        "52",
        "an entry as a page",
        lambda plant: (
            '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>a</title>'
            '<link href="http://news.example/a"/><content type="xhtml">'
            '<div xmlns="http://www.w3.org/1999/xhtml"><p>'
            f"{plant.say()}</p></div></content></entry></feed>".encode()
        ),
    ),
    Variant(
        "same.rss",
        "52",
        "one entry a thousand times",
        lambda plant: feed(item(plant.say()) * 300).encode(),
    ),
)


def text(content: bytes, head: str = "Content-Type: text/plain; charset=utf-8\r\n") -> bytes:
    return head.encode("utf-8", "surrogateescape") + b"\r\n" + content


FAMILIES = (Family("feeds", FEEDS),)
