"""The content of pages carried out, by pdfminer's interpreter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import resolve1, stream_value
from pdfminer.psparser import PSKeyword, literal_name

from ingest.pdf.content import UnusualContentError, tokens_of


def layers_off(catalog: Any) -> frozenset[int]:
    """Return the numbers of the layers that a catalog turns off; source: ISO 32000-1, 8.11."""
    layers = resolve1(catalog.get("OCProperties"))
    begun = resolve1(layers.get("D")) if isinstance(layers, dict) else None
    off = resolve1(begun.get("OFF")) if isinstance(begun, dict) else None
    listed = off if isinstance(off, list) else []
    return frozenset(each.objid for each in listed if hasattr(each, "objid"))


class Interpreter(PDFPageInterpreter):  # type: ignore[misc] # pdfminer is not typed here
    """pdfminer's interpreter with a faster parser, which also minds clips and layers.

    Attributes:
        layers_off: Numbers of the layers that do not show.
    """

    layers_off: frozenset[int] = frozenset()

    def init_state(self, ctm: Any) -> None:
        """Begin a content stream."""
        super().init_state(ctm)
        self._marks: list[bool] = []

    def subinterp(self) -> Interpreter:
        """Return what carries out the content of a form."""
        inner: Interpreter = super().subinterp()
        inner.layers_off = self.layers_off
        return inner

    def get_current_state(self) -> Any:
        """Return what `q` saves."""
        return (*super().get_current_state(), self.device.sight.clip)

    def set_current_state(self, state: Any) -> None:
        """Restore it."""
        super().set_current_state(state[:-1])
        self.device.sight.clip = state[-1]

    def do_W(self) -> None:  # noqa: N802 - operators of PDF are told by case
        """Show no more than what lies in the path."""
        self.device.clip_to(self.curpath)

    def do_W_a(self) -> None:  # noqa: N802
        """Likewise, by another rule of what lies in it."""
        self.device.clip_to(self.curpath)

    def do_Do(self, name: Any) -> None:  # noqa: N802
        """Draw a form or a picture, whose clips and layers end with it."""
        clip, off = self.device.sight.clip, self.device.sight.off
        drawn = resolve1(self.xobjmap.get(literal_name(name)))
        self.device.sight.off += self._is_off(drawn.get("OC") if hasattr(drawn, "get") else None)
        super().do_Do(name)
        self.device.sight.clip, self.device.sight.off = clip, off

    def do_BMC(self, tag: Any) -> None:  # noqa: N802
        """Begin a part that has a name alone."""
        self._begin(off=False)
        super().do_BMC(tag)

    def do_BDC(self, tag: Any, about: Any) -> None:  # noqa: N802
        """Begin a part of which something is known: its layer, maybe."""
        known = resolve1(self.resources.get("Properties")) if self.resources else None
        layer = known.get(literal_name(about)) if isinstance(known, dict) else None
        self._begin(off=literal_name(tag) == "OC" and self._is_off(layer))
        super().do_BDC(tag, about)

    def do_EMC(self) -> None:  # noqa: N802
        """End the part."""
        if self._marks:
            self.device.sight.off -= self._marks.pop()
        super().do_EMC()

    def _begin(self, *, off: bool) -> None:
        self._marks.append(off)
        self.device.sight.off += off

    def _is_off(self, layer: Any) -> bool:
        """Tell whether a layer does not show, or all of those that it stands for."""
        if getattr(layer, "objid", None) in self.layers_off:
            return True
        known = resolve1(layer)
        inner = resolve1(known.get("OCGs")) if isinstance(known, dict) else None
        several = inner if isinstance(inner, list) else [known.get("OCGs")] if inner else []
        return bool(several) and all(
            getattr(each, "objid", None) in self.layers_off for each in several
        )

    def execute(self, streams: Sequence[object]) -> None:
        """Carry out the operators of content streams."""
        tokens = self._tokens([stream_value(stream) for stream in streams])
        if tokens is None:
            super().execute(streams)
            return
        self.argstack: list[Any] = []
        for token in tokens:
            if not isinstance(token, PSKeyword):
                self.argstack.append(token)
                continue
            method, count = _OPERATORS.get(token.name, (None, 0))
            if method is None:
                continue
            if not count:
                method(self)
            elif len(self.argstack) >= count:
                arguments = self.argstack[-count:]
                del self.argstack[-count:]
                method(self, *arguments)
            else:
                self.argstack = []

    def _tokens(self, streams: list[Any]) -> list[Any] | None:
        """Return what the streams say; None where pdfminer's own parser should find out."""
        numbers = {stream.objid for stream in streams}
        if None in numbers or not numbers.isdisjoint(self.parent_stream_ids):
            return None
        self.stream_ids = numbers
        try:
            return tokens_of(b"\n".join(stream.get_data() for stream in streams))
        except UnusualContentError:
            return None


def _operators() -> dict[bytes, tuple[Callable[..., None], int]]:
    """Return what carries out each operator, and the number of its operands."""
    spelled = {"_a": "*", "_w": '"', "_q": "'"}
    found = {}
    for name in dir(Interpreter):
        if name.startswith("do_"):
            operator = name[3:]
            for word, sign in spelled.items():
                operator = operator.replace(word, sign)
            method = getattr(Interpreter, name)
            found[operator.encode()] = method, method.__code__.co_argcount - 1
    return found


_OPERATORS = _operators()
