"""All hostile files: a family is a module of makers with a table of variants, and a line here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.hostile import (
    archives,
    characters,
    excel,
    feeds,
    large_pages,
    long_text,
    lying_pages,
    mails,
    markdown,
    markup,
    names,
    pdf_bombs,
    pdf_damage,
    pdf_lies,
    pdf_loops,
    polyglots,
    text,
    warcs,
    word,
    word_bombs,
)
from tests.hostile.plant import Family, Plant, Variant

MODULES = (
    text,
    characters,
    long_text,
    markup,
    large_pages,
    lying_pages,
    pdf_bombs,
    pdf_loops,
    pdf_lies,
    pdf_damage,
    word,
    word_bombs,
    excel,
    archives,
    warcs,
    feeds,
    mails,
    markdown,
    names,
    polyglots,
)
FAMILIES: tuple[Family, ...] = tuple(family for module in MODULES for family in module.FAMILIES)
MANIFEST = "manifest.jsonl"


def chosen(names: Iterable[str] = (), *, quick: bool = False) -> Iterator[tuple[Family, Variant]]:
    """Yield the files of some families, or of all; with `quick` only those of the selection."""
    asked = set(names)
    for family in FAMILIES:
        if not asked or family.name in asked:
            yield from ((family, each) for each in family.variants if each.quick or not quick)


def write(folder: Path, variants: Iterable[tuple[Family, Variant]]) -> int:
    """Write files and their manifest, the same bytes on each run; return their number."""
    lines = []
    for family, variant in variants:
        plant = Plant(f"{family.name}/{variant.name}")
        content = variant.make(plant)
        path = folder / family.name / variant.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        lines.append(_line(family, variant, plant, content))
    (folder / MANIFEST).write_text("".join(lines), "utf-8")
    return len(lines)


def _line(family: Family, variant: Variant, plant: Plant, content: bytes) -> str:
    said = {
        "file": plant.name,
        "family": family.name,
        "row": variant.row,
        "what": variant.what,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "planted": plant.planted,
        "unseen": plant.unseen,
        "either": plant.either,
        "instead": list(variant.instead),
    }
    return json.dumps(said) + "\n"  # a name that is no UTF-8 has lone surrogates: all escaped
