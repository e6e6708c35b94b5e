"""Read one document in this process: bytes to text to mentions.

Importing this module loads the rules. The command line and the store
reach it through `earmark.worker`, in a process with limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from earmark.parallel import extract_in_processes
from earmark.reader import ReadWith
from extract import pipeline as extracting
from extract import when
from extract.rulefiles import rulebook
from extract.syntax import Trained, trained
from ingest.countries import country_code
from ingest.read import read_capture
from records.document import Capture, Document
from records.errors import SettingsError
from records.mention import Amount, Mention, Timeframe


def warm_up(reading: ReadWith) -> None:
    """Load rules and pipeline, so that no document's time is spent on it.

    Raises:
        RuleFileError: A rule file is wrong.
        PipelineError: The trained pipeline cannot be used.
    """
    text = "The pipeline is built now, with £1 or without."
    extracting.extract(text, book=rulebook(reading.rules), trained=_trained(reading))


def derive(capture: Capture, reading: ReadWith | None = None) -> tuple[Document, list[Mention]]:
    """Derive a document and its mentions from its bytes: same bytes and versions, same result.

    The publication day and country that the document knows resolve `next year` and a bare `$`.

    Args:
        capture: The bytes, with what is said of them.
        reading: What the user adds to Earmark's rules; None for nothing.

    Raises:
        IngestError: No reader gets a text out of the bytes.
        ExtractError: A rule file is wrong, or the trained pipeline cannot be used.
    """
    document = read_capture(capture)
    reading = reading or ReadWith()
    mentions = extracting.extract(
        document.text,
        published=document.published,
        country=document.country,
        book=rulebook(reading.rules),
        trained=_trained(reading),
    )
    return document, mentions


def _trained(reading: ReadWith) -> Trained | None:
    return None if reading.pipeline is None else trained(reading.pipeline)


def extract(
    text: str,
    *,
    published: date | str | None = None,
    country: str = "GB",
    rules: str | Path | None = None,
    pipeline: str | Path | None = None,
) -> list[Mention]:
    """Find every money amount in a text, with what the text says about it.

    Args:
        text: Running text; offsets of the result count its code points.
        published: Publication day, a date or an ISO string; None when unknown, and then `next
            year` and its like have no dates.
        country: ISO 3166 alpha-2 code; decides a bare `$` and financial years.
        rules: A folder of rule files of your own, which add to Earmark's rules or take the place of
            those with the same id (docs/rules.md); None for Earmark's alone.
        pipeline: A trained spaCy pipeline that you have installed, a package or a path, to ask
            where rules must guess (docs/rules.md); None for none.

    Returns:
        Mentions in the order of their amounts; `Mention.to_dict()` has the shape of a gold file.

    Raises:
        SettingsError: The text, the day or the code cannot be used.
        RuleFileError: A rule file cannot be used; the message names file, rule and key.
        PipelineError: The pipeline is not installed, or has no tagger or no parser.
    """
    return next(
        extract_many([text], published=published, country=country, rules=rules, pipeline=pipeline)
    )


def extract_many(
    texts: Iterable[str],
    *,
    published: date | str | None = None,
    country: str = "GB",
    rules: str | Path | None = None,
    pipeline: str | Path | None = None,
    jobs: int = 1,
) -> Iterator[list[Mention]]:
    """Stream the mentions of many texts, in their order; see `extract`.

    Args:
        texts: Any number of texts; they are read as the result is.
        published: Publication day of them all.
        country: Country of them all.
        rules: A folder of rule files.
        pipeline: A trained spaCy pipeline.
        jobs: Processes to read them with. With more than one, a script calls this below
            `if __name__ == "__main__":`, as always with processes.
    """
    day, code = _day(published), _country(country)
    reading = ReadWith.checked(rules, pipeline)
    if not isinstance(jobs, int) or isinstance(jobs, bool) or jobs < 1:
        raise SettingsError(f"jobs: {jobs!r} was given; hand in a whole number from 1 on")
    if isinstance(texts, str | bytes) or not isinstance(texts, Iterable):
        raise SettingsError(f"texts: {_kind(texts)} was given; hand in a list or stream of str")
    requests = ((_characters(text), day, code) for text in texts)
    if jobs > 1:
        return extract_in_processes(requests, jobs, reading)
    return extracting.extract_many(requests, rulebook(reading.rules), _trained(reading))


def amounts(text: str, country: str = "GB") -> list[Amount]:
    """Find every money amount in a text, and read nothing else of it.

    Args:
        text: Running text; offsets of the result count its code points.
        country: ISO 3166 alpha-2 code; decides what `$`, `kr`, `Rs` and `cent` mean.

    Returns:
        Amounts in order: exact quote, currency, bounds, whether hedged, and what they are counted
        by. They are those of the mentions that `extract` finds.

    Raises:
        SettingsError: The text or the code cannot be used.
    """
    code = _country(country)
    return extracting.amounts(_characters(text), code)


def timeframes(
    text: str,
    *,
    published: date | str | None = None,
    country: str = "GB",
    rules: str | Path | None = None,
) -> list[Timeframe]:
    """Find every expression of when in a text, whether or not it names money.

    Args:
        text: Running text or a bare expression (`2008 to 2009`).
        published: Publication day, a date or an ISO string; None when unknown, and then `next
            year` and its like have no dates.
        country: ISO 3166 alpha-2 code; decides financial years.
        rules: A folder of rule files, as for `extract`.

    Returns:
        Timeframes in order; dates of announcements, openings and bids are left out.

    Raises:
        SettingsError: The text, the day or the code cannot be used.
    """
    book = rulebook(None if rules is None else str(rules))
    return when.timeframes(_characters(text), _day(published), _country(country), book)


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise SettingsError(
            f"published: {_kind(value)} was given; hand in a date, an ISO string or None"
        )
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise SettingsError(
            f"published: {value!r} is no ISO date; write it as 2021-10-27"
        ) from error


def _country(value: object) -> str:
    if not isinstance(value, str):
        raise SettingsError(f"country: {_kind(value)} was given; hand in a code such as 'GB'")
    code = country_code(value)
    if code is None:
        raise SettingsError(
            f"country: {value!r} is no country code; "
            "use two letters as in ISO 3166: GB (not UK), US, IE"
        )
    return code


def _characters(text: object) -> str:
    """Return the text. A lone surrogate in it is one code point like any other."""
    if not isinstance(text, str):
        decode = "; decode it first" if isinstance(text, bytes) else ""
        raise SettingsError(f"text: {_kind(text)} was given; hand in a str{decode}")
    return text


def _kind(value: object) -> str:
    return "None" if value is None else type(value).__name__
