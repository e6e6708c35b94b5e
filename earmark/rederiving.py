"""Read stored documents again with the readers and rules of today, and say what that changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING

from earmark.auditing import Auditing
from earmark.outcome import Fate
from earmark.versions import current_versions
from records.errors import EarmarkError, IngestError, SettingsError
from records.span import Span
from store.results import PlacedMention, StoredDocument
from store.rows import document_row
from store.versions import changes

if TYPE_CHECKING:
    from records.document import Document
    from records.mention import Mention

_SAID_BY_READER = ("reader", "reader_version")


@dataclass(frozen=True, slots=True)
class Rederived:
    """What became of one mention.

    Attributes:
        fate: `kept`, as it was; `moved`, the same words elsewhere in the text; `changed`, another
            amount or other words about it; `gone`; `new`.
        id: Of the mention (`m7`); None for a new one.
        before: As the store has it; None for a new one.
        after: As it is read now; None for one that is gone.
        differing: Fields that changed; empty where none did.
    """

    fate: Fate
    id: str | None
    before: Mention | None
    after: Mention | None
    differing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rereading:
    """What reading one document again gave.

    Attributes:
        document: Its id (`d2`).
        source: A name that it came under.
        mentions: What became of each, in the order of the new text, the gone ones last.
        differing: What else of the document changed: `body`, `title`, `published`, …
        failed: Why it could not be read again; None where it could.
        adopted: Whether the new reading is in the store now, in place of the older one.
    """

    document: str
    source: str
    mentions: tuple[Rederived, ...] = ()
    differing: tuple[str, ...] = ()
    failed: str | None = None
    adopted: bool = False

    @property
    def is_same(self) -> bool:
        """Whether it reads as it did."""
        return not self.differing and all(one.fate == "kept" for one in self.mentions)

    def count(self, fate: Fate) -> int:
        """Return of how many mentions this became."""
        return sum(one.fate == fate for one in self.mentions)


class Rederiving(Auditing):
    """Documents read again; part of `earmark.api.EarmarkStore`."""

    def rederive(
        self, documents: Sequence[str] = (), *, adopt_by: str | None = None
    ) -> Iterator[Rereading]:
        """Read documents again from their kept bytes, and say what became of their mentions.

        Without `adopt_by` nothing is changed. With it, readings that differ take the place of the
        older ones, in one run, which `undo` takes back; the older ones stay in the store, with
        their quotes as provable as before. The ledger has who adopted it.

        Args:
            documents: Their ids; none for all.
            adopt_by: Who answers for the new readings.

        Raises:
            ClaimNotFoundError: The store has no such document.
            SettingsError: `adopt_by` is empty.
        """
        if adopt_by is not None and not adopt_by.strip():
            raise SettingsError("--by is empty; say who answers for the new readings")
        names = list(dict.fromkeys(documents)) or [one.id for one in self._store.documents()]
        for name in names:
            self._store.document(name)  # a wrong id is said before anything is adopted
        run = None
        counts = dict.fromkeys(("updated", "unchanged", "failed"), 0)
        if adopt_by is not None:
            versions = current_versions(self._reading)
            run = self._store.start_run(versions, adopted_by=adopt_by)
        for name in names:
            reread = self._reread(name, run)
            counts["failed" if reread.failed else "updated" if reread.adopted else "unchanged"] += 1
            yield reread
        if run is not None:
            self._store.end_run(run, counts)

    def _reread(self, name: str, run: str | None) -> Rereading:
        older = self._store.document(name)
        source = older.document.source
        try:
            capture = self._store.capture_of(older.document.sha256)
            document, found = self._derive(capture)
        except EarmarkError as error:
            if not isinstance(error, IngestError) and error.code != "id.unknown":
                raise
            return Rereading(name, source, failed=str(error))
        said = Rereading(
            name, source, tuple(fates(older, document, found)), _differing(older.document, document)
        )
        if run is None or said.is_same:
            return said
        self._store.add_document(run, capture, document, found)
        return Rereading(name, source, said.mentions, said.differing, adopted=True)


def fates(
    older: StoredDocument, document: Document, found: Sequence[Mention]
) -> Iterator[Rederived]:
    """Yield what became of each mention of a document that was read again.

    Args:
        older: As it stands in the store.
        document: As it is read now.
        found: Its mentions now.
    """
    placed = tuple(PlacedMention("", "", one) for one in found)
    newer = StoredDocument("", document, placed, "", ())
    for change in changes(older, newer):
        before, after = change.before, change.after
        if before is None or after is None:
            known = before.id if before else None
            fate: Fate = "gone" if before else "new"
            yield Rederived(fate, known, before and before.mention, after and after.mention)
            continue
        old, new = before.mention, after.mention
        sides = {one.name: (getattr(old, one.name), getattr(new, one.name)) for one in fields(old)}
        del sides["confidence"]  # it is not read, but reckoned from the rules
        differing = tuple(
            name for name, (one, other) in sides.items() if _bare(one) != _bare(other)
        )
        stays = all(one == other for one, other in sides.values())
        fate = "changed" if differing else "kept" if stays else "moved"
        yield Rederived(fate, before.id, old, new, differing)


def _bare(value: object) -> object:
    """Return what a field says, wherever it says it."""
    if isinstance(value, Span):
        return value.text
    if is_dataclass(value) and not isinstance(value, type):
        return tuple(_bare(getattr(value, one.name)) for one in fields(value))
    return value


def _differing(older: Document, newer: Document) -> tuple[str, ...]:
    old, new = document_row(older), document_row(newer)
    found = (name for name, value in new.items() if old[name] != value)
    return tuple(name for name in found if name not in (*_SAID_BY_READER, "text_sha256"))
