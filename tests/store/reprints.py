"""Texts with known origins: releases, reprints, cuts, rewrites, corrections, notices, versions.

All made by rules from words of our own, the same for the same seed. What an editor does to a
release is drawn for each reprint: headline, byline, boilerplate, house style, small changes.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import NamedTuple

from store.store import Store
from tests.store.reprint_words import (
    BODIES,
    BOILERPLATE,
    FORMS,
    GOODS,
    HEADLINES,
    NAMES,
    NOTICES,
    OWN_WORDS,
    PAPERS,
    PLACES,
    REWORDED,
    SENTENCES,
)

FIRST_DAY = date(2024, 1, 8)


class Print(NamedTuple):
    """A text as one outlet has it.

    Attributes:
        text: The whole of it.
        source: Its address.
        published: None where the outlet does not say.
        story: Texts with one story count as one origin.
        form: What was done to make it: `release`, `reprint`, `cut`, `rewrite`, …
    """

    text: str
    source: str
    published: date | None
    story: str
    form: str


class Release(NamedTuple):
    headline: str
    paragraphs: list[str]
    facts: dict[str, str]


def prints(stories: int, seed: int) -> list[Print]:
    """Return what is made of so many releases, and notices and briefs besides, in mixed order."""
    rng = random.Random(seed)  # noqa: S311 - texts, not secrets
    made = [one for number in range(stories) for one in _story(rng, number)]
    made += [one for number in range(stories) for one in _notices(rng, number)]
    made = list({one.text: one for one in made}.values())
    rng.shuffle(made)
    return made


def _story(rng: random.Random, number: int) -> Iterator[Print]:
    release = _release(rng)
    day = FIRST_DAY + timedelta(days=3 * number)
    name = f"story {number}"
    text = "\n\n".join([release.headline, *release.paragraphs])
    yield Print(text, f"https://release.example/{number}", day, name, "release")
    for count in range(rng.randint(2, 5)):
        later = rng.choice((None, day, day, day + timedelta(days=rng.randint(1, 3))))
        address = f"https://paper{count}.example/{number}"
        yield Print(_reprint(rng, release, 1), address, later, name, "reprint")
    cut = _reprint(rng, release, rng.uniform(0.45, 0.7))
    yield Print(cut, f"https://brief.example/{number}", day, name, "cut")
    address = f"https://own.example/{number}"
    yield Print(_rewrite(rng, release), address, day + timedelta(1), f"{name} own", "rewrite")
    wrong = text.replace(release.facts["a"], _amount(rng))
    address = f"https://corrected.example/{number}"
    yield Print(wrong, address, day + timedelta(2), f"{name} corrected", "correction")
    if number % 3 == 0:
        again = text.replace(release.paragraphs[1], f"{release.paragraphs[1]} {_own(rng)}")
        address = f"https://release.example/{number}"
        yield Print(again, address, day, name, "version")


def _notices(rng: random.Random, number: int) -> Iterator[Print]:
    """Yield notices from one form: each is an origin of its own."""
    facts = _facts(rng)
    for form, words in enumerate(NOTICES):
        facts |= {"place": PLACES[number % len(PLACES)], "reference": f"{rng.randint(100, 9999)}"}
        facts |= {"a": rng.choice(("£5,000", _amount(rng))), "day": str(rng.randint(2, 28))}
        name = f"notice {form} {number}"
        yield Print(
            words.format(**facts), f"https://council{number}.example/{form}", None, name, "notice"
        )
    yield Print(
        rng.choice(SENTENCES).format(**_facts(rng)),
        f"https://short.example/{number}",
        None,
        f"brief {number}",
        "brief",
    )


def _release(rng: random.Random) -> Release:
    facts = _facts(rng)
    chosen = rng.sample(SENTENCES, 13)
    chosen[0] = rng.choice([one for one in SENTENCES if "{a}" in one])
    sentences = [_capital(one.format(**facts)) for one in dict.fromkeys(chosen)]
    paragraphs = [" ".join(sentences[place : place + 2]) for place in range(0, len(sentences), 2)]
    return Release(rng.choice(HEADLINES).format(**facts), paragraphs, facts)


def _facts(rng: random.Random) -> dict[str, str]:
    one, two = rng.sample(NAMES, 2)
    return {
        **{name: _amount(rng) for name in "abc"},
        "place": rng.choice(PLACES),
        "body": rng.choice(BODIES),
        "goods": rng.choice(GOODS),
        "one": one,
        "two": two,
        "n": str(rng.randint(3, 90)),
        "year": str(rng.randint(2025, 2031)),
    }


def _amount(rng: random.Random) -> str:
    return rng.choice(
        (f"£{rng.randint(2, 99)} million", f"£{rng.randint(11, 990)},{rng.randint(1, 9)}00")
    )


def _reprint(rng: random.Random, release: Release, part: float) -> str:
    """Return a release as another outlet prints it, or a part of it from its beginning."""
    body = release.paragraphs[: max(2, round(part * len(release.paragraphs)))]
    if part == 1 and rng.random() < 0.4:
        body = body[:-1]
    body = [_styled(rng, one) for one in _edited(rng, body)]
    paper, writer = rng.choice(PAPERS), rng.choice(NAMES)
    head = [rng.choice(HEADLINES).format(**release.facts)]
    if rng.random() < 0.6:
        head.append(rng.choice(FORMS).format(paper=paper, name=writer))
    tail = [rng.choice(BOILERPLATE).format(paper=paper)] if rng.random() < 0.6 else []
    return "\n\n".join([*head, *body, *tail])


def _edited(rng: random.Random, paragraphs: list[str]) -> Iterator[str]:
    """Change a few words, as an editor does."""
    for paragraph in paragraphs:
        edited = paragraph
        for word, other in REWORDED.items():
            if rng.random() < 0.25:
                edited = re.sub(rf"\b{word}\b", other, edited, count=1)
        yield edited


def _styled(rng: random.Random, text: str) -> str:
    """Put a text into a house style; each choice is made once for a text."""
    for change in STYLES:
        if rng.random() < 0.4:
            text = change(text)
    return text


STYLES: tuple[Callable[[str], str], ...] = (
    lambda text: re.sub(r'"([^"]*)"', "\u201c\\1\u201d", text).replace("'", "\u2019"),
    lambda text: text.replace(" million", "m"),
    lambda text: text.replace(" per cent", "%"),
    lambda text: text.replace("organise", "organize"),
    lambda text: text.replace("Mr ", "").replace("Ms ", "").replace("Dr ", ""),
    lambda text: text.replace(" - ", " \u2014 "),
    lambda text: text.replace(" three ", " 3 ").replace(" two ", " 2 "),
    lambda text: text.replace("Government", "government").replace("Council", "council"),
)


def _rewrite(rng: random.Random, release: Release) -> str:
    """Return an article of an author's own that takes a sentence or two from a release."""
    taken = rng.sample(release.paragraphs, 2)
    own = [_own(rng, release.facts) for _ in range(6)]
    return "\n\n".join([own[0], taken[0], *own[1:4], taken[1].split(". ")[0] + ".", *own[4:]])


