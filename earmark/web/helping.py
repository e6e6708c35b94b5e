"""What can be asked: an example of each field of the question language, and what it means."""

from __future__ import annotations

from collections.abc import Sequence

from store.question_terms import WORDS

HELP: Sequence[tuple[str, str]] = (
    ("amount:1bn..6bn", "how much; also amount:>=500m, amount:~2bn (as precise as that says)"),
    ("currency:GBP", "in which currency; nothing is ever converted"),
    ("rate:year", "counted by the year; rate:total for sums"),
    ("peryear:>10bn", "what comes to a year"),
    ("period:2022-23..2024-25", "the years that the money covers"),
    ("by:2025", "there by then; by:anna, decided by her"),
    ("said:2021-09..2021-11", "when a source said it"),
    ("first:2021", "when it was first said"),
    ('who:"HM Treasury"', "who gives it or says so"),
    ("to:NHS", "who gets it"),
    ('for:"school repairs"', "what it is for"),
    ("kind:funding", "funding, cost, income, saving, other"),
    ("status:restated", "new, restated, revised, partof, ontop, unclear"),
    ("hedge:upto", "none, about, upto, atleast, range, vague, could, subject"),
    ("type:pdf", "what sort of source"),
    ("decision:none", "what people decided: none, accepted, corrected, rejected, …"),
    ("missing:period", "what nobody says: who, to, for, period, by, said"),
    ("within:>5bn", "part of something so large"),
    ("partof:c3", "part of that claim"),
    ("pot:c7", "in the tree of parts around that claim"),
    ("run:r1", "read in that run"),
    ("source:gov.uk", "name, title, publisher or address of a source"),
    ("origins:>=3", "told by so many independent origins"),
    ("rule:money.range", "found by that rule"),
    ('"on top of"', "words of the quote"),
    ("-draft", "not with that word"),
    ("sort:-said", "latest first; sort:amount, sort:-amount, sort:said"),
)
"""An example of each field, and what it asks."""
SUGGESTED = (
    *(example for example, _ in HELP),
    *(f"{field}:{word}" for field, words in WORDS.items() for word in words),
)
"""Terms that any store answers."""
