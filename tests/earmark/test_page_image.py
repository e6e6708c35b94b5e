"""`earmark show --page-image`: the page of a quote, and its boxes where its words stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

import earmark
from earmark.picture import picture_of
from records.errors import SettingsError
from records.layout import Word
from tests.earmark.bad_files import SENTENCE
from tests.earmark.conftest import Cli
from tests.ingest.pdfs import drawn, lines

TEXT = "The council will spend £5 million on roads."


@pytest.fixture
def store(cli: Cli, tmp_path: Path) -> Path:
    (tmp_path / "report.pdf").write_bytes(drawn(lines("A page before it."), lines(TEXT)))
    (tmp_path / "plain.txt").write_text(SENTENCE, "utf-8")
    assert cli("ingest", "report.pdf", "plain.txt", "--store", "s.earmark.db").status == 0
    return tmp_path


def test_the_words_of_a_quote_are_marked(cli: Cli, store: Path) -> None:
    ended = cli("show", "m1", "--page-image", "page.png")
    assert (ended.status, ended.err) == (0, "")
    assert ended.lines[0].startswith("mention\tm1")
    picture = Image.open(store / "page.png").convert("RGB")
    assert picture.size == (1241, 1754)
    assert cli("show", "c1", "--page-image", "again.png").status == 0
    assert (store / "again.png").read_bytes() == (store / "page.png").read_bytes()
    with earmark.open_store(store / "s.earmark.db", read_only=True) as kept:
        document = kept.document("d1").document
    for word in document.words:
        x0, top, x1, bottom = (round(edge / 1000 * 150 / 72) for edge in word.box)
        middle = [
            picture.getpixel((x, (top + bottom) // 2))
            for x in range((3 * x0 + x1) // 4, (x0 + 3 * x1) // 4)
        ]
        marked = any(red > blue + 50 for red, _, blue in middle)  # type: ignore[misc]
        quoted = document.text[word.start : word.end] in ("£5", "million")
        assert marked == (quoted and word.page == 2), document.text[word.start : word.end]


def test_what_has_no_page_is_said(cli: Cli, store: Path) -> None:
    one = "error: --page-image draws one quote; name one mention (m3) or claim (c7) for it"
    none = "error: m2: plain.txt has no pages; only those of PDFs are drawn [settings]\n"
    for ids, message in (("m2", none), ("d1", one), ("m1 m2", one), ("m9", "error: ")):
        ended = cli("show", *ids.split(), "--page-image", "page.png")
        assert ended.status != 0
        assert ended.err.startswith(message)
        assert not (store / "page.png").exists()


def test_a_page_that_cannot_be_drawn_is_said() -> None:
    with pytest.raises(SettingsError, match="page 3 cannot be drawn; open the PDF itself"):
        picture_of(drawn(lines(TEXT)), 3, [Word(0, 1, 3, (0, 0, 1, 1))])
