"""A store as tools for a program that asks in the Model Context Protocol; nothing is written.

Every answer carries the quote, its offsets, the hash of the bytes it stands in, and when these were
captured, so that whoever prints a figure can show where it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

import earmark
from earmark.api import EarmarkStore
from earmark.words.check_words import check_data
from earmark.words.pots_data import pots_data
from earmark.words.wording import claim_amount, claim_period
from records.claim import Claim, StoredMention
from records.errors import EarmarkError
from store.audit.asked import Asked
from store.exports.csv import quoted_mention
from store.exports.jsonl import claim_data, mention_data

MOST = 50
"""Claims of one answer."""
AROUND = 2000
"""Code points that a quote is shown with on either side, at most."""
READS_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
INSTRUCTIONS = """
Money that documents state: who promised how much, for what, by when, and where it was said. Quote
the words and name the source whenever you give a figure. A claim is one pot of money; its mentions
are the places that state it. Never add a part to its whole, or amounts of two currencies.
"""

Data = dict[str, Any]
Question = Annotated[
    str,
    Field(
        description="In the question language: amount:>=1bn, amount:~2bn, currency:GBP, "
        'for:"NHS IT", who:treasury, to:schools, said:2021-10, by:2030, status:restated, '
        "missing:period, words. Empty for all."
    ),
]


def make_server(store: EarmarkStore) -> MCPServer:
    """Return a server that answers from a store, which it does not close."""
    server = MCPServer("earmark", version=earmark.__version__, instructions=INSTRUCTIONS)
    tools = Tools(store)
    for tool in (
        tools.find_claims,
        tools.get_claim,
        tools.get_quote_in_context,
        tools.check_statement,
        tools.list_pots,
        tools.audit_claim,
    ):
        server.tool(annotations=READS_ONLY)(_said(tool))
    return server


class Tools:
    """What can be asked; the first lines of each docstring are what a program reads of it."""

    def __init__(self, store: EarmarkStore) -> None:
        """Ask `store`."""
        self._store = store

    async def find_claims(
        self, question: Question = "", limit: int = 10, after: str | None = None
    ) -> Data:
        """Find claims of money. Each comes with one quote that states it.

        `next` is the value of `after` for those behind them.
        """
        answer = self._store.query(question, limit=max(1, min(limit, MOST)), after=after)
        return {
            "claims": [_short(claim) for claim in answer.claims],
            "next": answer.next,
            "notes": list(answer.notes),
        }

    async def get_claim(self, id: str) -> Data:  # noqa: A002 - the name that programs see
        """Return a claim (c7) whole: every mention with its quote, who said it when, and why."""
        claim = self._store.claim(id)
        return {**claim_data(claim), "evidence": [_evidence(one) for one in claim.mentions]}

    async def get_quote_in_context(self, mention: str, characters: int = 400) -> Data:
        """Return the words around a mention (m3), with their offsets in the document's text."""
        claim = self._store.claim(mention)
        stored = next((one for one in claim.mentions if one.id == mention), quoted_mention(claim))
        text = self._store.document(stored.provenance.document).document.text
        span, reach = stored.mention.amount.span, max(0, min(characters, AROUND))
        start, end = max(0, span.start - reach), min(len(text), span.end + reach)
        return {
            **_evidence(stored),
            "context": {"text": text[start:end], "start": start, "end": end},
        }

    async def check_statement(self, text: str, published: str | None = None) -> Data:
        """Say of each sum of money in a text whether it was heard before. Nothing of it is kept.

        `published` is the day of the text (2021-10-27): what was said later is left out.
        """
        check = self._store.check(f"{text}\n", published=published)
        quoted = {
            one.quoted.id: _evidence(one.quoted)
            for hearing in check.hearings
            for one in hearing.finds
        }
        return {**check_data(check), "evidence": list(quoted.values())}

    async def list_pots(self, question: Question = "", as_of: str | None = None) -> Data:
        """Add money up, each pot once, by currency: headlines, distinct, stated as new.

        Parts stand under their whole and are in its sum already.
        """
        report = self._store.pots(question, as_of=as_of)
        shown = {pot.claim.id: _evidence(quoted_mention(pot.claim)) for pot in report.every()}
        return {**pots_data(report), "evidence": list(shown.values())}

    async def audit_claim(self, id: str) -> Data:  # noqa: A002 - as above
        """Derive a claim (c7) again from the kept bytes, and say whether it is as it was written.

        Its documents are read again, so it can take a while.
        """
        claim = self._store.claim(id)
        report = self._store.audit(Asked(ids=(claim.id,)))
        return {
            "outcome": report.outcome,
            "findings": [asdict(one) for one in report.findings],
            "notes": [asdict(one) for one in report.notes],
            "verdicts": {word: list(names) for word, names in report.verdicts.items()},
            "left_out": list(report.left_out),
            "limits": list(report.limits),
            "evidence": [_evidence(one) for one in claim.mentions],
        }


def _said(tool: Callable[..., Any]) -> Callable[..., Any]:
    """Return a tool whose errors are told with the codes of the command line."""

    @wraps(tool)
    async def told(*given: Any, **named: Any) -> Any:
        try:
            return await tool(*given, **named)
        except EarmarkError as error:
            raise ToolError(f"{error} [{error.code}]") from None

    return told


def _short(claim: Claim) -> Data:
    return {
        "id": claim.id,
        "amount": claim_amount(claim),
        "currency": claim.currency,
        "low": None if claim.low is None else str(claim.low),
        "high": None if claim.high is None else str(claim.high),
        "per": claim.per,
        "kind": claim.kind,
        "purpose": claim.purpose,
        "recipient": claim.recipient,
        "funder": claim.funder,
        "when": claim_period(claim) or None,
        "first_said": claim.first_said.isoformat() if claim.first_said else None,
        "mentions": len(claim.mentions),
        "independent_origins": claim.origins,
        "evidence": _evidence(quoted_mention(claim)),
    }


def _evidence(stored: StoredMention) -> Data:
    """Return what a figure needs to be printed: quote, offsets, hash, source, time of capture."""
    data = mention_data(stored)
    span = stored.mention.amount.span
    return {
        "mention": stored.id,
        "quote": data["quote"],
        "amount": span.text,
        "start": span.start,
        "end": span.end,
        "source": data["source"],
        "sha256": stored.provenance.sha256,
        "captured_at": stored.provenance.captured_at.isoformat(),
    }
