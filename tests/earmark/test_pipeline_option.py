"""`--pipeline NAME` and `pipeline=`: what a trained pipeline that the user has adds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy

import earmark
from extract.analysis import Analysis
from extract.syntax import Syntax, trained
from records.errors import PipelineError
from tests.earmark.conftest import Cli
from tests.earmark.tiny import SENTENCE, save


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.syspath_prepend(str(tmp_path))
    return save(tmp_path)


def test_the_parse_decides_and_is_named(tiny: str) -> None:
    (without,) = earmark.extract(SENTENCE)
    (asked,) = earmark.extract(SENTENCE, pipeline=tiny)
    assert without.funder is not None
    assert asked.funder is not None
    assert (without.funder.text, asked.funder.text) == ("The old town council", "council")
    assert asked.rules["funder"] == without.rules["funder"] + "+parse"
    assert asked.recipient == without.recipient


def test_several_processes_ask_it_too(tiny: str) -> None:
    texts = [SENTENCE, "No money.", SENTENCE.replace("5m", "7m")]
    one = list(earmark.extract_many(texts, pipeline=tiny))
    assert list(earmark.extract_many(texts, pipeline=tiny, jobs=2)) == one
    assert [mention.funder.text for found in one for mention in found if mention.funder] == [
        "council",
        "council",
    ]


def test_what_it_made_is_proven_by_an_audit_with_it(cli: Cli, tiny: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    assert cli("ingest", "a.txt", "-S", "s.earmark.db", "--pipeline", tiny).status == 0
    proven = cli("audit", "--deep", "-S", "s.earmark.db", "--pipeline", tiny)
    assert proven.status == 0, proven.out + proven.err
    weaker = cli("audit", "--deep", "-S", "s.earmark.db")
    assert weaker.status == 3
    assert "rules differ" in weaker.out


def test_extract_prints_what_it_made(cli: Cli, tiny: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    ended = cli("extract", "a.txt", "--pipeline", tiny, "--json")
    (document,) = json.loads(ended.out)["data"]
    assert document["mentions"][0]["funder"]["text"] == "council"


@pytest.mark.parametrize("command", ["extract", "ingest", "audit"])
def test_a_pipeline_that_is_not_there_is_named_first(
    cli: Cli, tmp_path: Path, command: str
) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    sources = [] if command == "audit" else ["a.txt"]
    ended = cli(command, *sources, "--pipeline", "en_nonsense")
    assert ended.status == 1
    assert ended.out == ""
    assert "python -m spacy download en_nonsense" in ended.err
    assert "[pipeline]" in ended.err
    assert not list(tmp_path.glob("**/*.db"))


def test_a_pipeline_without_a_parse_is_refused(tmp_path: Path) -> None:
    blank = spacy.blank("en")
    blank.to_disk(tmp_path / "blank")
    with pytest.raises(PipelineError, match="has no tagger"):
        earmark.extract(SENTENCE, pipeline=tmp_path / "blank")
    ruler = blank.add_pipe("attribute_ruler")
    ruler.add([[{}]], {"POS": "NOUN"})  # type: ignore[attr-defined]
    blank.to_disk(tmp_path / "tags")
    with pytest.raises(PipelineError, match="has no parser"):
        earmark.open_store(tmp_path / "s.db", pipeline=tmp_path / "tags")
    assert not (tmp_path / "s.db").exists()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "config.cfg").write_text("[nlp\n", "utf-8")
    with pytest.raises(PipelineError, match="cannot be loaded"):
        earmark.extract(SENTENCE, pipeline=tmp_path / "broken")


def test_no_vocabulary_grows(tiny: str) -> None:
    strings = trained(tiny).nlp.vocab.strings
    list(earmark.extract_many([SENTENCE], pipeline=tiny))
    before = len(strings)
    texts = (f"The old zq{number} council gave £5m to zx{number}." for number in range(50))
    assert len(list(earmark.extract_many(texts, pipeline=tiny))) == 50
    assert len(strings) == before


def test_the_parse_answers_by_offsets(tiny: str) -> None:
    money = "The Trust, which runs baths, has given £5m to nurses and midwives who stay."
    text = f"No parse of this. {money}"
    analysis = Analysis.of(text, None, "GB")
    syntax = Syntax(
        trained(tiny), analysis.text, analysis.sentences, [a.start for a in analysis.amounts]
    )

    def quote(bounds: tuple[int, int] | None) -> str | None:
        return text[slice(*bounds)] if bounds else None

    at = text.index
    assert syntax.is_verb(at("given")) is True
    assert syntax.is_verb(at("baths")) is False
    assert syntax.is_verb(at("which")) is None
    assert syntax.is_verb(at("parse")) is None  # no money in its sentence
    assert quote(syntax.subject(at("has given"))) == "The Trust"
    assert quote(syntax.subject(at("runs"))) == "The Trust"
    assert quote(syntax.subject(at("baths"))) is None
    assert quote(syntax.phrase(at("nurses"))) == "nurses and midwives who stay"
    assert quote(syntax.phrase(at("given"))) is None
