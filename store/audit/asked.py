"""What an audit is asked to look at."""

from __future__ import annotations

from dataclasses import dataclass

from records.errors import SettingsError
from store.audit.report import Advance
from store.heads import Head


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look at, and how closely; with nothing said, everything.

    Schema, links between tables, pages of a file and the ledger are always checked in whole.

    Attributes:
        ids: Records: mentions (`m7`), claims, documents, runs; with all that they rest on.
        since: Only what a run (`r3`) or the runs after it wrote, or what was written on a day
            (`2026-11-02`) or later, or after a number of ledger entries (`34`); None for all.
        sample: So many mentions, chosen by the ledger's last entry; None for all.
        deep: Derive texts, mentions, claims and origins again as well.
        heads: Taken before, that the store must bear out; None for those that this machine keeps.
        advance: Told how many of how many steps are done.
    """

    ids: tuple[str, ...] = ()
    since: str | None = None
    sample: int | None = None
    deep: bool = True
    heads: tuple[Head, ...] | None = None
    advance: Advance = lambda done, total: None

    def check(self) -> None:
        """Refuse what cannot be meant together.

        Raises:
            SettingsError: Two choices were given, or a sample of nothing.
        """
        if (bool(self.ids) + (self.since is not None) + (self.sample is not None)) > 1:
            raise SettingsError("name ids, or what to begin with, or a sample: only one of them")
        if self.sample is not None and self.sample < 1:
            raise SettingsError(f"sample: {self.sample} was given; hand in a number from 1 on")


WHOLE = Asked()
