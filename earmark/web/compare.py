"""Two sums side by side: field by field, and each reason for and against their being one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from starlette.requests import Request

from earmark.api import EarmarkStore
from earmark.web.claim import PAIR_KEYS
from earmark.web.forms import deciding
from earmark.web.render import link
from earmark.web.site import Site
from earmark.web.views import View
from earmark.words.why_words import judgement_data
from earmark.words.wording import claim_amount, claim_period, day
from records.claim import Claim, StoredMention
from records.errors import SettingsError
from store.exports.csv import quoted_mention

FIELDS: tuple[tuple[str, Callable[[Claim], str | None]], ...] = (
    ("amount", claim_amount),
    ("kind", lambda claim: claim.kind),
    ("for", lambda claim: claim.purpose),
    ("to", lambda claim: claim.recipient),
    ("from", lambda claim: claim.funder),
    ("when", lambda claim: claim_period(claim) or None),
    ("first said", lambda claim: day(claim.first_said) if claim.first_said else None),
)


class Compared(NamedTuple):
    """One field of two claims; None where a claim says nothing."""

    label: str
    left: str | None
    right: str | None

    @property
    def outcome(self) -> str:
        """`same`, `differs`, or which side says nothing."""
        if self.left is None or self.right is None:
            return "neither says" if self.left is self.right else "one is silent"
        return "same" if self.left.casefold() == self.right.casefold() else "differs"


def compare_view(_: Site, store: EarmarkStore, request: Request) -> View:
    """Compare two claims or mentions, by their ids; `blind=1` keeps the machine's view back."""
    left, right = (request.query_params.get(name, "").strip() for name in ("left", "right"))
    blind = request.query_params.get("blind") == "1"
    kept = {"left": left, "right": right, "blind": "1" if blind else None}
    context: dict[str, object] = {
        "left": left,
        "right": right,
        "blind": blind,
        "other": link("/compare", **{**kept, "blind": None if blind else "1"}),
        "judgement": None,
        "json": link("/compare.json", **kept),
        "csv": link("/compare.csv", **kept),
    }
    if not (left or right):
        return View("compare.html", context)
    if not (left and right):
        raise SettingsError("two ids are compared; name both (c1 and c7, or m3 and m7)")
    judgement = store.compare(left, right)
    claims = store.claim(left), store.claim(right)
    fields = list(_fields(*claims))
    quotes = [_quoted(name, claim) for name, claim in zip((left, right), claims, strict=True)]
    context |= {
        "judgement": judgement,
        "claims": claims,
        "quotes": quotes,
        "fields": fields,
        **_deciding(store, request, (left, right), [one.id for one in quotes]),
    }
    return View(
        "compare.html",
        context,
        data=lambda: {
            "data": [one._asdict() for one in fields] if blind else [judgement_data(judgement)]
        },
        rows=lambda: [
            ("field", left, right, *(() if blind else ("outcome",))),
            *(_row(one, blind=blind) for one in fields),
        ],
    )


def _quoted(name: str, claim: Claim) -> StoredMention:
    """Return the mention of that id, or the one that speaks for the claim."""
    return next((one for one in claim.mentions if one.id == name), quoted_mention(claim))


def _deciding(
    store: EarmarkStore, request: Request, named: tuple[str, str], pair: Sequence[str]
) -> dict[str, object]:
    """Return what the form needs: who decides, what was seen, and where it leads back.

    That is the page with the machine's view: who has decided may see it.
    """
    known = [one for one in store.decisions() if all(map(one.concerns, pair))]
    back = link("/compare", left=named[0], right=named[1])
    return {**deciding(request, known, back=back), "keys": PAIR_KEYS}


def _row(one: Compared, *, blind: bool) -> list[str]:
    return [one.label, one.left or "", one.right or "", *([] if blind else [one.outcome])]


def _fields(left: Claim, right: Claim) -> Iterator[Compared]:
    for label, value in FIELDS:
        yield Compared(label, value(left), value(right))
