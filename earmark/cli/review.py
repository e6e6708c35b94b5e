"""`earmark review`: what a person should look at, asked one by one or in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from earmark.cli import status
from earmark.cli.options import (
    ByOption,
    JsonOption,
    StoreOption,
    deciding_name,
    open_for_reading,
    open_for_writing,
    session_of,
)
from earmark.cli.review_loop import Review, Reviewer
from earmark.cli.screen import Screen
from earmark.words.review_words import item_data
from earmark.words.wording import count
from records.errors import DecisionConflictError, SettingsError
from records.review import ReviewPart

if TYPE_CHECKING:
    from earmark.api import EarmarkStore
    from earmark.review_table import Imported

BlindOption = Annotated[
    bool, typer.Option("--blind", help="Hide what the machine makes of it until you have decided.")
]

_FILL_IN = (
    "in the column decision write same, different, part_of or not_sure; of a field accept, reject, "
    "or correct, and what it should be in the column value"
)

ExportOption = Annotated[
    Path | None,
    typer.Option(
        "--export",
        metavar="FILE",
        help="Write the questions as a table, .csv or .xlsx, to fill in.",
    ),
]
ImportOption = Annotated[
    Path | None,
    typer.Option(
        "--import",
        metavar="FILE",
        help="Take the answers of such a table, all of them, or none and say why.",
    ),
]
CasesOption = Annotated[
    Path | None,
    typer.Option(
        "--export-cases",
        metavar="FILE.toml",
        help="Write what was decided about fields as examples for rules.",
    ),
]

EXAMPLES = """\b
Examples:
  earmark review --by anna           one question after the other, what matters most first
  earmark review c31                 only what is open about this claim
  earmark review m3 m7               only whether these two are the same money
  earmark review --by anna --blind   without the machine's view
  earmark review --export open.xlsx  the same in a spreadsheet, and back:
  earmark review --import open.xlsx --by anna
"""


def command(  # noqa: PLR0913 - Typer reads one parameter per option
    context: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", hidden=True)] = None,
    *,
    by: ByOption = None,
    blind: BlindOption = False,
    export: ExportOption = None,
    import_: ImportOption = None,
    export_cases: CasesOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> int:
    """Look at what is open: pairs of sums that could be one, and fields of low confidence.

    What has most money at stake times uncertainty comes first. Each answer is one line, stored
    before the next question; what was answered is not asked again, so the same command goes on.
    """
    screen = session_of(context).screen()
    if sum((export is not None, import_ is not None, export_cases is not None, as_json)) > 1:
        raise SettingsError("use one of --export, --import, --export-cases and --json")
    if export_cases is not None:
        with open_for_reading(store) as kept:
            written = kept.export_cases(export_cases)
        screen.note(f"{count(written, 'case')} written to {export_cases}")
        return status.DONE
    with open_for_writing(store) as kept:
        who = Reviewer(deciding_name(screen, by), blind)
        if export is not None:
            rows = kept.export_review(export, *(ids or ()), by=who.by, blind=blind)
            screen.note(f"{count(rows, 'question')} written to {export}; {_FILL_IN}")
            return status.DONE
        if import_ is not None:
            return _import(screen, kept.import_review(import_, by=who.by), import_)
        if as_json:
            items = kept.review(*(ids or ()), by=who.by)
            screen.json([item_data(item, blind=blind) for item in items])
            return status.DONE
        done = Review(screen, kept, _parts(kept, ids or (), who.by), who).run()
    return status.DONE if done else status.INTERRUPTED


def _parts(kept: EarmarkStore, ids: Sequence[str], by: str) -> Iterable[ReviewPart]:
    if ids:
        return [ReviewPart(tuple(kept.review(*ids, by=by)), more=False)]
    return kept.review_in_parts(by=by)


def _import(screen: Screen, result: Imported, file: Path) -> int:
    for one in result.conflicts:
        screen.fields(["conflict", str(one.line), one.id, one.why])
    if result.conflicts:
        screen.error(
            f"{file}: nothing was imported: {count(len(result.conflicts), 'row')} cannot be taken; "
            "mend what is listed, or empty its decision, and import the file again",
            DecisionConflictError.code,
        )
        return status.FAILED
    screen.note(
        f"{count(len(result.decisions), 'decision')} made, {result.known} known before, "
        f"{count(result.blank, 'row')} without one"
    )
    return status.DONE
