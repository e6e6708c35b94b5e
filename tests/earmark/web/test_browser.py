"""What a person does, done in a real browser: look, follow, decide, upload; with and without."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

import earmark
from tests.earmark.web.live import CHROMIUM, TOKEN, needs_browser, served

pytestmark = needs_browser
PAGES = (
    *("/claims?limit=6&q=kind:funding", "/claims?q=amount:%3E2.1bbn", "/claims/c1"),
    *("/claims/c999", "/documents", "/documents/d2?at=c1", "/documents/d3", "/pots"),
    *("/pots?measure=headlines", "/pots?measure=new&rate=year", "/pots/alarms", "/timeline"),
    *(
        "/compare",
        "/compare?left=c1&right=c6",
        "/compare?left=c1&right=c6&blind=1",
        "/review",
        "/review?blind=1",
        "/audit",
        "/runs",
    ),
    *("/about", "/check", "/check?text=The+NHS+gets+£5.9bn+for+tests.", "/ingest"),
)
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # The sandbox of Chromium cannot be made by root, as whom CI runs.
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture(scope="module")
def address(read_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that may be written to, on a copy of the bundled story."""
    folder = tmp_path_factory.mktemp("browser")
    for path in read_store.parent.iterdir():
        shutil.copy(path, folder / path.name)
    with served(folder / read_store.name, write=True) as found:
        yield found


@pytest.fixture
def open_(browser: Browser, address: str) -> Iterator[Open]:
    """Open a page as somebody who was let in; whatever a script does wrong fails the test."""
    contexts, errors = [], []

    def open_page(path: str, **options: object) -> Page:
        context = browser.new_context(base_url=address, reduced_motion="reduce", **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"/enter?key={TOKEN}")
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_meets_wcag_in_light_and_dark_and_on_a_narrow_screen(open_: Open, path: str) -> None:
    page = open_(path, viewport={"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    # The dark page is the same but for its colours.
    for scheme, rules in (("light", WCAG), ("dark", {"runOnly": ["color-contrast"]})):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of its words
        found = Axe().run(page, options=rules).response["violations"]
        told = [(one["id"], [node["html"][:150] for node in one["nodes"]]) for one in found]
        assert told == []


def test_from_a_search_to_the_box_on_the_page(open_: Open) -> None:
    page = open_("/claims", viewport={"width": 1280, "height": 900})
    page.get_by_label("Question").fill("amount:5.9bn")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="£5.9bn").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("£5.9bn")
    page.get_by_role("link", name=re.compile("see the words in")).click()
    assert "/documents/" in page.url
    page.goto("/documents/d2?at=c1")
    box = page.locator("svg.sheet a.chosen rect").first
    expect(box).to_be_visible()
    picture = Image.open(BytesIO(page.locator("svg.sheet").screenshot())).convert("L")
    sheet, rect = page.locator("svg.sheet").bounding_box(), box.bounding_box()
    assert sheet
    assert rect
    left, top = rect["x"] - sheet["x"], rect["y"] - sheet["y"]
    inside = picture.crop((left, top, left + rect["width"], top + rect["height"]))
    dark = sum(inside.histogram()[:110]) / (inside.width * inside.height)
    assert dark > 0.03, "no letters stand in the box"
    above = picture.crop((left, top - 12, left + rect["width"], top - 4))
    assert sum(above.histogram()[:110]) / (above.width * above.height) < dark


def test_a_search_changes_a_part_of_the_page_and_the_way_back_works(open_: Open) -> None:
    page = open_("/claims")
    loads: list[str] = []
    page.on("domcontentloaded", lambda loaded: loads.append(loaded.url))
    box = page.get_by_label("Question")
    box.fill("currency:GBP kind:fu")
    expect(page.locator("#terms option")).to_have_count(1)
    assert page.locator("#terms option").get_attribute("value") == "currency:GBP kind:funding"
    box.fill("kind:funding")
    box.press("Enter")
    expect(page).to_have_title(re.compile("kind:funding"))
    assert "q=kind%3Afunding" in page.url
    expect(page.locator("#said")).to_contain_text("claims")
    page.locator(".facets a").first.click()
    expect(box).to_have_value(re.compile("kind:funding [a-z]+:"))
    page.go_back()
    expect(box).to_have_value("kind:funding")
    page.go_back()
    expect(box).to_have_value("")
    assert loads == []


def test_everything_works_without_scripts(open_: Open) -> None:
    page = open_("/claims", java_script_enabled=False)
    page.get_by_label("Question").fill("kind:funding amount:>2bn")
    page.get_by_role("button", name="Find").click()
    page.locator("p.figure a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto("/review")
    question = page.locator("#question").inner_text()
    page.get_by_role("button", name="not sure").click()
    expect(page.locator(".notice.done")).to_contain_text("not sure")
    page.get_by_role("button", name="Undo").click()
    page.goto("/review")
    assert page.locator("#question").inner_text() == question


def test_a_page_can_be_used_with_the_keyboard_alone(open_: Open) -> None:
    page = open_("/claims")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('p.figure') !== null"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline != "0px"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/claims/c\d+"))


