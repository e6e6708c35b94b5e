"""The text of a web page: its article, one paragraph a block; and what its metadata says of it."""

from __future__ import annotations

import re

from ingest.errors import NoArticleError, ThinPageError
from ingest.header import read_header
from ingest.metadata import NOTHING_KNOWN, merge
from ingest.reading import Reading
from ingest.transport import charset_of
from ingest.web.article import find_article
from ingest.web.facts import headline_of, read_facts, site_of
from ingest.web.markup import parse
from ingest.web.notices import notice_of
from records.document import Capture

_THIN = 200  # code points; no article is shorter, but a notice of one amount may be
_AMOUNT = re.compile(
    r"[£€$¥₹]\s?[0-9]|[0-9]\s?(?:bn|m)\b|\b(?:hundred|thousand|(?:m|b|tr)illion|lakh|crore)\b|"
    r"\b(?:pounds|euros|dollars|rupees)\b",
    re.IGNORECASE,
)


def read_html(capture: Capture) -> Reading:
    """Derive the article's text: blocks in page order, a blank line between them.

    Raises:
        NoArticleError: There is no article text on the page.
        ThinPageError: There is too little text for an article.
    """
    markup = parse(capture.content, charset_of(capture.fetched))
    headline = headline_of(markup.tree) if markup else None
    facts = read_facts(markup.tree, headline) if markup else NOTHING_KNOWN
    article = find_article(markup.tree, headline) if markup else None
    if markup is None or article is None or not article.blocks:
        raise NoArticleError(
            f"{capture.source}: no article text found on the page; open it in a browser, save the "
            "page, and ingest that file"
        )
    text = "\n\n".join(block.line for block in article.blocks)
    notice = notice_of(article.blocks)
    if notice is None and len(text) < _THIN and not _AMOUNT.search(text):
        notice = "is most likely a consent, subscription or error page"
    if notice:
        raise ThinPageError(
            f"{capture.source}: gave only {len(text)} characters of text and {notice}; open it in "
            "your browser, save the page, and ingest the file"
        )
    # A feed's word on its publisher is better than a host.
    site = NOTHING_KNOWN if capture.given.publisher else site_of(facts)
    return Reading(
        text=text,
        metadata=merge(facts, read_header(text), site),
        decoding=markup.decoded.decoding,
        gaps=markup.gaps + article.gaps,
        warnings=markup.decoded.warnings + article.warnings,
    )
