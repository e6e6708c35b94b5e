"""What of the text that a page draws can be seen: clips, layers, type that is too small."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.layout.glyphs import Box, Glyph

_SMALLEST = 1.0  # points of type; smaller is a speck
_NEAR = 2.0  # points beyond a clip in which text still counts as inside


@dataclass(slots=True)
class Sight:
    """What shows of what is drawn now.

    Attributes:
        clip: The part of the page that shows it; None for all of it.
        off: Of how many layers that do not show it is a part.
        hidden: Glyphs drawn so far that do not show.
    """

    clip: Box | None = None
    off: int = 0
    hidden: list[Glyph] = field(default_factory=list)

    def seen(self, glyphs: list[Glyph]) -> list[Glyph]:
        """Return the glyphs of one string that show; the others are hidden."""
        if not glyphs:
            return glyphs
        if self.off or glyphs[0].bottom - glyphs[0].top < _SMALLEST:
            self.hidden += glyphs
            return []
        if self.clip is None:
            return glyphs
        inside = [glyph for glyph in glyphs if self._shows(glyph, self.clip)]
        if len(inside) < len(glyphs):
            self.hidden += (glyph for glyph in glyphs if not self._shows(glyph, self.clip))
        return inside

    def clip_to(self, box: Box) -> None:
        """Let no more show than lies in a box."""
        x0, top, x1, bottom = self.clip or box
        self.clip = (max(x0, box[0]), max(top, box[1]), min(x1, box[2]), min(bottom, box[3]))

    @staticmethod
    def _shows(glyph: Glyph, clip: Box) -> bool:
        across, down = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        x0, top, x1, bottom = clip
        return x0 - _NEAR <= across <= x1 + _NEAR and top - _NEAR <= down <= bottom + _NEAR
