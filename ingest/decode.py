"""Bytes to characters, by rule and never by guess.

The order: a byte order mark; what the source declares, in what carried it before in itself; strict
UTF-8; cp1252, said to be assumed. A guess from statistics turns short British texts into Japanese
(`£2.1bn` to `｣2.1bn`), so there is none. Source of labels and replacement: WHATWG Encoding.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from records.document import Decoding

How = Literal["bom", "declared", "utf-8", "assumed"]

_BOMS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-32-le": codecs.BOM_UTF32_LE,  # before UTF-16, whose mark is the beginning of this one
    "utf-32-be": codecs.BOM_UTF32_BE,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}
_SINGLE_BYTE = frozenset(
    {f"cp{number}" for number in (866, 874, *range(1250, 1259))}
    | {f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)}
    | {"koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"}
)
_MULTI_BYTE = frozenset({"utf-8", "gb18030", "big5hkscs", "euc_jp", "cp932", "cp949"})
_BROWSERS_READ_AS = {
    **dict.fromkeys(("ascii", "iso8859-1"), "cp1252"),
    **dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"), "utf-8"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    **{"iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874"},
    **{"big5": "big5hkscs", "shift_jis": "cp932", "euc_kr": "cp949"},
}

# UTF-8 by its shape: characters, and the surrogates and NULs that some programs write in its way.
_SHAPED = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|\xc0\x80"
)
_UTF16_SAMPLE = 4096
_UTF16_SHARE = 0.4  # of every second byte that is NUL in European text; in other text none is

_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1f]\x00|\x00[\x01-\x08\x0e-\x1f]")

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_SIGN = "[0-9£€$¥₹¢]"
# How UTF-8 looks that was read as cp1252 or Latin-1: the pound sign becomes two characters, the
# euro sign and the dashes three.
_WRONG_SIGN = "\u00c2[£€¥¢]|\u00e2(?:\u201a|\u0082)\u00ac"
_WRONG = rf"{_WRONG_SIGN}|\u00c2[½¼¾\u00a0]|\u00e2€[\u201c\u201d]|\u00c3\u201a|\ufffd"
# A pound sign of cp1252 in what was declared as Japanese: a bracket that closes before a number.
_JAPANESE = "\uff63(?=[0-9])"
_DAMAGE = re.compile(
    rf"{_WRONG_SIGN}|{_JAPANESE}|(?<={_SIGN})[ ]?(?:{_WRONG})|(?:{_WRONG})[ ]?(?={_SIGN})"
)
_MARKS = "\u00c2\u00e2\u00c3\ufffd\uff63"  # one of these is in every damaged place
_AROUND = 12  # code points around a damaged place in a message


class Decoded(NamedTuple):
    """Characters, how they came to be, and what the user should know of it."""

    text: str
    decoding: Decoding
    warnings: tuple[str, ...]


def decode(content: bytes, *declared: str | None) -> Decoded:
    """Turn bytes into characters that every store can hold.

    A byte order mark is no part of the text. U+0000 stands as U+FFFD, one for one. Bytes that
    cannot be decoded become U+FFFD and are counted in a warning.

    Args:
        content: All bytes.
        declared: The labels of encodings that the source states, the one that outranks the others
            first: that of what carried it (HTTP, a mail), then that in it; None for none.

    Returns:
        Text without U+0000 and without surrogates.
    """
    encoding, how = _choose(content, declared)
    body = content.removeprefix(_BOMS[encoding]) if how == "bom" else content
    decoded = body.decode(encoding, "replace")
    text, nulls = storable(decoded)
    lost = decoded.count("\ufffd") - body.decode(encoding, "ignore").count("\ufffd")
    damaged = list(_DAMAGE.finditer(text)) if any(mark in text for mark in _MARKS) else []
    warnings = []
    if how == "assumed":
        warnings.append(
            f"decoded as {encoding}, which is assumed, for nothing says how it was written; "
            "check its currency signs [text.encoding]"
        )
    if lost:
        warnings.append(f"U+FFFD stands for {_count(lost, 'undecodable place')} [text.encoding]")
    if nulls:
        warnings.append(f"U+FFFD stands for {_count(nulls, 'NUL character')} [text.encoding]")
    if damaged:
        warnings.append(
            f"{_count(len(damaged), 'place')} near numbers may be wrongly decoded "
            f"({sample(text, damaged[0])}); save it as UTF-8 and ingest it again [text.encoding]"
        )
    return Decoded(text, Decoding(encoding, how, len(damaged)), tuple(warnings))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def storable(text: str) -> tuple[str, int]:
    """Put U+FFFD for every U+0000 and every surrogate, one for one, and count them.

    PostgreSQL refuses both, SQLite's tools cut a text at the first, and neither can be printed.
    """
    return _UNSTORABLE.subn("\ufffd", text)


def bom_of(content: bytes) -> str | None:
    """Return the codec that a byte order mark names, or None without one."""
    return next((name for name, bom in _BOMS.items() if content.startswith(bom)), None)


def unmarked_utf16(content: bytes) -> str | None:
    """Return the codec of UTF-16 without a mark: NUL in every second byte, on one side only.

    Control codes beside the NULs are no text in any encoding.
    """
    sample = content[:_UTF16_SAMPLE]
    if _CONTROLS.search(sample):
        return None
    first, second = sample[::2].count(0), sample[1::2].count(0)
    for name, nulls, others in (("utf-16-le", second, first), ("utf-16-be", first, second)):
        if not others and nulls > _UTF16_SHARE * len(sample) / 2 and _decodes(content, name):
            return name
    return None


def is_utf8(content: bytes) -> bool:
    """Tell whether all of `content` is well-formed UTF-8."""
    return _decodes(content, "utf-8")


def _choose(content: bytes, declared: Sequence[str | None]) -> tuple[str, How]:
    """Return the codec and how it is known."""
    if encoding := bom_of(content):
        return encoding, "bom"
    if encoding := unmarked_utf16(content):
        return encoding, "assumed"
    stated = [codec for codec in map(_codec, declared) if codec]
    for codec in stated:
        if _fits(content, codec):
            return codec, "declared"
    if is_utf8(content):
        return "utf-8", "utf-8"
    if _mostly_utf8(content):
        return "utf-8", "declared" if "utf-8" in stated else "assumed"
    return "cp1252", "assumed"


def _fits(content: bytes, stated: str) -> bool:
    """Tell whether a declared codec can be right: nothing is well-formed UTF-8 by chance."""
    if stated in _SINGLE_BYTE:
        return content.isascii() or not is_utf8(content)
    return _decodes(content, stated)


def _codec(label: str | None) -> str | None:
    """Return the codec for a declared label as browsers read it; None when they do not know it."""
    try:
        name = codecs.lookup(label.strip()).name if label else ""
    except (LookupError, ValueError):
        return None
    name = _BROWSERS_READ_AS.get(name, name)
    return name if name in _SINGLE_BYTE | _MULTI_BYTE else None


def _mostly_utf8(content: bytes) -> bool:
    """Tell damaged UTF-8 from single bytes: most bytes over 0x7F stand in its sequences."""
    shaped = sum(map(len, _SHAPED.findall(content)))
    high = len(content) - len(content.translate(None, bytes(range(0x80, 0x100))))
    return shaped > high - shaped


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def sample(text: str, match: re.Match[str]) -> str:
    """Return the line number and the words around a place, safe to print."""
    line = text.count("\n", 0, match.start()) + 1
    before = text[max(0, match.start() - _AROUND) : match.start()].split()
    after = text[match.end() : match.end() + _AROUND].split()
    glued = (before[-1] if before and not text[match.start() - 1].isspace() else "") + match[0]
    words = glued + (after[0] if after else "")
    return f'line {line} "{"".join(c if c.isprintable() else "?" for c in words)}"'
