#!/usr/bin/env python3
"""Time and weigh extraction against named references, in one process and one run.

    scripts/bench_extract.py [speed] [scaling] [hostile] [memory] [jobs] [--rounds N]

`speed` times extraction of all fields and `spacy.blank("en")`'s tokenizer alone on the same text,
in turn: a ratio of 0.5 is half the tokenizer's speed. `sparse` is made-up prose with money in one
sentence of twelve; `plain` is the same with a vocabulary so small, and without a contraction, that
the tokenizer answers every word from its cache; `dense` is the two founding articles, repeated
(the bundled articles where those are not beside the checkout). `scaling` compares a text with one
ten times as long, `hostile` texts of the worst shapes with their halves, `memory` weighs 200,000
short documents, `jobs` compares two processes with one. Without a name all are run.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

# The checkout comes first, also where another copy is installed.
sys.path.insert(0, str(Path(__file__).parents[1]))

import spacy

from corpus.bundle import articles, parts, root
from earmark import extract_many
from extract.pipeline import extract
from ingest.read import read

DAY = date(2025, 9, 12)
SEEDS = root().parent.parent / "shared" / "seeds"
PLAIN = (
    "The council said local people want better roads, schools and parks, while members met in"
    " public to hear plans for housing near the river before any vote on trees or libraries"
)
MONEY = (
    "Ministers will give {place} a further £{n}m for {thing} over the next three years.",
    "{place} council won't say whether the £{n},000 grant to {place} Academy is new money.",
    "“It's about £{n} a week for every family in {place},” said {name}, who chairs the board.",
    "Of the £{n}bn announced in {year}, {thing} in {place} gets up to £{n}m by {year}.",
)
OTHER = (
    "{name} doesn't expect {thing} in {place} to open before the spring of next year.",
    "At the meeting, {name} asked why {place} hadn't been told about {thing} sooner.",
    "“We've waited long enough for {thing},” said {name}, a nurse who lives near {place}.",
    "The plan, first drawn up in {place}, covers {thing} as well as two smaller sites.",
    "Residents of {place} wrote to {name} in {year}, and haven't had an answer since.",
    "A spokesperson said that {thing} wasn't on the list, but that talks with {place} go on.",
)
SYLLABLES = (
    "ar",
    "bel",
    "cor",
    "dun",
    "el",
    "far",
    "gor",
    "hal",
    "ing",
    "ket",
    "lan",
    "mor",
    "nor",
)
THINGS = ("road repairs", "the old mill", "school meals", "a new ferry", "flood walls", "buses")


def sparse(sentences: int = 6_000) -> str:
    """Return prose in paragraphs, with names without end and money in every twelfth sentence."""
    choose = random.Random(7)  # noqa: S311 - made-up prose, the same each time

    def word() -> str:
        return "".join(choose.choices(SYLLABLES, k=3)).capitalize()

    lines = [
        choose.choice(OTHER if number % 12 else MONEY).format(
            place=word(),
            name=f"{word()} {word()}",
            thing=choose.choice(THINGS),
            year=choose.randint(2019, 2031),
            n=choose.randint(2, 900),
        )
        for number in range(sentences)
    ]
    return _paragraphs(lines)


def plain(sentences: int = 6_000) -> str:
    """Return prose of thirty words, with money in every twelfth sentence."""
    choose = random.Random(7)  # noqa: S311 - made-up prose, the same each time
    lines = []
    for number in range(sentences):
        words = choose.choices(PLAIN.lower().split(), k=choose.randint(9, 24))
        money = MONEY[0].format(place="the region", n=number % 90 + 1, thing="road repairs")
        lines.append(" ".join(words).capitalize() + "." if number % 12 else money)
    return _paragraphs(lines)


def _paragraphs(lines: list[str]) -> str:
    return "\n\n".join(" ".join(lines[at : at + 4]) for at in range(0, len(lines), 4))


def dense() -> str:
    """Return the founding articles, one after the other, twenty times."""
    if SEEDS.is_dir():
        return "\n\n".join([path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))] * 20)
    texts = [
        d.text for part in parts().values() for path in articles(part) for d in read(str(path))
    ]
    return "\n\n".join(texts)


def seconds(run: Callable[[], object]) -> float:
    """Return the processor time of one call, which other programs do not lengthen."""
    begun = time.process_time()
    run()
    return time.process_time() - begun


def speed(rounds: int) -> None:
    """Print words a second and the ratio to the tokenizer for the three texts."""
    say(f"{'text':8}{'words':>9}{'tokenizer w/s':>15}{'extract w/s':>13}{'ratio':>8}")
    for name, text in (("sparse", sparse()), ("plain", plain()), ("dense", dense())):
        nlp = spacy.blank("en")
        nlp.max_length = 10**9
        words = len(text.split())
        nlp.make_doc(text)
        extract(text, published=DAY)
        pairs = [
            (
                seconds(lambda text=text, nlp=nlp: nlp.make_doc(text)),  # type: ignore[misc]
                seconds(lambda text=text: extract(text, published=DAY)),  # type: ignore[misc]
            )
            for _ in range(rounds)
        ]
        alone, whole = (statistics.median(column) for column in zip(*pairs, strict=True))
        ratio = statistics.median(a / b for a, b in pairs)
        say(f"{name:8}{words:9}{words / alone:15.0f}{words / whole:13.0f}{ratio:8.3f}")


def scaling(rounds: int) -> None:
    """Print how many times as long a text of 5 MB takes as one of 500 kB."""
    long = sparse(55_000)[:5_000_000]
    short = long[:500_000]
    for name, small, large in (("sparse", short, long), ("dense", dense(), dense() * 10)):
        times = [
            seconds(lambda t=large: extract(t, published=DAY))  # type: ignore[misc]
            / seconds(lambda t=small: extract(t, published=DAY))  # type: ignore[misc]
            for _ in range(max(1, rounds // 2))
        ]
        say(f"{name}: {len(large):,} characters take {statistics.median(times):.1f} times")
        say(f"  as long as {len(small):,} ({len(large) / len(small):.0f} times the text)")


HOSTILE: dict[str, Callable[[int], str]] = {
    "opening brackets": lambda n: "(" * n + "£5m",
    "numbers in a row": lambda n: "£1 " * (n // 20),
    "numbers without signs": lambda n: "1,234 " * n,
    "one line": lambda n: "a council said " * (n * 16) + "£5m",
    "one line of money": lambda n: "the council gave £5m to schools and " * (n // 8),
    "digits": lambda n: "9" * (n * 50),
    "spaces": lambda n: " " * (n * 50) + "£5m",
    "quotation marks": lambda n: '"' * n + "£5m",
    "number words": lambda n: "one hundred and " * n + "pounds",
    "commas": lambda n: "£" + "1," * n,
    "list items": lambda n: "They get:\n" + "- £5m for roads\n" * (n // 20),
}


def hostile(_rounds: int) -> None:
    """Print, for texts of the worst shapes, the time and its ratio to that of half the text."""
    for name, make in HOSTILE.items():
        half, whole = make(10_000), make(20_000)
        first = max(seconds(lambda t=half: extract(t)), 0.001)  # type: ignore[misc]
        second = seconds(lambda t=whole: extract(t))  # type: ignore[misc]
        ratio = second / first
        say(f"{name:24}{len(whole):>12,} characters {second:8.3f} s {ratio:7.1f} x its half")


_SETTLED = 20_000


def memory(_rounds: int) -> None:
    """Print how much memory grows from the 20,000th to the 200,000th short document."""
    choose = random.Random(11)  # noqa: S311 - made-up names, the same each time
    begun = 0
    for number, _ in enumerate(extract_many(_short(choose, 200_000)), 1):
        if number == _SETTLED:
            begun = _resident()
    say(f"200,000 documents: {(_resident() - begun) / 1024:.1f} MB more than after 20,000")


def _short(choose: random.Random, documents: int) -> Iterator[str]:
    for number in range(documents):
        word = "".join(choose.choices(SYLLABLES, k=6)).capitalize()
        yield f"{word} council will give £{number},000 to {word} School by {2020 + number % 15}."


def _resident() -> int:
    """Return the most memory this process has held, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def jobs(rounds: int) -> None:
    """Print how much sooner two processes are done than one, by the clock."""
    texts = [dense()[:20_000] for _ in range(120)]
    ratios = []
    for _ in range(max(1, rounds // 2)):
        taken = []
        for number in (1, 2):
            begun = time.perf_counter()
            for _mentions in extract_many(texts, published=DAY, jobs=number):
                pass
            taken.append(time.perf_counter() - begun)
        ratios.append(taken[0] / taken[1])
    say(f"two processes: {statistics.median(ratios):.2f} times as fast as one")


def say(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


SECTIONS = (speed, scaling, hostile, memory, jobs)


def main() -> None:
    """Run the sections asked for."""
    names = [section.__name__ for section in SECTIONS]
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(names))
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    if unknown := set(asked.sections) - set(names):
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    for section in SECTIONS:
        if not asked.sections or section.__name__ in asked.sections:
            say(f"# {section.__name__}")
            section(asked.rounds)


if __name__ == "__main__":
    main()
