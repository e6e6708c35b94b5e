"""Pages that stand in an article's place: for consent, for a subscription, for an error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.web.blocks import Block
from ingest.web.strays import HEADINGS
from ingest.web.words import NOTICES

_NOTICES = {kind: re.compile(words, re.IGNORECASE) for kind, words in NOTICES.items()}
_ANY = re.compile("|".join(NOTICES.values()), re.IGNORECASE)
# A notice speaks to its reader or bids something; an article on cookies reports.
_ADDRESSED = re.compile(
    r"\b(?:you|your|we|our|us)\b|(?:^|[.?!] )(?:already|sign in|log in|subscribe|enable|try|"
    r"please|go to|use|turn on|cancel)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(r"\b(?:said|says|told|announced|according to)\b", re.IGNORECASE)
_SHUT = re.compile(
    r"\b(?:subscribe|sign (?:in|up)|log in|register|join)\b.{0,40}"
    r"\b(?:continue|keep|finish|go on|carry on)\b.{0,8}\bread(?:ing)?\b"
    r"|\bto read the (?:full|rest|whole)\b",
    re.IGNORECASE,
)
_LENGTH = 2500  # code points; an article on cookies or subscriptions is longer
_SHARE = 0.6  # of the text, headings aside, in paragraphs that are such notices
_KINDS = 2  # different words of that sort


def notice_of(blocks: Sequence[Block]) -> str | None:
    """Return what a page does in an article's place: `asks for consent`; None for an article."""
    texts = [block.key for block in blocks if block.tag not in HEADINGS]
    length = sum(map(len, texts))
    if not length or length > _LENGTH:
        return None
    told = [text for text in texts if not _REPORTED.search(text)]
    all_told = [block.key for block in blocks if not _REPORTED.search(block.key)]
    found = {kind: _words(pattern, all_told) for kind, pattern in _NOTICES.items()}
    asking = [text for text in told if _ADDRESSED.search(text) and _ANY.search(text)]
    if sum(map(len, found.values())) < _KINDS or sum(map(len, asking)) < _SHARE * length:
        return None
    return max(found, key=lambda kind: len(found[kind]))


def _words(pattern: re.Pattern[str], texts: Iterable[str]) -> set[str]:
    return {word.casefold() for text in texts for word in pattern.findall(text)}


def is_shut_off(blocks: Iterable[Block]) -> bool:
    """Tell whether what stands in an article, and is none of it, keeps its rest for subscribers."""
    return any(_SHUT.search(block.key) for block in blocks)
