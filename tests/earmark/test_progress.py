"""How far a run is: a bar on a terminal, now and then a line elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from earmark.cli.progress import ProgressBar


def ticking(*seconds: float) -> Iterator[float]:
    yield from seconds


@pytest.mark.parametrize(
    ("seconds", "done", "total", "text"),
    [
        (2.0, 1, 9, "1 of 9  ██░░░░░░░░░░░░░░░░░░  2 s"),
        (2.0, 4, 9, "4 of 9  ████████░░░░░░░░░░░░  2 s · 2.0/s · 2 s left"),
        (
            100.0,
            50,
            9_050,
            "50 of 9,050  ░░░░░░░░░░░░░░░░░░░░  1 min 40 s · 0.5/s · 5 h 0 min left",
        ),
    ],
)
def test_a_bar_with_rate_and_remaining_time(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    seconds: float,
    done: int,
    total: int,
    text: str,
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    clock = ticking(0.0, seconds)
    ProgressBar(shown=True, clock=lambda: next(clock)).draw(done, total)
    assert capsys.readouterr().err == f"\r\x1b[Kreading  {text}"


def test_a_source_that_takes_long_does_not_stop_the_clock(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = ticking(0.0, 4.0, 5.0, 6.0, 9.0, 11.0)
    bar = ProgressBar(shown=False, clock=lambda: next(clock))
    bar.tick()
    bar.tick()  # the first source is still being read
    bar.draw(1, 9)
    bar.tick()
    bar.tick()
    bar.clear()
    bar.tick()  # other lines are being written
    assert capsys.readouterr().err.splitlines() == ["reading: 5 s", "reading: 1 of 9, 11 s"]


def test_where_no_terminal_is_a_line_every_five_seconds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = ticking(0.0, 1.0, 4.9, 5.1, 9.9, 10.2)
    bar = ProgressBar(shown=False, clock=lambda: next(clock))
    for done in range(1, 6):
        bar.draw(done, 9)
    bar.clear()
    assert capsys.readouterr().err.splitlines() == [
        "reading: 3 of 9, 5 s · 0.6/s · 10 s left",
        "reading: 5 of 9, 10 s · 0.5/s · 8 s left",
    ]


def test_a_bar_is_not_drawn_for_every_one_of_many_steps(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = ticking(0.0, 1.0, 1.05, 1.2, 1.25, 1.26)
    bar = ProgressBar(shown=True, clock=lambda: next(clock))
    for done in range(1, 5):
        bar.draw(done, 9)
    bar.clear()
    bar.draw(5, 9)  # after other lines it is there at once
    told = capsys.readouterr().err
    assert [f"{done} of 9" in told for done in range(1, 6)] == [True, False, True, False, True]
