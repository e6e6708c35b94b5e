"""Bytes give the same text, layout and mentions whatever order a process has its sets in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_two_processes_read_the_same() -> None:
    command = [sys.executable, str(ROOT / "scripts/bars_rederive.py"), "--child", "--every", "70"]
    told = [
        subprocess.run(  # noqa: S603 - our own script
            command,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0]
    assert told[0] == told[1]
