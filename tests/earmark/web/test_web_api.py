"""The API says what its description says, whatever is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient

from earmark.web.render import FOLDER
from tests.earmark.web.live import served

# What the question language, a cursor and a text can say, no schema can; so a well-formed value
# may be refused.
NOT_HELD: list[Any] = [positive_data_acceptance]


@pytest.fixture(scope="module")
def described(read_store: Path) -> Iterator[BaseSchema]:
    with served(read_store) as address:
        yield schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")


OPERATIONS = [
    (path, method)
    for path, methods in json.loads((FOLDER / "openapi.json").read_text("utf-8"))["paths"].items()
    for method in methods
]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_is_as_described(
    described: BaseSchema, path: str, method: str, mode: GenerationMode
) -> None:
    operation = described[path][method]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=12, suppress_health_check=list(HealthCheck))
    def hold(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(excluded_checks=NOT_HELD)

    try:
        hold()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE  # an address without parameters has no wrong ones


def test_pages_of_the_api_follow_each_other(story: TestClient) -> None:
    found: list[str] = []
    path: str | None = "/api/v1/claims?limit=10&q=kind:funding"
    while path:
        answer = story.get(path)
        found += [one["id"] for one in answer.json()["data"]]
        path = answer.links.get("next", {}).get("url")
    assert found == [
        one["id"] for one in story.get("/claims.json?limit=500&q=kind:funding").json()["data"]
    ]


def test_an_answer_that_has_not_changed_is_not_sent_again(story: TestClient) -> None:
    tag = story.get("/api/v1/claims/c1").headers["etag"]
    assert story.get("/api/v1/claims/c1", headers={"if-none-match": tag}).status_code == 304


def test_a_check_keeps_nothing(story: TestClient) -> None:
    before = story.get("/api/v1/runs").json(), story.get("/about.json").json()
    draft = "The NHS in England will receive £5.9 billion of capital to help clear the backlog."
    told = story.post("/api/v1/check", json={"text": draft, "published": "2021-10-29"})
    assert told.json()["data"][0]["verdict"] == "heard"
    assert (story.get("/api/v1/runs").json(), story.get("/about.json").json()) == before


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("claims?q=amount:x", "query.syntax"),
        ("claims/c999", "id.unknown"),
        ("pots?as_of=x", "settings"),
        ("nothing", "http.404"),
    ],
)
def test_errors_are_problems_with_the_codes_of_the_command_line(
    story: TestClient, path: str, code: str
) -> None:
    answer = story.get(f"/api/v1/{path}")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == code
    assert answer.json()["status"] == answer.status_code
