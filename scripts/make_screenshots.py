#!/usr/bin/env python3
"""Make the pictures of docs/web.md: pages of the bundled story, as a browser shows them.

    scripts/make_screenshots.py [FOLDER]

Needs the extras `web` and `test`, and Chromium. Look at the pictures before you keep them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import earmark  # noqa: E402 - found by the line above
from corpus import bundle  # noqa: E402 - likewise

COLOURS = 96
"""Of a picture: enough for pages of text, and a third of the bytes."""


class Shot(NamedTuple):
    """A picture: its file's name, the page, and how it is looked at."""

    name: str
    path: str
    width: int = 1200
    height: int = 760
    scheme: str = "light"


SHOTS = (
    Shot("claims", "/claims?q=kind:funding+amount:%3E%3D1bn"),
    Shot("claim", "/claims/c1", height=820),
    Shot("document", "/documents/d2?at=c1", height=820),
    Shot("pots", "/pots?measure=headlines", height=900),
    Shot("timeline", "/timeline", height=700),
    Shot("compare", "/compare?left=c1&right=c6", height=900),
    Shot("review", "/review", height=640),
    Shot("claim-dark", "/claims/c5", width=1200, height=620, scheme="dark"),
    Shot("claims-narrow", "/claims?q=for:hospitals", width=360, height=720),
)


def main() -> int:
    """Make every picture."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "web"
    folder.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.stderr.write("no Chromium here; install it: apt-get install chromium\n")
        return 1
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        place = Path(made) / "demo.earmark.db"
        with earmark.open_store(place) as store:
            store.ingest(bundle.demo_files(), metadata=bundle.demo_metadata())
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with served(place) as address:
            for shot in SHOTS:
                size = take(browser, address, shot, folder / f"{shot.name}.png")
                sys.stdout.write(f"{shot.name}.png  {size // 1024} kB\n")
        browser.close()
    return 0


def take(browser: Browser, address: str, shot: Shot, file: Path) -> int:
    """Make one picture; return its bytes."""
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.scheme == "dark" else "light",
    )
    page.goto(address + shot.path)
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    page.close()
    return file.stat().st_size


@contextmanager
def served(place: Path) -> Iterator[str]:
    """Serve a store in a process of its own; the address."""
    command = [sys.executable, "-m", "earmark", "serve", "--store", str(place), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own words
        assert server.stderr  # noqa: S101 - asked for
        found = re.search(r"http://\S+", server.stderr.readline())
        if not found:
            raise SystemExit("the server did not start")
        try:
            yield found.group()
        finally:
            server.terminate()


if __name__ == "__main__":
    sys.exit(main())
