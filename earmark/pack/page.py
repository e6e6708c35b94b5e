"""The page of an evidence pack: every quote in its context, with nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, TypeAlias

from earmark.boxes import boxes_of, words_of
from earmark.words.marks import Piece, field_marks, pieces
from earmark.words.safe import inline, show_safe
from earmark.words.wording import claim_amount, day, mention_amount
from records.claim import Claim
from records.document import Document
from store.heads import Head
from store.instants import instant_text
from store.results import PlacedMention, StoredDocument

if TYPE_CHECKING:
    from store.exports.selection import Selection

Pages: TypeAlias = dict[tuple[str, int], tuple[str, int, int]]
"""By document and number: the picture of a page, its width and height in thousandths of a point."""
_AROUND = 400
"""Characters of text shown on either side of a quote, to the end of a word."""


def page_lines(chosen: Selection, head: Head, pages: Pages, *, sources: bool) -> Iterator[str]:
    """Yield the page, a document in memory at a time.

    Args:
        chosen: The claims, and the documents that state them.
        head: That the receipts lead to.
        pages: What was drawn.
        sources: The captures are in the pack.
    """
    yield from _opening(head, chosen.asked)
    ids: set[str] = set()
    for claim in chosen.claims():
        ids.add(claim.id)
        yield from _claim(claim)
    yield "</tbody></table></div></section>\n<section aria-labelledby='words'>"
    yield "<h2 id='words'>In their words</h2>\n"
    for stored in chosen.documents():
        yield from _document(stored, ids, pages, sources=sources)
    yield "</section>\n"
    yield from _closing(head)


def _opening(head: Head, question: str) -> Iterator[str]:
    asked = f"Claims that answer <code>{_text(question)}</code>" if question else "All claims"
    style = (files("earmark.pack") / "pack.css").read_text("utf-8")
    yield (
        "<!DOCTYPE html>\n<html lang='en-GB'><head><meta charset='utf-8'>\n"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>\n"
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; "
        "img-src 'self' file:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
        f"<title>Evidence pack</title>\n<style>{style}</style></head>\n<body>"
        "<a class='skip' href='#claims'>To the claims</a>\n<header><p class='brand'>"
        "<mark>Earmark</mark> evidence pack</p><h1>Who promised how much, and where it says so</h1>"
        f"<p>{asked} of one store, as they stood at entry {head.size:,} of its ledger. Each figure "
        "leads to the words that state it; every quote has a receipt, which proves without this "
        "program that it stood in the store. <a href='HOW-TO-VERIFY.txt'>How to verify</a></p>"
        "</header>\n<main>\n<section aria-labelledby='claims'><h2 id='claims'>Claims</h2>"
        "<div class='wide' tabindex='0' role='region' aria-labelledby='claims'><table>"
        "<thead><tr><th scope='col'>Claim</th><th scope='col' class='n'>Amount</th>"
        "<th scope='col'>For</th><th scope='col'>From</th><th scope='col'>First said</th>"
        "<th scope='col'>Where it says so</th></tr></thead>\n<tbody>\n"
    )


def _claim(claim: Claim) -> Iterator[str]:
    said = day(claim.first_said) if claim.first_said else "no date known"
    places = ", ".join(
        f"<a href='#{one.id}'>{one.id}</a> in {one.provenance.document}" for one in claim.mentions
    )
    unsaid = "<span class='soft'>not said</span>"
    cells = (_text(one) if one else unsaid for one in (claim.purpose, claim.funder))
    yield (
        f"<tr id='{claim.id}'><th scope='row'>{claim.id}</th>"
        f"<td class='n'>{_text(claim_amount(claim))}</td>"
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + f"<td class='day'>{said}</td><td>{places}</td></tr>\n"
    )


def _document(
    stored: StoredDocument, ids: set[str], pages: Pages, *, sources: bool
) -> Iterator[str]:
    document, known = stored.document, stored.document.metadata
    title = known.title.value if known.title else document.source
    facts = {
        "source": _text(document.source),
        "publisher": _text(known.publisher.value) if known.publisher else "",
        "published": day(document.published) if document.published else "no date is known",
        "captured": instant_text(document.captured_at),
        "bytes": f"SHA-256 <code>{document.sha256}</code>",
        "text": f"<a href='texts/{document.text_sha256}.txt'>as it was read</a>, SHA-256 "
        f"<code>{document.text_sha256}</code>",
        "missing": "; ".join(_text(f"{gap.where}: {gap.why}") for gap in document.gaps),
    }
    if sources:
        suffix = "pdf" if document.media_type == "application/pdf" else "bin"
        name = f"captures/{document.sha256}.{suffix}"
        facts["bytes"] += f", <a href='{name}'>as they came</a>"
    yield (
        f"<article aria-labelledby='{stored.id}'><h3 id='{stored.id}'><span class='id'>{stored.id}"
        f"</span> {_text(title)}</h3>\n<dl>"
        + "".join(f"<dt>{name}</dt><dd>{told}</dd>" for name, told in facts.items() if told)
        + "</dl>\n"
    )
    drawn: set[int] = set()
    for placed in stored.mentions:
        if placed.claim in ids:
            yield from _quote(stored, placed)
            yield from _sheet(stored, placed, ids, pages, drawn)
    yield "</article>\n"


def _quote(stored: StoredDocument, placed: PlacedMention) -> Iterator[str]:
    span = placed.mention.amount.span
    text = stored.document.text
    start, end = _around(text, span.start, span.end)
    cut = pieces(text[start:end], start, field_marks(placed.mention))
    words = "".join(map(_piece, cut))
    before, after = "… " if start else "", " …" if end < len(text) else ""
    yield (
        f"<section class='quote' id='{placed.id}' aria-labelledby='{placed.id}-of'>"
        f"<h4 id='{placed.id}-of'><span class='id'>{placed.id}</span> "
        f"{_text(mention_amount(placed.mention.amount))}</h4>"
        f"<blockquote>{before}{words}{after}</blockquote>"
        f"<p class='soft'>Characters {span.start:,} to {span.end:,} of the text. Claim "
        f"<a href='#{placed.claim}'>{placed.claim}</a>. "
        f"<a href='receipts/{placed.id}.json'>Receipt of {placed.id}</a></p></section>\n"
    )


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch of text around a quote that begins and ends with whole words."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    if first:
        first = max(text.find(" ", first, start) + 1, first)
    if last < len(text):
        last = max(text.rfind(" ", end, last), end)
    return first, last


def _piece(piece: Piece) -> str:
    words = _text(piece.text, lines=True)
    if not piece.kinds:
        return words
    tag = f"<span class='tag'>{escape(', '.join(piece.labels))}</span>" if piece.labels else ""
    return f"<mark class='{' '.join(piece.kinds)}'>{tag}{words}</mark>"


def _sheet(
    stored: StoredDocument, placed: PlacedMention, ids: set[str], pages: Pages, drawn: set[int]
) -> Iterator[str]:
    """Yield the page that a quote stands on, once, with a box around each chosen amount on it."""
    words = words_of(stored.document, placed.mention.amount.span)
    number = words[0].page if words else 0
    if number in drawn or (stored.id, number) not in pages:
        return
    drawn.add(number)
    name, width, height = pages[stored.id, number]
    yield (
        f"<figure><svg viewBox='0 0 {width / 1000} {height / 1000}' role='group' "
        f"aria-label='Page {number} of {stored.id}'><image href='{name}' width='{width / 1000}' "
        f"height='{height / 1000}' aria-hidden='true'/>"
    )
    yield from _boxes(stored.document, stored.mentions, ids, number)
    yield (
        f"</svg><figcaption>Page {number} of {stored.id} as it was captured; a box stands around "
        "each sum of money that is quoted here, and leads to its words.</figcaption></figure>\n"
    )


def _boxes(
    document: Document, mentions: Iterable[PlacedMention], ids: set[str], page: int
) -> Iterator[str]:
    for placed in mentions:
        if placed.claim not in ids:
            continue
        words = [one for one in words_of(document, placed.mention.amount.span) if one.page == page]
        for edges in boxes_of(words):
            x, y, width, height = (edge / 1000 for edge in edges)
            label = f"{placed.id}: {_text(mention_amount(placed.mention.amount))}, page {page}"
            yield (
                f"<a href='#{placed.id}' aria-label='{label}'><title>{label}</title>"
                f"<rect x='{x}' y='{y}' width='{width}' height='{height}'/></a>"
            )


def _closing(head: Head) -> Iterator[str]:
    yield (
        "<section aria-labelledby='proof'><h2 id='proof'>What proves it</h2>"
        f"<p>The head that all receipts lead to. Compare it with one that you got another way:</p>"
        f"<pre>{_text(str(head), lines=True)}</pre>"
        "<pre>sha256sum -c manifest.sha256\n"
        "python3 verify.py --head head.txt --text texts receipts/*.json</pre>"
        "<p>This does not prove that a source told the truth, that the times of capture are right, "
        "or that no other claim was left out. <a href='HOW-TO-VERIFY.txt'>How to verify</a> says "
        "what each step shows.</p></section>\n</main></body></html>\n"
    )


def _text(text: str, *, lines: bool = False) -> str:
    """Return text for HTML: what acts or hides is shown as an escape; its line breaks may stay."""
    kept = "\n".join(map(show_safe, text.split("\n"))) if lines else inline(text)
    return escape(kept)
