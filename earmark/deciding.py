"""What people decide: the deciding half of `earmark.api.EarmarkStore`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from earmark.files import write_file
from earmark.settings import login_name
from records.decision import FIELD_WORDS, FIELDS, PAIR_WORDS, Decision
from records.errors import SettingsError
from records.mention import KINDS, NEWNESS_STATUSES, RELATION_TYPES, SPAN_FIELDS
from records.review import ReviewItem, ReviewPart
from store.saying import ReadValue, Saying
from store.store import Store

if TYPE_CHECKING:
    from earmark.review_table import Imported

CHOICES: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "newness": NEWNESS_STATUSES,
    "relation": RELATION_TYPES,
}
"""Fields with fixed words."""


class Deciding:
    """Decisions, which outrank the matcher and are never mixed with what the machine read."""

    _store: Store

    def decide(
        self,
        word: str,
        *names: str,
        field: str | None = None,
        value: str | None = None,
        by: str | None = None,
        reason: str | None = None,
    ) -> Decision:
        """Decide something; claims follow at once, and whenever texts are read again.

        Args:
            word: Of two: `same`, `different` or `part_of` (the first of the second). Of a field of
                one: `accept`, `correct` or `reject`. Of either: `not_sure`.
            names: Ids of mentions (`m3`) or claims (`c7`, for the mention with its number).
            field: `amount`, `kind`, `timeframe`, `purpose`, `excludes`, `recipient`, `funder`,
                `attribution`, `relation` or `newness`; only with the words on a field.
            value: What the field should say; only with `correct`.
            by: Who decides; None for the login name.
            reason: Why.

        Raises:
            SettingsError: An argument cannot be used, does not go with the word, or cannot be read.
            ClaimNotFoundError: The store has no such id.
            DecisionConflictError: It contradicts what was decided; nothing was changed.
        """
        about = None if field is None else (field, value)
        return self._store.decide(saying_of(word, names, about, by or login_name(), reason))

    def decisions(self) -> list[Decision]:
        """Return every decision in the order in which they were made, also those taken back."""
        return self._store.decisions()

    def review(self, *names: str, by: str | None = None) -> list[ReviewItem]:
        """Return what a person should look at, by money at stake times uncertainty.

        Asked are pairs of sums near the matcher's threshold, whether or not it joined them, and
        fields of low confidence. What anybody decided is not asked, nor what this person was not
        sure of.

        Args:
            names: Ids of claims or mentions to ask about; of two, only whether they are the same,
                however sure the matcher is. None for all of the store.
            by: The person; None for the login name.

        Raises:
            ClaimNotFoundError: The store has no such id.
        """
        # Imported here: counts of rules are read for it, which nothing else of a store needs.
        from earmark.reviewing import queue_of  # noqa: PLC0415

        return queue_of(self._store, names, by or login_name())

    def review_in_parts(self, *, by: str | None = None) -> Iterator[ReviewPart]:
        """Yield the queue of the whole store part by part, each worked out when it is asked for.

        What comes first is known soon, however large the store is. A part holds the parts before
        it again, as far as they are still open.

        Args:
            by: The person; None for the login name.
        """
        from earmark.reviewing import queue_in_parts  # noqa: PLC0415 - as for `review`

        return queue_in_parts(self._store, by or login_name())

    def export_review(
        self, target: str | Path, *names: str, by: str | None = None, blind: bool = False
    ) -> int:
        """Write the queue as a table (`.csv`, `.xlsx`) with columns to fill in.

        Args:
            target: The file.
            names: As for `review`.
            by: Likewise.
            blind: Leave out what the machine makes of it.

        Returns:
            How many rows were written.

        Raises:
            SettingsError: The file cannot be written.
            ClaimNotFoundError: The store has no such id.
        """
        from earmark.review_table import export_queue  # noqa: PLC0415 - as for `review`

        return export_queue(Path(target), self.review(*names, by=by), blind=blind)

    def import_review(self, file: str | Path, *, by: str | None = None) -> Imported:
        """Take the answers in a table as decisions: all of them, or none and the conflicts.

        Args:
            file: What `export_review` wrote, filled in.
            by: Who decides, where a row does not say; None for the login name.

        Raises:
            SettingsError: The table cannot be read.
        """
        from earmark.review_table import import_answers  # noqa: PLC0415 - as for `review`

        return import_answers(self._store, Path(file), by or login_name())

    def export_cases(self, target: str | Path) -> int:
        """Write what people decided about fields as examples for rules, a TOML file.

        Returns:
            How many cases were written.

        Raises:
            SettingsError: The file cannot be written.
        """
        from earmark.review_cases import cases_of  # noqa: PLC0415 - as for `review`

        cases = list(cases_of(self._store.all_claims()))
        write_file(Path(target), cases)
        return len(cases) - 1

    def undo_decision(
        self, decision_id: str, *, by: str | None = None, reason: str | None = None
    ) -> Decision:
        """Take a decision back, by its id (`w3`); it stays in the store and holds no more.

        Raises:
            ClaimNotFoundError: There is no such decision.
            StoreError: It was taken back already.
        """
        return self._store.undo_decision(decision_id, by or login_name(), reason)


def saying_of(
    word: str,
    names: Sequence[str],
    about: tuple[str, str | None] | None,
    by: str,
    reason: str | None,
) -> Saying:
    """Check what somebody decides, as far as it can be without a store.

    Args:
        word: As for `Deciding.decide`.
        names: Likewise.
        about: Field and value; None for a pair.
        by: Who.
        reason: Why; blank for nothing.

    Raises:
        SettingsError: The parts do not go together.
    """
    if word not in (*PAIR_WORDS, *FIELD_WORDS):
        known = ", ".join((*PAIR_WORDS, *FIELD_WORDS))
        raise SettingsError(f'"{word}" is no decision; use one of {known}')
    pair = about is None
    if word not in (PAIR_WORDS if pair else (*FIELD_WORDS, "not_sure")):
        ask = "is about a field; name one" if pair else "is about two sums; name no field"
        raise SettingsError(f"{word} {ask}")
    needed = 2 if pair else 1
    if len(names) != needed or len(set(names)) != needed:
        named = ", ".join(names) or "none"
        raise SettingsError(f"{word} is about {needed} different ids; {named} was named")
    if not _line(by):
        raise SettingsError("a decision needs a name; say who decides with --by NAME")
    field, value = about or (None, None)
    if field is not None:
        value = _checked(word, field, value)
    told = _line(reason or "") or None
    return Saying(word, tuple(names), _line(by), told, field, value, _reader(field, value))


def _checked(word: str, field: str, value: str | None) -> str | None:
    if field not in FIELDS:
        raise SettingsError(f'"{field}" is no field; use one of {", ".join(FIELDS)}')
    told = _line(value or "")
    if (word == "correct") != bool(told):
        ask = "needs what it should say" if word == "correct" else "takes no other words"
        raise SettingsError(f"{word} {field} {ask}")
    if not told:
        return None
    if field in CHOICES and told not in CHOICES[field]:
        raise SettingsError(f'"{told}" is no {field}; use one of {", ".join(CHOICES[field])}')
    if field in SPAN_FIELDS and not any(map(str.isalpha, told)):
        raise SettingsError(
            f'"{told}" has no word in it; write the {field} in words (a spreadsheet program may '
            "have made a number or a date of them)"
        )
    return told


def _reader(field: str | None, value: str | None) -> ReadValue | None:
    if value is None or field not in ("amount", "timeframe"):
        return None
    # Imported here: rules are loaded for it, which no other decision needs.
    from earmark import correcting  # noqa: PLC0415

    return correcting.read_amount if field == "amount" else correcting.read_timeframe


def _line(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())
