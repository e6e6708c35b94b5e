"""What a store answers: the reading half of `store.store.Store`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import select

from records.claim import Claim
from records.decision import Decision
from records.document import Capture, FetchedBefore
from store import captures as known
from store import write
from store.answering import Answering
from store.audit.asked import WHOLE, Asked
from store.audit.audit import audit
from store.audit.cross import ALONE, Outside
from store.audit.derive import Derive
from store.audit.report import AuditReport
from store.decide import contradictions
from store.decisions import read_decisions
from store.documents import count_all, id_of, read_all_stored, read_claim, read_stored
from store.engine import Engines
from store.exports.selection import Selection
from store.facets import has_more_than, summary_of
from store.heads import Head, file_of, read_heads
from store.kin import with_kin
from store.ledger import head, head_of
from store.log import LogEntry, read_log
from store.place import Place
from store.provenance import read_claims
from store.query import claim_ids
from store.question import Question
from store.receipts import Receipts, head_since
from store.results import (
    Counts,
    ListedDocument,
    StoredDocument,
    StoredRun,
    Summary,
)
from store.review import Largest, largest
from store.saying import Saying
from store.shelf import list_documents
from store.suggest import known_terms
from store.tables import claims
from store.undo import read_runs
from store.versions import Version, versions_of


class StoreReader(Answering):
    """The questions that a store answers, each on one snapshot.

    Attributes:
        place: What the user named: a path or an address, its password hidden.
        heads_file: Where this machine keeps the heads of the store: see `store.heads`.
    """

    def __init__(self, place: Place, engines: Engines, wait_seconds: float) -> None:
        """Read through `engines`; wait so long for a lock."""
        super().__init__(place, engines, wait_seconds)
        self.heads_file = file_of(place)

    def runs(self) -> list[StoredRun]:
        """Return every run, in the order in which they were started."""
        with self._reading() as connection:
            return read_runs(connection)

    def summary(self, question: Question, most: int | None = None) -> Summary | None:
        """Say what a list comes to, and what its claims are: see `store.facets`."""
        with self._reading() as connection:
            return summary_of(connection, question, most)

    def has_more_than(self, number: int, question: Question) -> bool:
        """Tell whether a question asks for more claims than a number, without counting them all."""
        with self._reading() as connection:
            return has_more_than(connection, number, question)

    def edition(self) -> str:
        """Return a word that is another one after every change to the store."""
        with self._reading() as connection:
            return head(connection)[1].hex()

    def known_terms(self) -> list[str]:
        """Return terms that some claim answers: see `store.suggest`."""
        with self._reading() as connection:
            return known_terms(connection)

    def list_documents(self, limit: int, after: int = 0) -> list[ListedDocument]:
        """Return documents without their texts, by number: see `store.shelf`."""
        with self._reading() as connection:
            return list_documents(connection, limit, after)

    def claim(self, claim_id: str) -> Claim:
        """Return one claim by its id (`c7`), or by that of one of its mentions (`m3`).

        Raises:
            ClaimNotFoundError: The store has no such id.
        """
        with self._reading() as connection:
            return read_claim(connection, claim_id)

    def decisions(self) -> list[Decision]:
        """Return every decision in the order in which they were made, also those taken back."""
        with self._reading() as connection:
            return read_decisions(connection)

    def contradictions(self, sayings: Sequence[tuple[str, Saying]]) -> dict[int, str]:
        """Say which of some named decisions could not be made after those before: see `decide`."""
        with self._reading() as connection:
            return contradictions(connection, sayings)

    def all_claims(self) -> Iterator[Claim]:
        """Yield every claim in the order of their numbers, on one snapshot.

        Do not write before the last one: where there is no write-ahead log, readers are waited for.
        """
        with self._reading() as connection:
            ids = connection.execute(select(claims.c.id).order_by(claims.c.id)).scalars().all()
            yield from read_claims(connection, ids)

    def with_kin(self, question: Question) -> tuple[list[Claim], set[str]]:
        """Return the claims that a question asks for and all that are related to them.

        Returns:
            All of them by their numbers, and the ids of those that were asked for.
        """
        with self._reading() as connection:
            ids = claim_ids(connection, question)
            found = list(read_claims(connection, with_kin(connection, ids)))
        return found, {f"c{one}" for one in ids}

    @contextmanager
    def selection(self, question: Question | None = None) -> Iterator[Selection]:
        """Choose claims to export, on one snapshot; see `store.exports.selection`.

        Do not write while it is open, as for `all_claims`.

        Args:
            question: Parsed; None for all that there is.
        """
        with self._reading() as connection:
            yield Selection(connection, question)

    def largest(self, number: int) -> Largest:
        """Return about so many mentions with the largest amounts: see `store.review`."""
        with self._reading() as connection:
            return largest(connection, number)

    def claims_of(self, among: Largest) -> Iterator[Claim]:
        """Yield the claims that some mentions state, as `all_claims` does."""
        with self._reading() as connection:
            yield from read_claims(connection, among.claims)

    def document(self, document_id: str) -> StoredDocument:
        """Return one document by its id (`d2`).

        Raises:
            ClaimNotFoundError: The store has no such id.
        """
        with self._reading() as connection:
            return read_stored(connection, write.number_of("d", document_id))

    def document_id(self, sha256: str) -> str | None:
        """Return the id of the current document of some bytes; None without one."""
        with self._reading() as connection:
            return id_of(connection, sha256)

    def documents(self) -> Iterator[StoredDocument]:
        """Yield every document in the order of their numbers, on one snapshot.

        Do not write before the last one, as for `all_claims`.
        """
        with self._reading() as connection:
            yield from read_all_stored(connection)

    def counts(self) -> Counts:
        """Count what the store holds."""
        with self._reading() as connection:
            return count_all(connection)

    def capture_of(self, sha256: str) -> Capture:
        """Return stored bytes with what their document was read with, to read them again.

        Raises:
            ClaimNotFoundError: The store has no such bytes.
        """
        with self._reading() as connection:
            return known.stored_capture(connection, sha256)

    def versions(self, source: str) -> list[Version]:
        """Return the documents of one source in the order of its captures; one may come again.

        Args:
            source: Its name: an address, or a path as it was given.

        Raises:
            ClaimNotFoundError: Nothing was captured under this name.
        """
        with self._reading() as connection:
            return versions_of(connection, source)

    def fetched_before(self, url: str) -> FetchedBefore | None:
        """Return how an address was fetched the last time; None for never."""
        with self._reading() as connection:
            return known.fetched_before(connection, url)

    def audit(
        self,
        derive: Derive | None = None,
        versions: Mapping[str, str] | None = None,
        asked: Asked = WHOLE,
        outside: Outside = ALONE,
    ) -> AuditReport:
        """Check what the store says: see `store.audit`. Nothing is written.

        Args:
            derive: Bytes to document and mentions, as the program does it now, for a deep audit;
                None leaves out whether texts and mentions still follow from the bytes.
            versions: The program's, as for `start_run`. Where they differ from those that made a
                document, a difference is a note and no finding. None takes them as equal.
            asked: What to look at, and how closely.
            outside: What else can be asked: sources as they are today, a second opinion. Nothing of
                it is kept.

        Raises:
            SettingsError: What is asked for cannot be meant.
            ClaimNotFoundError: The store has no such record.
        """
        if asked.heads is not None:
            heads, origin = asked.heads, "the head that was given"
        else:
            heads, origin = tuple(read_heads(self.heads_file)), str(self.heads_file)
        asked = replace(asked, heads=heads)
        return audit(self._reading, derive, versions, asked, origin, outside)

    def head(self) -> Head:
        """Return what the ledger is now, to be kept elsewhere."""
        with self._reading() as connection:
            return head_of(connection)

    def head_since(self, before: Head) -> Head:
        """Return what the ledger is now, if it goes on from a head: see `store.receipts`."""
        with self._reading() as connection:
            return head_since(connection, before)

    def log(self, record: str | None, first: int | None, last: int | None) -> Iterator[LogEntry]:
        """Yield what the ledger says, in words, the newest first: see `store.log`."""
        with self._reading() as connection:
            yield from read_log(connection, record, first, last)

    def receipt(self, mention_id: str, head: Head | None = None) -> str:
        """Return the receipt of a mention: see `store.receipts`."""
        number = write.number_of("m", mention_id)
        with self._reading() as connection:
            return Receipts(connection, [number], head).of(number)
