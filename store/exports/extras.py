"""Libraries that only some exports need."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from records.errors import ExtraMissingError


def library(name: str, *, form: str, extra: str) -> Any:
    """Return an optional library.

    Args:
        name: Of the module.
        form: What it is needed for, at the beginning of a sentence.
        extra: Of Earmark, which brings it.

    Raises:
        ExtraMissingError: It is not installed.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise ExtraMissingError(
            f'{form} needs an extra: pip install "earmark[{extra}]". CSV, JSON Lines and XLSX work '
            "without."
        ) from error
