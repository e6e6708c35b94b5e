"""How documents are read: what the user adds to Earmark's own rules."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class ReadWith:
    """What a user reads documents with besides what Earmark brings.

    Attributes:
        rules: A folder of rule files (docs/rules.md); None for Earmark's rules alone.
        pipeline: A trained spaCy pipeline, by the name of its package or its path, that is asked
            where rules must guess; None for none.
    """

    rules: str | None = None
    pipeline: str | None = None

    @classmethod
    def checked(cls, rules: str | Path | None, pipeline: str | Path | None) -> Self:
        """Return what to read with, refusing what cannot be used before anything is read.

        Raises:
            RuleFileError: A rule file cannot be used.
            PipelineError: The pipeline cannot be used.
        """
        made = cls(
            None if rules is None else str(rules), None if pipeline is None else str(pipeline)
        )
        if made.rules is not None:
            import_module("extract.rulefiles").rulebook(made.rules)
        if made.pipeline is not None:
            import_module("extract.syntax").trained(made.pipeline)
        return made
