"""ZIP archives by hand."""

from __future__ import annotations

import io
import zipfile

Member = tuple[str | zipfile.ZipInfo, bytes]


def archive(*members: Member, kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive, its times all 1980; names may stand twice."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", kind) as made:
        for name, content in members:
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
            info.compress_type = kind
            made.NameToInfo.pop(info.filename, None)  # or a name that stands twice warns
            made.writestr(info, content)
    return file.getvalue()
