"""Write down what a process does that reading documents never needs.

Python imports a module of this name when it starts, wherever the path of modules has one: so the
reading processes are watched without a line of their own.
"""

from __future__ import annotations

import os
import sys

LOG, MAY_WRITE = "EARMARK_GUARD_LOG", "EARMARK_GUARD_MAY_WRITE"
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NEVER = frozenset({"socket.connect", "os.system", "os.exec", "os.symlink", "os.link"})


def watch(log: str, may_write: str) -> None:
    """Append a line to `log` for each file opened to be written elsewhere than below `may_write`.

    So too for connections and programs that are started.
    """
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, mode, flags = (*arguments, None, None)[:3]
            name = os.fsdecode(path) if isinstance(path, str | bytes) else ""
            writes = any(c in "wax+" for c in str(mode or "")) or (
                isinstance(flags, int) and bool(flags & _WRITING)
            )
            if name and writes and not name.startswith((may_write, os.devnull, "/proc/")):
                os.write(descriptor, f"open {name!a}\n".encode())
        elif event == "os.link" and str(arguments[1]).startswith(may_write):
            return  # a new store gets its name so
        elif event in _NEVER:
            os.write(descriptor, f"{event} {arguments[1:]!a}\n".encode())

    sys.addaudithook(hook)


if LOG in os.environ:
    watch(os.environ[LOG], os.environ[MAY_WRITE])
