"""A chart as a file of its own: SVG as it was drawn, or PNG where something can draw that."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from records.errors import ExtraMissingError

ALONE = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"}
"""For a picture that is a file of its own: its style is inside it, and it may have nothing else."""
ZOOM = 2.0
"""Pixels of a PNG for one of the SVG, so that it can be printed."""


def as_picture(request: Request, svg: str) -> Response:
    """Answer with a chart in the format that an address ends with.

    Raises:
        ExtraMissingError: It is PNG, and nothing here draws it.
    """
    if request.url.path.endswith(".png"):
        return Response(png_of(svg), media_type="image/png")
    return Response(svg, media_type="image/svg+xml", headers=ALONE)


def png_of(svg: str) -> bytes:
    """Draw an SVG.

    Raises:
        ExtraMissingError: The library that draws is not installed.
    """
    try:
        import resvg_py  # noqa: PLC0415 - of an extra
    except ModuleNotFoundError:
        raise ExtraMissingError(
            'PNG needs an extra: pip install "earmark[png]". SVG and CSV work now.'
        ) from None
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=ZOOM, font_family="sans-serif"))
