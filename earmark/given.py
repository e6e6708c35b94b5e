"""What a user hands in beside sources: heads, keys and texts, as a file or as themselves."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from records.errors import SettingsError

if TYPE_CHECKING:
    from store.heads import Head


def text_in(given: str, option: str) -> tuple[str, str]:
    """Return a text that was given as a file, as standard input (`-`) or as itself.

    Returns:
        The text, and where it is from, for people.

    Raises:
        SettingsError: The file cannot be read.
    """
    try:
        if given == "-":
            return sys.stdin.read(), "standard input"
        if "\n" not in given and Path(given).exists():
            return Path(given).read_text("utf-8", "replace"), given
    except OSError as error:
        raise SettingsError(f"{given} cannot be read: {error.strerror or error}") from error
    return given, f"the text given for {option}"


def key_in(path: Path) -> bytes:
    """Return what is in the file of a key.

    Raises:
        SettingsError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from error


def heads_in(given: str, option: str = "--head", signed_by: Path | None = None) -> list[Head]:
    """Return the heads in a file, in standard input (`-`), or in the text itself.

    Args:
        given: Any of these.
        option: That it was given for.
        signed_by: A public key that must have signed them; None for no matter who.

    Raises:
        SettingsError: There is none, none that was signed by this key, or a file cannot be read.
    """
    # The database library comes with heads, and no other command should wait for it.
    from store.heads import find_heads  # noqa: PLC0415
    from store.notes import signed_heads  # noqa: PLC0415

    text, where = text_in(given, option)
    heads = find_heads(text)
    if heads and signed_by is not None:
        heads = list(signed_heads(text, key_in(signed_by)))
        if not heads:
            raise SettingsError(f"{where}: no head in it was signed by the key in {signed_by}")
    if not heads:
        if text == given and text.strip() and len(text.split()) == 1:
            where = f"{given}: there is no such file, and the text itself"
        raise SettingsError(
            f"{where} holds no head of a store. A head has three lines: earmark/ and the store's "
            "origin, a number, the root; earmark head prints it."
        )
    return heads
