"""Whether a timeframe at one place of a sentence speaks of an amount at another.

All patterns read lower-case text with amounts and timeframes masked; what stands between the two
decides. Source: docs/annotation.md, "timeframe": a clause about something else gives no timeframe.
"""

from __future__ import annotations

import re

from extract.rulebook import pattern

_NEW_CLAUSE = pattern("reach.new-clause").lowered
_SUBORDINATE = pattern("reach.subordinate").lowered
_RELATIVE = pattern("reach.relative").lowered
_MONEY_RELATIVE = pattern("reach.money-relative").lowered
_SPENT = pattern("reach.spent").lowered
_ASIDE = pattern("reach.aside").lowered
_SECOND_PREDICATE = pattern("reach.second-predicate").lowered
_SAID_THAT = pattern("reach.said-that").lowered
_NEXT_PREDICATE = pattern("reach.next-predicate").lowered
_SAME_MONEY = pattern("reach.same-money").lowered
_VERBAL = pattern("reach.verbal").lowered
_LISTED = pattern("reach.listed").lowered
_SHARING = pattern("reach.sharing").lowered
_DATED_CLAUSE = pattern("reach.dated-clause").lowered
_HARD = re.compile(
    r"[;]|\. |\b(?:compared|(?:up|down) from(?! \ue000+ to\b)|rather than|instead of"
    r"|(?:and|but) (?:[a-z]+ )?now)\b"
)
_LABEL = re.compile(r"\s?(?:[:(]|-|\) ?-?:?)?\s?")
_MASKED = re.compile("[\ue000\ue001]+")
_LONGEST_CHAIN = 120


def reaches_back(gap: str) -> bool:
    """Tell whether a timeframe behind an amount speaks of it.

    Args:
        gap: What stands between the amount's end and the timeframe.
    """
    if len(gap) <= 3:  # noqa: PLR2004 - `£5m (2025-26)`
        return ";" not in gap
    if _NEW_CLAUSE.search(gap) or _SUBORDINATE.search(gap):
        return _SAME_MONEY.search(gap) is not None
    opened = gap.rfind("(")
    if opened > gap.rfind(")") and opened < len(gap) - 1:
        return False
    dashes = gap.count(" - ")
    if (dashes % 2 and not gap.endswith(" - ")) or ": " in gap[3:]:
        return False
    return not _inside_relative(gap)


def _inside_relative(gap: str) -> bool:
    """Tell whether the gap ends in a relative clause about something other than the money."""
    last = None
    for match in _RELATIVE.finditer(gap):
        last = match
    if last is None or _SAID_THAT.search(gap, 0, last.end()):
        return False
    rest = gap[last.end() :]
    if "," in rest or _SPENT.search(rest) or not _VERBAL.search(rest):
        return False
    return not _MONEY_RELATIVE.fullmatch(gap, 0, last.start())


def reaches_on(before: str, gap: str, *, claimed: bool, fronted: bool) -> bool:
    """Tell whether a timeframe before an amount speaks of it.

    Args:
        before: The sentence's words before the timeframe.
        gap: What stands between the timeframe and the amount.
        claimed: An amount stands before the timeframe, which speaks of that one first.
        fronted: The timeframe opens the sentence and so serves all of it.
    """
    if _LABEL.fullmatch(gap) and (":" in gap or not claimed):
        return True
    if fronted or _HARD.search(gap):
        return not _HARD.search(gap)
    if _DATED_CLAUSE.match(gap) or (claimed and _SHARING.search(gap)):
        return True
    if _NEW_CLAUSE.search(gap) or _SUBORDINATE.search(gap) or ": " in gap or " - " in gap:
        return False
    if claimed:
        return _LISTED.fullmatch(gap) is not None
    return not (_SECOND_PREDICATE.match(gap) or _set_apart(before, gap))


def _set_apart(before: str, gap: str) -> bool:
    """Tell whether a timeframe stands in an aside or relative clause: `, opened in 2019, gets`."""
    if _NEXT_PREDICATE.search(gap) and _inside_relative(before):
        return True
    segment = before.rpartition(",")[2]
    if "," in gap and "," in before and _ASIDE.match(segment):
        return True
    return _inside_relative(segment)


def chained(gap: str) -> bool:
    """Tell whether amounts before a timeframe are coordinated, so that all take it.

    Args:
        gap: From the first amount's end to the last amount before the timeframe.
    """
    plain = _MASKED.sub("", gap)
    return (
        len(plain) <= _LONGEST_CHAIN
        and not re.search(r"[;:]|\. ", plain)
        and not _NEW_CLAUSE.search(gap)
        and not _SUBORDINATE.search(gap)
        and not re.search(
            r"\b(?:that|who|which|than|from|against|to|compared)\b",
            re.sub("of which|, and to $", "", plain),
        )
        and bool(re.search(r"\b(?:and|or|plus|including|of which)\b", plain))
    )
