"""A pipeline that parses by a table, so that tests need no download and know every answer."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

# Deliberately short: no rule of words would call `council` alone the subject.
SENTENCE = "The old town council gave £5m to schools."
_POS = {"gave": "VERB", "council": "NOUN", "schools": "NOUN", "money": "NOUN"}
# Sentences with a parse of their own: part of speech, relation and head of each token.
_PARSED = {
    "The Trust, which runs baths, has given £5m to nurses and midwives who stay.": (
        "DET PROPN PUNCT PRON VERB NOUN PUNCT AUX VERB SYM NUM NOUN"
        " ADP NOUN CCONJ NOUN PRON VERB PUNCT",
        "det nsubj punct nsubj relcl dobj punct aux ROOT nmod nummod dobj"
        " dative pobj cc conj nsubj relcl punct",
        [1, 8, 1, 4, 1, 4, 1, 8, 8, 11, 11, 8, 8, 12, 13, 13, 17, 15, 8],
    )
}


@Language.component("earmark_test_parse")
def parse(doc: Doc) -> Doc:
    """Hang every word on `gave`; its subject is the word `council` alone."""
    words = [token.text for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    if doc.text in _PARSED:
        pos, deps, heads = _PARSED[doc.text]
        return Doc(
            doc.vocab, words, spaces, pos=pos.split(), deps=deps.split(), heads=heads, tags=None
        )
    verb = words.index("gave") if "gave" in words else 0
    dep = ["nsubj" if word == "council" else "dep" for word in words]
    dep[verb : verb + 1] = ["ROOT"] if words else []
    kinds = [_POS.get(word, "X") for word in words]
    return Doc(doc.vocab, words, spaces, pos=kinds, deps=dep, heads=[verb] * len(words))


def save(place: Path) -> str:
    """Save the pipeline, and beside it what lets another process find its component."""
    nlp = spacy.blank("en")
    nlp.add_pipe("earmark_test_parse")
    nlp.meta["name"], nlp.meta["version"] = "tiny", "1.2.3"
    nlp.to_disk(place / "tiny")
    about = place / "earmark_tiny-1.2.3.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: earmark-tiny\nVersion: 1.2.3\n")
    (about / "entry_points.txt").write_text(
        "[spacy_factories]\nearmark_test_parse = tests.earmark.tiny:parse\n"
    )
    return str(place / "tiny")
