"""Charts as files: what a timeline draws, and the same picture as SVG and PNG."""

from __future__ import annotations

import re
import sys
from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from starlette.requests import Request
from starlette.testclient import TestClient

from earmark.web.asked import part_of
from earmark.web.timeline_svg import Kind, Line, Moment, timeline_svg
from records.errors import SettingsError

TODAY = date(2024, 6, 1)


def drawn(line: Line) -> str:
    picture = timeline_svg([line], TODAY, inside=True)
    return picture[picture.index("</desc>") if "</desc>" in picture else 0 :]


@pytest.mark.parametrize(
    ("kind", "look"),
    [
        ("first statement", 'class="first"'),
        ("restatement", 'class="again"'),
        ("revision up", 'class="turn"'),
        ("taken away", 'class="gone"'),
    ],
)
def test_a_mark_says_what_a_document_does(kind: Kind, look: str) -> None:
    line = Line("p1 beds", "£5m", (Moment(date(2021, 5, 3), kind, "£5m", 1),), None, None)
    row = drawn(line).split("3 May 2021: ", 1)[1]
    assert row.startswith(f"{kind}, £5m")
    assert look in row


def test_a_larger_sum_has_a_larger_mark() -> None:
    sizes = (0.0, 0.25, 1.0)
    moments = tuple(
        Moment(date(2020 + n, 1, 1), "restatement", "", size) for n, size in enumerate(sizes)
    )
    rows = drawn(Line("p1", "£5m", moments, None, None)).split("<g>")[1:]
    radii = [float(found) for row in rows for found in re.findall(r' r="([\d.]+)"', row)]
    assert radii == sorted(set(radii))
    assert radii[1] * 2 == pytest.approx(radii[0] + radii[2])


def test_money_with_a_last_day_alone_is_due_by_then() -> None:
    said = (Moment(date(2021, 5, 3), "first statement", "£5m", 1),)
    due = drawn(Line("p1", "£5m", said, None, date(2025, 3, 31)))
    years = drawn(Line("p1", "£5m", said, date(2022, 4, 1), date(2025, 3, 31)))
    assert "due by 31 Mar 2025" in due
    assert "due by 31" not in years
    assert years.count('class="years"') == due.count('class="years"') + 1


@pytest.mark.parametrize("name", ["pots", "timeline"])
def test_a_chart_can_be_had_as_svg_and_png(
    story: TestClient, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    page = story.get(f"/{name}?q=kind:funding").text
    for ending in ("svg", "png", "csv"):
        assert re.search(rf'href="/{name}\.{ending}\?[^"]*q=kind', page)
    png = story.get(f"/{name}.png?q=kind:funding")
    assert png.headers["content-type"] == "image/png"
    picture = Image.open(BytesIO(png.content))
    assert picture.width > 1800
    assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 10
    assert story.get(f"/{name}.svg").headers["content-type"] == "image/svg+xml"
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    missing = story.get(f"/{name}.png")
    assert missing.status_code == 501
    assert "pip install &#34;earmark[png]&#34;" in missing.text


@pytest.mark.parametrize(
    ("asked", "rows", "page", "pages"),
    [("", 4, 1, 3), ("page=3", 2, 3, 3), ("page=2", 4, 2, 3)],
    ids=["first", "last", "between"],
)
def test_a_long_table_is_shown_a_page_at_a_time(
    asked: str, rows: int, page: int, pages: int
) -> None:
    request = Request({"type": "http", "query_string": asked.encode()})
    part = part_of(request, range(10), 4)
    assert (len(part.rows), part.page, part.pages) == (rows, page, pages)


@pytest.mark.parametrize("asked", ["page=0", "page=4", "page=x"])
def test_a_page_that_a_table_does_not_have_is_refused(asked: str) -> None:
    request = Request({"type": "http", "query_string": asked.encode()})
    with pytest.raises(SettingsError, match="no number from 1 to 3"):
        part_of(request, range(10), 4)


def test_alarms_are_about_the_claims_that_were_asked_for(story: TestClient) -> None:
    page = story.get("/pots/alarms?q=for:hospitals")
    assert "<code>for:hospitals</code>" in page.text
    assert story.get("/pots/alarms?q=amount:x").status_code == 400
