"""What a check says of a draft, in words and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypedDict

from earmark.words.fields import RELATIONS
from earmark.words.wording import count, day
from store.exports.jsonl import claim_data

if TYPE_CHECKING:
    from records.check import Check, Find, Hearing, Link, Unsaid, Verdict
    from records.claim import StoredMention

VERDICTS: dict[Verdict, str] = {
    "heard": "heard before",
    "part": "part of a pot heard before",
    "on_top": "on top of a pot heard before",
    "another_amount": "another amount for what was heard before",
    "unclear": "cannot tell",
    "unheard": "not heard",
}
LINKS: dict[Link, str] = {
    "same": "heard as",
    "part_of": RELATIONS["part_of"],
    "in_addition_to": RELATIONS["in_addition_to"],
    "replaces": RELATIONS["replaces"],
    "replaced_by": "became",
    "other_amount": "compare",
    "possible": "may be",
    "other_money": "not this",
}
UNSAID: dict[Unsaid, str] = {
    "payer": "who pays",
    "purpose": "what it is for",
    "deadline": "by when",
    "period": "over which years",
    "newness": "whether it is new money",
}


def said_words(find: Find) -> str:
    """Say when first, by whom, where, and how often."""
    first = find.heard[0]
    published, mention = first.provenance.published, first.mention
    when = f"first on {day(published)}" if published else "on a day that is not known"
    who = mention.attribution or mention.funder
    by = f" by {who.text}" if who else ""
    documents = len({one.provenance.document for one in find.heard})
    times = f"{count(len(find.heard), 'time')} in {count(documents, 'document')}"
    return f"{when}{by} ({first.id}); {times}"


def where_words(stored: StoredMention) -> str:
    """Say where a mention stands: publisher, title, day, source, characters."""
    origin, span = stored.provenance, stored.mention.amount.span
    names = [name for name in (origin.publisher, origin.title) if name]
    when = [day(origin.published)] if origin.published else []
    page = f"page {origin.page}, " if origin.page is not None else ""
    place = f"{origin.source} ({origin.document}), {page}characters {span.start} to {span.end}"
    return ", ".join([*names, *when, place])


def arguments(find: Find) -> Iterator[tuple[str, str]]:
    """Yield what speaks for and against its being the same money."""
    if find.why_not:
        yield "against", find.why_not
    if found := [reason.text for reason in find.reasons if reason.weight > 0]:
        yield "for", "; ".join(found)
    if found := [reason.text for reason in find.reasons if reason.weight < 0]:
        yield "against", "; ".join(found)


def hearing_data(hearing: Hearing) -> dict[str, object]:
    """Return what was heard of a sum as data for JSON."""
    first = hearing.mentions[0].amount.span.text
    return {
        "verdict": hearing.verdict,
        "quote": {
            "exact": f"{hearing.before}{first}{hearing.after}",
            "before": hearing.before,
            "after": hearing.after,
        },
        "mentions": [mention.to_dict() for mention in hearing.mentions],
        "finds": [
            {
                "link": find.link,
                "claim": claim_data(find.claim),
                "heard": [stored.id for stored in find.heard],
                "quoted": find.quoted.id,
                "same_figure": find.same_figure,
                "reasons": [
                    {"code": one.code, "weight": one.weight, "text": one.text}
                    for one in find.reasons
                ],
                "why_not": find.why_not,
            }
            for find in hearing.finds
        ],
        "unlisted": hearing.unlisted,
        "unsaid": list(hearing.unsaid),
    }


class CheckData(TypedDict):
    """What `earmark check --json` prints: sums in `data`, and what they were held against."""

    data: list[object]
    text: dict[str, str]
    warnings: list[str]


def check_data(check: Check) -> CheckData:
    """Return a check as data for JSON."""
    return {
        "data": [hearing_data(hearing) for hearing in check.hearings],
        "text": {
            "name": check.draft.source,
            "sha256": check.draft.sha256,
            "published": check.day.value.isoformat(),
            "published_how": check.day.how,
        },
        "warnings": [
            *check.notes,
            *check.draft.warnings,
            *(f"{gap.where}: {gap.why}" for gap in check.draft.gaps),
        ],
    }
