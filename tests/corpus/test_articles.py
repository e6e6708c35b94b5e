"""The corpus is whole: texts, gold, lists and facts agree."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from corpus.bundle import FORMATS, articles, demo_files, parts, root
from records.jsonio import mention_from_dict
from records.mention import Mention
from tests.corpus.places import ARTICLES, ROOT, demo_table, document, label, module

EACH = pytest.mark.parametrize("article", ARTICLES, ids=label)
ROUNDING = Decimal("0.05")


def gold(article: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(article.with_suffix(".json").read_text("utf-8"))
    return data


def mentions(article: Path) -> list[Mention]:
    text = document(article).text
    return [mention_from_dict(data, text) for data in gold(article)["mentions"]]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_there_are_enough_articles_in_every_format() -> None:
    endings = [article.suffix for article in ARTICLES]
    assert len(ARTICLES) >= 60
    assert set(endings) == set(FORMATS)
    assert endings.count(".pdf") >= 3
    sizes = [len(articles(folder)) for folder in parts().values()]
    assert min(sizes) >= 20


@EACH
def test_gold_is_of_the_text_that_is_read(article: Path) -> None:
    assert gold(article)["document"]["text_sha256"] == document(article).text_sha256


@EACH
def test_amounts_stand_in_order_and_apart(article: Path) -> None:
    spans = [mention.amount.span for mention in mentions(article)]
    assert spans
    assert all(left.end <= right.start for left, right in pairwise(spans))


@EACH
def test_relations_point_at_other_mentions(article: Path) -> None:
    found = mentions(article)
    spans = {mention.amount.span for mention in found}
    for mention in found:
        if mention.relation:
            assert mention.relation.to in spans - {mention.amount.span}


@EACH
def test_bounds_and_days_are_in_order(article: Path) -> None:
    for mention in mentions(article):
        low, high = mention.amount.low, mention.amount.high
        assert mention.amount.vague == (low is None and high is None)
        assert low is None or high is None or low <= high
        when = mention.timeframe
        assert when is None or when.start is None or when.until is None or when.start <= when.until


def test_gold_is_what_the_sheets_say(capsys: pytest.CaptureFixture[str]) -> None:
    make_gold = module(ROOT / "scripts" / "make_gold.py")
    assert make_gold.main(["--check"]) == 0, capsys.readouterr().err


@EACH
def test_metadata_gives_what_the_article_does_not_say(article: Path) -> None:
    read, wanted = document(article), gold(article)["document"]
    known = read.metadata
    assert known.title is not None
    assert known.publisher is not None
    assert known.title.value == wanted["title"]
    assert known.publisher.value == wanted["publisher"]
    assert read.published is not None
    assert read.published.isoformat() == wanted["published"]
    assert read.country == wanted["country"]


@pytest.mark.parametrize("folder", parts().values(), ids=lambda folder: folder.name)
def test_metadata_lists_every_article_once(folder: Path) -> None:
    listed = [row["path"] for row in rows(folder / "metadata.csv")]
    there = [article.name for article in ARTICLES if article.parent == folder]
    assert sorted(listed) == sorted(there)


def test_sources_name_story_origin_and_licence_of_every_article() -> None:
    listed = rows(root() / "SOURCES.csv")
    assert {row["path"] for row in listed} == {label(article) for article in ARTICLES}
    assert all(all(row.values()) for row in listed)
    assert {row["licence"] for row in listed} == {"CC0-1.0"}


def test_a_story_stays_in_one_part() -> None:
    homes: dict[str, set[str]] = defaultdict(set)
    for row in rows(root() / "SOURCES.csv"):
        homes[row["story"]].add(row["path"].partition("/")[0])
    assert {len(where) for where in homes.values()} == {1}


def claims() -> dict[str, list[tuple[str, Mention]]]:
    found: dict[str, list[tuple[str, Mention]]] = defaultdict(list)
    for article in ARTICLES:
        for data, mention in zip(gold(article)["mentions"], mentions(article), strict=True):
            if not mention.amount.vague:
                found[data["claim"]].append((article.parent.name, mention))
    return found


def test_a_claim_is_one_amount_up_to_rounding() -> None:
    for claim, stated in claims().items():
        assert len({part for part, _ in stated}) == 1, claim
        totals = [m.amount for _, m in stated if m.amount.per is None]
        for left in totals:
            for right in totals:
                if left.currency == right.currency and left.low and right.high:
                    assert left.low * (1 - ROUNDING) <= right.high, claim


def test_different_amounts_of_one_claim_are_stated_to_be_the_same() -> None:
    for claim, stated in claims().items():
        kinds = {(mention.amount.currency, mention.amount.per) for _, mention in stated}
        links = [m for _, m in stated if m.relation and m.relation.type == "equates_to"]
        assert len(kinds) == 1 or links, claim


def test_the_founding_stories_are_told_by_several_outlets() -> None:
    told = defaultdict(set)
    for article in ARTICLES:
        for data in gold(article)["mentions"]:
            told[data["claim"]].add(gold(article)["document"]["publisher"])
    for claim in ("nhs-it-2021", "nhs-capital-2021", "health-levy-2021", "nhs-diagnostics-2021"):
        assert len(told[claim]) >= 3
    for claim in ("nhs-productivity-2024", "nhs-it-systems-2024", "nhs-epr-2022"):
        assert len(told[claim]) >= 3


def test_the_demonstration_knows_its_articles() -> None:
    files = demo_files()
    assert [path for path in files if path not in ARTICLES] == []
    assert {path.suffix for path in files} == set(FORMATS)
    for path in files:
        wanted = document(path).metadata
        given = demo_table().rows[label(path)]
        assert given.country == wanted.country
        assert given.publisher in (None, wanted.publisher)
        assert given.published in (None, wanted.published)
