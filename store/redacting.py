"""Redaction: the erasing part of `store.store.Store`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from records.errors import SettingsError, StoreError, StoreLockedError
from store.faults import at_the_door
from store.pieces import pieces_of, still_said
from store.place import FilePlace, place_of
from store.redact import Order, redact
from store.redact_plan import RedactionPlan, plan
from store.redactions import Redaction, read_redactions
from store.scrub import OUT_OF_REACH, files_of, look_in_files, scrub_file, scrub_server
from store.writer import StoreWriter

_CODE = re.compile(r"[a-z][a-z0-9-]{0,39}")
_SIDES = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Redacted:
    """What a redaction did.

    Attributes:
        redactions: One for each document's bytes, those from before too.
        unsupported: Claims that lost their last mention now.
        pieces: How many pieces of what was erased were looked for afterwards.
        elsewhere: Tables whose rows still hold words of it, each with how many pieces: another
            document says the same.
        beside: Files beside the store that still hold pieces, as a backup does.
        out_of_reach: What could not be looked at, in words.
    """

    redactions: tuple[Redaction, ...]
    unsupported: tuple[str, ...]
    pieces: int
    elsewhere: dict[str, int]
    beside: tuple[str, ...]
    out_of_reach: tuple[str, ...]


def check_order(reason: str, by: str) -> None:
    """Refuse what cannot stand in the ledger for good.

    Raises:
        SettingsError: The reason is no code, or nobody is named.
    """
    if not _CODE.fullmatch(reason):
        raise SettingsError(
            f"--reason {reason[:40]!r} is no code: small letters, digits and hyphens, as "
            "erasure-request, court-order, licence, mistake. It stays in the ledger for good, so "
            "it must not hold words of the document"
        )
    if not by.strip():
        raise SettingsError("--by is empty; say on whose authority this is erased")


class Redacting(StoreWriter):
    """Erases documents, and clears the files of the database of them."""

    def plan_redaction(self, names: Sequence[str]) -> RedactionPlan:
        """Say what redacting some documents (`d2`) would erase; nothing is written.

        Raises:
            ClaimNotFoundError: The store has no such document.
        """
        with self._reading() as connection:
            return plan(connection, names)

    def redact(
        self, names: Sequence[str], reason: str, by: str, *, keep_figures: bool = False
    ) -> Redacted:
        """Erase documents, all their readings, and all that was said about them.

        One transaction, with its entry in the ledger; then the database's files are cleared of what
        was there, and searched. Documents that were redacted before are cleared away again.

        Args:
            names: Ids of documents (`d2`) or earlier redactions (`x1`), names of unread bytes.
            reason: A code: small letters, digits and hyphens.
            by: On whose authority.
            keep_figures: Keep amounts, kinds and periods, without words.

        Raises:
            SettingsError: The reason or the name cannot be used.
            ClaimNotFoundError: The store has no such document.
            StoreLockedError: They are erased, and other programs held the files; call again.
            StoreError: Pieces of what was erased are still in the files.
        """
        check_order(reason, by)
        with self._changing() as connection:
            planned = plan(connection, names)
            chosen = [target.content for target in planned.targets]
            pieces = pieces_of(connection, chosen)
            made: dict[int, int] = {}
            if chosen:
                made = redact(connection, self._matching, chosen, Order(reason, by, keep_figures))
        self._matching.forget()
        numbers = {*made.values(), *(one.id for one in planned.done)}
        with self._reading() as connection:
            done = tuple(one for one in read_redactions(connection) if one.id in numbers)
        beside, elsewhere = self._scrub(pieces, [name for one in done for name in one.names])
        return Redacted(
            redactions=done,
            unsupported=tuple(
                claim for one in done if one.id in made.values() for claim in one.unsupported
            ),
            pieces=len(pieces),
            elsewhere=elsewhere,
            beside=beside,
            out_of_reach=OUT_OF_REACH["sqlite" if self._path() else "postgresql"],
        )

    def _scrub(
        self, pieces: Sequence[bytes], names: Sequence[str]
    ) -> tuple[tuple[str, ...], dict[str, int]]:
        """Clear the files; return those beside that hold pieces, and tables that rightly do.

        `names` are those that the redactions can be asked for by, now that the words are gone.
        """
        path = self._path()
        assert self._engines.writer is not None  # noqa: S101 - written to just now; narrows
        try:
            with at_the_door(self.place, self._wait_seconds):
                if path:
                    scrub_file(self._engines.writer, self._wait_seconds)
                else:
                    scrub_server(self._engines.writer)
        except StoreLockedError as error:
            raise StoreLockedError(
                f"{self.place}: the words are erased, but the files still hold them, for other "
                f"programs kept them in use. Close those and redact {' '.join(names)} again, by "
                "the same command."
            ) from error
        there = look_in_files(files_of(path), pieces) if path else []
        own = {f"{path}{side}" for side in _SIDES}
        inside = pieces if path is None else {piece for piece, name in there if name in own}
        with self._reading() as connection:
            held = still_said(connection, inside)
        left = sorted({name for piece, name in there if name in own and piece not in held})
        if left:
            raise StoreError(
                f"pieces of what was erased still stand in {', '.join(left)}; it was not cleared "
                f"away. Redact {' '.join(names)} again, and report it if this stays."
            )
        tables = {table: [*held.values()].count(table) for table in sorted({*held.values()})}
        return tuple(sorted({name for _, name in there if name not in own})), tables

    def _path(self) -> Path | None:
        where = place_of(self.place)
        return where.path if isinstance(where, FilePlace) else None
