"""What every reader's result is held to: no character that stores refuse, no hidden figures."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

from ingest.decode import sample, storable
from ingest.reading import Reading
from records.document import Gap, Known, Metadata
from records.unseen import UNSEEN

_INSIDE = re.compile(f"(?<=[0-9.,])[{UNSEEN}\u0300-\u036f]+(?=[0-9.,])")


def checked(reading: Reading) -> Reading:
    """Return a reading without U+0000 and surrogates, and warn of numbers that hide characters."""
    text = storable(reading.text)[0]
    hidden = list(_INSIDE.finditer(text))
    warnings = [storable(warning)[0] for warning in reading.warnings]
    if hidden:
        count = "a number with" if len(hidden) == 1 else f"{len(hidden)} numbers with"
        warnings.append(
            f"{count} characters that nobody sees ({sample(text, hidden[0])}) may not be read; "
            "compare figures with the source [text.hidden]"
        )
    return replace(
        reading,
        text=text,
        gaps=tuple(Gap(storable(gap.where)[0], storable(gap.why)[0]) for gap in reading.gaps),
        warnings=tuple(warnings),
    )


def clean(metadata: Metadata) -> Metadata:
    """Return metadata without U+0000 and surrogates, whoever said what they hold."""
    changes: dict[str, Any] = {}
    for field in fields(metadata):
        known = getattr(metadata, field.name)
        if known is not None and isinstance(known.value, str):
            changes[field.name] = Known(storable(known.value)[0], known.how)
    return replace(metadata, **changes)
