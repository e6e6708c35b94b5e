"""The review queue to a table, and the answers in a table to decisions: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from earmark.deciding import saying_of
from earmark.review_sheet import Cells, Line, read_sheet, write_sheet
from earmark.tracing import field_words
from records.claim import StoredMention
from records.decision import FIELDS
from records.errors import DecisionConflictError, EarmarkError, SettingsError
from records.money import display_bounds
from records.review import ReviewItem, item_id
from store.saying import Saying
from store.store import Store


class Conflict(NamedTuple):
    """Why an answer cannot be taken.

    Attributes:
        line: Line of the table, the header being line 1.
        id: As the row has it.
        why: In words.
    """

    line: int
    id: str
    why: str


class Imported(NamedTuple):
    """What became of a table.

    Attributes:
        decisions: Local ids of the decisions that were made; none where anything is in conflict.
        known: How many answers had been decided by the same person before, word for word.
        blank: How many rows have no answer.
        conflicts: What stands against it; where there is any, nothing was changed.
    """

    decisions: tuple[str, ...]
    known: int
    blank: int
    conflicts: tuple[Conflict, ...]


def export_queue(target: Path, items: Iterable[ReviewItem], *, blind: bool) -> int:
    """Write a queue as a table with columns to fill in; return the number of its rows.

    Raises:
        SettingsError: The file cannot be written.
    """
    return write_sheet(target, (_cells(item, blind=blind) for item in items))


def import_answers(store: Store, file: Path, by: str) -> Imported:
    """Take the answers of a table as decisions, all of them or none.

    Args:
        store: Where to.
        file: What `export_queue` wrote, filled in.
        by: Who decides, where a row does not say.

    Raises:
        SettingsError: The table cannot be read.
    """
    answers: list[tuple[Line, Saying]] = []
    conflicts: list[Conflict] = []
    blank = 0
    for line in read_sheet(file):
        if not line.cells.get("decision"):
            blank += 1
            continue
        try:
            answers.append((line, _saying(store, line, by)))
        except EarmarkError as error:
            conflicts.append(Conflict(line.number, line.cells.get("id", ""), str(error)))
    found = store.contradictions([(f"row {line.number}", saying) for line, saying in answers])
    for place, why in found.items():
        line = answers[place][0]
        conflicts.append(Conflict(line.number, line.cells["id"], why))
    if conflicts:
        return Imported((), 0, blank, tuple(sorted(conflicts)))
    before = {one.id for one in store.decisions()}
    try:
        made = store.decide_all([saying for _, saying in answers])
    except DecisionConflictError as error:
        line = answers[error.place or 0][0]
        return Imported((), 0, blank, (Conflict(line.number, line.cells["id"], str(error)),))
    new = tuple(dict.fromkeys(one.id for one in made if one.id not in before))
    return Imported(new, len(made) - len(new), blank, ())


def _cells(item: ReviewItem, *, blind: bool) -> Cells:
    cells = {
        "id": item.id,
        "question": "is the field right?" if item.field else "the same money?",
        "at_stake": display_bounds(item.stake, item.stake, item.currency) if item.stake else "",
        "field": item.field or "",
        "machine_says": "" if blind else item.value or "",
        "machine_view": "" if blind else "; ".join(_view(item)),
    }
    for number, stored in enumerate(item.mentions, 1):
        origin, words = stored.provenance, stored.mention.amount.span.text
        cells[f"mention_{number}"] = stored.id
        quote = f"{origin.before}[{words}]{origin.sentence_after}"
        cells[f"quote_{number}"] = " ".join(quote.split())
        day = f", {origin.published}" if origin.published else ""
        cells[f"source_{number}"] = f"{origin.source}{day}"
    return cells


def _view(item: ReviewItem) -> Iterator[str]:
    if item.field is not None:
        yield f"right {(item.confidence or 0) * 100:.0f} in 100"
        return
    yield "one claim now" if item.linked else "two claims now"
    yield from (f"{one.weight / 100:+.2f} {one.text}" for one in item.reasons)


def _saying(store: Store, line: Line, by: str) -> Saying:
    """Return what a row decides.

    Raises:
        EarmarkError: The row cannot be used; the message says why.
    """
    if line.problem:
        raise SettingsError(line.problem)
    cells = line.cells
    word = "_".join(cells["decision"].lower().replace("_", " ").replace("-", " ").split())
    field = cells.get("field", "").lower() or None
    if field is not None and field not in FIELDS:
        raise SettingsError(f'"{field}" is no field; leave that column as it was exported')
    names = [name for name in (cells.get("mention_1"), cells.get("mention_2")) if name]
    mentions = tuple(_mention(store, name) for name in names)
    value = field_words(mentions[0], field) if field and mentions else None
    if item_id(mentions, field, value) != cells["id"]:
        about_what, asked = " and ".join(names) or "nothing", cells["id"] or "no id"
        raise SettingsError(
            f"{asked} is not the question about {about_what}: the row was changed, "
            "the file is of another store, or the text is read otherwise by now; export it again"
        )
    about = (field, cells.get("value") or None) if field else None
    if cells.get("value") and word != "correct":
        raise SettingsError(f'{word} takes no value; write "correct", or empty the cell')
    return saying_of(word, names, about, cells.get("by") or by, cells.get("reason"))


def _mention(store: Store, name: str) -> StoredMention:
    claim = store.claim(name)
    found = next((one for one in claim.mentions if one.id == name), None)
    if found is None:
        raise SettingsError(f"{name} is no mention; leave that column as it was exported")
    return found
