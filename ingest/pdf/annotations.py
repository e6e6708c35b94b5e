"""What viewers show on a page beside its content: notes in the text, and fields of forms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pdfminer.pdftypes import resolve1
from pdfminer.psparser import literal_name
from pdfminer.utils import decode_text

from ingest.decode import storable

_HOLDS = {"FreeText": "Contents", "Widget": "V"}  # source: ISO 32000-1, 12.5.6.6 and 12.7.4
_UNSHOWN = 0x02 | 0x20  # flags of what is hidden, and of what only prints
_MOST = 1000


def words_beside(annotations: Any) -> str:
    """Return the words of a page's notes and fields, in one line; empty for none."""
    listed = resolve1(annotations)
    notes = map(resolve1, listed[:_MOST]) if isinstance(listed, list) else ()
    return " ".join(word for note in notes if isinstance(note, dict) for word in _words(note))


def _words(note: dict[str, Any]) -> Iterator[str]:
    holds = _HOLDS.get(str(literal_name(resolve1(note.get("Subtype")))))
    flags = resolve1(note.get("F"))
    if holds is None or (isinstance(flags, int) and flags & _UNSHOWN):
        return
    said = resolve1(note.get(holds))
    if said is None:  # a field may be drawn in several places, and its value stand above them
        above = resolve1(note.get("Parent"))
        said = resolve1(above.get(holds)) if isinstance(above, dict) else None
    if isinstance(said, bytes):
        yield from storable(decode_text(said))[0].split()
