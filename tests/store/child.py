"""A process that fills a store and says after each document that it is kept; see test_processes."""

from __future__ import annotations

import sys
from datetime import date

from store.store import Store
from tests.store.factory import VERSIONS, given, mention
from tests.store.stories import Story, story

PURPOSES = ("road repairs", "school kitchens", "flood defences", "library roofs")


def numbered(number: int) -> Story:
    """One of many short articles; every fourth is on the same money as one before."""
    pot = number % 12
    whole, part = f"£{pot + 3}.07m", f"£{pot + 1}.4m"
    purpose = PURPOSES[pot % 4]
    text = (
        f"Item {number}. Wexley council gives {whole} for {purpose}, {part} of it this year. "
        f"Another {number + 1} people a day came to ask."
    )
    mentions = [
        mention(text, whole, f"{pot + 3}070000", purpose=purpose),
        mention(text, part, f"{pot + 1}400000", relation=("part_of", whole)),
    ]
    day = date(2026, 1, 1 + number % 28)
    return story(text, f"{number:03}.txt", given(published=day), mentions)


def main(place: str, first: int, last: int) -> None:
    with Store.open(place, create=True) as store:
        run = store.start_run(VERSIONS)
        for number in range(first, last):
            one = numbered(number)
            if store.state_of(one.capture) != "done":
                one.add(store, run)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()
        store.end_run(run, {"added": last - first})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
