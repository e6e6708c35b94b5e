"""Floors under the figures: what was once reached may not be lost unnoticed.

`corpus/baseline.json` holds, per folder, the lowest F1 that each figure may have, and for every
floor that was lowered its two values and the reason.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path
from typing import Any

from records.errors import SettingsError

Figures = Mapping[str, Mapping[str, float]]
_STEP = Decimal("0.001")


def load(path: Path) -> dict[str, Any]:
    """Read a baseline; an absent file holds no floors."""
    if not path.exists():
        return {"floors": {}, "lowered": []}
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return data


def save(path: Path, baseline: Mapping[str, Any]) -> None:
    """Write a baseline, sorted, so that a change shows as a change."""
    path.write_text(json.dumps(baseline, indent=1, sort_keys=True) + "\n", "utf-8")


def below(baseline: Mapping[str, Any], figures: Figures) -> list[str]:
    """Return one line for each figure under its floor, and for each that is no longer made.

    Folders that were not scored are not compared.
    """
    lines = []
    for folder, made in figures.items():
        for name, floor in baseline["floors"].get(folder, {}).items():
            if name not in made:
                lines.append(f"{folder}: {name} is no longer scored (floor {floor})")
            elif _floor(made[name]) < Decimal(str(floor)):
                lines.append(f"{folder}: {name} fell to {_floor(made[name])} (floor {floor})")
    return lines


def update(baseline: Mapping[str, Any], figures: Figures, reason: str | None) -> dict[str, Any]:
    """Return the baseline with the floors of the scored folders put where the figures are.

    Args:
        baseline: The present one.
        figures: F1 by folder and name.
        reason: Why floors may be lowered; None when none may.

    Raises:
        SettingsError: A floor would be lowered and there is no reason.
    """
    floors = {folder: dict(names) for folder, names in baseline["floors"].items()}
    lowered = list(baseline["lowered"])
    for folder, made in figures.items():
        for name, value in made.items():
            old, new = floors.get(folder, {}).get(name), float(_floor(value))
            if old is not None and new < old:
                if not reason:
                    raise SettingsError(
                        f"{folder}: {name} would be lowered from {old} to {new}; "
                        'say why with --reason "…", or repair it'
                    )
                entry = {"folder": folder, "figure": name, "from": old, "to": new}
                lowered.append({**entry, "reason": reason})
            floors.setdefault(folder, {})[name] = new
    return {"floors": floors, "lowered": lowered}


def _floor(value: float) -> Decimal:
    """Cut to three decimals: a floor never stands above the figure that it was taken from."""
    return Decimal(str(round(value, 9))).quantize(_STEP, ROUND_FLOOR)
