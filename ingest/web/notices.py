"""Pages that stand in an article's place: questions of consent, offers of a subscription."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.web.blocks import Block
from ingest.web.strays import HEADINGS
from ingest.web.words import NOTICES

_NOTICE = re.compile("|".join(NOTICES), re.IGNORECASE)
_SHUT = re.compile(
    r"\b(?:subscribe|sign (?:in|up)|log in|register|join)\b.{0,40}"
    r"\b(?:continue|keep|finish|go on|carry on)\b.{0,8}\bread(?:ing)?\b"
    r"|\bto read the (?:full|rest|whole)\b",
    re.IGNORECASE,
)
_LENGTH = 2500  # code points; an article on cookies or subscriptions is longer
_SHARE = 0.6  # of the text, headings aside, in paragraphs that speak of consent or subscription
_KINDS = 2  # different words of that sort


def is_notice(blocks: Sequence[Block]) -> bool:
    """Tell a page that asks for consent, a subscription or a sign-in, and says little else."""
    texts = [block.key for block in blocks if block.tag not in HEADINGS]
    length = sum(map(len, texts))
    if not length or length > _LENGTH:
        return False
    told = [text for text in texts if _NOTICE.search(text)]
    kinds = {match.casefold() for text in told for match in _NOTICE.findall(text)}
    return len(kinds) >= _KINDS and sum(map(len, told)) >= _SHARE * length


def is_shut_off(blocks: Iterable[Block]) -> bool:
    """Tell whether what stands in an article, and is none of it, keeps its rest for subscribers."""
    return any(_SHUT.search(block.key) for block in blocks)
