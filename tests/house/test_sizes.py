"""Rooms stay small: a file is one thing, a function fits on a screen."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("records", "ingest", "extract", "store", "corpus", "earmark")
MODULE_LINES, TEST_LINES, FUNCTION_LINES, PARAMETERS = 300, 500, 40, 6

# A migration spells out tables as they were on its day, and is never touched again.
MODULES = sorted(
    path for room in ROOMS for path in (ROOT / room).rglob("*.py") if path.parent.name != "versions"
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, Function):
            yield node


def lines_of(function: Function) -> int:
    """Count lines from `def` to the end; what explains the function does not count."""
    explained = _lines(function.body[0]) if ast.get_docstring(function) else 0
    return _lines(function) - explained


def _lines(node: ast.stmt) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_one_thing(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MODULE_LINES


@pytest.mark.parametrize("path", TESTS, ids=name)
def test_a_test_module_keeps_its_cases_in_data_files(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= TEST_LINES


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    long = {f.name: lines_of(f) for f in functions(path) if lines_of(f) > FUNCTION_LINES}
    assert not long


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_function_takes_few_parameters(path: Path) -> None:
    """Commands are left out: Typer reads one parameter for each option."""
    many = {
        function.name: count
        for function in functions(path)
        if (count := _parameters(function)) > PARAMETERS and path.parent.name != "cli"
    }
    assert not many


def _parameters(function: Function) -> int:
    arguments = function.args
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return len([each for each in names if each not in {"self", "cls"}])
