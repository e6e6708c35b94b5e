"""Heads: is all that was there when a head was taken still there, unchanged?

Also the parts of the tree that stand with each entry, from which heads and receipts are made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, select

from store.audit.ledger import Held
from store.audit.report import Book, Finding
from store.heads import Head, HeadCheck, HeadVerdict
from store.ledger import origin_of
from store.tables import ledger

BACKUP = "Somebody changed the history of this store; go back to a backup."
_NEWER = "Go back to a newer backup; if an older copy was put back on purpose, move the heads away."
_OTHER = "Name the store that the head is of; if this one was made in its place, move them away."
_KEEP = "Keep a head elsewhere: earmark head > FILE, and then: earmark audit --head FILE"


def check_heads(
    connection: Connection, book: Book, heads: Sequence[Head], where: str, held: Held
) -> None:
    """Hold heads against the ledger, and the tree that is kept against its entries.

    Where entries are gone or were changed, no head that covers them can be borne out; that is one
    thing and is said once, by the ledger.

    Args:
        connection: In a reading transaction.
        book: For what is found.
        heads: All that are to be held against it; without one, that is noted.
        where: What the heads come from, named to people.
        held: What the check of the ledger found.
    """
    check = HeadCheck(list(heads))
    origin, broken = "", 0
    for row in connection.execute(_ENTRIES).yield_per(500):
        origin = origin or origin_of(row.hash)
        if check.add(row.hash) != row.nodes:
            broken = broken or row.seq  # those after it may only follow from it
    if broken and not 0 < held.broken <= broken:
        what = "the part of the tree kept with it is not what the entries lead to"
        name, place = f"ledger entry {broken}", f"table ledger, row {broken}"
        book.findings.append(Finding("ledger", name, "changed", what, place, BACKUP))
    if not heads:
        what = (
            "no head given: nothing here shows that an older copy was not put back, the end of "
            "the ledger cut off, or its history written anew"
        )
        book.notes.append(Finding("heads", "store", "not checkable here", what, where, _KEEP))
        return
    found: dict[HeadVerdict, list[Head]] = defaultdict(list)
    lost = []
    for head, verdict in check.verdicts(origin):
        if verdict != "consistent" and _follows(head, verdict, held):
            lost.append(head.size)
        else:
            found[verdict].append(head)
    book.checked["heads"] = len(found["consistent"])
    book.findings.extend(_findings(found, origin, check.tree.size, where))
    if lost:
        good = max((head.size for head in found["consistent"]), default=0)
        what = f"it covers ledger entry {held.broken}, which is not there as it was written" + (
            f"; up to entry {good} all is unchanged, by another head" if good else ""
        )
        name = f"head {max(lost)}"
        book.notes.append(Finding("heads", name, "not checkable here", what, where))


def _follows(head: Head, verdict: HeadVerdict, held: Held) -> bool:
    """Tell whether what is wrong with the ledger explains that it does not bear out a head."""
    if verdict == "other store":  # the first entry tells which store it is
        return held.broken == 1
    return 0 < held.broken <= head.size <= held.last[0]


_ENTRIES = select(ledger.c.seq, ledger.c.hash, ledger.c.nodes).order_by(ledger.c.seq)


def _findings(
    found: dict[HeadVerdict, list[Head]], origin: str, size: int, where: str
) -> list[Finding]:
    """Say once of each sort what is wrong, by the head that tells most."""
    said = []
    for other in found["other store"][-1:]:
        what = f"the head is of another store, {other.origin}; this one is {origin or 'empty'}"
        said.append(Finding("heads", f"head {other.size}", "other store", what, where, _OTHER))
    if found["rolled back"]:
        last = max(head.size for head in found["rolled back"])
        what = (
            f"when the head was taken the ledger had {last} entries, and now it has {size}: its "
            "end was cut off, or an older copy was put back"
        )
        said.append(Finding("heads", f"head {last}", "rolled back", what, where, _NEWER))
    if found["forked"]:
        first = min(head.size for head in found["forked"])
        good = max((head.size for head in found["consistent"] if head.size < first), default=0)
        what = f"what stands in the ledger up to entry {first} is not what stood there when " + (
            f"the head was taken; up to entry {good} it is"
            if good
            else "the head was taken: its history was written anew, or it is another copy's"
        )
        said.append(Finding("heads", f"head {first}", "forked", what, where, BACKUP))
    return said
