"""Find the documents that a user names: paths, folders, globs, addresses, lists, standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.links import ADDRESS, OTHER_ADDRESS
from ingest.lists import places_in
from ingest.place import STDIN, Place, web_place
from records.errors import FetchError
from records.parts import Unread

# What a folder is searched for. Of other files a folder may hold any number (tables, pictures, a
# store); these here are documents by their name, so each gets its line, if only to say that no
# reader takes it. A file that is named itself, or by a glob, is always read.
READABLE_SUFFIXES = (
    *(".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".docm"),
    *(".eml", ".zip", ".warc", ".warc.gz", ".warc.zst", ".rss", ".atom"),
)
# Tables are read where they are named: in a folder they say what is known of its documents.
NAMED_SUFFIXES = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm")
OTHER_DOCUMENT_SUFFIXES = (
    *(".doc", ".odt", ".rtf", ".epub", ".mht", ".mhtml", ".msg", ".pptx", ".ppt"),
)


def locate(sources: Sequence[str]) -> Iterator[Place | Unread]:
    """Yield every document that the sources name, in the order given, each one once.

    Args:
        sources: Files; folders (searched through all levels, in the order of their names, hidden
            files and folders and links to folders left out); globs (`**` for all levels, links to
            folders left out; files only); web addresses; `@` and the path of a list of sources;
            `-` for standard input.

    Raises:
        SettingsError: A list cannot be read.
    """
    seen: set[str] = set()
    for source in sources:
        for found in _expand(source):
            if isinstance(found, Place):
                key = found.url or STDIN
                if found.path is not None:
                    key = os.path.abspath(found.path)  # noqa: PTH100 - `..` away, links kept
                if key in seen:
                    continue
                seen.add(key)
            yield found


def _expand(source: str) -> Iterator[Place | Unread]:
    if source == STDIN:
        yield Place(STDIN, None)
    elif ADDRESS.match(source):
        yield web_place(source)
    elif source.startswith("@") and not os.path.lexists(source):
        yield from places_in(Path(source[1:]))
    elif os.path.isdir(source):  # noqa: PTH112 - False, where pathlib raises, on a name that no path can have
        yield from _folder(source)
    elif os.path.lexists(source):
        yield _place(source)
    elif OTHER_ADDRESS.match(source):
        yield web_place(source)
    elif glob.has_magic(source):
        files = _matches(source)
        yield from map(_place, files)
        if not files:
            yield _missing(source, "no file matches it; check the pattern, or quote it")
    else:
        yield _missing(source, "there is no such file or folder; check the path")


def _matches(pattern: str) -> list[str]:
    """Return the files that a glob matches, each by one way, in the order of their names."""
    files = [match for match in _globbed(pattern) if not os.path.isdir(match)]  # noqa: PTH112 - see above
    ways: dict[tuple[str, str], str] = {}
    for match in sorted(files, key=lambda match: (match.count(os.sep), match)):
        folder, name = os.path.split(match)
        ways.setdefault((os.path.realpath(folder), name), match)
    return sorted(ways.values())


def _globbed(pattern: str) -> Iterator[str]:
    """Yield what a glob matches; `glob` itself would go round in links that form a circle."""
    parts = pattern.replace("/", os.sep).split(os.sep)  # noqa: PTH206 - keeps `./`
    if "**" not in parts:
        yield from glob.iglob(pattern)  # noqa: PTH207 - pathlib does not take absolute patterns
        return
    deep = parts.index("**")
    head, rest = os.sep.join(parts[:deep]), parts[deep + 1 :] or ["*"]  # noqa: PTH118 - keeps `./`
    tops = glob.glob(head) if head else [os.sep if deep else os.curdir]  # noqa: PTH207 - see above
    for top in tops:
        for folder, folders, _ in os.walk(top):
            folders[:] = [name for name in folders if not name.startswith(".")]
            shown = folder if deep else os.path.relpath(folder)
            start = "" if shown == os.curdir and not deep else glob.escape(shown)
            yield from _globbed(os.path.join(start, *rest))  # noqa: PTH118 - keeps `./`


def _folder(folder: str) -> Iterator[Place | Unread]:
    """Yield a folder's documents in the order of their names, or say that it has none."""
    failed: list[Unread] = []
    found: list[str] = []

    def note(error: OSError) -> None:
        name = _shown(error.filename or folder)
        failed.append(
            _missing(name, f"the folder cannot be read ({error.strerror}); check its permissions")
        )

    for top, folders, files in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            os.path.join(top, name)  # noqa: PTH118 - keeps `./` and the user's own spelling
            for name in files
            if not name.startswith(".")
            and name.lower().endswith(READABLE_SUFFIXES + OTHER_DOCUMENT_SUFFIXES)
        ]
    yield from map(_place, sorted(found, key=lambda path: Path(path).parts))
    yield from sorted(failed, key=lambda missing: missing.source)
    if not found and not failed:
        kinds = ", ".join(READABLE_SUFFIXES)
        yield _missing(
            folder, f"the folder holds no documents ({kinds}); name other files yourself"
        )


def _place(path: str) -> Place:
    return Place(_shown(path), Path(path))


def _missing(name: str, problem: str) -> Unread:
    shown = _shown(name)
    return Unread.of(shown, FetchError(f"{shown}: {problem}"))


def _shown(path: str) -> str:
    """Return a path as text: undecodable bytes of a file name are surrogates until here."""
    return os.fsencode(path).decode("utf-8", "replace")
