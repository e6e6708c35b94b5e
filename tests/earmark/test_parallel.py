"""Several processes read what one reads, in the same order, and end when nobody listens."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator

import pytest

from earmark import extract_many
from records.errors import SettingsError

TEXTS = [f"The council will spend £{n}m on roads over {n} years." for n in range(2, 60)]


def test_two_processes_find_what_one_finds() -> None:
    texts = TEXTS * 30 + ["", "No money here."] + TEXTS
    assert list(extract_many(texts, jobs=2)) == list(extract_many(texts))


def test_an_error_comes_behind_what_was_read_before_it() -> None:
    stream = extract_many([*TEXTS, b"bytes"], jobs=2)  # type: ignore[list-item]
    found = [next(stream) for _ in TEXTS]
    assert [mentions[0].amount.span.text for mentions in found[:2]] == ["£2m", "£3m"]
    with pytest.raises(SettingsError, match="bytes was given"):
        next(stream)


def test_a_closed_stream_leaves_no_process() -> None:
    def endless() -> Iterator[str]:
        while True:
            yield from TEXTS

    stream = extract_many(endless(), jobs=2)
    assert next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("jobs", [0, -1, 1.5, "2", True])
def test_a_number_of_processes_that_is_none_is_refused(jobs: object) -> None:
    with pytest.raises(SettingsError, match="jobs"):
        extract_many(TEXTS, jobs=jobs)  # type: ignore[arg-type]
