"""Store: the one way to everything that is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Self

from records.check import Check, DraftDay
from records.decision import Decision
from records.document import Capture, Document
from records.mention import Mention
from records.why import Judgement
from store import captures as known
from store import write
from store.audit.report import AuditReport, Finding
from store.captures import CaptureState, Kept
from store.check import check_draft
from store.copying import copy_to
from store.decide import decide, decide_all, undo_decision
from store.engine import WAIT_SECONDS
from store.imports.lines import Line
from store.imports.load import Loaded, load
from store.matching import Matching
from store.opening import open_store
from store.place import place_of
from store.redacting import Redacting
from store.results import Added, Answer, Counts, StoredDocument, Undone
from store.review import Largest, OpenPair, open_pairs
from store.saying import Saying
from store.undo import undo_run
from store.why import judge_ids
from store.write import Sighting
from store.write_document import Read, add_documents, prepare

__all__ = [
    "Added",
    "Answer",
    "AuditReport",
    "CaptureState",
    "Counts",
    "Finding",
    "Kept",
    "Store",
    "StoredDocument",
]


class Store(Redacting):
    """One store. A context manager; close it, or the last connection stays open.

    Everything is written in whole steps: what a method has returned for is kept, whatever happens
    next. Reading is done on one snapshot per call.

    Attributes:
        place: What the user named: a path or an address, its password hidden.
    """

    @classmethod
    def open(
        cls,
        place: str,
        *,
        create: bool = False,
        read_only: bool = False,
        wait_seconds: float = WAIT_SECONDS,
    ) -> Self:
        """Open a store.

        Args:
            place: A path, or an address: `sqlite:///PATH`, `postgresql+psycopg://USER@HOST/DATABASE`.
            create: Make an empty store where there is none.
            read_only: Never write.
            wait_seconds: How long to wait for another process that writes.

        Raises:
            NoStoreError: There is none, and `create` is False.
            NotAStoreError: Something else is there; it was not touched.
            SchemaVersionError: The store was made by a newer Earmark.
            StoreLockedError: Another process was writing all the time.
            StoreReadOnlyError: A store cannot be made there.
            SettingsError: The address is of a kind that Earmark does not know.
        """
        where = place_of(place)
        engines = open_store(where, wait_seconds, create=create, read_only=read_only)
        return cls(where, engines, wait_seconds)

    def start_run(self, versions: Mapping[str, str], adopted_by: str | None = None) -> str:
        """Open a run, and return its id, `r1`.

        Args:
            versions: Of all that decides a result: `earmark`, `rules`, `spacy`, `readers`, …
            adopted_by: Who answers for readings that take the place of others.
        """
        with self._writing() as connection:
            return f"r{write.start_run(connection, versions, adopted_by)}"

    def end_run(
        self, run: str, counts: Mapping[str, int], unchanged: Iterable[Sighting] = ()
    ) -> None:
        """Close a run with what it did.

        Args:
            run: Its id.
            counts: Outcome words to numbers of sources.
            unchanged: Documents that it found as they were, each with the name of an added capture.
                They stay in the store when the run that read them is taken back.
        """
        with self._writing() as connection:
            write.end_run(connection, write.number_of("r", run), counts, unchanged)

    def state_of(self, capture: Capture) -> CaptureState:
        """Tell what the store knows of some bytes, and whether the user now says something else.

        What the user does not say now but said before still holds: leaving it out is no change.
        """
        with self._reading() as connection:
            return known.state_of(connection, capture)

    def add_capture(self, run: str, capture: Capture) -> Capture:
        """Keep bytes, and return the capture to read: see `add_captures`."""
        return self.add_captures(run, [capture])[0].capture

    def add_captures(self, run: str, captures: Sequence[Capture]) -> list[Kept]:
        """Keep the bytes of some captures in one transaction, before anything reads them.

        Known bytes under another name add the name, not the bytes; known bytes under a known name
        with nothing new said of them change nothing.

        Returns:
            For each, in order, what was known of it before, and the capture to read.
        """
        number = write.number_of("r", run)
        with self._writing() as connection:
            return write.add_captures(connection, self._matching.texts, number, captures)

    def add_refusal(self, run: str, capture: Capture, code: str, message: str) -> None:
        """Record that the bytes of an added capture could not be read, and why."""
        with self._writing() as connection:
            write.add_refusal(connection, write.number_of("r", run), capture, code, message)

    def add_document(
        self, run: str, capture: Capture, document: Document, mentions: Sequence[Mention]
    ) -> Added:
        """Add what a reader made of an added capture: see `add_documents`."""
        return self.add_documents(run, [(capture, document, mentions)])[0]

    def add_documents(self, run: str, read: Sequence[Read]) -> list[Added]:
        """Add what a reader made of added captures, in one transaction, or nothing at all.

        The claims come out the same in whatever order documents are added, and however many at
        once. A document of the same bytes that stands in the store already is superseded, and kept;
        its mentions keep their ids where the amount is the same. A reading that is the current one
        already changes nothing.

        Args:
            run: Its id.
            read: Captures, all of different bytes, each with its document and its mentions.

        Raises:
            StoreError: A capture was not added, or a document is of other bytes.
            SpanMismatchError: A quote is not the text at its offsets.
        """
        with self._changing() as connection:
            readings = prepare(connection, read)
            return add_documents(connection, self._matching, write.number_of("r", run), readings)

    def undo(self, run: str) -> Undone:
        """Take a run back: what it alone added no longer counts, what it replaced counts again.

        Nothing is deleted; the ledger says what was taken back. The same bytes can be added again.

        Raises:
            ClaimNotFoundError: There is no such run.
            StoreError: It has not ended, or was taken back already.
        """
        with self._changing() as connection:
            undone = undo_run(connection, self._matching, write.number_of("r", run))
        self._matching.forget()
        return undone

    def decide(self, saying: Saying) -> Decision:
        """Write what a person decides; it outranks the matcher, now and whenever texts come.

        Raises:
            ClaimNotFoundError: The store has no such id.
            DecisionConflictError: It contradicts what was decided; nothing was changed.
        """
        with self._changing() as connection:
            return decide(connection, self._matching, saying)

    def decide_all(self, sayings: Sequence[Saying]) -> list[Decision]:
        """Write several decisions, all of them or none; those made before are not made again.

        Raises:
            ClaimNotFoundError: The store has no such id.
            DecisionConflictError: One cannot hold, and nothing was changed; `place` tells which.
        """
        with self._changing() as connection:
            return decide_all(connection, self._matching, sayings)

    def undo_decision(self, name: str, by: str, reason: str | None = None) -> Decision:
        """Take a decision back, by its id (`w3`); it stays in the store, and holds no more.

        Raises:
            ClaimNotFoundError: There is no such decision.
            StoreError: It was taken back already.
        """
        with self._changing() as connection:
            return undo_decision(connection, self._matching, name, by, reason)

    def open_pairs(self, among: Largest | None = None) -> list[OpenPair]:
        """Return the pairs of sums that a person should look at: see `store.review`."""
        with self._reading() as connection:
            self._matching.heed(connection)
            return list(open_pairs(connection, self._matching, among))

    def load(self, lines: Iterator[Line], sha256: str | None = None) -> Loaded:
        """Import the records of a whole store, all of them or none: see `store.imports`.

        Args:
            lines: Of the file, the heading first.
            sha256: Of the file; None where the records come straight from another store.

        Raises:
            BrokenImportError: The file is not what an export wrote; the message has the line.
            ImportConflictError: The store has other records under the same ids.
        """
        with self._changing() as connection:
            return load(connection, self._matching, lines, sha256)

    @staticmethod
    def import_new(place: str, lines: Iterator[Line], sha256: str | None = None) -> Loaded:
        """Make a store of the records of a whole one; where they cannot be had there is none.

        Args:
            place: As for `open`; nothing may be there.
            lines: As for `load`.
            sha256: Likewise.

        Raises:
            NotAStoreError: Something is there; it was not touched.
            BrokenImportError: The file is not what an export wrote; the message has the line.
        """
        from store.create import create_filled  # noqa: PLC0415 - slow to import, and needed once

        fill = partial(load, matching=Matching(), lines=lines, sha256=sha256)
        return create_filled(place_of(place), fill)

    def check(self, draft: Document, mentions: Sequence[Mention], day: DraftDay) -> Check:
        """Say of each sum of money in a draft whether it was heard: see `store.check`."""
        with self._reading() as connection:
            self._matching.heed(connection)
            return check_draft(connection, self._matching, draft, mentions, day)

    def compare(self, left: str, right: str) -> Judgement:
        """Say why two mentions or claims, by their ids, are one claim or not: see `store.why`."""
        with self._reading() as connection:
            self._matching.heed(connection)
            return judge_ids(connection, self._matching, left, right)

    def copy_to(self, place: str) -> None:
        """Copy everything to another place, of either database: see `store.copying`.

        Args:
            place: As for `open`; nothing may be there.

        Raises:
            NotAStoreError: Something is there; it was not touched.
            StoreError: The copy did not succeed, and nothing of it is there.
        """
        with self._reading() as connection:
            copy_to(connection, self.place, place_of(place))
