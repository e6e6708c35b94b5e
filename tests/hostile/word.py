"""Word files: bombs, entities, and words in places that few readers look at."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.plant import Family, Make, Plant, Variant
from tests.hostile.zips import Member, archive
from tests.ingest.docxs import paragraph, run, table

HIDDEN = ("gap hidden",)


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


SPACES = (
    f'xmlns:r="{RELATIONS}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "£1m £1m">'
    + "".join(
        f'<!ENTITY {name} "{("&" + inner + ";") * 10}">'
        for name, inner in zip("bcdefghij", "abcdefghi", strict=True)
    )
    + "]>"
)


OUTSIDE = '<!DOCTYPE x [<!ENTITY j SYSTEM "canary.ent">]>'


UNSAFE = ("failed archive.unsafe",)


LIMIT = ("failed source.limit",)


BROKEN = ("failed source.broken",)


STRUCK = ("gap struck-out",)


def document(body: str, space: str = W, prolog: str = "") -> str:
    return (
        f'{HEAD}{prolog}<w:document xmlns:w="{space}" {SPACES}><w:body>{body}</w:body></w:document>'
    )


def word(main: str | bytes, *others: Member) -> bytes:
    """Return a Word file of its main part and others."""
    content = main if isinstance(main, bytes) else main.encode()
    return archive(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", content), *others)


def said(body: Callable[[Plant], str], **about: str) -> Make:
    """Return the maker of a Word file with such a body between two good paragraphs."""

    def make(plant: Plant) -> bytes:
        whole = paragraph(plant.say()) + body(plant) + paragraph(plant.say())
        return word(document(whole, **about))

    return make


def shown(markup: str) -> Make:
    """Put a sentence, as a run, into markup that shows it."""
    return said(lambda plant: markup.format(run(plant.say())))


def unseen(markup: str) -> Make:
    """Put a sentence, as a run, into markup that takes it back or hides it."""
    return said(lambda plant: markup.format(run(plant.hide())))


def beside(name: str, text: str) -> Make:
    """Put a sentence into another part of the file."""
    return lambda plant: word(
        document(paragraph(plant.say())), (name, text.format(plant.say()).encode())
    )


def alternatives(plant: Plant) -> str:
    """Write one text twice, of which each program shows one."""
    text = f"<w:t>{plant.say()}</w:t>"
    choices = f"<mc:Choice>{text}</mc:Choice><mc:Fallback>{text}</mc:Fallback>"
    return f"<w:p><w:r><mc:AlternateContent>{choices}</mc:AlternateContent></w:r></w:p>"


def strict(plant: Plant) -> bytes:
    """Write what Word calls a strict document: other names for all that a document is made of."""
    body = paragraph(plant.say()) + table((plant.say(), "Roads"))
    struck = f"<w:p><w:del>{run(plant.hide()).replace('w:t', 'w:delText')}</w:del></w:p>"
    note = f'<w:footnote w:id="2">{paragraph(plant.say())}</w:footnote>'
    body += paragraph('<w:r><w:footnoteReference w:id="2"/></w:r>')
    notes = f'<w:footnotes xmlns:w="{STRICT}">{note}</w:footnotes>'
    return word(document(body + struck, STRICT), ("word/footnotes.xml", notes.encode()))


def taken_in(name: str, content: Callable[[str], str]) -> Make:
    """Have Word take another file into the text (`altChunk`)."""

    def make(plant: Plant) -> bytes:
        chunk = '<w:altChunk r:id="rId9"/>'
        relations = (
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId9" '
            f'Type="{RELATIONS}/aFChunk" Target="{name}"/></Relationships>'
        )
        return word(
            document(paragraph(plant.say()) + chunk),
            ("word/_rels/document.xml.rels", relations.encode()),
            (f"word/{name}", content(plant.say()).encode()),
        )

    return make


DOCX = (
    Variant("strict.docx", "50", "the strict form", strict, STRUCK, quick=True),
    Variant(
        "taken-in.docx",
        "50",
        "a page that Word takes in",
        taken_in("a.html", "<html><body><p>{}</p></body></html>".format),
        ("gap ",),
        quick=True,
    ),
    Variant(
        "taken-in-text.docx", "50", "a text that Word takes in", taken_in("a.txt", str), ("gap ",)
    ),
    Variant(
        "formula.docx",
        "50",
        "a formula",
        said(
            lambda plant: (
                f"<w:p><m:oMathPara><m:oMath><m:r><m:t>{plant.say()}</m:t></m:r></m:oMath></m:oMathPara></w:p>"
            )
        ),
        ("gap ",),
    ),
    Variant(
        "inserted.docx",
        "50",
        "a tracked insertion",
        shown('<w:p><w:ins w:author="x">{}</w:ins></w:p>'),
    ),
    Variant(
        "moved-here.docx", "50", "what was moved here", shown("<w:p><w:moveTo>{}</w:moveTo></w:p>")
    ),
    Variant(
        "deleted.docx",
        "50",
        "a tracked deletion",
        said(
            lambda plant: (
                f"<w:p><w:del>{run(plant.hide()).replace('w:t', 'w:delText')}</w:del></w:p>"
            )
        ),
        STRUCK,
        quick=True,
    ),
    Variant(
        "moved-away.docx",
        "50",
        "what was moved away",
        unseen("<w:p><w:moveFrom>{}</w:moveFrom></w:p>"),
        STRUCK,
    ),
    Variant(
        "row-deleted.docx",
        "50",
        "a deleted row",
        unseen("<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>"),
        STRUCK,
    ),
    Variant(
        "rows-deleted.docx",
        "50",
        "rows in a deletion",
        unseen("<w:tbl><w:del><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:del></w:tbl>"),
        STRUCK,
    ),
    Variant(
        "cells-deleted.docx",
        "50",
        "cells in a deletion",
        unseen("<w:tbl><w:tr><w:del><w:tc><w:p>{}</w:p></w:tc></w:del></w:tr></w:tbl>"),
        STRUCK,
    ),
    Variant(
        "rows-controlled.docx",
        "50",
        "rows in a content control",
        shown(
            "<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>"
        ),
    ),
    Variant(
        "hidden.docx",
        "50",
        "hidden words",
        said(lambda plant: paragraph(run(plant.hide(), "<w:vanish/>"))),
        HIDDEN,
    ),
    Variant(
        "web-hidden.docx",
        "50",
        "words struck out twice",
        said(lambda plant: paragraph(run(plant.hide(), "<w:dstrike/>"))),
        STRUCK,
    ),
    Variant(
        "control.docx",
        "50",
        "a content control",
        shown("<w:sdt><w:sdtContent><w:p>{}</w:p></w:sdtContent></w:sdt>"),
    ),
    Variant(
        "tagged.docx",
        "50",
        "markup of one's own",
        shown("<w:customXml><w:p><w:smartTag>{}</w:smartTag></w:p></w:customXml>"),
    ),
    Variant(
        "field.docx", "50", "a field", shown('<w:p><w:fldSimple w:instr="x">{}</w:fldSimple></w:p>')
    ),
    Variant(
        "box.docx",
        "50",
        "a text box",
        shown(
            "<w:p><w:r><w:drawing><wps:txbx><w:txbxContent><w:p>{}</w:p></w:txbxContent></wps:txbx></w:drawing></w:r></w:p>"
        ),
    ),
    Variant("alternatives.docx", "50", "one text for old and new programs", said(alternatives)),
    Variant(
        "shape.docx",
        "50",
        "words in a drawing",
        said(
            lambda plant: (
                f"<w:p><w:r><w:drawing><wp:inline><a:graphic><a:t>{plant.say()}</a:t></a:graphic></wp:inline></w:drawing></w:r></w:p>"
            )
        ),
        ("gap ",),
    ),
    Variant(
        "head.docx",
        "50",
        "the head of pages, which is left out",
        beside(
            "word/header1.xml",
            f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>{{}}</w:t></w:r></w:p></w:hdr>',
        ),
        ("gap ",),
    ),
    Variant(
        "comment.docx",
        "50",
        "a comment, which is left out",
        beside(
            "word/comments.xml",
            f'<w:comments xmlns:w="{W}"><w:comment><w:p><w:r><w:t>{{}}</w:t></w:r></w:p>'
            "</w:comment></w:comments>",
        ),
        ("gap ",),
    ),
    Variant(
        "embedded.docx",
        "50",
        "a file inside of it",
        said(lambda plant: "<w:p><w:r><w:object/></w:r></w:p>"),
    ),
)


FAMILIES = (Family("word", DOCX),)
