"""Web pages that say another thing than they show, by encoding, by entity, by markup."""

from __future__ import annotations

from tests.hostile.markup import CUT, MEGABYTE, between, page, paragraphs, raw, written
from tests.hostile.plant import Family, Make, Plant, Variant

NO_ARTICLE = ("failed source.no-article", "failed source.thin")


def charset(codec: str, head: str, form: str = "£{}m") -> Make:
    """Write a page in one encoding and have it declare another."""
    return lambda plant: page(paragraphs(plant.say(form)), head).encode(codec, "replace")


def shown(markup: str) -> Make:
    """Write a sentence in markup that shows it."""
    return written(lambda plant: paragraphs(plant.say()) + markup.format(plant.say()))


def unseen(markup: str) -> Make:
    """Write a sentence in markup that takes it back or hides it."""
    return written(lambda plant: paragraphs(plant.say()) + markup.format(plant.hide()))


def spelled(entity: str) -> Make:
    """Write the pound sign as a character reference."""

    def write(plant: Plant) -> str:
        return paragraphs(plant.say().replace("£", entity))

    return written(write)


def titled(markup: str) -> Make:
    """Put hostile words into what is known of a page."""
    return lambda plant: page(paragraphs(plant.say()), markup).encode()


ENTITIES = "".join(
    f'<!ENTITY {name} "{("&" + inner + ";") * 10}">'
    for name, inner in zip("bcdefghij", "abcdefghi", strict=True)
)


LAUGHS = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "£1m £1m">{ENTITIES}]>'


CANARY = '<!DOCTYPE html [<!ENTITY x SYSTEM "canary.ent"><!ENTITY y SYSTEM "file:///etc/passwd">]>'


TRUST = (
    Variant(
        "laughs.xhtml",
        "49",
        "entities in entities",
        raw(f"{LAUGHS}<html><body><article><p>&j;</p><p>", "</p></article></body></html>"),
        quick=True,
    ),
    Variant(
        "external.xhtml",
        "49",
        "an entity outside",
        raw(f"{CANARY}<html><body><article><p>&x;&y;</p><p>", "</p></article></body></html>"),
    ),
    Variant(
        "frames.html",
        "49",
        "a frame with a page of its own",
        shown("<p>{}</p><iframe srcdoc='<p>£1m</p>'></iframe>"),
    ),
    Variant(
        "svg-entity.html",
        "49",
        "a picture with entities",
        between(f"<svg>{CANARY}<text>&x;</text></svg>"),
    ),
    *(
        Variant(
            f"charset-{name}.html",
            "32",
            f"{codec} declared as {name}",
            charset(codec, head, form),
            instead,
        )
        for name, codec, head, form, instead in (
            ("latin-1", "utf-8", "<meta charset=iso-8859-1>", "£{}m", ()),
            ("utf-16", "utf-8", "<meta charset=utf-16>", "£{}m", ()),
            ("utf-7", "utf-8", "<meta charset=utf-7>", "£{}m", ()),
            ("nonsense", "utf-8", "<meta charset='\x1b[31m'>", "£{}m", ()),
            (
                "two",
                "cp1252",
                "<meta charset=utf-8><meta charset=windows-1252>",
                "£{}m",
                ("warning text.encoding",),
            ),
            ("wrong-utf-8", "cp1252", "<meta charset=utf-8>", "£{}m", ("warning text.encoding",)),
            ("japanese", "cp1252", "<meta charset=shift_jis>", "£{}m", ("warning text.encoding",)),
            ("shift-jis", "shift_jis", "<meta charset=shift_jis>", "{} million pounds", ()),
            ("gbk", "gbk", "<meta charset=gbk>", "{} million pounds", ()),
            ("utf-32", "utf-32", "", "£{}m", ()),
        )
    ),
    *(
        Variant(f"{name}.html", "34", f"the pound as {entity}", spelled(entity))
        for name, entity in (
            ("pound-named", "&pound;"),
            ("pound-decimal", "&#163;"),
            ("pound-hex", "&#xA3;"),
            ("pound-open", "&pound"),
            ("pound-padded", "&#000000163;"),
        )
    ),
    Variant(
        "references-odd.html",
        "34",
        "references to no character",
        between("<p>&#0;&#xD800;&#x110000;&#99999999999;&#x80;</p>"),
    ),
    Variant("nul.html", "34", "NUL among tags", between("<p\0>x\0</p\0>")),
    Variant("controls.html", "36", "control characters", between("<p>\x01\x1b[31m\x7f\x1a\v</p>")),
    Variant("bidi.html", "40", "bidirectional overrides", between("<p>\u202e\u2066x</p>")),
    Variant(
        "deleted.html",
        "48",
        "a deletion",
        unseen("<p><del>{}</del></p>"),
        ("gap struck-out",),
        quick=True,
    ),
    Variant(
        "struck.html", "48", "struck-out text", unseen("<p><s>{}</s></p>"), ("gap struck-out",)
    ),
    Variant(
        "hidden.html", "48", "a hidden paragraph", unseen("<p hidden>{}</p>"), ("gap ", "warning ")
    ),
    Variant(
        "display-none.html",
        "48",
        "a paragraph that is not displayed",
        unseen("<p style='display: none'>{}</p>"),
        ("gap ", "warning "),
    ),
    Variant(
        "in-comment.html",
        "48",
        "a comment",
        written(lambda plant: paragraphs(plant.say()) + "<!-- £1m -->"),
    ),
    Variant("aside.html", "48", "a box beside the text", shown("<div class=box><p>{}</p></div>")),
    Variant(
        "details.html",
        "48",
        "a folded section",
        shown("<details><summary>More</summary><p>{}</p></details>"),
    ),
    Variant(
        "noscript.html",
        "48",
        "text for those without scripts",
        between("<noscript><p>x</p></noscript>"),
    ),
    Variant(
        "definition.html", "48", "a list of definitions", shown("<dl><dt>Wall</dt><dd>{}</dd></dl>")
    ),
    Variant("preformatted.html", "48", "typed text", shown("<pre>{}</pre>")),
    Variant("no-body.html", "45", "no body", raw("<html><head><title>x</title><p>"), NO_ARTICLE),
    Variant(
        "cut.html",
        "45",
        "a page that ends in a tag",
        raw("<html><body><article><p>", "</p><p class='"),
    ),
    Variant(
        "plaintext.html",
        "45",
        "an end of all tags",
        raw("<html><body><article><p>x</p><plaintext>"),
        (*NO_ARTICLE, *CUT),
    ),
    Variant(
        "open-title.html",
        "45",
        "a title without an end",
        raw("<html><title>x<body><article><p>"),
        (*NO_ARTICLE, *CUT),
    ),
)


