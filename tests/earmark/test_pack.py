"""`earmark export --format pack`: what is in it proves itself, and opens in a real browser."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

import earmark
from records.errors import ExtraMissingError, SettingsError
from store import verify
from store.exports import jsonld
from tests.earmark.conftest import Cli
from tests.earmark.web.live import CHROMIUM, needs_browser
from tests.ingest.pdfs import drawn, lines

HOSTILE = (
    "The Treasury will give £7 million to <script>document.title='run'</script> schools & roads. "
    "<img src=http://example.org/x.png onerror=alert(1)>"
)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of a PDF with sums on two of its pages, and of a text that would run if it could."""
    folder = tmp_path_factory.mktemp("packed")
    pages = (
        lines("The council will spend £5 million on roads.", "It has £3 million for buses."),
        lines("Nothing is said here."),
        lines("A further £2 million will go to schools by 2027."),
    )
    (folder / "report.pdf").write_bytes(drawn(*pages))
    (folder / "news.txt").write_text(HOSTILE, "utf-8")
    with earmark.open_store(folder / "s.earmark.db") as store:
        run = store.ingest([folder / "report.pdf", folder / "news.txt"], published="2026-01-02")
    assert run.counts["failed"] == 0
    return folder / "s.earmark.db"


@pytest.fixture(scope="module")
def pack(stored: Path) -> Path:
    """The pack, unpacked."""
    with earmark.open_store(stored, read_only=True) as store:
        written = store.export("pack", stored.with_name("e.zip"), with_sources=True)
    assert (written.records, written.unit, written.notes) == (4, "claim", ())
    with zipfile.ZipFile(stored.with_name("e.zip")) as file:
        assert file.testzip() is None
        file.extractall(stored.with_name("pack"))
    return stored.with_name("pack")


def names(folder: Path) -> set[str]:
    return {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}


def test_every_file_has_its_sum(pack: Path) -> None:
    told = (pack / "manifest.sha256").read_text("utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ", 1) for line in told)}
    assert sums.keys() == names(pack) - {"manifest.sha256"}
    for name, digest in sums.items():
        assert hashlib.sha256((pack / name).read_bytes()).hexdigest() == digest


def test_every_quote_is_proven_by_what_is_in_it(pack: Path) -> None:
    head = (pack / "head.txt").read_text("utf-8")
    claims = [json.loads(line) for line in (pack / "claims.jsonl").read_text("utf-8").splitlines()]
    quoted = {one["id"] for claim in claims for one in claim["mentions"]}
    assert len(quoted) == 4
    assert {f"receipts/{name}.json" for name in quoted} <= names(pack)
    for name in quoted:
        receipt = (pack / f"receipts/{name}.json").read_text("utf-8")
        text = pack / f"texts/{verify.check(receipt)['documents']['body']}.txt"
        rows = verify.check(receipt, head, text.read_bytes())
        (capture,) = (pack / "captures").glob(f"{rows['contents']['sha256']}.*")
        content = capture.read_bytes()
        assert hashlib.sha256(content).hexdigest() == rows["contents"]["sha256"]
    assert (pack / "verify.py").read_text("utf-8") == Path(verify.__file__).read_text("utf-8")


def test_nothing_of_a_web_page_is_named_so_that_it_runs(pack: Path) -> None:
    assert {Path(name).suffix for name in names(pack / "captures")} == {".pdf", ".bin"}


def test_the_same_question_gives_the_same_bytes(stored: Path, tmp_path: Path) -> None:
    with earmark.open_store(stored, read_only=True) as store:
        for name in ("a", "b"):
            store.export("pack", tmp_path / name, "amount:>=5m")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    with zipfile.ZipFile(tmp_path / "a") as file:
        found = set(file.namelist())
        page = file.read("index.html").decode()
    assert sum(name.startswith("receipts/") for name in found) == 2
    assert {name for name in found if name.startswith("pages/")} == {"pages/d1-1.png"}
    assert not any(name.startswith("captures/") for name in found)
    assert "amount:&gt;=5m" in page
    assert "£3m" not in page


