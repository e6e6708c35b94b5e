"""An alarm: figures that cannot all be right, with the words that state them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from records.claim import StoredMention

AlarmKind = Literal["circle", "sum", "scale", "currency", "rate", "amount", "period", "purpose"]
ALARM_KINDS: tuple[AlarmKind, ...] = get_args(AlarmKind)


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something about the figures of some claims that a person should look at.

    Nothing is ever corrected: which figure is right, the sources must tell.

    Attributes:
        kind: `circle`: claims are parts of each other. `sum`: parts come to more than their whole.
            `scale`: one pot with a thousand times the amount. `currency`: one amount in two
            currencies. `rate`: one amount as a total and by the year. `amount`, `period`,
            `purpose`: sources disagree on it.
        words: Why, in one sentence.
        claims: Local ids.
        quotes: A mention for each figure, with where it stands.
    """

    kind: AlarmKind
    words: str
    claims: tuple[str, ...]
    quotes: tuple[StoredMention, ...]
