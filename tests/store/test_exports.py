import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from records.claim import Claim
from records.jsonio import mention_from_dict
from store.exports.csv import COLUMNS, csv_row, excel_lines, lines, no_formula
from store.exports.gold import files as gold_files
from store.exports.jsonl import lines as json_lines
from store.store import Store
from tests.databases import Databases
from tests.store.factory import VERSIONS, capture, document
from tests.store.stories import STORIES, fill, first, second, third, whole


@pytest.fixture(scope="module")
def shared(databases: Databases) -> Iterator[Store]:
    with Store.open(databases.new(), create=True) as store:
        fill(store, [make() for make in (*STORIES, whole)])
        yield store


def test_csv_columns_only_grow() -> None:
    assert COLUMNS == (
        "id", "amount", "currency", "amount_written", "qualifier", "rate", "period_start",
        "period_end", "promiser", "recipient", "purpose", "part_of", "on_top_of", "quote", "page",
        "title", "publisher", "published", "published_how", "fetched", "sha256", "missing", "low",
        "high", "kind", "timeframe", "first_said", "times_said", "source", "origins",
    )  # fmt: skip


def test_csv_has_a_row_for_each_claim(shared: Store) -> None:
    text = "".join(lines(shared.all_claims()))
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text))}
    assert list(rows) == [claim.id for claim in shared.all_claims()]
    assert "\r" not in text
    technology = rows["c2"]
    assert (
        technology
        | {
            "amount": "2100000000",
            "currency": "GBP",
            "amount_written": "£2.1bn",
            "qualifier": "exact",
            "rate": "total",
            "promiser": "The government",
            "purpose": "NHS technology and digital records",
            "part_of": "c1",
            "published": "2021-10-25",
            "published_how": "given",
            "publisher": "Wexley Post",
            "fetched": "2026-11-02T12:00:00.000000Z",
            "sha256": first().capture.sha256,
            "missing": "recipient",
            "times_said": "2",
            "origins": "2",
        }
        == technology
    )
    assert technology["amount_written"] in technology["quote"]


@pytest.mark.parametrize(
    ("claim", "cells"),
    [
        ("c11", ("38500000", "up to", "", "38500000")),
        ("c13", ("", "vague", "", "")),
        ("c15", ("", "range", "0.225", "0.75")),
        ("c12", ("0.245", "exact", "0.245", "0.245")),
    ],
)
def test_csv_says_how_an_amount_is_to_be_read(
    shared: Store, claim: str, cells: tuple[str, ...]
) -> None:
    row = csv_row(shared.claim(claim))
    assert (row["amount"], row["qualifier"], row["low"], row["high"]) == cells


def test_csv_quotes_the_mention_that_gives_the_figures(shared: Store) -> None:
    claim = shared.claim("c1")
    rounded = replace(claim, mentions=claim.mentions[::-1])
    assert csv_row(rounded)["amount_written"] == "£5.9bn"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+44 20", "'+44 20"),
        ("-5 per cent", "'-5 per cent"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\rx", "'\rx"),
        ("  =1+1", "'  =1+1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("£5m = a lot", "£5m = a lot"),
        ("", ""),
    ],
)
def test_a_text_for_a_spreadsheet_is_no_formula(text: str, shown: str) -> None:
    assert no_formula(text) == shown


def test_csv_for_spreadsheet_programs_shows_pounds_and_keeps_figures(shared: Store) -> None:
    claim = replace(
        shared.claim("c2"), purpose="=cmd|' /C calc'!A0", low=Decimal(-5), high=Decimal(-5)
    )
    content = "".join(excel_lines([claim])).encode()
    assert content.startswith(b"\xef\xbb\xbfid,amount,")
    assert content.count(b"\r\n") == 2
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert (row["purpose"], row["low"]) == ("'=cmd|' /C calc'!A0", "-5")
    assert row["amount_written"] == "£2.1bn"


def test_jsonl_holds_everything(shared: Store) -> None:
    claims = list(shared.all_claims())
    found = list(json_lines(claims))
    for claim, line in zip(claims, found, strict=True):
        data = json.loads(line)
        assert (data["schema"], data["id"]) == ("earmark.claim/1", claim.id)
        assert [one["id"] for one in data["mentions"]] == [one.id for one in claim.mentions]
        assert len(data["matches"]) == len(claim.mentions) - 1
        assert_quotes(shared, claim, data["mentions"])
    technology = json.loads(found[1])
    assert technology["amount"]["low"] == "2100000000"
    part = {"type": "part_of", "to": "c1", "mentions": ["m2", "m7"], "decisions": []}
    assert technology["relations"] == [part]


def assert_quotes(store: Store, claim: Claim, mentions: list[dict[str, dict[str, str]]]) -> None:
    for stored, data in zip(claim.mentions, mentions, strict=True):
        text = store.document(stored.provenance.document).document.text
        assert data["quote"]["exact"] in text
        assert mention_from_dict(data, text) == stored.mention


def test_gold_files_read_back(shared: Store) -> None:
    files = dict(gold_files(shared.documents()))
    assert list(files) == ["first.json", "second.json", "blog.json", "energy.json", "report.json"]
    for stored, content in zip(shared.documents(), files.values(), strict=True):
        data = json.loads(content)
        document = stored.document
        assert data["document"]["text_sha256"] == document.text_sha256
        for placed, one in zip(stored.mentions, data["mentions"], strict=True):
            assert one["claim"] == placed.claim
            assert mention_from_dict(one, document.text) == placed.mention


def test_gold_names_are_safe_and_each_once(place: str) -> None:
    names = ["a/x.txt", "b/X.pdf", "../../etc/..hidden.txt", "-", "x-d2.txt", "né w.txt", "..."]
    with Store.open(place, create=True) as store:
        run = store.start_run(VERSIONS)
        for number, name in enumerate(names):
            taken = store.add_capture(run, capture(f"text {number}", name))
            store.add_document(run, taken, document(taken), [])
        found = [name for name, _ in gold_files(store.documents())]
    assert found == [
        "x.json", "X-d2.json", "hidden.json", "d4.json", "x-d2-d5.json", "né_w.json", "d7.json",
    ]  # fmt: skip


def test_gold_has_a_file_for_each_name_of_the_same_bytes(place: str) -> None:
    with Store.open(place, create=True) as store:
        fill(store, [second(), third()])
        run = store.start_run(VERSIONS)
        store.add_capture(run, replace(second().capture, source="copy.txt"))
        files = dict(gold_files(store.documents()))
    assert list(files) == ["second.json", "copy.json", "blog.json"]
    assert files["second.json"] == files["copy.json"]
