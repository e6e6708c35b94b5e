"""Tables of PDFs: cells in their places, whatever parts them; and prose that is no table."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

import pytest
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Table, TableStyle

from ingest.read import read_capture
from records.document import Document
from tests.ingest import pdfs
from tests.ingest.tables import captured

CAPTION = "Table 1: Costings (£ million)"
LABEL = ParagraphStyle("label", fontName="Helvetica", fontSize=9, leading=10.8)
GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
DENSE = (
    *(("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)),
    *(("LEFTPADDING", (0, 0), (-1, -1), 1.5), ("RIGHTPADDING", (0, 0), (-1, -1), 1.5)),
)
FIGURES = ["£5m", "12,500", "2024-25", "(12.5)", "2025", "13%", "-", "£1.2bn", "3.5", "1,300"]
Style = tuple[Any, ...]


def aligned(how: str, first: int = 0, last: int = -1) -> Style:
    return ("ALIGN", (1, first), (-1, last), how)


def upright(how: str) -> Style:
    return ("VALIGN", (0, 0), (-1, -1), how)


class Case(NamedTuple):
    """A table, how it is set, and the lines that it should become.

    Attributes:
        rows: Its cells.
        widths: Of its columns, in points.
        lines: Parted by line breaks.
        styles: Each one a way to set it that gives the same lines.
    """

    rows: list[list[Any]]
    widths: list[int]
    lines: str
    styles: dict[str, tuple[Style, ...]]


def label(text: str) -> Paragraph:
    return Paragraph(text, LABEL)


LONG = [
    ["Measure", "2024-25", "2025-26"],
    [label("Extend the freeze of the duty on fuel for one more year"), "1,250", "(30)"],
    [label("Raise the main rate for companies with large profits"), "", "15"],
    [label("Other"), "5", "6"],
]
CAPITALS = [
    ["Measure", "2024-25", "2025-26"],
    [label("Freeze Of The Fuel Duty In The Coming Year"), "1,250", ""],
    [label("Main Rate For Companies With Large Profits"), "7", "15"],
]
CASES = {
    "empty cells, headings, totals, marks": Case(
        [
            ["", "2024-25", "2025-26", "2026-27"],
            ["Transport", "", "", ""],
            ["Roads*", "12.5", "-", "n/a"],
            ["Rail", "", "(3.5)", "-2.0"],
            ["Total transport", "12.5", "(3.5)", "-2.0"],
            ["Health", "", "", ""],
            ["Clinics (a)", "", "", "4.0 [b]"],
            ["Grand total", "12.5", "(3.5)", "2.0"],
        ],
        [150, 50, 50, 50],
        """ | 2024-25 | 2025-26 | 2026-27
Transport
Roads* | 12.5 | - | n/a
Rail |  | (3.5) | -2.0
Total transport | 12.5 | (3.5) | -2.0
Health
Clinics (a) |  |  | 4.0 [b]
Grand total | 12.5 | (3.5) | 2.0""",
        {
            "right": (aligned("RIGHT"),),
            "left": (aligned("LEFT"),),
            "centred": (aligned("CENTER"),),
            "ruled": (aligned("RIGHT"), GRID),
        },
    ),
    "a header over two columns": Case(
        [
            ["", "2024-25", "", "2025-26", ""],
            ["Scheme", "Plan", "Outturn", "Plan", "Outturn"],
            ["Roads", "1.0", "2.0", "3.0", "4.0"],
            ["Rail", "5.0", "", "7.0", "8.0"],
        ],
        [120, 55, 55, 55, 55],
        """ | 2024-25 |  | 2025-26 |
Scheme | Plan | Outturn | Plan | Outturn
Roads | 1.0 | 2.0 | 3.0 | 4.0
Rail | 5.0 |  | 7.0 | 8.0""",
        {
            "centred": (("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0)), aligned("CENTER")),
            "figures to the right": (
                *(("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0))),
                *(aligned("CENTER", 0, 0), aligned("RIGHT", 1)),
            ),
        },
    ),
    "headers over three columns and over all": Case(
        [
            ["", "£ million", "", "", "", "", ""],
            ["", "2024-25", "", "", "2025-26", "", ""],
            ["Scheme", "Plan", "Out", "Diff", "Plan", "Out", "Diff"],
            ["Roads", "1.0", "2.0", "1.0", "3.0", "4.0", "1.0"],
            ["Rail", "5.0", "", "7.0", "8.0", "2.0", ""],
        ],
        [120, 45, 45, 45, 45, 45, 45],
        """ | £ million |  |  |  |  |
 | 2024-25 |  |  | 2025-26 |  |
Scheme | Plan | Out | Diff | Plan | Out | Diff
Roads | 1.0 | 2.0 | 1.0 | 3.0 | 4.0 | 1.0
Rail | 5.0 |  | 7.0 | 8.0 | 2.0 |""",
        {
            "centred": (
                *(("SPAN", (1, 0), (6, 0)), ("SPAN", (1, 1), (3, 1)), ("SPAN", (4, 1), (6, 1))),
                *(aligned("CENTER", 0, 1), aligned("RIGHT", 2)),
            )
        },
    ),
    "headers over two lines": Case(
        [
            ["Scheme", "Outturn\n2023-24", "Plans\n2024-25", "Change on\n2023-24"],
            ["Roads", "10", "12", "2"],
            ["Rail", "", "3", "3"],
        ],
        [120, 60, 60, 60],
        """Scheme | Outturn 2023-24 | Plans 2024-25 | Change on 2023-24
