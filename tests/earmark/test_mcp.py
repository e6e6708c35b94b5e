"""A program asks in the Model Context Protocol, over standard input and output as programs do."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import StdioServerParameters
from mcp.client import Client

TOOLS = {
    "find_claims",
    "get_claim",
    "get_quote_in_context",
    "check_statement",
    "list_pots",
    "audit_claim",
}
CALLS: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("find_claims", {"question": "amount:5.9bn"}),
    ("get_claim", {"id": "c1"}),
    ("get_quote_in_context", {"mention": "m1"}),
    ("check_statement", {"text": "The NHS in England gets £5.9bn.", "published": "2021-10-29"}),
    ("list_pots", {}),
    ("audit_claim", {"id": "c1"}),
)
WRONG = (
    ("find_claims", {"question": "amount:>2.1bbn"}, "query.syntax"),
    ("get_claim", {"id": "c999"}, "id.unknown"),
)


@pytest.fixture(scope="module")
def answers(read_store: Path) -> dict[str, Any]:
    """Everything that one session of the SDK's client is told."""
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "earmark", "mcp", "--store", str(read_store)]
    )

    async def ask() -> dict[str, Any]:
        async with Client(command) as client:
            told: dict[str, Any] = {"tools": (await client.list_tools()).tools}
            for name, given in CALLS:
                told[name] = await client.call_tool(name, dict(given))
            for name, given, code in WRONG:
                told[code] = await client.call_tool(name, dict(given))
            return told

    return anyio.run(ask)


def data_of(answer: Any) -> dict[str, Any]:
    assert not answer.is_error, answer.content
    data: dict[str, Any] = json.loads(answer.content[0].text)
    return data


def evidence_of(data: object) -> list[dict[str, Any]]:
    """Return every piece of evidence in an answer, however deep."""
    if isinstance(data, dict):
        own = [data] if {"mention", "sha256"} <= data.keys() else []
        return own + [one for value in data.values() for one in evidence_of(value)]
    if isinstance(data, list):
        return [one for value in data for one in evidence_of(value)]
    return []


def test_the_tools_are_these_and_only_read(answers: dict[str, Any]) -> None:
    assert {tool.name for tool in answers["tools"]} == TOOLS
    for tool in answers["tools"]:
        assert tool.annotations.read_only_hint
        assert tool.description


@pytest.mark.parametrize("name", sorted(TOOLS))
def test_every_answer_carries_quote_offsets_hash_and_time_of_capture(
    answers: dict[str, Any], name: str
) -> None:
    found = evidence_of(data_of(answers[name]))
    assert found
    for one in found:
        assert one["amount"] in one["quote"]["exact"]
        assert one["end"] - one["start"] == len(one["amount"])
        assert len(one["sha256"]) == 64
        assert one["captured_at"]


def test_a_quote_stands_in_its_context_at_its_offsets(answers: dict[str, Any]) -> None:
    data = data_of(answers["get_quote_in_context"])
    start = data["start"] - data["context"]["start"]
    assert data["context"]["text"][start:].startswith(data["amount"])


def test_errors_carry_the_codes_of_the_command_line(answers: dict[str, Any]) -> None:
    for _, _, code in WRONG:
        assert answers[code].is_error
        assert f"[{code}]" in answers[code].content[0].text