def _own(rng: random.Random, facts: dict[str, str] | None = None) -> str:
    known = facts or _facts(rng)
    return " ".join(rng.choice(OWN_WORDS).format(**known) for _ in range(2))


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


class Score(NamedTuple):
    """How well groups of texts are those that were made.

    Attributes:
        pairs: How many pairs of texts count as one origin.
        wrong: Forms of each pair that was found and is none.
        missed: Forms of each pair that was not found.
        precision: Of the pairs that were found, the share that is right.
        recall: Of the pairs that there are, the share that was found.
    """

    pairs: int
    wrong: list[tuple[str, str]]
    missed: list[tuple[str, str]]
    precision: float
    recall: float


def score(texts: Sequence[Print], found: Mapping[str, str]) -> Score:
    """Compare groups with what was made; `found` gives each text another for its whole group."""
    right = _pairs({one.text: one.story for one in texts})
    told = _pairs({one.text: found[one.text] for one in texts})
    forms = {one.text: one.form for one in texts}
    wrong, missed = (
        [_forms(forms, pair) for pair in part] for part in (told - right, right - told)
    )
    both = len(told & right)
    return Score(len(right), wrong, missed, both / len(told), both / len(right))


def origins_of(store: Store) -> dict[str, str]:
    """Return each text of a store with that of its origin."""
    stored = {one.id: one for one in store.documents()}
    return {
        one.document.text: stored[one.echo.of if one.echo else one.id].document.text
        for one in stored.values()
    }


def shares(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, int]]:
    """Return kinds of pairs, the most frequent first."""
    return Counter(f"{one} and {other}" for one, other in pairs).most_common()


def _pairs(groups: Mapping[str, str]) -> set[frozenset[str]]:
    together = defaultdict(list)
    for text, group in groups.items():
        together[group].append(text)
    return {frozenset(pair) for texts in together.values() for pair in combinations(texts, 2)}


def _forms(forms: Mapping[str, str], pair: frozenset[str]) -> tuple[str, str]:
    one, other = sorted(forms[text] for text in pair)
    return one, other
