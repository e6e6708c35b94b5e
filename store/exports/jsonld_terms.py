"""The words of a JSON-LD export and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SCHEMA_ORG, OA = "https://schema.org/", "http://www.w3.org/ns/oa#"
_OURS = (
    *("kind", "purpose", "recipient", "promiser", "timeframe", "per"),
    *("approximate", "fetched", "sourceName"),
)
_SCHEMA = ("text", "about", "name", "publisher", "currency", "value", "minValue", "maxValue")
_DAYS = ("datePublished", "validFrom", "validThrough")
_LINKS = ("partOf", "inAdditionTo", "equatesTo", "replaces")


def context_of(base: str, prov: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the context of a document.

    Args:
        base: What the names of the store's records begin with.
        prov: The context of PROV statements, which holds inside `provenance` only: its words
            (`value`, `entity`) mean something else outside.
    """
    terms: dict[str, Any] = {
        "@version": 1.1,
        "schema": SCHEMA_ORG,
        "oa": OA,
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "dcterms": "http://purl.org/dc/terms/",
        "earmark": "urn:x-earmark:terms:",
        "store": base,
        "sha256": "urn:sha256:",
    }
    for name in ("Claim", "CreativeWork", "MonetaryAmount", "Organization", "Person"):
        terms[name] = f"schema:{name}"
    terms |= {name: f"schema:{name}" for name in _SCHEMA}
    terms |= {name: {"@id": f"schema:{name}", "@type": "xsd:date"} for name in _DAYS}
    terms |= {name: {"@id": f"schema:{name}", "@type": "@id"} for name in ("url", "identifier")}
    terms |= {"author": "schema:author", "encodingFormat": "schema:encodingFormat"}
    for name in ("appearance", "firstAppearance"):
        terms[name] = {"@id": f"schema:{name}", "@type": "@id"}
    terms |= _annotation_terms()
    terms |= {name: f"earmark:{name}" for name in _OURS}
    terms |= {name: {"@id": f"earmark:{name}", "@type": "@id"} for name in _LINKS}
    terms["provenance"] = {
        "@id": "earmark:provenance",
        "@context": dict(prov),
    }
    return terms


def _annotation_terms() -> Mapping[str, Any]:
    """Return the words of the Web Annotation vocabulary, as its own context has them."""
    kinds = ("Annotation", "SpecificResource", "TextQuoteSelector", "TextPositionSelector")
    whole = "xsd:nonNegativeInteger"
    return {
        **{name: f"oa:{name}" for name in (*kinds, "FragmentSelector")},
        **{name: f"oa:{name}" for name in ("exact", "prefix", "suffix")},
        "motivation": {"@id": "oa:motivatedBy", "@type": "@id"},
        "body": {"@id": "oa:hasBody", "@type": "@id"},
        "target": {"@id": "oa:hasTarget", "@type": "@id"},
        "source": {"@id": "oa:hasSource", "@type": "@id"},
        "selector": {"@id": "oa:hasSelector", "@type": "@id"},
        "start": {"@id": "oa:start", "@type": whole},
        "end": {"@id": "oa:end", "@type": whole},
        "conformsTo": {"@id": "dcterms:conformsTo", "@type": "@id"},
        "fragment": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    }
