"""Where claims and documents come from, as statements of W3C PROV, by the `prov` library."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from records.claim import Claim
from store.results import StoredDocument


class Statements:
    """Makes PROV statements about the records of one store."""

    def __init__(self, prov: Any, base: str) -> None:
        """Use the module `prov.model`; names begin with `base`."""
        self._prov, self._base = prov, base

    def of_claim(self, claim: Claim) -> list[Mapping[str, Any]]:
        """Say which quotations a claim derives from, and which decisions it follows.

        A claim derives from each of its mentions, a mention is quoted from its document; who
        decided is an agent that a decision is associated with.
        """
        told = self._empty()
        told.entity(f"store:{claim.id}", {"prov:type": _name(told, "earmark:Claim")})
        for stored in claim.mentions:
            told.entity(f"store:{stored.id}")
            told.wasDerivedFrom(f"store:{claim.id}", f"store:{stored.id}")
            document = f"store:{stored.provenance.document}"
            told.wasQuotedFrom(f"store:{stored.id}", document)
        people: dict[str, str] = {}
        for one in claim.decisions:
            person = people.setdefault(one.by, f"store:{claim.id}-person{len(people) + 1}")
            told.activity(f"store:{one.id}", one.at, one.at, {"prov:label": one.told})
            told.wasAssociatedWith(f"store:{one.id}", person)
            told.wasInfluencedBy(f"store:{claim.id}", f"store:{one.id}")
        for name, person in people.items():
            told.agent(person, {"prov:type": _name(told, "prov:Person"), "prov:label": name})
        return _statements(told)

    def of_document(self, stored: StoredDocument) -> list[Mapping[str, Any]]:
        """Say which bytes a text derives from, by which reader, in which run, and whose it is."""
        told, document = self._empty(), stored.document
        name, run, content = (
            f"store:{stored.id}",
            f"store:{stored.run}",
            f"sha256:{document.sha256}",
        )
        told.entity(name, {"earmark:textSha256": document.text_sha256})
        told.entity(content, {"prov:location": document.source})
        told.activity(run)
        told.used(run, content, document.captured_at)
        told.wasGeneratedBy(name, run)
        told.wasDerivedFrom(name, content, run)
        reader = f"earmark:reader-{document.reader.name.replace(' ', '-')}"
        version = {"earmark:version": document.reader.version}
        told.agent(reader, {"prov:type": _name(told, "prov:SoftwareAgent"), **version})
        told.wasAssociatedWith(run, reader)
        if publisher := document.metadata.publisher:
            agent = f"{name}-publisher"
            kind = {"prov:type": _name(told, "prov:Organization")}
            told.agent(agent, {**kind, "prov:label": publisher.value})
            told.wasAttributedTo(content, agent)
        if stored.echo:
            told.wasInfluencedBy(name, f"store:{stored.echo.of}")
        return _statements(told)

    def _empty(self) -> Any:
        told = self._prov.ProvDocument()
        told.add_namespace("store", self._base)
        told.add_namespace("sha256", "urn:sha256:")
        told.add_namespace("earmark", "urn:x-earmark:terms:")
        return told


def _name(told: Any, text: str) -> Any:
    return told.valid_qualified_name(text)


def _statements(told: Any) -> list[Mapping[str, Any]]:
    data = json.loads(told.serialize(format="jsonld"))
    graph: list[Mapping[str, Any]] = data["@graph"]
    return graph