Roads | 10 | 12 | 2
Rail |  | 3 | 3""",
        {"right": (aligned("RIGHT"),), "ruled": (aligned("RIGHT"), GRID)},
    ),
    "labels over several lines": Case(
        LONG,
        [110, 50, 50],
        """Measure | 2024-25 | 2025-26
Extend the freeze of the duty on fuel for one more year | 1,250 | (30)
Raise the main rate for companies with large profits |  | 15
Other | 5 | 6""",
        {
            "figures above": (aligned("RIGHT"), upright("TOP")),
            "figures amid": (aligned("RIGHT"), upright("MIDDLE")),
            "figures below": (aligned("RIGHT"), upright("BOTTOM")),
            "dense": (aligned("RIGHT"), upright("TOP"), *DENSE),
            "dense and ruled": (aligned("RIGHT"), upright("MIDDLE"), *DENSE, GRID),
        },
    ),
    "labels that only rules part": Case(
        CAPITALS,
        [100, 50, 50],
        """Measure | 2024-25 | 2025-26
Freeze Of The Fuel Duty In The Coming Year | 1,250 |
Main Rate For Companies With Large Profits | 7 | 15""",
        {
            how: (aligned("RIGHT"), upright(how), *DENSE, GRID)
            for how in ("TOP", "MIDDLE", "BOTTOM")
        },
    ),
    "columns of words": Case(
        [
            ["No", "Measure", "Department", "2024-25", "Note"],
            ["1", "Roads for all", "Department for Transport", "12.5", "New"],
            ["2", "Beds", "Health", "3.5", ""],
            ["3", "Walls and other sea defences", "Environment", "4.5", "Up to 2030"],
        ],
        [30, 150, 120, 50, 70],
        """No | Measure | Department | 2024-25 | Note
1 | Roads for all | Department for Transport | 12.5 | New
2 | Beds | Health | 3.5 |
3 | Walls and other sea defences | Environment | 4.5 | Up to 2030""",
        {"left": (), "ruled": (GRID,)},
    ),
}
SET = {f"{name}: {style}": (case, style) for name, case in CASES.items() for style in case.styles}


def set_in(case: Case, style: str) -> Table:
    size = [("FONTSIZE", (0, 0), (-1, -1), 9), ("LEADING", (0, 0), (-1, -1), 10.8)]
    return Table(case.rows, colWidths=case.widths, style=TableStyle([*size, *case.styles[style]]))


def read(content: bytes) -> Document:
    return read_capture(captured(content, "report.pdf"))


@pytest.mark.parametrize(("case", "style"), SET.values(), ids=SET)
def test_cells_stand_in_their_columns(case: Case, style: str) -> None:
    first, last = pdfs.prose(2)
    story = [*pdfs.paragraphs([first], pdfs.JUSTIFIED), Paragraph(CAPTION, pdfs.RAGGED)]
    story += [set_in(case, style), *pdfs.paragraphs([last], pdfs.JUSTIFIED)]
    document = read(pdfs.typeset(story))
    assert document.text.split("\n\n") == [first, CAPTION, *case.lines.split("\n"), last]
    for word in document.words:
        assert not document.text[word.start : word.end].count("|")


def test_a_table_in_one_of_two_columns_of_prose() -> None:
    texts = pdfs.prose(20)
    rows = [["£m", "2024-25", "2025-26"], ["Roads", "12", "13"], ["Rail and buses", "", "15"]]
    story = pdfs.paragraphs(texts, pdfs.JUSTIFIED)
    found = read(pdfs.typeset([*story[:3], Table(rows), *story[3:]], 2)).text.split("\n\n")
    assert found[3:6] == ["£m | 2024-25 | 2025-26", "Roads | 12 | 13", "Rail and buses |  | 15"]
    assert " ".join([*found[:3], *found[6:]]) == " ".join(texts)


def test_running_lines_stand_behind_the_rows_that_they_interrupt() -> None:
    rows = [[f"Measure {chr(65 + n % 26)}{chr(65 + n // 26)}", str(100 + n)] for n in range(60)]
    head = [["Measure", "2024-25", "2025-26"]]
    table = Table([*head, *([a, b, b] for a, b in rows)], colWidths=[150, 60, 60], repeatRows=1)
    found = read(pdfs.typeset([table], running=True)).text.split("\n\n")
    lines = [" | ".join([a, b, b]) for a, b in rows]
    begins = next(n for n, line in enumerate(found[2:], 2) if line.startswith("Measure | "))
    assert found[0] == pdfs.HEAD
    assert found[1] == "Measure | 2024-25 | 2025-26" == found[begins]
    assert found[2:begins] + found[begins + 1 : len(rows) + 3] == lines
    assert found[len(rows) + 3 :] == [pdfs.FOOT.format(1), pdfs.HEAD, pdfs.FOOT.format(2)]


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize(
    "style", [pdfs.RAGGED, pdfs.JUSTIFIED, pdfs.INDENTED], ids=lambda style: style.name
)
def test_prose_full_of_figures_is_no_table(columns: int, style: ParagraphStyle) -> None:
    dice = Random(4)  # noqa: S311 - repeatable, not secret
    words = [*pdfs.prose(1)[0].lower().replace(".", "").split()[:40], *FIGURES]
    texts = [
        " ".join(dice.choices(words, k=dice.randint(20, 90))).capitalize() + "." for _ in range(25)
    ]
    found = read(pdfs.typeset(pdfs.paragraphs(texts, style), columns)).text
    assert " ".join(found.split()) == " ".join(texts)
