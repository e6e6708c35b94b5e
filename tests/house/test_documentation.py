"""What the command line offers is in its documentation, and the other way round."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest
import typer

from earmark.cli import status
from earmark.cli.program import COMMANDS, app_with, module_of

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "cli.md").read_text("utf-8")
GROUP = typer.main.get_command(app_with(COMMANDS))
MODULES = [module_of(name) for name in COMMANDS]


def name_of(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2].rstrip("_")


def section(command: str) -> str:
    found = re.search(rf"^## `earmark {command}\b.*?(?=^## |\Z)", TEXT, re.M | re.S)
    assert found, f"docs/cli.md has no section on earmark {command}"
    return found.group()


def test_the_commands_are_these() -> None:
    names = ["demo", "ingest", "query", "show", "pots", "audit", "export", "import", "extract"]
    names += ["rules", "runs", "undo", "redact", "rederive", "diff", "check", "why", "review"]
    names += ["decisions", "serve", "mcp", "store", "head", "log", "receipt", "verify"]
    assert list(COMMANDS) == names
    assert sorted(re.findall(r"^## `earmark (\w+)", TEXT, re.M)) == sorted(names)


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_every_option_is_documented(module: ModuleType) -> None:
    command = GROUP.commands[name_of(module)]  # type: ignore[attr-defined]
    options = {name for parameter in command.params for name in parameter.opts if "--" in name}
    missing = {option for option in options if option not in section(name_of(module))}
    assert not missing


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_every_documented_option_exists(module: ModuleType) -> None:
    command = GROUP.commands[name_of(module)]  # type: ignore[attr-defined]
    known = {name for parameter in command.params for name in parameter.opts}
    text = section(name_of(module))
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) <= known


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_every_command_explains_itself_with_examples(module: ModuleType) -> None:
    assert module.command.__doc__
    assert f"earmark {name_of(module)}" in module.EXAMPLES


def test_every_exit_status_is_documented() -> None:
    documented = re.findall(r"^\| (\d+) \|", TEXT, re.M)
    values = {value for value in vars(status).values() if isinstance(value, int)}
    assert sorted(map(int, documented)) == sorted(values)
