"""Take a source apart in this process: archives, feeds, web archives, mails.

Importing this module loads the readers. The command line reaches it through `earmark.unpacker`, in
a process with limits.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from earmark.channel import Holds, Open
from ingest.bundle import Opened
from ingest.registry import FORMATS, bundle_of
from records.parts import Part

_ALSO_DOCUMENTS = frozenset(entry.media_type for entry in FORMATS)


def unpack(request: Open) -> Iterator[Holds | Part]:
    """Yield what kind of source it is, then what it holds, in order.

    Raises:
        IngestError: It is damaged, locked or unsafe; what came before stands.
    """
    with _file(request) as file:
        opened = Opened(file, request.source, request.captured_at, request.given, request.fetched)
        bundle = bundle_of(opened)
        yield Holds(itself=bundle is None or bundle.media_type in _ALSO_DOCUMENTS)
        if bundle:
            yield from bundle.members(opened)


def _file(request: Open) -> BinaryIO:
    if request.path is not None:
        return Path(request.path).open("rb")
    return io.BytesIO(request.content or b"")