def test_a_pack_says_how_far_it_is(stored: Path, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    with earmark.open_store(stored, read_only=True) as store:
        store.export("pack", tmp_path / "a", advance=lambda *at: steps.append(at))
    done, (whole,) = [at for at, _ in steps], {total for _, total in steps}
    assert done == sorted(done)
    assert whole == done[-1] > len(steps) // 2 > 0


def test_without_the_extra_the_rest_is_there_and_said(
    stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str, *, form: str, extra: str) -> object:
        raise ExtraMissingError(f"{form} needs an extra: {name} of {extra}")

    monkeypatch.setattr(jsonld, "library", missing)
    with earmark.open_store(stored, read_only=True) as store:
        written = store.export("pack", tmp_path / "a", "amount:7m")
    assert [note.split(" was ")[0] for note in written.notes] == ["prov.jsonld"]
    with zipfile.ZipFile(tmp_path / "a") as file:
        assert "prov.jsonld" not in file.namelist()


def test_nothing_of_what_was_redacted_is_in_a_pack(stored: Path, tmp_path: Path) -> None:
    place = shutil.copy(stored, tmp_path / "s.earmark.db")
    with earmark.open_store(place) as store:
        (erased,) = [one.id for one in store.documents() if "news.txt" in one.document.source]
        store.redact([erased], reason="mistake", by="anna")
        written = store.export("pack", tmp_path / "a", with_sources=True)
    assert written.records == 3
    with zipfile.ZipFile(tmp_path / "a") as file:
        held = {name: file.read(name) for name in file.namelist()}
    for words in (b"The Treasury will give", b"news.txt", b"7000000", b"\xc2\xa37"):
        assert [name for name, content in held.items() if words in content] == []
    receipts = [content.decode() for name, content in held.items() if "receipts/" in name]
    assert len(receipts) == 3
    for receipt in receipts:
        assert verify.check(receipt, held["head.txt"].decode())


def test_a_pack_needs_a_name_and_a_store_of_sound_rows(cli: Cli, own_store: Path) -> None:
    ended = cli("export", "--format", "pack")
    assert (ended.status, ended.out) == (2, "")
    assert "-o FILE.zip" in ended.err
    assert cli("export", "--format", "pack", "--excel", "-o", "a.zip").status == 2
    assert cli("export", "--format", "pack", "--query", "amount:2.1bn", "-o", "a.zip").status == 0
    assert zipfile.is_zipfile("a.zip")
    with pytest.raises(SettingsError), earmark.open_store(own_store, read_only=True) as store:
        store.export("pack", own_store)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # The sandbox of Chromium cannot be made by root, as whom CI runs.
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@needs_browser
def test_it_opens_in_a_browser_and_loads_nothing_from_elsewhere(
    pack: Path, browser: Browser
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: refused.append(request.url))
    page.goto((pack / "index.html").as_uri())
    assert page.title() == "Evidence pack"
    assert {url.partition(":")[0] for url in asked} == {"file"}
    assert sorted(url.rpartition("/")[2] for url in asked) == ["d1-1.png", "d1-3.png", "index.html"]
    assert refused == []
    assert page.locator("script, iframe, object, img, link").count() == 0
    assert page.locator(".quote blockquote mark.amount").count() == 4
    assert "<script>document.title='run'</script>" in page.locator("article").nth(1).inner_text()
    for link in page.locator("a[href^='#']").all():
        target = str(link.get_attribute("href")).removeprefix("#")
        assert page.locator(f"[id='{target}']").count() == 1
    for link in page.locator("a:not([href^='#'])").all():
        assert (pack / str(link.get_attribute("href"))).is_file()
    page.locator("svg a").first.click()
    assert page.url.endswith("#m1")
    page.close()


@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_it(pack: Path, browser: Browser, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": 320, "height": 900})  # type: ignore[arg-type]
    page.goto((pack / "index.html").as_uri())
    wcag = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(page, options=wcag)
    assert found.violations_count == 0, found.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320
    page.close()
