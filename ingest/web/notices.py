"""Pages that stand in an article's place: questions of consent, offers of a subscription."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.web.blocks import Block
from ingest.web.strays import HEADINGS
from ingest.web.words import NOTICES

_NOTICE = re.compile("|".join(NOTICES), re.IGNORECASE)
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
