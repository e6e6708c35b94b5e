"""Text that rules may be slow on, and lines without end."""

from __future__ import annotations

from tests.hostile.plant import Family, Make, Plant, Variant
from tests.hostile.text import LIMIT, MEGABYTE, said


def stretched(filler: str, size: int, every: int = 0) -> Make:
    """Write one line: a sentence at its beginning, in its middle and at its end.

    Args:
        filler: Of which the rest is made.
        size: Of the whole, bytes.
        every: Code points after which the line breaks; 0 for one line.
    """

    def make(plant: Plant) -> bytes:
        sentences = [plant.say() for _ in range(3)]
        half = filler * ((size - 400) // 2 // len(filler.encode()))
        if every:
            half = "\n".join(half[i : i + every - 1] for i in range(0, len(half), every))
        return f" {half} ".join(sentences).encode()

    return make


def forms(filler: str) -> Make:
    """Write what rules may be slow on: in a paragraph of its own, and between two amounts."""
    return said(
        lambda plant: f"{plant.say()}\n\n{filler}\n\n{plant.say()} {filler} {plant.say()}\n"
    )


def sums(count: int, between: str) -> Make:
    """Write many amounts in one line."""
    return said(lambda plant: between.join(plant.amount() for _ in range(count)))


RULES = (
    Variant("brackets.txt", "63", "twenty thousand brackets", forms("(" * 20_000), quick=True),
    Variant("punctuation.txt", "63", "runs of punctuation", forms("…—'\"!?.,;:" * 5000)),
    Variant("quotation-marks.txt", "63", "quotation marks", forms("“" * 20_000)),
    Variant("apostrophes.txt", "63", "apostrophes", forms("'s" * 20_000)),
    Variant("signs.txt", "65", "currency signs", forms("£" * 50_000)),
    Variant("hyphens.txt", "65", "hyphens", forms("-" * 50_000)),
    Variant("spaces.txt", "65", "spaces", forms("a" + " " * 200_000 + "b")),
    Variant("lines.txt", "65", "line ends", forms("a" + "\n" * 200_000 + "b")),
    Variant("numbers.txt", "64", "eight thousand numbers", forms("12 " * 8000)),
    Variant("words.txt", "65", "words without a verb", forms("pounds million " * 4000)),
    Variant("ands.txt", "64", "conjunctions", forms("and of the for to " * 4000)),
    Variant("years.txt", "64", "years", forms("by 2030 in 2024-25 " * 3000)),
    Variant("capitals.txt", "64", "names", forms("Department of Health and Care " * 3000)),
    Variant("commas.txt", "65", "digits and commas", forms("1,1," * 20_000)),
    Variant("addresses.txt", "63", "addresses", forms("http://" + "a.b/" * 5000)),
    Variant("emoticons.txt", "63", "emoticons", forms(":-)(" * 10_000)),
    Variant("sums-commas.txt", "64", "two thousand amounts in one sentence", sums(2000, ", ")),
    Variant("sums-and.txt", "64", "a thousand amounts joined", sums(1000, " and ")),
    Variant(
        "sums-of-which.txt", "64", "amounts, each part of the one before", sums(500, ", of which ")
    ),
)


LONG = (
    Variant(
        "50-mb-line.txt",
        "62",
        "one line of 50 MB",
        stretched("lorem ipsum dolor sit amet ", 50 * MEGABYTE),
        LIMIT,
    ),
    Variant(
        "10-mb-line.txt", "62", "one line of 10 MB", stretched("lorem ipsum dolor ", 10 * MEGABYTE)
    ),
    Variant("10-mb-word.txt", "62", "one word of 10 MB", stretched("a", 10 * MEGABYTE)),
    Variant("10-mb-digits.txt", "62", "one number of 10 MB", stretched("7", 10 * MEGABYTE), LIMIT),
    Variant("5-mb-brackets.txt", "63", "5 MB of brackets", stretched("(", 5 * MEGABYTE), LIMIT),
    Variant(
        "50-mb-lines.txt",
        "62",
        "a million lines",
        stretched("lorem ipsum ", 50 * MEGABYTE, 50),
        LIMIT,
    ),
    Variant(
        "1-mb-line.txt",
        "62",
        "one line of a megabyte",
        stretched("lorem ipsum ", MEGABYTE),
        quick=True,
    ),
    Variant(
        "too-long.txt", "62", "more than 50 MB", stretched("lorem ipsum ", 56 * MEGABYTE), LIMIT
    ),
)


FAMILIES = (Family("rules", RULES), Family("long-text", LONG))
