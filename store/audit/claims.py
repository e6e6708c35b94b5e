"""Claims: do they still follow from the mentions?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, select

from store.audit.lists import check_lists
from store.audit.report import Book, Finding
from store.audit.scope import Scope
from store.claim_states import ClaimState, read_states
from store.dedup.candidate import LocalPot
from store.dedup.decide import cluster
from store.matching import Matching, claim_state
from store.relations import Surroundings, with_relations
from store.tables import IS_CURRENT, claim_mentions, claims, documents, runs

BATCH = 500
GROUNDS = ("contents/", "documents/", "mentions/", "runs/", "decisions/", "decision_undos/")
"""Records that claims follow from."""


def check_claims(
    connection: Connection, book: Book, versions: Mapping[str, str] | None, scope: Scope
) -> None:
    """Group all mentions at once and compare with the claims that the store has.

    Args:
        connection: In a reading transaction.
        book: For what is found.
        versions: The program's; None for those of the last run.
        scope: Which claims to speak of; all mentions are grouped for them, as any may belong.
    """
    if any(record.startswith(GROUNDS) for record in book.suspect):
        what = "the claims were not grouped again, because rows that they rest on were changed"
        book.notes.append(Finding("claims", "store", "not checkable here", what, "table claims"))
        return
    matching = Matching()
    matching.heed(connection)
    query = select(documents.c.id).where(IS_CURRENT).order_by(documents.c.id)
    homes = connection.execute(query).scalars().all()
    known = versions is None or last_matcher(connection) == versions.get("earmark")
    check_lists(connection, book, matching, homes, scope, known=known)
    expected = _expected(connection, matching, homes)
    stored = connection.execute(select(claims.c.id).order_by(claims.c.id)).scalars()
    ids = [claim for claim in stored if scope.holds("claims", claim)]
    differ = [
        (claim, "the mentions lead to no such claim") for claim in ids if claim not in expected
    ]
    differ += [
        (claim, "the mentions lead to a claim that is not there")
        for claim in expected.keys() - set(ids)
        if scope.holds("claims", claim)
    ]
    for start in range(0, len(ids), BATCH):
        for claim, state in read_states(connection, ids[start : start + BATCH]).items():
            if claim in expected and not expected[claim].says_the_same(state):
                differ.append((claim, "the mentions lead to another claim, match or relation"))
    book.checked["claims"] = len(ids)
    for claim, what in sorted(differ):
        where = f"table claims, row {claim}"
        if known:
            todo = "Do not print this claim; go back to a backup."
            book.findings.append(Finding("claims", f"c{claim}", "changed", what, where, todo))
        else:
            now = f"{what}, by the rules of this version"
            book.notes.append(Finding("claims", f"c{claim}", "rules differ", now, where))


def _expected(
    connection: Connection, matching: Matching, homes: Sequence[int]
) -> dict[int, ClaimState]:
    """Return every claim as grouping all current mentions at once makes it."""
    pots: list[LocalPot] = []
    here = Surroundings(matching.told)
    for home in homes:
        found = matching.pots_of(connection, home)
        pots += found.pots
        here.put(home, found.placed)
    found_claims = cluster(pots, matching.told.decisions)
    states = [claim_state(one, here.by_key.__getitem__) for one in found_claims]
    here.claim_of.update(_members(states))
    return {state.head["id"]: with_relations(state, here) for state in states}


def _members(states: list[ClaimState]) -> Iterator[tuple[int, int]]:
    for state in states:
        for row in state.parts[claim_mentions.name]:
            yield row["mention_id"], row["claim_id"]


def last_matcher(connection: Connection) -> str | None:
    """Return the version of the program that last wrote; None for a store without runs."""
    text = connection.execute(select(runs.c.versions).order_by(runs.c.id.desc()).limit(1)).scalar()
    found = json.loads(text).get("earmark") if text else None
    return found if isinstance(found, str) else None
