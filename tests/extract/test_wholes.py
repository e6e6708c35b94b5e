"""Figures that a text breaks a pot down into, and kinds that follow from another figure."""

from __future__ import annotations

import pytest

from extract.pipeline import extract


def relations(text: str) -> dict[str, tuple[str, str] | None]:
    """Return each amount's relation as its type and the other amount's words."""
    return {
        m.amount.span.text: (m.relation.type, m.relation.to.text) if m.relation else None
        for m in extract(text)
    }


def kinds(text: str) -> list[str]:
    """Return the kind of each amount in order."""
    return [mention.kind for mention in extract(text)]


def test_a_sentence_that_begins_with_of_this_breaks_its_pot_down() -> None:
    found = relations(
        "The region will get £38.4m for homes. Of that, the state is giving £21.6m, the county"
        " £12.3m, and the city £2.1m in land, up from £1.1m."
    )
    assert found["£21.6m"] == found["£12.3m"] == ("part_of", "£38.4m")
    assert found["£2.1m"] == ("replaces", "£1.1m")
    assert found["£1.1m"] is None


def test_a_sentence_may_name_its_whole_first() -> None:
    found = relations("Of £48m that is set aside for roads, half - £24m - will mend them.")
    assert found == {"£48m": None, "£24m": ("part_of", "£48m")}


def test_lines_that_begin_with_a_figure_are_a_list_without_bullets() -> None:
    found = relations(
        "Airports will get £57m. The shares are as follows:\n\n£40m to Dunmore for a terminal.\n\n"
        "£14m to Ashby for a road.\n\nMore than £2m is on its way to schools."
    )
    assert found["£40m"] == found["£14m"] == ("part_of", "£57m")
    assert found["£2m"] is None


def test_a_list_of_other_things_has_no_whole() -> None:
    found = relations(
        "Ministers announced £80m for homes.\n\nSchemes that will open this year include:\n\n"
        "- £3m for Dunmore\n- £4m for Ashby"
    )
    assert found["£3m"] is found["£4m"] is None


def test_figures_that_add_up_to_the_pot_before_are_its_parts() -> None:
    found = relations(
        "The act puts £64m into care. It draws £50m from a reserve and £14m from elsewhere."
    )
    assert found["£50m"] == found["£14m"] == ("part_of", "£64m")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Savings include:\n\n- Street lights: £2m\n- Libraries: £1m", ["saving", "saving"]),
        ("The mill was fined £4.7m. It would have been £6m had it not said sorry.", ["cost"] * 2),
        ("Cuts of £3m to parks, £2m to pools and £1m to museums were agreed.", ["saving"] * 3),
        ("Hospice swim ends with £31k\n\nForty swimmers raised £31,260 for it.", ["income"] * 2),
        ("Council tax rises to £1,400 a year and brings in £90m of tax.", ["cost", "income"]),
        ("The £9m it owes falls due as the £4bn company loses a £2m grant.", ["other"] * 2),
    ],
)
def test_a_kind_may_follow_from_another_figure_or_the_lead_in(
    text: str, expected: list[str]
) -> None:
    assert kinds(text)[: len(expected)] == expected


def test_three_figures_that_add_up_to_an_earlier_one_are_its_parts() -> None:
    found = relations(
        "The firm has raised £62m. The bank put in £25m and old backers £22m; the other £15m is"
        " lent."
    )
    assert found["£25m"] == found["£22m"] == found["£15m"] == ("part_of", "£62m")


def test_items_that_add_up_to_a_figure_are_its_parts_whatever_stands_between() -> None:
    found = relations(
        "The line will cost £2.4bn. In 2021 the council was told £1.7bn.\n\nHere is how it breaks"
        " down:\n\n- £1.5bn for track\n- £900m for trains"
    )
    assert found["£1.5bn"] == found["£900m"] == ("part_of", "£2.4bn")


def test_the_rows_of_a_table_are_parts_of_the_total_below_them() -> None:
    found = relations(
        "Proposal | Saving\n\nCare: fewer packages | £7.5m\n\nLibraries | £2.4m\n\nTotal | £9.9m"
    )
    assert found["£7.5m"] == found["£2.4m"] == ("part_of", "£9.9m")
    assert found["£9.9m"] is None


def test_the_rest_is_of_what_the_last_part_was_of() -> None:
    found = relations(
        "The trust won £23m. Two theatres are rebuilt at a cost of £16m. A charity will meet £13m"
        " of this and the hospital the remaining £3m."
    )
    assert found["£13m"] == found["£3m"] == ("part_of", "£16m")
