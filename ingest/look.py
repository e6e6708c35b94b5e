"""The bytes of a document, looked at once: what its format is told from."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ingest.archive import names_in
from ingest.decode import bom_of, is_utf8, unmarked_utf16
from ingest.hints import head_of, is_zip

_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r\x1b"))
_HEAD = 4096
_SAMPLE = 65536
_GARBLED = 0.02  # share of control bytes beyond which single bytes are no text; random bytes: 0.1
_GARBLED_UTF8 = 0.3  # the same for bytes that are valid UTF-8, where only NULs and such are odd
_XML = re.compile(r"\s*<\?xml\s")
_SIGNATURES = (
    (rb"PK(\x03\x04|\x05\x06|\x07\x08)", "a ZIP or Office file"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file or an Outlook message"),
    (rb"\{\\rtf", "an RTF file"),
    (rb"%!PS", "a PostScript file"),
    (rb"\x1f\x8b|BZh[1-9]1AY&SY|\xfd7zXZ\0|7z\xbc\xaf|Rar!\x1a|\x28\xb5\x2f\xfd", "a packed file"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|II\*\0|MM\0\*|BM....\0\0\0\0", "a picture"),
    (rb"ID3[\x02-\x04]|RIFF....(WAVE|AVI )|OggS\0|fLaC|....ftyp|\x1aE\xdf\xa3", "sound or film"),
    (rb"SQLite format 3\0", "a database"),
    (rb"\x7fELF|MZ.\0|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe", "a program"),
)
_MAGIC = tuple((re.compile(pattern, re.DOTALL), kind) for pattern, kind in _SIGNATURES)


@dataclass(frozen=True)
class Look:
    """What can be seen of some bytes without reading them.

    Attributes:
        content: All bytes.
        source: The name of their file; decides only what bytes leave open.
    """

    content: bytes
    source: str

    @cached_property
    def head(self) -> str:
        """The beginning, as text that is good enough to recognise tags and labels."""
        return head_of(self.content)[:_HEAD]

    @cached_property
    def binary(self) -> bool:
        """Whether the bytes are no text in any encoding."""
        if bom_of(self.content) or unmarked_utf16(self.content):
            return False
        sample = self.content[:_SAMPLE]
        controls = len(sample) - len(sample.translate(None, _CONTROLS))
        allowed = _GARBLED_UTF8 if is_utf8(self.content) else _GARBLED
        return controls > max(1, allowed * len(sample))

    @cached_property
    def signature(self) -> str:
        """What the first bytes say it is, of the kinds that are no text: `a picture`; or empty."""
        return next((kind for pattern, kind in _MAGIC if pattern.match(self.content)), "")

    @property
    def kind(self) -> str:
        """What the bytes look like, for people, where no format takes them."""
        if self.signature:
            return self.signature
        return "XML, and is no web page" if _XML.match(self.head) else "binary data, not text"

    @property
    def is_text(self) -> bool:
        """Whether the bytes are text that is not marked as something else."""
        return not (self.binary or self.signature or _XML.match(self.head))

    @cached_property
    def packed(self) -> frozenset[str]:
        """Names of the files in a ZIP archive; empty for anything else and for a broken one."""
        return names_in(io.BytesIO(self.content)) if is_zip(self.head) else frozenset()

    def named(self, suffixes: Iterable[str]) -> bool:
        """Tell whether the file's name ends in one of some suffixes, `.md` and the like."""
        return self.source.lower().endswith(tuple(suffixes))
