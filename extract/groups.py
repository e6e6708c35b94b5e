"""What components leave on a Doc: span groups whose attributes keep exact offsets and values.

A token may be longer than an amount (`1.5m-£2` is one), so a group's spans are widened to tokens
for display, and the exact code points stand in the group's attributes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from records.errors import ExtractError

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

PREFIX = "earmark_"


@dataclass(frozen=True, slots=True)
class Found:
    """One field of one amount, as a component found it.

    Attributes:
        amount: Index of the amount it belongs to.
        start: First code point in the text.
        end: One past the last.
        rule: Id of the rule that made it.
        values: Further values, of JSON types only.
    """

    amount: int
    start: int
    end: int
    rule: str
    values: Mapping[str, Any] = field(default_factory=dict)


class Page:
    """A text that components read and write as they do a Doc, without tokens and vocabulary.

    Rules read text, not tokens, so whoever wants mentions alone needs no Doc.

    Attributes:
        text: The document's text.
        user_data: As a Doc's.
        found: What each component left, by name.
    """

    __slots__ = ("found", "text", "user_data")

    def __init__(self, text: str) -> None:
        self.text = text
        self.user_data: dict[str, object] = {}
        self.found: dict[str, Sequence[Found]] = {}


# What a component runs on: a Doc of any spaCy pipeline, or a page.
Sheet = TypeVar("Sheet", bound="Doc | Page")


def write(doc: Doc | Page, name: str, found: Sequence[Found]) -> None:
    """Leave a component's findings as `doc.spans["earmark_<name>"]`."""
    if isinstance(doc, Page):
        doc.found[name] = found
        return
    key = PREFIX + name
    doc.spans[key] = [_widened(doc, item, name) for item in found]
    doc.spans[key].attrs["found"] = [
        [item.amount, item.start, item.end, item.rule, dict(item.values)] for item in found
    ]


def read(doc: Doc | Page, name: str) -> Sequence[Found]:
    """Return what a component left.

    Raises:
        ExtractError: The component has not run on this Doc.
    """
    if isinstance(doc, Page):
        return doc.found[name]
    key = PREFIX + name
    if key not in doc.spans:
        raise ExtractError(
            f"the pipeline has no {key!r} before a component that builds on it; add it first"
        )
    return [Found(*item) for item in doc.spans[key].attrs["found"]]


def read_by_amount(doc: Doc | Page, name: str) -> dict[int, Found]:
    """Return what a component left, by the index of the amount."""
    return {item.amount: item for item in read(doc, name)}


def _widened(doc: Doc, item: Found, name: str) -> Span:
    span = doc.char_span(item.start, item.end, label=name.upper(), alignment_mode="expand")
    if span is None:
        raise ExtractError(
            f"{name} at {item.start} to {item.end} lies outside the document's tokens"
        )
    return span