def test_review_by_keys_with_undo_and_keys_switched_off(open_: Open) -> None:
    page = open_("/review")
    first = page.locator("input[name=mentions]").input_value()
    page.keyboard.press("n")
    expect(page.locator(".notice.done")).to_contain_text("not sure")
    assert page.locator("input[name=mentions]").input_value() != first
    page.keyboard.press("u")
    page.wait_for_url(re.compile(r"/review"))
    expect(page.locator("input[name=mentions]")).to_have_value(first)
    page.get_by_role("button", name="Keys are on").click()
    page.keyboard.press("n")
    page.wait_for_timeout(300)
    assert page.locator("input[name=mentions]").input_value() == first
    page.get_by_role("button", name="Keys are off").click()


def test_a_quote_and_a_link_to_its_words_are_copied(open_: Open, address: str) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    for path in ("/claims/c1", "/documents/d2?at=c1"):
        page = open_(path, permissions=allowed)
        page.get_by_role("button", name="Copy the quote").click()
        expect(page.locator("#said")).to_have_text("Copied")
        quote = page.evaluate("navigator.clipboard.readText()")
        assert quote == page.locator("#citation").text_content()
        assert "SHA-256" in quote
        page.get_by_role("button", name="Copy a link").click()
        page.wait_for_function("async () => (await navigator.clipboard.readText()).startsWith('h')")
        page.goto(page.evaluate("navigator.clipboard.readText()"))
        expect(page.locator(".text mark:target")).to_be_visible()


def test_a_quote_and_its_link_can_be_selected_without_scripts(open_: Open, address: str) -> None:
    page = open_("/claims/c1", java_script_enabled=False)
    page.get_by_text("Cite this quote").click()
    expect(page.locator("#citation")).to_contain_text("SHA-256")
    expect(page.locator("#place")).to_contain_text(f"{address}/documents/")
    assert page.locator("[data-copy]:visible").count() == 0


def test_a_pair_of_mentions_has_keys_of_its_own(open_: Open) -> None:
    page = open_("/claims/c1")
    page.keyboard.press("p")
    page.wait_for_timeout(200)
    assert page.locator(".notice.done").count() == 0
    page.get_by_text("Decide about m1 and m2").click()
    page.keyboard.press("p")
    expect(page.locator(".notice.done")).to_contain_text("part of")
    page.keyboard.press("u")
    expect(page.locator(".notice.done")).to_have_count(0)


def test_two_people_who_decide_the_same_are_told_of_each_other(open_: Open) -> None:
    anna, bert = open_("/review"), open_("/review")
    for page, name in ((anna, "anna"), (bert, "bert")):
        page.get_by_label("Your name").fill(name)
    word = "accept" if anna.locator("#value").count() else "different money"
    anna.get_by_role("button", name=word).click()
    expect(anna.locator(".notice.done")).to_contain_text("anna decided")
    bert.get_by_role("button", name=word).click()
    expect(bert.get_by_role("heading", level=1)).to_have_text("Somebody was there before")
    expect(bert.get_by_role("alert")).to_contain_text("anna")
    bert.get_by_role("link", name="Leave it as it is").click()
    expect(bert.get_by_role("heading", level=1)).to_have_text("Review")


def test_a_file_is_uploaded_read_and_taken_back(open_: Open) -> None:
    page = open_("/ingest")
    text = b"The council gives 7.31 million pounds for a new library roof by 2031.\n"
    page.get_by_label("A file").set_input_files(
        {"name": "../../council <b>.txt", "mimeType": "text/plain", "buffer": text}
    )
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".notice.done")).to_contain_text("added")
    page.locator(".notice.done a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("council <b>.txt")
    expect(page.locator(".text mark").first).to_contain_text("7.31 million pounds")
    page.go_back()
    page.get_by_role("button", name="Take").click()
    page.goto("/claims?q=amount:7.31m")
    assert page.locator("p.figure").count() == 0


def test_a_large_upload_is_refused_before_it_is_sent(open_: Open, tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(60_000_000)
    page = open_("/ingest")
    page.get_by_label("A file").set_input_files(large)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("That is too large")


def test_what_was_decided_in_the_browser_stands_in_the_store(
    open_: Open, address: str, read_store: Path
) -> None:
    page = open_("/runs.json")
    assert '"r1"' in page.content()
    with earmark.open_store(read_store, read_only=True) as store:
        assert store.decisions() == []  # the story that other tests share is as it was
