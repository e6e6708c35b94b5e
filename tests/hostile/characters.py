"""Characters that hide, turn lines round, or only look like digits and signs."""

from __future__ import annotations

from tests.hostile.plant import Family, Make, Plant, Variant
from tests.hostile.text import around, said


def inside(character: str) -> Make:
    """Put a character that nobody sees into a number: either it is read whole, or not at all."""

    def make(plant: Plant) -> bytes:
        quote = plant.next().replace(".", f"{character}.")
        inner = quote[:3] + character + quote[3:]
        return f"{plant.say()}\n\n{plant.doubt(inner)}\n\n{plant.say()}\n".encode()

    return make


def doubtful(*quotes: str) -> Make:
    """Write what is an amount by one reading only, between two that are by every one."""
    return said(lambda plant: f"{plant.say()}\n\n{plant.doubt(*quotes)}\n\n{plant.say()}\n")


HIDDEN = (
    *(
        Variant(f"{name}-inside.txt", "40", f"{what} in a number", inside(character), quick=quick)
        for name, what, character, quick in (
            ("zero-width", "zero-width spaces", "\u200b", True),
            ("joiner", "word joiners", "\u2060", False),
            ("soft-hyphen", "soft hyphens", "\u00ad", False),
            ("bom", "byte order marks", "\ufeff", False),
            ("bidi", "bidirectional overrides", "\u202e", False),
            ("combining", "combining marks", "\u0336", False),
        )
    ),
    Variant(
        "bidi-lines.txt",
        "40",
        "lines turned round",
        around("\u202e".encode(), "\u2066\u2069".encode(), "\u200f".encode()),
    ),
    Variant(
        "separators.txt",
        "36",
        "line separators",
        around("\u2028\u2029".encode(), "\u0085".encode()),
    ),
    Variant(
        "tags.txt",
        "40",
        "tag characters",
        around("\U000e0041\U000e007f".encode(), "\ufe0f".encode()),
    ),
    Variant(
        "marks.txt",
        "37",
        "a thousand marks on one letter",
        around(("a" + "\u0301" * 1000).encode(), b""),
    ),
    Variant("full-width.txt", "38", "full-width digits", doubtful("£\uff14\uff11\uff12m")),
    Variant("arabic.txt", "38", "Arabic digits", doubtful("£\u0664\u0661\u0662m")),
    Variant(
        "mathematical.txt",
        "38",
        "mathematical digits",
        doubtful("£\U0001d7d2\U0001d7cf\U0001d7d0m"),
    ),
    Variant("superscript.txt", "38", "raised digits", doubtful("£²³m")),
    Variant("full-width-sign.txt", "39", "a full-width pound", doubtful("￡412m")),
    Variant("lira.txt", "39", "a lira for a pound", doubtful("₤412m")),
    Variant("currency-sign.txt", "39", "a sign for any currency", doubtful("¤412m")),
    Variant("underscores.txt", "38", "underscores in a number", doubtful("£4_120_000", "£4")),
)


NUMBERS = (
    Variant("digits.txt", "41", "five thousand digits", doubtful("£" + "7" * 5000)),
    Variant("groups.txt", "41", "twenty thousand groups", doubtful("£1" + ",000" * 20_000)),
    Variant("fraction.txt", "41", "five thousand decimals", doubtful("£0." + "1" * 5000 + "m")),
    Variant("exponent.txt", "41", "an exponent", doubtful("£1e999999", "£1"), quick=True),
    Variant("beyond-64-bits.txt", "18", "more than 64 bits", doubtful("£99999999999999999999")),
    Variant(
        "trillions.txt",
        "18",
        "a multiplier upon a multiplier",
        doubtful("£999 trillion trillion", "£999 trillion"),
    ),
)


FAMILIES = (Family("hidden-characters", HIDDEN), Family("numbers", NUMBERS))
