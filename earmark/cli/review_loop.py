"""Ask one question after the other, a line for each answer, and write every answer at once."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from earmark.cli.review_view import help_line, print_item, print_view, said
from earmark.cli.screen import Screen
from earmark.words.wording import count
from records.errors import EarmarkError, SettingsError

if TYPE_CHECKING:
    from earmark.api import EarmarkStore
    from records.review import ReviewItem, ReviewPart

_PAIR_KEYS = {"s": "same", "d": "different", "p": "part_of", "w": "part_of", "n": "not_sure"}
_FIELD_KEYS = {"a": "accept", "c": "correct", "r": "reject", "n": "not_sure"}
REASON = " -- "
"""Stands between a correction's words and its reason."""


class Reviewer(NamedTuple):
    """Who is asked, and how.

    Attributes:
        by: The person's name.
        blind: The machine's view is hidden until a question is answered.
    """

    by: str
    blind: bool


class Review:
    """One sitting over a queue."""

    def __init__(
        self,
        screen: Screen,
        store: EarmarkStore,
        parts: Iterable[ReviewPart],
        who: Reviewer,
    ) -> None:
        """Ask `who` each question of `parts` once; a part is taken when it is needed."""
        self._screen, self._store, self._who = screen, store, who
        self._parts = iter(parts)
        self._items: list[ReviewItem] = []
        self._more = True
        self._done: list[tuple[int, str]] = []

    def run(self) -> bool:
        """Ask until the queue or the answers end; every answer is stored before the next question.

        Returns:
            False when it was interrupted.
        """
        place = 0
        try:
            while self._has(place):
                item = self._items[place]
                total = f"{place + 1} of {self._number()}"
                print_item(self._screen, item, total, blind=self._who.blind)
                step = self._answered(place, item)
                if step is None:
                    break
                place = step
        except KeyboardInterrupt:
            self._close()
            return False
        self._close()
        return True

    def _has(self, place: int) -> bool:
        while self._more and place >= len(self._items):
            part = next(self._parts, None)
            known = {one.id for one in self._items}
            self._items += [one for one in part.items if one.id not in known] if part else []
            self._more = part is not None and part.more
        return place < len(self._items)

    def _number(self) -> str:
        return f"{len(self._items)}{' or more' if self._more else ''}"

    def _close(self) -> None:
        if not self._items:
            self._screen.note("nothing is open; what was decided: earmark decisions")
            return
        left = len(self._items) - len(self._done)
        more = " or more" if self._more else ""
        self._screen.note(
            f"{count(len(self._done), 'answer')} kept, {count(left, 'question')}{more} left"
            + ("; the same command goes on" if left or more else "")
        )

    def _answered(self, place: int, item: ReviewItem) -> int | None:
        """Read answers until one settles the question; the place to go on at, None for the end."""
        while True:
            line = self._read(help_line(item, blind=self._who.blind))
            if line is None or line == "q":
                return None
            if line == "u":
                if self._done:
                    return self._undone()
                self._screen.note("nothing to undo in this sitting; else: earmark undo w3")
                continue
            try:
                self._decide(place, item, line)
            except SettingsError as error:
                self._screen.note(f"{error} ({help_line(item, blind=self._who.blind)})")
            except EarmarkError as error:
                self._screen.error(str(error), error.code)
            else:
                return place + 1

    def _read(self, keys: str) -> str | None:
        if sys.stdin.isatty():
            self._screen.note(keys)
        line = read_line()
        return line.strip() if line else None

    def _undone(self) -> int:
        place, name = self._done.pop()
        decision = self._store.undo_decision(name, by=self._who.by)
        self._screen.labelled("undone", said(decision))
        return place

    def _decide(self, place: int, item: ReviewItem, line: str) -> None:
        key, _, rest = line.partition(" ")
        keys = _PAIR_KEYS if item.field is None else _FIELD_KEYS
        if key not in keys or (self._who.blind and item.field and key == "a"):
            raise SettingsError(f'"{line[:20]}" is no answer')
        word, names = keys[key], [one.id for one in item.mentions]
        value, reason = (None, rest.strip()) if key != "c" else _words(rest)
        if self._who.blind and value is not None and _alike(value, item.value):
            word, value = "accept", None
        decision = self._store.decide(
            word,
            *(reversed(names) if key == "w" else names),
            field=item.field,
            value=value,
            by=self._who.by,
            reason=reason,
        )
        self._done.append((place, decision.id))
        self._screen.labelled("decided", said(decision))
        if self._who.blind:
            print_view(self._screen, item)


def read_line() -> str:
    """Return the next line of standard input; empty at its end."""
    return sys.stdin.readline()


def _words(rest: str) -> tuple[str, str]:
    words, _, reason = rest.partition(REASON)
    return words.strip(), reason.strip()


def _alike(one: str, other: str | None) -> bool:
    return other is not None and one.casefold().split() == other.casefold().split()
