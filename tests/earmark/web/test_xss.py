"""Whatever a document, a title, an address or a file name says, no script of it runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote

import lxml.html
import pytest
from playwright.sync_api import Dialog, sync_playwright
from starlette.testclient import TestClient

from earmark import web
from earmark.reading import derive
from earmark.web.render import SWAP
from records.document import Capture, Known, Metadata
from store.store import Store
from tests.earmark.web.conftest import Open
from tests.earmark.web.live import CHROMIUM, needs_browser, served
from tests.earmark.web.xss import PAYLOADS

OURS = {f"/static/{one.name}" for one in Path(web.__file__).parent.glob("static/*.js")}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose every text, title, publisher, address and file name is an attack."""
    place = tmp_path_factory.mktemp("xss") / "hostile.earmark.db"
    with Store.open(str(place), create=True) as store:
        run = store.start_run({"earmark": "0"})
        for number, payload in enumerate(PAYLOADS):
            text = f"The council gives £{number + 3}m for {payload} and roads by 2031. {payload}\n"
            given = Metadata(
                title=Known(payload, "given"),
                publisher=Known(payload, "given"),
                author=Known(payload, "given"),
                published=Known(date(2026, 1, 1 + number % 28), "given"),
                url=Known(f"javascript:{payload}", "given"),
            )
            taken = Capture.of(f"{payload}.txt", text.encode(), datetime.now(UTC), given)
            kept = store.add_capture(run, taken)
            store.add_document(run, kept, *derive(kept))
        store.end_run(run, {"added": len(PAYLOADS)})
    return place


def test_there_are_many_attacks() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 200


def wrongs(page: str) -> list[str]:
    """Return what of a page could run, or load something from elsewhere."""
    found = []
    for element in lxml.html.document_fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in {"iframe", "object", "embed", "base", "style"}:
            found.append(element.tag)
        if element.tag == "script" and element.get("src") not in OURS:
            found.append("script")
        for name, value in element.attrib.items():
            if name.startswith(("hx-", "data-hx-")) and value not in ("", SWAP):
                found.append(f"{element.tag} {name}")
            leads = name in {"href", "src", "action", "formaction"}
            if name.startswith("on") or name in {"style", "srcdoc", "http-equiv"}:
                found.append(f"{element.tag} {name}")
            elif leads and not value.startswith(("/", "#", "https://", "http://")):
                found.append(f"{name}={value[:40]}")
    return found


@pytest.fixture
def pages(browse: Open, hostile: Path) -> TestClient:
    return browse(hostile, write=True)


def test_no_page_of_any_attack_holds_an_element_of_its_own(pages: TestClient) -> None:
    paths = ["/claims?limit=500", "/documents?limit=500", "/pots", "/timeline", "/review", "/runs"]
    paths += [f"/documents/d{number}" for number in range(1, len(PAYLOADS) + 1, 2)]
    paths += [f"/claims/c{number}" for number in range(2, len(PAYLOADS) + 1, 9)]
    paths += [f"/claims?limit=1&q={quote(payload)}" for payload in PAYLOADS]
    paths += [f"/compare?left={quote(payload)}&right=c1" for payload in PAYLOADS[::9]]
    paths += [f"/{quote(payload)}" for payload in PAYLOADS[::5]]
    for path in paths:
        answer = pages.get(path)
        assert wrongs(answer.text) == [], path
        assert answer.status_code < 500, path
        assert "unsafe" not in answer.headers["content-security-policy"]


@needs_browser
def test_no_attack_runs_in_a_real_browser(hostile: Path) -> None:
    with served(hostile) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        asked: list[str] = []
        dialogs: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: _dismiss(dialog, dialogs))
        for path in _seen():
            page.goto(address + path)
            page.mouse.move(300, 300)
            assert page.evaluate("window.xss === undefined"), path
        browser.close()
    assert dialogs == []
    foreign = [url for url in asked if not url.startswith(address)]
    assert foreign == []


def _dismiss(dialog: Dialog, seen: list[str]) -> None:
    seen.append(dialog.message)
    dialog.dismiss()


def _seen() -> Iterator[str]:
    """Yield pages that show all attacks together, and some that show one alone."""
    yield from ("/claims?limit=500", "/documents?limit=500", "/pots", "/timeline", "/review")
    yield from (f"/documents/d{number}?at=c{number}" for number in range(1, len(PAYLOADS), 9))
    yield from (f"/claims?q={quote(payload)}" for payload in PAYLOADS[4::9])
    yield from (f"/pots.svg?q=amount:{number}m" for number in range(3, len(PAYLOADS), 60))
