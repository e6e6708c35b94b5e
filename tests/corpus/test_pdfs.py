"""The corpus' PDFs are made, not found: the same bytes each time."""

from __future__ import annotations

from pathlib import Path

import pytest
import reportlab

from tests.corpus.places import ARTICLES, ROOT, document, label, module

PDFS = [path for path in ARTICLES if path.suffix == ".pdf"]
SCRIPT = module(ROOT / "scripts" / "make_corpus_pdfs.py")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("pdfs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "0")
        assert SCRIPT.main([str(target)]) == 0
    return target


@pytest.mark.skipif(
    reportlab.__version__ != SCRIPT.MADE_WITH,
    reason=f"the PDFs were made with reportlab {SCRIPT.MADE_WITH}; another may lay out otherwise",
)
@pytest.mark.parametrize("path", PDFS, ids=label)
def test_the_script_makes_the_very_bytes(path: Path, folder: Path) -> None:
    assert (folder / label(path)).read_bytes() == path.read_bytes()


def test_the_script_makes_every_pdf(folder: Path) -> None:
    assert {label(path) for path in folder.rglob("*.pdf")} == {label(path) for path in PDFS}


@pytest.mark.parametrize("path", PDFS, ids=label)
def test_a_pdf_has_words_on_its_pages(path: Path) -> None:
    read = document(path)
    assert {word.page for word in read.words} == set(range(1, (read.pages or 0) + 1))
    assert read.gaps == ()
