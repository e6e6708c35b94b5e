"""Four short articles, two of them on one announcement, with their mentions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from records.document import Capture, Decoding, Document, Gap, Metadata
from records.layout import Layout, Word
from records.mention import Mention
from store.results import Added
from store.store import Store
from tests.store.factory import VERSIONS, capture, document, given, mention


class Story(NamedTuple):
    capture: Capture
    document: Document
    mentions: Sequence[Mention]

    def add(self, store: Store, run: str) -> Added:
        taken = store.add_capture(run, self.capture)
        return store.add_document(run, taken, self.document, self.mentions)


FIRST = """NHS gets £5.9bn to clear waiting lists
The government will spend £2.1bn over three years on NHS technology and digital records. The \
money forms part of a wider £5.9bn for the NHS in England, which includes £2.3bn for diagnostic \
tests. It comes on top of £36bn for health and social care."""

SECOND = """The Treasury said nearly £6 billion would go to the NHS in England. Some £2.1 billion \
of it is for digital technology in the NHS, the Treasury said, and £2.3 billion for diagnostic \
tests."""

THIRD = """Hospitals were given £2bn in 2022 to roll out electronic patient records. This spring \
the Chancellor promised £2bn for new MRI scanners. Councils get up to €38.5m."""

WHOLE = """By March 2030, said the mayor, the fund gives a further £0.225 to £0.75 a pupil to \
each school for new desks, not chairs. That is on top of the £1m of last year."""

RELEASE = """Wexley is to have a new harbour wall, the River Authority has announced. Work on \
the wall will cost £41 million and should be finished within three years. "People in Wexley have \
waited long enough for this," said Jane Ferris, who chairs the authority.

A further £12 million will come from firms in the town, which have promised to match what is \
raised by its schools. Residents can see drawings of the wall in the library until the end of \
the month, and tell the authority what they think of them."""

REPRINT = """Harbour wall for £41m

By Tom Oakley

Wexley is to have a new harbour wall, the River Authority has announced. Work on the wall will \
cost £41m and should be finished within 3 years. \u201cPeople in Wexley have waited long enough \
for this,\u201d said Ms Jane Ferris, who chairs the authority.

