"""What every hostile file is made of: planted amounts, and variants in a table."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

AMOUNTS = 72_000  # pairwise different ones


@dataclass(slots=True)
class Plant:
    """The amounts that are planted in one file, the same on each run, told from its name.

    Attributes:
        name: Of the file.
        planted: Quotes that a reader finds, or must say that it did not read; one for each place.
        unseen: Quotes in the bytes that nobody sees, or that were struck out: never to be found,
            and to be declared.
        either: Quotes of which it is a matter of taste whether they are amounts.
    """

    name: str
    planted: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    either: list[str] = field(default_factory=list)
    number: int = field(init=False)

    def __post_init__(self) -> None:
        self.number = zlib.crc32(self.name.encode("utf-8", "surrogateescape")) % AMOUNTS

    def next(self, form: str = "£{}m") -> str:
        """Return the next amount of this file, written as `form` has it."""
        self.number = (self.number + 1) % AMOUNTS
        return form.format(f"{100 + self.number // 90}.{10 + self.number % 90}")

    def amount(self, form: str = "£{}m") -> str:
        """Plant one amount and return it."""
        quote = self.next(form)
        self.planted.append(quote)
        return quote

    def say(self, form: str = "£{}m") -> str:
        """Plant one amount and return a sentence with it."""
        return sentence(self.amount(form))

    def hide(self, form: str = "£{}m") -> str:
        """Return a sentence that nobody sees."""
        quote = self.next(form)
        self.unseen.append(quote)
        return sentence(quote)

    def doubt(self, *quotes: str) -> str:
        """Return a sentence with the first of some quotes, of which any may be found, or none."""
        self.either += quotes
        return sentence(quotes[0])


def sentence(quote: str) -> str:
    return f"The council gave {quote} for flood defences."


Make = Callable[[Plant], bytes]


@dataclass(frozen=True)
class Variant:
    """One hostile file.

    Attributes:
        name: Of the file.
        row: Of the table of threats: decoding and characters (31-41), markup (42-52), PDF (53-61),
            rules (62-71), what is fetched, shown and given away (72-81), archives (A).
        what: It is, in a few words.
        make: Returns its bytes.
        instead: What may honestly be said where planted amounts are not found: `failed CODE`,
            `gap WORDS` or `warning CODE`. Empty where all of them have to be found.
        quick: It is in the selection that every test run reads.
    """

    name: str
    row: str
    what: str
    make: Make
    instead: tuple[str, ...] = ()
    quick: bool = False


@dataclass(frozen=True)
class Family:
    """Files of one kind; they stand in a folder of this name."""

    name: str
    variants: tuple[Variant, ...]
