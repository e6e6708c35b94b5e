"""`earmark`: the commands, and how any of them ends."""

from __future__ import annotations

import errno
import io
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

import earmark
from earmark.cli import status
from earmark.cli.options import Session, StoreOption, session_of
from earmark.words.safe import show_safe
from records.errors import EarmarkError, QueryError

COMMANDS = (
    *("demo", "ingest", "query", "show", "pots", "audit", "export", "import", "extract", "rules"),
    *("runs", "undo", "redact", "rederive", "diff", "check", "why", "review", "decisions"),
    *("serve", "mcp", "store", "head", "log", "receipt", "verify"),
)
"""Each is a module that holds `command`, whose signature is its options, and EXAMPLES, the end of
its help. Only the one that is called is loaded: all of them take longer than many an answer."""
EXAMPLES = """\b
Start with:
  earmark demo                          a bundled example, kept nowhere
  earmark ingest report.pdf news/       read documents into a store
  earmark query 'amount:>=1bn'          ask for claims by amount
  earmark show c7                       a claim, its quotes and where they stand
  earmark pots                          what the claims add up to, each pot once
  earmark audit                         check every quote against its source
  earmark serve                         the same in your browser
"""


def earmark_command(
    context: typer.Context,
    *,
    store: StoreOption = None,
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


def module_of(name: str) -> ModuleType:
    """Load the module of a command."""
    return import_module(f"earmark.cli.{name}{'_' if iskeyword(name) else ''}")


def app_with(names: Sequence[str]) -> typer.Typer:
    """Return the command line with some of its commands."""
    app = typer.Typer(
        name="earmark",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback(invoke_without_command=True, epilog=EXAMPLES)(earmark_command)
    for name in names:
        module = module_of(name)
        app.command(name, epilog=module.EXAMPLES)(module.command)
    return app


def _called(arguments: Sequence[str]) -> Sequence[str]:
    """Return the command that is called, alone; all where help or an error may name them."""
    waiting = iter(arguments)
    for argument in waiting:
        if argument in COMMANDS:
            return (argument,)
        if argument in ("--store", "-S"):
            next(waiting, None)
        elif argument not in ("--no-color", "--debug") and not argument.startswith("--store="):
            break
    return COMMANDS


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status, one of `earmark.cli.status`."""
    _set_up_streams()
    session = Session()
    try:
        app = app_with(_called(arguments))
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
    try:
        _flush()
    except OSError:
        ended = _full()
    return ended if isinstance(ended, int) else status.DONE


def _set_up_streams() -> None:
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started this: `>&-`, a service
            nobody = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - to the end
            setattr(sys, name, nobody)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _flush() -> None:
    """Send what is left to whoever reads it; who has closed the pipe has enough."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()


def _drop_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _full() -> int:
    """Say that answers cannot be written; stores and files that are full have their own words."""
    _drop_output()
    _say(
        "error: what was to be printed cannot be written: no space is left there. What was stored "
        "before is whole. Make room, or send the output elsewhere. [output]"
    )
    return EarmarkError.exit_status


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
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return _full()
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
