"""The picture of pots: everything stands in its place, whatever the pots are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

import pytest

from earmark.words.pots_layout import MOST_PARTS, MOST_POTS, panels
from earmark.words.pots_svg import LEFT, RIGHT, WIDTH, pots_svg
from records.claim import Claim
from records.mention import NewnessStatus
from store.pots.build import build_pots
from tests.store.pots.told import Told, told

SVG = "{http://www.w3.org/2000/svg}"
LONG = "the repair, refurbishment and replacement of every WWWWW roof in MMMMM schools " * 3


def made_of_many(count: int) -> list[Claim]:
    return [
        told(
            number,
            f"{7 * number}m",
            purpose=LONG if number % 3 else "道路と橋" * 20,
            currency="GBP" if number % 7 else "JPY",
            part_of=[number - 1] if number % 5 == 0 else (),
            in_addition_to=[number - 2] if number % 4 == 1 else (),
        )
        for number in range(1, count + 1)
    ]


STORES: dict[str, list[Claim]] = {
    "none": [],
    "one": [told(1, "5bn", purpose="roads")],
    "five": made_of_many(5),
    "forty": made_of_many(40),
    "more-than-there-is-room-for": made_of_many(130),
    "deep": [told(n, f"{100 - n}m", part_of=[n - 1] if n > 1 else ()) for n in range(1, 60)],
    "wide": [told(1, "100m"), *(told(n, "1m", part_of=[1]) for n in range(2, 60))],
    "beside-in-a-circle": [
        told(1, "5m", in_addition_to=[2]),
        told(2, "4m", in_addition_to=[1]),
    ],
    "no-sum": [told(1, "5m.."), told(2, "..2m", part_of=[1])],
    "small-money": [told(1, "3", currency="KWD")],
    "hostile-names": [told(1, "5m", purpose="</text><script>alert(1)</script>\x1b[2J\u202e&")],
}


def drawn(name: str) -> ElementTree.Element:
    return ElementTree.fromstring(pots_svg(build_pots(STORES[name])))  # noqa: S314 - our own


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not beside and not (self.bottom <= other.top or other.bottom <= self.top)


def texts(picture: ElementTree.Element) -> Iterator[Box]:
    """Every text, as wide as its letters are in a usual font, at the least."""
    for text in picture.iter(f"{SVG}text"):
        size, x, y = (float(text.attrib[name]) for name in ("font-size", "x", "y"))
        wide = 0.5 * size * len(text.text or "")
        left = {"end": x - wide, "middle": x - wide / 2}.get(text.get("text-anchor", ""), x)
        yield Box(left, y - 0.8 * size, left + wide, y + 0.2 * size)


@pytest.mark.parametrize("name", STORES)
def test_no_text_lies_on_another_or_leaves_the_page(name: str) -> None:
    picture = drawn(name)
    boxes = list(texts(picture))
    assert boxes
    height = float(picture.attrib["height"])
    for number, box in enumerate(boxes):
        assert box.left >= 0
        assert box.right <= WIDTH
        assert box.bottom <= height
        assert not any(box.overlaps(other) for other in boxes[number + 1 :])


@pytest.mark.parametrize("name", STORES)
def test_bars_stay_on_the_axis_and_texts_off_it(name: str) -> None:
    picture = drawn(name)
    for group in picture.iter(f"{SVG}g"):
        for bar in group.iter(f"{SVG}rect"):
            left = float(bar.attrib["x"])
            assert left >= LEFT
            assert left + float(bar.attrib["width"]) <= RIGHT + 2
        for text in group.iter(f"{SVG}text"):
            at = float(text.attrib["x"])
            assert at < LEFT or (text.get("text-anchor") == "end" and at > RIGHT)


def test_parts_lie_inside_their_whole_and_what_is_on_top_beside_it() -> None:
    (panel,) = panels(
        build_pots(
            [
                told(1, "36bn", purpose="care"),
                told(2, "5bn", purpose="staff", part_of=[1]),
                told(3, "6bn", purpose="beds", part_of=[1]),
                told(4, "4bn", purpose="hubs", in_addition_to=[1]),
                told(5, "9bn", purpose="roads"),
            ]
        )
    )
    bars = {bar.name.split()[1]: bar for bar in panel.bars}
    places = {name: (int(bar.start / 10**9), int(bar.end / 10**9)) for name, bar in bars.items()}
    assert places == {
        "care": (0, 36),
        "beds": (0, 6),
        "staff": (6, 11),
        "hubs": (36, 40),
        "roads": (0, 9),
    }
    assert [bar.name.split()[1] for bar in panel.bars] == ["care", "beds", "staff", "hubs", "roads"]
    assert (bars["care"].inside, bars["hubs"].beside) == (2, 3)
    assert [str(tick) for tick in panel.ticks] == [f"{n}0000000000" if n else "0" for n in range(5)]


def test_every_currency_has_an_axis_of_its_own_with_its_sign() -> None:
    claims = [told(1, "5bn"), told(2, "7m", currency="EUR")]
    assert [panel.totals.currency for panel in panels(build_pots(claims))] == ["EUR", "GBP"]
    words = {text.text for text in ElementTree.fromstring(pots_svg(build_pots(claims))).iter()}  # noqa: S314 - our own
    assert {"£0", "£1bn", "£5bn", "€0", "€2m", "€8m"} <= words


def test_what_there_is_no_room_for_is_counted() -> None:
    (panel,) = panels(build_pots([told(n, f"{n}m") for n in range(1, MOST_POTS + 11)]))
    assert len(panel.bars) == MOST_POTS + 1
    assert (panel.bars[-1].name, panel.bars[-1].amount) == ("10 smaller pots together", "£55m")
    (panel,) = panels(build_pots(STORES["wide"]))
    assert len(panel.bars) == MOST_PARTS + 1
    assert panel.bars[0].remarks[-1] == "38 more parts not drawn"


def test_a_picture_says_what_it_shows() -> None:
    picture = drawn("one")
    assert picture.get("role") == "img"
    description = picture.findtext(f"{SVG}desc")
    finding = "Adding every headline would give £5bn. Distinct money: £5bn."
    assert description is not None
    assert description.startswith(finding)
    assert finding in [text.text for text in picture.iter(f"{SVG}text")]
    assert "prefers-color-scheme:dark" in (picture.findtext(f"{SVG}style") or "")


@pytest.mark.parametrize(
    ("new", "look"),
    [
        ("new", ("class", "new")),
        ("existing", ("class", "old")),
        (None, ("fill", "url(#pots-open)")),
    ],
)
def test_what_the_texts_say_of_newness_is_told_apart(
    new: NewnessStatus | None, look: tuple[str, str]
) -> None:
    report = build_pots([told(1, "5bn", Told("d1", new=new))])
    (row,) = ElementTree.fromstring(pots_svg(report)).iter(f"{SVG}g")  # noqa: S314 - our own
    first = next(row.iter(f"{SVG}rect"))
    assert first.get(look[0]) == look[1]
