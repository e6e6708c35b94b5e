"""The error tree. Every message says what happened, where, and what to do.

EarmarkError
├── IngestError
│   ├── FetchError               the bytes could not be had
│   ├── UnsupportedFormatError   the bytes are of a kind that no reader takes
│   ├── UnreadableDocumentError  a reader took the bytes and found no text
│   ├── LimitExceededError       reading or extraction hit its limit of size, time or memory
│   ├── ReadingProcessError      the process that reads documents died or did not start
│   └── RedactedError            the bytes were erased from the store, and are not read again
├── ExtractError
│   ├── RuleFileError            a rule file is wrong
│   ├── PipelineError            a trained spaCy pipeline cannot be used
│   ├── SpanMismatchError        a quote is not the text at its offsets
│   └── CalendarError            a day that does not exist
├── StoreError
│   ├── NoStoreError             there is no store at that place
│   ├── NotAStoreError           the file is not an Earmark store
│   ├── SchemaVersionError       the store has another schema than the program
│   ├── StoreLockedError         another process is writing
│   ├── StoreReadOnlyError       the place cannot be written
│   ├── StoreGoneError           the database server cannot be reached
│   ├── QuestionTooSlowError     a question took longer than its asker waits
│   ├── ClaimNotFoundError       no record of that id
│   ├── DecisionConflictError    people's decisions contradict each other
│   ├── BrokenImportError        a file to import is not what an export wrote
│   └── ImportConflictError      the store has other records than a file to import
├── QueryError                   a question that cannot be read
│   └── CursorError              a cursor that is none, or of another question or order
└── SettingsError                a setting or a given value that cannot be used
    └── ExtraMissingError        an optional library is not installed

`code` is the stable word that the command line prints in brackets and the API returns. Messages may
change in any release, codes may not.
"""

from __future__ import annotations

from typing import ClassVar


class EarmarkError(Exception):
    """Anything that Earmark says went wrong.

    Attributes:
        code: Stable word for programs, as `pdf.locked`.
        exit_status: What the command line ends with when this error ends it: 1 could not do it,
            2 wrong usage, 5 store problem.
    """

    code: ClassVar[str] = "internal"
    exit_status: ClassVar[int] = 1


class IngestError(EarmarkError):
    """A source could not be made a document."""

    code: ClassVar[str] = "source"


class FetchError(IngestError):
    """The bytes of a source could not be had."""

    code: ClassVar[str] = "source.missing"


class UnsupportedFormatError(IngestError):
    """No reader takes bytes of this kind."""

    code: ClassVar[str] = "source.format"


class UnreadableDocumentError(IngestError):
    """A reader took the bytes and found no text that it can stand for."""

    code: ClassVar[str] = "source.unreadable"


class LimitExceededError(IngestError):
    """A document needed more size, time or memory than one document may."""

    code: ClassVar[str] = "source.limit"


class ReadingProcessError(IngestError):
    """The process that reads documents died over one of them, or did not start."""

    code: ClassVar[str] = "source.crash"


class RedactedError(IngestError):
    """The bytes were erased from the store by a redaction, and are not read again."""

    code: ClassVar[str] = "source.redacted"


class ExtractError(EarmarkError):
    """Mentions could not be found in a text."""

    code: ClassVar[str] = "extract"


class RuleFileError(ExtractError):
    """A rule file names an unknown key, a broken pattern or a failing example."""

    code: ClassVar[str] = "rules.file"


class PipelineError(ExtractError):
    """A trained spaCy pipeline is not installed, cannot be loaded, or lacks a tagger or parser."""

    code: ClassVar[str] = "pipeline"


class SpanMismatchError(ExtractError):
    """A quote is not exactly the text at its offsets."""

    code: ClassVar[str] = "span.mismatch"


class CalendarError(ExtractError):
    """A text names a day that does not exist (31 June)."""

    code: ClassVar[str] = "date.impossible"


class StoreError(EarmarkError):
    """The store could not do what was asked."""

    code: ClassVar[str] = "store"
    exit_status: ClassVar[int] = 5


class NoStoreError(StoreError):
    """There is no store at that place."""

    code: ClassVar[str] = "store.none"


class NotAStoreError(StoreError):
    """The file is there and is not an Earmark store."""

    code: ClassVar[str] = "store.foreign"


class SchemaVersionError(StoreError):
    """The store was made by a newer Earmark, or by an older one and not upgraded yet."""

    code: ClassVar[str] = "store.newer"


class StoreLockedError(StoreError):
    """Another process is writing the store."""

    code: ClassVar[str] = "store.locked"


class StoreReadOnlyError(StoreError):
    """The store, or the folder it lies in, cannot be written."""

    code: ClassVar[str] = "store.read-only"


class StoreGoneError(StoreError):
    """The server that keeps the store cannot be reached, or went away."""

    code: ClassVar[str] = "store.gone"


class QuestionTooSlowError(StoreError):
    """A question took longer than whoever asks would wait; the store is as it was."""

    code: ClassVar[str] = "question.slow"


class ClaimNotFoundError(StoreError):
    """No record of that id stands in the store."""

    code: ClassVar[str] = "id.unknown"
    exit_status: ClassVar[int] = 1


class DecisionConflictError(StoreError):
    """A decision contradicts others: not all of them can hold.

    Attributes:
        place: Which of several it is, where several are made at once; None for a single one.
    """

    code: ClassVar[str] = "decision.conflict"
    exit_status: ClassVar[int] = 1
    place: int | None = None


class BrokenImportError(StoreError):
    """A file to import is not what an export wrote; nothing was imported."""

    code: ClassVar[str] = "import.broken"
    exit_status: ClassVar[int] = 1


class ImportConflictError(StoreError):
    """The store has other records under the ids of a file to import; nothing was imported."""

    code: ClassVar[str] = "import.conflict"
    exit_status: ClassVar[int] = 1


class QueryError(EarmarkError):
    """A question that cannot be read; the message points at the place."""

    code: ClassVar[str] = "query.syntax"
    exit_status: ClassVar[int] = 2


class CursorError(QueryError):
    """A cursor that is none, or of another question or order."""

    code: ClassVar[str] = "query.cursor"


class SettingsError(EarmarkError):
    """A setting, or a value that the user gave, cannot be used."""

    code: ClassVar[str] = "settings"
    exit_status: ClassVar[int] = 2


class ExtraMissingError(SettingsError):
    """What was asked for needs an optional library that is not installed."""

    code: ClassVar[str] = "extra.missing"
    exit_status: ClassVar[int] = 1
