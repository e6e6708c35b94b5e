"""What one document may cost, and how the operating system is told to hold it to that."""

from __future__ import annotations

import importlib
import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from records.errors import SettingsError

MIB = 1024 * 1024
SECONDS = "EARMARK_SECONDS"
_DAY = 86_400
OUT_OF_MEMORY = 23
"""Exit status of a reading process that had no memory left."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on reading and extracting one document; its size is limited where bytes are read.

    Attributes:
        seconds: Wall time for one document; the start of the process does not count.
        memory: Address space of the reading process, bytes.
        content: Bytes of documents after which a fresh process takes over, since libraries keep
            memory for ever; a thousand short texts do not come to it, and a start takes seconds.
    """

    seconds: float = 25.0
    memory: int = 1536 * MIB
    content: int = 100 * MIB


def usual_limits(environ: Mapping[str, str]) -> Limits:
    """Return the usual limits, with the seconds that `EARMARK_SECONDS` gives one document.

    Raises:
        SettingsError: It is no number of seconds from 1 to a day.
    """
    given = environ.get(SECONDS)
    if not given:
        return Limits()
    digits = given.isascii() and given.isdigit() and len(given) <= len(str(_DAY))
    if not (digits and 1 <= int(given) <= _DAY):
        raise SettingsError(
            f"{SECONDS}: {given!r} is no time for one document; give whole seconds, 1 to {_DAY}"
        )
    return Limits(seconds=float(given))


def limit_memory(limits: Limits) -> None:
    """Hold this process to its memory, where the operating system can."""
    _set_soft_limit("RLIMIT_AS", limits.memory)


def limit_processor(limits: Limits) -> None:
    """Hold this process to its seconds for the next document.

    The parent watches the wall clock; this one ends the process when the parent is gone. The
    operating system counts from the start of the process, so what is used up already is added.
    """
    with suppress(ImportError):
        resource = importlib.import_module("resource")
        usage = resource.getrusage(resource.RUSAGE_SELF)
        used = usage.ru_utime + usage.ru_stime
        _set_soft_limit("RLIMIT_CPU", math.ceil(used + limits.seconds) + 1)


def _set_soft_limit(name: str, value: int) -> None:
    # Windows has no `resource`; macOS refuses an address-space limit. The wall clock still holds.
    with suppress(ImportError, OSError, ValueError):
        resource = importlib.import_module("resource")
        kind = getattr(resource, name)
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (value, hard))
