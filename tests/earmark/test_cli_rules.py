"""`earmark rules`, and what `--rules` and `--html` do elsewhere."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

from tests.earmark.bad_files import SENTENCE
from tests.earmark.conftest import Cli

RULE = """
[[rule]]
id = "kind.jackpot"
pattern = " jackpot"
side = "after"
kind = "income"
source = "a house style"
examples = ["It was a [£5m] jackpot => {kind}"]
"""


def with_rule(place: Path, kind: str = "income") -> str:
    folder = place / "mine"
    folder.mkdir()
    (folder / "kind.toml").write_text(RULE.replace("{kind}", kind), "utf-8")
    return str(folder)


def test_list_names_every_rule_and_whose_it_is(cli: Cli, tmp_path: Path) -> None:
    ended = cli("rules", "list", "--rules", with_rule(tmp_path))
    rows = [line.split("\t") for line in ended.lines]
    assert ended.status == 0
    assert ["kind.jackpot", "kind.toml", "yours", "a house style"] in rows
    assert {row[2] for row in rows} == {"ours", "yours"}


def test_explain_shows_the_pattern_and_the_examples(cli: Cli) -> None:
    ended = cli("rules", "explain", "purpose.for", "--json")
    (rule,) = json.loads(ended.out)["data"]
    assert rule["id"] == "purpose.for"
    assert rule["examples"]
    assert rule["pattern"] in cli("rules", "explain", "purpose.for").out


def test_test_fails_where_an_example_is_not_read_as_marked(cli: Cli, tmp_path: Path) -> None:
    folder = with_rule(tmp_path, "saving")
    ended = cli("rules", "test", "kind.jackpot", "--rules", folder)
    assert ended.status == 1
    assert "the value is 'income', not 'saving'" in ended.out
    assert "0 of 1 example of 1 rule read as marked" in ended.err


def test_an_unknown_rule_is_a_usage_error(cli: Cli) -> None:
    ended = cli("rules", "explain", "kind.nonsense")
    assert ended.status == 2
    assert "there is no rule 'kind.nonsense'" in ended.err
    assert cli("rules", "explain").status == 2


def test_extract_reads_by_the_users_rules(cli: Cli, tmp_path: Path) -> None:
    folder = with_rule(tmp_path)
    ended = cli("extract", "-", "--rules", folder, stdin=b"It was a \xc2\xa35m jackpot.")
    assert ended.out.split("\t")[4] == "income"


def test_a_mistake_in_a_rule_file_is_said_before_anything_is_read(cli: Cli, tmp_path: Path) -> None:
    folder = with_rule(tmp_path)
    Path(folder, "kind.toml").write_text(RULE.replace("side", "sde"), "utf-8")
    for command in (["extract", "-"], ["ingest", "a.txt"], ["rules", "test"]):
        ended = cli(*command, "--rules", folder, stdin=b"")
        assert ended.status == 1
        assert "kind.toml, rule kind.jackpot: unknown keys ['sde']" in ended.err
    assert not list(tmp_path.glob("*.earmark.db"))


def test_a_store_read_with_own_rules_is_proven_with_them(cli: Cli, tmp_path: Path) -> None:
    folder = with_rule(tmp_path)
    (tmp_path / "a.txt").write_text("It was a £5m jackpot.", "utf-8")
    assert cli("ingest", "a.txt", "--store", "x.earmark.db", "--rules", folder).status == 0
    assert cli("audit", "--deep", "--store", "x.earmark.db", "--rules", folder).status == 0
    without = cli("audit", "--deep", "--store", "x.earmark.db")
    assert without.status == 3
    assert "rules" in without.out


class Words(HTMLParser):
    """What a page says, and what it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loads += [f"{tag} {name}" for name, _ in attrs if name in {"src", "href"}]

    def handle_data(self, data: str) -> None:
        self.said += data.split()


def test_html_shows_every_field_and_loads_nothing(cli: Cli, tmp_path: Path) -> None:
    text = f"{SENTENCE} No money <i>here\u202e</i>."
    (tmp_path / "a.txt").write_text(text, "utf-8")
    ended = cli("extract", "a.txt", "--html", "a.html")
    assert (ended.status, ended.out) == (0, "")
    page = Words()
    page.feed((tmp_path / "a.html").read_text("utf-8"))
    assert page.loads == []
    said = " ".join(page.said)
    assert "1 amount" in said
    assert "1 purpose" in said
    assert "purpose.for" in said
    assert "<i>here" in said
    assert "\u202e" not in said
