"""The article of a page: trafilatura finds it, and what it drops inside it comes back or is named.

trafilatura leaves out paragraphs that repeat the one before, the captions of pictures, and at times
the headline. All are the page's own words, so they are put back where they stood.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from lxml import html
from trafilatura import bare_extraction

from ingest.shorten import shorten
from ingest.web.blocks import Block, blocks_of
from records.document import Gap

_COMPARISONS = 2_000_000  # pairs of equal blocks; beyond, aligning them takes minutes
_MONEY = re.compile(
    r"[£€$¥₹] ?[0-9]"
    r"|[0-9] ?(?:bn|m|k|p|million|billion|trillion|crore|lakh|pounds|euros?|dollars)\b"
)


class Article(NamedTuple):
    """The article of a page.

    Attributes:
        blocks: In order, the headline first.
        gaps: Blocks known to be missing.
        warnings: What was left out on purpose although it names money.
    """

    blocks: list[Block]
    gaps: tuple[Gap, ...]
    warnings: tuple[str, ...]


def find_article(tree: html.HtmlElement, headline: str | None) -> Article:
    """Return the blocks of the page's article; none when trafilatura finds no text.

    Args:
        tree: The whole page; it stays as it is.
        headline: The page's own; put first where the article lacks it.
    """
    page = blocks_of(tree.body if tree.body is not None else tree)
    found = bare_extraction(tree, favor_recall=True, include_comments=False, include_tables=True)
    article = blocks_of(found.body) if found is not None else []
    if len(article) == 1:
        article = _same_words(article[0], page)
    anchors = _anchors(article, page)
    if anchors is None:
        missing = _surplus(article, page).total()
        why = f"{missing} of them {'is' if missing == 1 else 'are'} left out"
        gaps = (Gap("repeated paragraphs", why),) if missing else ()
        return Article(_headed(article, headline), gaps, ())
    restored, left_out = _restore(article, page, anchors)
    warnings = [_left_out(left_out)] if left_out else []
    return Article(_headed(restored, headline), (), tuple(warnings))


def _same_words(whole: Block, page: list[Block]) -> list[Block]:
    """Return the page's blocks that make up `whole`: trafilatura may give all text in one."""
    parts = [block for block in page if block.key in whole.key]
    return parts if " ".join(block.key for block in parts) == whole.key else [whole]


def _surplus(article: list[Block], page: list[Block]) -> Counter[str]:
    """Return how many more times the page has each block of the article than the article has."""
    counts = Counter(block.key for block in article)
    on_page = Counter(block.key for block in page if block.key in counts)
    return on_page - counts


def _anchors(article: list[Block], page: list[Block]) -> list[tuple[int, int]] | None:
    """Pair the article's blocks with the page's, in order; None when there are too many repeats."""
    counts = Counter(block.key for block in article)
    on_page = Counter(block.key for block in page)
    if sum(count * on_page[key] for key, count in counts.items()) > _COMPARISONS:
        return None
    if (whole := _subsequence(article, page)) is not None:
        return whole
    matcher = SequenceMatcher(None, [b.key for b in article], [b.key for b in page], autojunk=False)
    return [
        (match.a + step, match.b + step)
        for match in matcher.get_matching_blocks()
        for step in range(match.size)
    ]


def _subsequence(article: list[Block], page: list[Block]) -> list[tuple[int, int]] | None:
    """Pair each of the article's blocks with its next copy on the page; None when one has none."""
    pairs: list[tuple[int, int]] = []
    position = 0
    for index, block in enumerate(article):
        while position < len(page) and page[position].key != block.key:
            position += 1
        if position == len(page):
            return None
        pairs.append((index, position))
        position += 1
    return pairs


def _restore(
    article: list[Block], page: list[Block], anchors: Sequence[tuple[int, int]]
) -> tuple[list[Block], list[Block]]:
    """Put back what the article repeats or captions.

    Returns:
        All blocks of the article; the page's blocks between them that name money and stay out.
    """
    surplus = _surplus(article, page)
    known = {block.key for block in article}
    restored: list[Block] = []
    left_out: list[Block] = []
    done, last = 0, _start(page, anchors, known) - 1
    for index, position in [*anchors, (len(article), _end(page, anchors, known))]:
        for block in page[last + 1 : position]:
            if surplus[block.key] > 0:
                surplus[block.key] -= 1
                restored.append(block)
            elif block.tag == "figcaption" and block.key not in known:
                restored.append(block)
            elif block.key not in known and not block.linked and _MONEY.search(block.text):
                left_out.append(block)
        restored += article[done : index + 1]
        done, last = index + 1, position
    return restored, left_out


def _start(page: list[Block], anchors: Sequence[tuple[int, int]], known: set[str]) -> int:
    """Return where the article starts on the page: repeats right before its first are its own."""
    start = anchors[0][1] if anchors else 0
    while start > 0 and page[start - 1].key in known:
        start -= 1
    return start


def _end(page: list[Block], anchors: Sequence[tuple[int, int]], known: set[str]) -> int:
    """Return where the article ends on the page: repeats right after its last block are its own."""
    end = anchors[-1][1] + 1 if anchors else 0
    while end < len(page) and page[end].key in known:
        end += 1
    return end


def _headed(blocks: list[Block], headline: str | None) -> list[Block]:
    if not blocks or not headline:
        return blocks
    known = {block.key.casefold() for block in blocks}
    return blocks if headline.casefold() in known else [Block(headline, "h1"), *blocks]


def _left_out(blocks: list[Block]) -> str:
    return (
        f"{len(blocks)} of the page's blocks name money and were left out as no part of the "
        f"article, the first being “{shorten(blocks[0].key)}”; read the page if that is wrong "
        "[source.left-out]"
    )
