"""JSON-LD is read by two others: the `prov` library, and a JSON-LD processor."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from prov.model import ProvDerivation, ProvDocument, ProvEntity, ProvGeneration
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from records.claim import Claim
from store.exports.jsonld import base_of, lines
from store.question import parse
from store.saying import Saying
from store.store import Store
from tests.databases import Databases
from tests.store.stories import STORIES, fill, whole

SDO, OA = Namespace("https://schema.org/"), Namespace("http://www.w3.org/ns/oa#")
PROV = Namespace("http://www.w3.org/ns/prov#")


@pytest.fixture(scope="module")
def shared(databases: Databases) -> Iterator[Store]:
    with Store.open(databases.new(), create=True) as store:
        fill(store, [make() for make in (*STORIES, whole)])
        store.decide(Saying("accept", ("m1",), "anna", "checked", "purpose"))
        yield store


@pytest.fixture(scope="module")
def text(shared: Store) -> str:
    with shared.selection() as chosen:
        return "".join(lines(chosen))


@pytest.fixture(scope="module")
def base(shared: Store) -> str:
    with shared.selection() as chosen:
        return base_of(chosen)


@pytest.fixture(scope="module")
def read(text: str) -> Any:
    """What a JSON-LD processor makes of it; no network is there to fetch a context from."""
    with warnings.catch_warnings():  # of rdflib, about its own classes
        warnings.simplefilter("ignore", DeprecationWarning)
        return Graph().parse(data=text, format="json-ld")


def test_no_context_is_elsewhere(text: str) -> None:
    context = json.loads(text)["@context"]
    assert isinstance(context, dict)
    assert not [value for value in context.values() if str(value).endswith(".jsonld")]


def test_a_processor_finds_claims_with_their_amounts(read: Any, shared: Store, base: str) -> None:
    claims = {one.id: one for one in shared.all_claims()}
    assert set(read.subjects(RDF.type, SDO.Claim)) == {URIRef(base + name) for name in claims}
    for name, claim in claims.items():
        assert_amount(read, claim, URIRef(base + name))


def assert_amount(read: Any, claim: Claim, node: URIRef) -> None:
    money = read.value(node, SDO.about)
    assert read.value(money, SDO.currency) == Literal(claim.currency)
    low = read.value(money, SDO.value) or read.value(money, SDO.minValue)
    assert (None if low is None else Decimal(str(low))) == claim.low
    starts = read.value(money, SDO.validFrom)
    assert (starts and starts.toPython()) == claim.period_start
    assert len(list(read.objects(node, SDO.appearance))) == claim.documents


def test_selectors_find_the_words(read: Any, shared: Store, base: str) -> None:
    texts = {URIRef(base + one.id): one.document.text for one in shared.documents()}
    targets = list(read.objects(None, OA.hasTarget))
    assert len(targets) == shared.counts().mentions
    for target in targets:
        words = texts[read.value(target, OA.hasSource)]
        selectors = {read.value(one, RDF.type): one for one in read.objects(target, OA.hasSelector)}
        place, quote = selectors[OA.TextPositionSelector], selectors[OA.TextQuoteSelector]
        start, end = (int(read.value(place, name)) for name in (OA.start, OA.end))
        before, exact, after = (
            str(read.value(quote, name)) for name in (OA.prefix, OA.exact, OA.suffix)
        )
        assert words[start:end] == exact
        assert words[start - len(before) : end + len(after)] == f"{before}{exact}{after}"
    stated = [one for claim in shared.all_claims() for one in claim.mentions]
    pages = [f"page={one.provenance.page}" for one in stated if one.provenance.page is not None]
    assert sorted(map(str, read.objects(None, RDF.value))) == sorted(pages)
    assert pages


def test_a_processor_sees_provenance(read: Any, base: str) -> None:
    derivations = read.objects(URIRef(f"{base}c2"), PROV.qualifiedDerivation)
    assert {str(read.value(one, PROV.entity)) for one in derivations} == {
        f"{base}m2",
        f"{base}m7",
    }
    assert (URIRef(f"{base}d1"), RDF.type, PROV.Entity) in read


def test_the_prov_library_reads_its_statements_back(text: str) -> None:
    data = json.loads(text)
    names = {name: data["@context"][name] for name in ("store", "sha256", "earmark")}
    found: dict[str, ProvDocument] = {
        node["@id"]: statements(node, names) for node in data["@graph"] if "provenance" in node
    }
    claim = found["store:c2"]
    derived = [
        tuple(str(value) for _, value in one.formal_attributes[:2])
        for one in claim.get_records(ProvDerivation)
    ]
    assert ("store:c2", "store:m2") in derived
    assert ("store:m7", "store:d2") in derived
    assert len(list(found["store:d1"].get_records(ProvGeneration))) == 1
    entities = [str(one.identifier) for one in found["store:d1"].get_records(ProvEntity)]
    assert entities[0] == "store:d1"
    assert entities[1].startswith("sha256:")
    assert "anna decided on" in found["store:c1"].get_provn()


def statements(node: dict[str, Any], names: dict[str, str]) -> ProvDocument:
    content = json.dumps({"@context": [names], "@graph": node["provenance"]})
    return ProvDocument.deserialize(content=content, format="jsonld")


def test_a_choice_of_nothing_is_a_document(shared: Store) -> None:
    with shared.selection(parse("amount:>900bn")) as chosen:
        assert json.loads("".join(lines(chosen)))["@graph"] == []
