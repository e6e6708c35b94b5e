"""What the claims of a store add up to, for a question and a day."""

from __future__ import annotations

from datetime import date

from records.errors import SettingsError
from store.facets import FEW_CLAIMS
from store.pots.build import build_pots
from store.pots.model import PotsReport
from store.question import parse
from store.reader import StoreReader


def pots_of(store: StoreReader, question: str, as_of: str | None) -> PotsReport:
    """Put parts under their wholes and add up distinct money.

    Args:
        store: Where the claims are.
        question: Which claims to report on, each with its parts; empty for all.
        as_of: A day, `2021-10-27`, to tell what was known on it; None for all that is known.

    Raises:
        QueryError: The question cannot be read; the message points at the place.
        SettingsError: There is no such day.
    """
    day = None if as_of is None else _day(as_of)
    asked = parse(question)
    if asked.condition is None:
        return build_pots(store.all_claims(), as_of=day, look=store.look)
    if not store.has_more_than(FEW_CLAIMS, parse("")):
        only = {claim.id for claim in store.find_claims(asked).claims}
        return build_pots(store.all_claims(), only=only, as_of=day, look=store.look)
    # What stands between a whole and its parts would be missing, so no sum can tell them.
    kin, only = store.with_kin(asked)
    return build_pots(kin, only=only, as_of=day, by_sum=False, look=store.look)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SettingsError(
            f"--as-of: “{text}” is no day; write one of the calendar as 2021-10-27"
        ) from None
