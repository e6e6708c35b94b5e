"""The Python door to a store: ingest sources, ask for claims, audit what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from earmark.asking import Asking
from earmark.attesting import Attesting
from earmark.cluster import crew_of
from earmark.deciding import Deciding
from earmark.dry import DryStore
from earmark.exporting import Exporting
from earmark.gather import Fetch, Gatherer, Network
from earmark.outcome import IngestOptions, Run
from earmark.picture import picture_of, quote_of
from earmark.pots import pots_of
from earmark.reader import ReadWith
from earmark.readers import Readers
from earmark.redacting import Redacting
from earmark.rederiving import Rederiving
from earmark.run import Ingestion
from earmark.sources import check_arguments, given_by_user, places_of
from earmark.versions import current_versions
from earmark.worker import Worker
from ingest.place import Place
from records.claim import Claim
from records.closing import Closing
from records.errors import SettingsError
from store.pots.model import PotsReport
from store.results import Counts, StoredDocument, StoredRun, Undone
from store.store import Store
from store.versions import Comparison, Version, compare


class EarmarkStore(Asking, Attesting, Deciding, Exporting, Redacting, Rederiving, Closing):
    """Documents, their mentions, and the claims that these state; made by `open_store`.

    A context manager; `close` ends it. Used from one thread.
    """

    def __init__(
        self, store: Store, reading: ReadWith | None = None, fetch: Fetch = "public"
    ) -> None:
        """Stand in front of an open store; `reading` says what to read documents with."""
        self._store = store
        self._reading = reading or ReadWith()
        self._fetch = fetch
        self._worker = Worker(reading=self._reading)

    @property
    def place(self) -> str:
        """The path or URL that the store was opened with."""
        return self._store.place

    def close(self) -> None:
        """Release the store and end the process that reads documents."""
        self._worker.close()
        self._store.close()

    def ingest(
        self,
        sources: str | Path | Place | Sequence[str | Path | Place],
        *,
        metadata: str | Path | None = None,
        published: str | None = None,
        publisher: str | None = None,
        country: str | None = None,
        options: IngestOptions | None = None,
    ) -> Run:
        """Read sources and keep their documents, mentions and claims.

        Each source is one transaction: whatever interrupts the run, a source is in the store
        wholly or not at all, and the same call again goes on where it stopped.

        Args:
            sources: Paths, folders, globs, web addresses, `@` and the path of a list of sources,
                or `-` for standard input; a `Place` for a file or an address under a name of your
                own.
            metadata: A CSV file with columns `path,published,publisher,country,title,url`, any
                subset; it says what documents do not.
            published: Publication day of every source that the table does not date.
            publisher: Likewise.
            country: Likewise, ISO 3166 alpha-2.
            options: How the run goes about its work: processes, an early end, progress.

        Raises:
            SettingsError: The table or a given value cannot be used.
            StoreError: The store cannot be written.
            ReadingProcessError: Documents cannot be read at all, here or by the cluster.
        """
        names = [sources] if isinstance(sources, str | Path | Place) else list(sources)
        check_arguments(published=published, publisher=publisher, country=country)
        given_for = given_by_user(
            metadata, published=published, publisher=publisher, country=country
        )
        options = options or IngestOptions()
        options.check()
        network = Network.of(self._fetch, self._store)
        crew = crew_of(options, self._worker, self._reading)
        with Gatherer(given_for, network) as gatherer, Readers(crew) as readers:
            keeper = DryStore(self._store) if options.dry else self._store
            ingestion = Ingestion(keeper, readers, current_versions(self._reading))
            return ingestion.run(places_of(names), gatherer, options)

    def claim(self, claim_id: str) -> Claim:
        """Return one claim with all its mentions, by its id (`c7`) or that of a mention (`m3`).

        Raises:
            ClaimNotFoundError: The store has no such id.
        """
        return self._store.claim(claim_id)

    def document(self, document_id: str) -> StoredDocument:
        """Return one document with its mentions, by its id (`d2`).

        Raises:
            ClaimNotFoundError: The store has no such id.
        """
        return self._store.document(document_id)

    def page_image(self, mention_id: str) -> bytes:
        """Return the page that a quote stands on as a PNG, a box around each word of the quote.

        Args:
            mention_id: Of a mention (`m3`), or of a claim (`c7`) for the first of its mentions that
                stands on a page.

        Raises:
            ClaimNotFoundError: The store has no such id.
            SettingsError: The document has no pages, or its page cannot be drawn.
        """
        mentions = [
            stored
            for stored in self.claim(mention_id).mentions
            if mention_id.startswith("c") or stored.id == mention_id
        ]
        paged = [stored for stored in mentions if stored.provenance.page is not None]
        if not paged:
            source = mentions[0].provenance.source
            raise SettingsError(
                f"{mention_id}: {source} has no pages; only those of PDFs are drawn"
            )
        origin, span = paged[0].provenance, paged[0].mention.amount.span
        words = quote_of(self.document(origin.document).document, span.start, span.end)
        return picture_of(self._store.capture_of(origin.sha256).content, words[0].page, words)

    def page_picture(self, document_id: str, page: int) -> bytes:
        """Return a page of a document as a PNG, without any boxes.

        Args:
            document_id: Of the document (`d2`).
            page: From 1.

        Raises:
            ClaimNotFoundError: The store has no such id.
            SettingsError: The document has no such page, or it cannot be drawn.
        """
        document = self.document(document_id).document
        if not 1 <= page <= (document.pages or 0):
            raise SettingsError(f"{document_id} has no page {page}: it has {document.pages or 0}")
        return picture_of(self._store.capture_of(document.sha256).content, page, ())

    def versions(self, source: str) -> list[Version]:
        """Return the documents of a source, named as `ingest` printed it, by time of capture.

        Raises:
            ClaimNotFoundError: Nothing was captured under this name.
        """
        return self._store.versions(source)

    def diff(self, source: str) -> list[Comparison]:
        """Say what became of each amount of a source from one capture to the next."""
        return compare(self.versions(source))

    def undo(self, run: str) -> Undone:
        """Take a run back, by its id (`r2`): what it added no longer counts, what it replaced does.

        What another run found too stays. Nothing is deleted; the ledger says what was taken back.

        Raises:
            ClaimNotFoundError: There is no such run.
            StoreError: It has not ended, or was taken back already.
        """
        return self._store.undo(run)

    def runs(self) -> list[StoredRun]:
        """Return every run, in the order in which they were started."""
        return self._store.runs()

    def counts(self) -> Counts:
        """Count what the store holds."""
        return self._store.counts()

    def pots(self, question: str = "", *, as_of: str | None = None) -> PotsReport:
        """Put parts under their wholes and add up distinct money, per currency.

        Args:
            question: Which claims to report on, each with its parts, as for `query`; empty for all.
            as_of: A day, `2021-10-27`: tell what was known on it, from documents published up to
                then. None for all that is in the store.

        Raises:
            QueryError: The question cannot be read; the message points at the place.
            SettingsError: There is no such day.
        """
        return pots_of(self._store, question, as_of)

    def reads_with(self) -> dict[str, str]:
        """Return the versions of all that decides what is read and found now."""
        return current_versions(self._reading)

    def copy_to(self, path_or_url: str | Path) -> None:
        """Copy the store, with the same ids and ledger, to a new file or an empty database.

        All of it is there afterwards, or nothing.

        Raises:
            NotAStoreError: Something is there; it was not touched.
            StoreError: It did not succeed.
        """
        self._store.copy_to(str(path_or_url))


def open_store(
    path_or_url: str | Path,
    *,
    create: bool = True,
    read_only: bool = False,
    rules: str | Path | None = None,
    pipeline: str | Path | None = None,
    fetch: Fetch = "public",
) -> EarmarkStore:
    """Open a store.

    Args:
        path_or_url: A path, or an SQLAlchemy URL (`sqlite:///…`).
        create: Make a new store where there is none.
        read_only: Promise not to write; works on a store that cannot be written.
        rules: A folder of rule files of your own to read documents with, and to audit those that
            were read with it; None for Earmark's rules alone.
        pipeline: A trained spaCy pipeline, a package or a path, to ask where rules must guess;
            None for none.
        fetch: Which web addresses `ingest` may fetch: `public` for those on the internet, `any` for
            those of this machine and of private networks too, `never` for none.

    Raises:
        SettingsError: `fetch` is no such word.
        RuleFileError: A rule file cannot be used; the message names file, rule and key.
        PipelineError: The pipeline is not installed, or has no tagger or no parser.
        StoreError: Its subclasses say what is wrong: no store there, not a store, made by a newer
            Earmark, locked, not writable.
    """
    reading = ReadWith.checked(rules, pipeline)  # refused here, before a store is made
    Network.of(fetch)
    store = Store.open(str(path_or_url), create=create and not read_only, read_only=read_only)
    return EarmarkStore(store, reading, fetch)
