"""Where `earmark` starts: loading the program, which Ctrl-C can end as it can all else."""

from __future__ import annotations

import gc
import sys

_INTERRUPTED = 130  # of `earmark.cli.status`, which may not be loaded yet


def main() -> None:
    """Run the command line and end the process with its exit status."""
    try:
        from earmark.cli.program import run  # noqa: PLC0415 - most of a short command is loading

        ended = run(sys.argv[1:])
    except KeyboardInterrupt:
        ended = _INTERRUPTED
    gc.freeze()  # else ending the process looks through all that it loaded, several times over
    sys.exit(ended)