A further £12m will come from firms in the town, which have promised to match what is raised by \
its schools."""

FOURTH = """Energy costs 24.5p a unit. It will cost millions of pounds, and ¥5,000 a household."""


def story(text: str, name: str, said: Metadata, mentions: Sequence[Mention]) -> Story:
    taken = capture(text, name, said)
    return Story(taken, document(taken), mentions)


def first(said: Metadata | None = None) -> Story:
    mentions = [
        mention(FIRST, "£5.9bn", "5900000000", purpose="clear waiting lists", recipient="NHS"),
        mention(
            FIRST,
            "£2.1bn",
            "2100000000",
            timeframe=("over three years", None, None),
            purpose="NHS technology and digital records",
            funder="The government",
            relation=("part_of", "£5.9bn", 1),
        ),
        mention(FIRST, "£5.9bn", "5900000000", nth=1, recipient="the NHS in England"),
        mention(
            FIRST,
            "£2.3bn",
            "2300000000",
            purpose="diagnostic tests",
            relation=("part_of", "£5.9bn", 1),
        ),
        mention(FIRST, "£36bn", "36000000000", purpose="health and social care"),
    ]
    facts = said or given(published=date(2021, 10, 25), publisher="Wexley Post", country="GB")
    return story(FIRST, "news/first.txt", facts, mentions)


def second() -> Story:
    mentions = [
        mention(
            SECOND, "£6 billion", "6000000000", approximate=True, recipient="the NHS in England"
        ),
        mention(
            SECOND,
            "£2.1 billion",
            "2100000000",
            approximate=True,
            purpose="digital technology in the NHS",
            attribution="the Treasury",
            relation=("part_of", "£6 billion"),
        ),
        mention(SECOND, "£2.3 billion", "2300000000", purpose="diagnostic tests"),
    ]
    facts = given(published=date(2021, 10, 26), title="Treasury acts", url="https://b.example/1")
    return story(SECOND, "news/second.md", facts, mentions)


def third() -> Story:
    mentions = [
        mention(
            THIRD,
            "£2bn",
            "2000000000",
            timeframe=("in 2022", "2022-01-01", "2022-12-31"),
            purpose="roll out electronic patient records",
            recipient="Hospitals",
        ),
        mention(
            THIRD,
            "£2bn",
            "2000000000",
            nth=1,
            purpose="new MRI scanners",
            funder="the Chancellor",
            newness=("new", "This spring"),
        ),
        mention(THIRD, "€38.5m", "..38500000", currency="EUR", recipient="Councils"),
    ]
    return story(THIRD, "blog.txt", given(published=date(2024, 3, 6)), mentions)


def fourth() -> Story:
    mentions = [
        mention(FOURTH, "24.5p", "0.245", kind="cost", per="unit"),
        mention(FOURTH, "millions of pounds", None, kind="cost"),
        mention(FOURTH, "¥5,000", "5000", currency="JPY", kind="cost", per="household"),
    ]
    return story(FOURTH, "energy.txt", Metadata(), mentions)


def release(day: date | None = date(2024, 5, 2), source: str = "release.txt") -> Story:
    mentions = [
        mention(RELEASE, "£41 million", "41000000", purpose="Work on the wall"),
        mention(RELEASE, "£12 million", "12000000", funder="firms in the town"),
    ]
    return story(RELEASE, source, given(published=day) if day else Metadata(), mentions)


def reprint(
    day: date | None = date(2024, 5, 3), source: str = "post.txt", text: str = REPRINT
) -> Story:
    """The release as a paper prints it, or with other words of that paper's."""
    mentions = [
        mention(text, "£41m", "41000000"),
        mention(text, "£41m", "41000000", nth=1, purpose="Work on the wall"),
        mention(text, "£12m", "12000000", funder="firms in the town"),
    ]
    return story(text, source, given(published=day) if day else Metadata(), mentions)


def whole() -> Story:
    """Something in every field that a document or a mention has."""
    mentions = [
        mention(
            WHOLE,
            "£0.225 to £0.75",
            "0.225..0.75",
            timeframe=("By March 2030", "2029-04-01", "2030-03-31"),
            duration="P1Y",
            purpose="new desks",
            excludes="chairs",
            recipient="each school",
            funder="the fund",
            attribution="the mayor",
            relation=("in_addition_to", "£1m"),
            newness=("additional", "a further"),
            per="pupil",
            approximate=True,
        ),
        mention(WHOLE, "£1m", "1000000"),
    ]
    names = ("title", "publisher", "author", "country", "url")
    told = given(published=date(2026, 1, 2), **dict.fromkeys(names, "GB"))
    taken = capture(WHOLE, "report.pdf", told)
    read = document(
        taken,
        media_type="application/pdf",
        decoding=Decoding("cp1252", "assumed", 1),
        pages=2,
        words=Layout([Word(0, 40, 1, (1, 2, 3, 4)), Word(41, len(WHOLE), 2, (1, 2, 3, 4))]),
        gaps=(Gap("page 3", "a scan"),),
        warnings=("decoded by rule",),
    )
    return Story(taken, read, mentions)


STORIES = (first, second, third, fourth)


def give(store: Store, stories: Sequence[Story]) -> str:
    """Add stories in one run as `ingest` does: what is a document already is not read again."""
    run = store.start_run(VERSIONS)
    unchanged = []
    for one in stories:
        if store.state_of(one.capture) == "done":
            taken = store.add_capture(run, one.capture)
            unchanged.append((store.document_id(taken.sha256) or "", taken.source))
        else:
            one.add(store, run)
    store.end_run(run, {"unchanged": len(unchanged)}, unchanged)
    return run


def fill(store: Store, stories: Sequence[Story]) -> str:
    """Add stories in one run, which ends."""
    run = store.start_run(VERSIONS)
    for one in stories:
        one.add(store, run)
    store.end_run(run, {"added": len(stories)})
    return run
