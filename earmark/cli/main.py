"""`earmark`: the commands, and how any of them ends."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Sequence
from types import ModuleType
from typing import Annotated

import typer

import earmark
from earmark.cli import (
    audit,
    check,
    decisions,
    demo,
    diff,
    export,
    extract,
    import_,
    ingest,
    pots,
    query,
    review,
    rules,
    runs,
    show,
    status,
    store,
    undo,
    why,
)
from earmark.cli.options import Session, session_of
from earmark.cli.safe import show_safe
from records.errors import EarmarkError, QueryError

# Each module holds `command`, whose signature is its options, and EXAMPLES, the end of its help.
COMMANDS: tuple[ModuleType, ...] = (
    *(demo, ingest, query, show, pots, audit, export, import_, extract, rules, runs, undo, diff),
    *(check, why, review, decisions, store),
)
EXAMPLES = """\b
Start with:
  earmark demo                          a bundled example, kept nowhere
  earmark ingest report.pdf news/       read documents into a store
  earmark query 'amount:>=1bn'          ask for claims by amount
  earmark show c7                       a claim, its quotes and where they stand
  earmark pots                          what the claims add up to, each pot once
  earmark audit                         check every quote against its source
"""

app = typer.Typer(
    name="earmark",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for _module in COMMANDS:
    _name = _module.__name__.rpartition(".")[2].rstrip("_")  # `import` is no name of a module
    app.command(_name, epilog=_module.EXAMPLES)(_module.command)


@app.callback(invoke_without_command=True, epilog=EXAMPLES)
def earmark_command(
    context: typer.Context,
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)
    ] = False,
    no_color: Annotated[
        bool, typer.Option("--no-color", help="No colour, as with NO_COLOR set.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where in the program an error arose.")
    ] = False,
) -> None:
    """Read news, reports and press releases; find who promised how much money, for what, by when.

    Every number is one step from the exact words that state it.
    """
    session = session_of(context)
    session.debug, session.colour = debug, not no_color
    if version:
        sys.stdout.write(f"earmark {earmark.__version__}\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        sys.stderr.write(context.get_help() + "\n")
        raise typer.Exit(status.USAGE)


def main() -> None:
    """Run the command line and end the process with its exit status."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status, one of `earmark.cli.status`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    session = Session()
    try:
        ended = app(args=list(arguments), prog_name="earmark", standalone_mode=False, obj=session)
    except EarmarkError as error:
        ended = _end_with_error(error, session)
    except typer.TyperException as error:
        ended = _wrong_usage(error)
    except (KeyboardInterrupt, typer.Abort):
        ended = status.INTERRUPTED
    except (BrokenPipeError, SystemExit):
        ended = status.DONE  # Typer turns a closed pipe into a SystemExit
    except Exception as error:  # noqa: BLE001 - nobody should see a traceback unasked
        ended = _surprise(error, session)
    _flush()
    return ended if isinstance(ended, int) else status.DONE


def _flush() -> None:
    """Send what is left to whoever reads it; who has closed the pipe has enough."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _end_with_error(error: EarmarkError, session: Session) -> int:
    # The message of a query points at its place over several lines; all others are one line, and
    # a line break inside (a file name can hold one) is shown as an escape.
    first, *rest = str(error).split("\n") if isinstance(error, QueryError) else [str(error)]
    _say(f"error: {first} [{error.code}]", *rest)
    _trace(error, session)
    return error.exit_status


def _wrong_usage(error: typer.TyperException) -> int:
    _say(f"error: {error.format_message().rstrip('.')}. See earmark --help. [usage]")
    return error.exit_code


def _surprise(error: Exception, session: Session) -> int:
    _say(
        f"error: Earmark met an error it did not expect ({type(error).__name__}: {error}). What "
        "was stored before is whole. Report it with the output of earmark --debug. [internal]"
    )
    _trace(error, session)
    return EarmarkError.exit_status


def _trace(error: Exception, session: Session) -> None:
    if session.debug:
        _say(*"".join(traceback.format_exception(error)).splitlines())


def _say(*lines: str) -> None:
    _flush()
    for line in lines:
        sys.stderr.write(f"{show_safe(line)}\n")