KNOWN = (
    Variant(
        "title-escapes.html",
        "78",
        "escapes in the title",
        titled("<meta property='og:title' content='\x1b[31m\x1b]0;x\x07\u202e Walls'>"),
        quick=True,
    ),
    Variant(
        "author-escapes.html",
        "78",
        "escapes in names",
        titled(
            "<meta name=author content='\x1b[2J Jane\u200b'>"
            "<meta property='og:site_name' content='\x9b31m'>"
        ),
    ),
    Variant(
        "title-script.html",
        "76",
        "a script in the title",
        titled("<meta property='og:title' content='&lt;script&gt;alert(1)&lt;/script&gt;'>"),
    ),
    Variant(
        "title-formula.html",
        "79",
        "a formula in the title",
        titled("<meta property='og:title' content='=cmd|&quot;/c calc&quot;!A1'>"),
    ),
    Variant(
        "title-markup.html",
        "78",
        "markup of terminals in the title",
        titled("<meta property='og:title' content='[bold red]x[/bold red] %s {0}'>"),
    ),
    Variant(
        "title-megabyte.html",
        "76",
        "a title of a megabyte",
        titled(f"<meta property='og:title' content='{'x' * MEGABYTE}'>"),
    ),
    Variant(
        "address-script.html",
        "76",
        "a script as the address",
        titled("<link rel=canonical href='javascript:alert(1)'>"),
    ),
    Variant(
        "date-nonsense.html",
        "76",
        "days that do not exist",
        titled("<meta property='article:published_time' content='2024-02-31T99:99:99Z'>"),
    ),
    Variant(
        "data-deep.html",
        "42",
        "data nested a hundred thousand times",
        titled(f"<script type='application/ld+json'>{'[' * 100_000}</script>"),
    ),
    Variant(
        "data-escapes.html",
        "78",
        "escapes in data",
        titled(
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"\\u001b[\\ud800"'
            ',"author":{"name":"\\u0000"}}</script>'
        ),
    ),
    Variant(
        "data-number.html",
        "41",
        "a number without end in data",
        titled(
            '<script type="application/ld+json">{"@type":"NewsArticle","wordCount":'
            f"{'9' * 10_000}}}</script>"
        ),
    ),
)


FAMILIES = (Family("lying-pages", TRUST), Family("page-metadata", KNOWN))
