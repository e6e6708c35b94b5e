"""A claim's life in print, a line for each document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from earmark.cli.screen import Screen
from earmark.cli.timeline import print_timeline
from earmark.words.story import excerpt
from records.claim import Claim, Echo
from tests.store.pots.told import Told, told, with_timelines


def printed(capsys: pytest.CaptureFixture[str], *history: Claim) -> list[str]:
    print_timeline(Screen({}), history, {claim.id: claim for claim in history})
    return capsys.readouterr().out.splitlines()


def test_each_line_says_when_what_and_who(capsys: pytest.CaptureFixture[str]) -> None:
    (claim,) = with_timelines(
        told(
            1,
            "5m",
            Told("d1", "2025-03-03"),
            Told("d2", "2025-03-03"),
            Told("d3", "2025-06-09", new="new"),
            Told("d4"),
            part_of=[9],
        ),
        latest=date(2025, 9, 1),
    )
    assert printed(capsys, claim) == [
        "timeline\tc1\twho said it when",
        "3 Mar 2025\tfirst statement (one of several that day) · d1.txt (d1) · “[£5m]”",
        "3 Mar 2025\tfirst statement (one of several that day) · d2.txt (d2) · “[£5m]”",
        "9 Jun 2025\trestatement · though the text says “new” · d3.txt (d3) · “[£5m]”",
        "no date\tnobody can tell what came before · part of c9 · d4.txt (d4) · “[£5m]”",
        "silent\tsince 9 Jun 2025: no later document here states it",
    ]


def test_a_history_is_one_life(capsys: pytest.CaptureFixture[str]) -> None:
    old, new = with_timelines(
        told(1, "250m", Told("d1", "2025-03-03"), Told("d2", "2025-09-01"), replaced_by=[2]),
        told(2, "205m", Told("d2", "2025-09-01"), replaces=[1]),
    )
    heads = [line.split(" · ")[0] for line in printed(capsys, new, old)]
    assert heads == [
        "timeline\tc2\twho said it when",
        "3 Mar 2025\tfirst statement of c1 £250m",
        "1 Sep 2025\trevision down from £250m (c1)",
        "1 Sep 2025\tnamed as what it was of c1 £250m",
    ]


def test_an_echo_is_called_one(capsys: pytest.CaptureFixture[str]) -> None:
    bare = told(1, "5m", Told("d1", "2025-03-03"), Told("d2", "2025-03-04"))
    first, second = bare.mentions
    echo = replace(second.provenance, echo=Echo("d1", "echo", 90, 88, 3))
    (claim,) = with_timelines(replace(bare, mentions=(first, replace(second, provenance=echo))))
    assert printed(capsys, claim)[2].startswith("4 Mar 2025\trestatement · echo of d1 · d2.txt")


def test_an_excerpt_is_cut_at_words() -> None:
    (stored,) = told(1, "5m").mentions
    words = "word " * 40
    long = replace(stored.provenance, before=words, sentence_after=f" {words}")
    shown = excerpt(replace(stored, provenance=long))
    assert shown.startswith("…word ")
    assert shown.endswith(" word…")
    assert 100 < len(shown) < 140
