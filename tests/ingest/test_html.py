"""HTML pages to documents."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import NoArticleError, ThinPageError
from ingest.read import read_capture
from ingest.web.blocks import blocks_of
from ingest.web.facts import headline_of, read_facts
from ingest.web.markup import parse
from records.document import Document, Gap
from records.errors import IngestError, UnreadableDocumentError
from tests.ingest.tables import captured, cases

FIELDS = ("title", "publisher", "author", "published", "url")
STORY = (
    "<p>The council said on Friday that the money for the harbour wall would come from its "
    "reserves and from the county, part {}.</p>"
)
AREA = "<p>Each area gets £5m for roads and rail over the next three years, the minister said.</p>"
RULE = "For the next three years, the minister said."


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def article(*parts: str) -> str:
    return page(
        f"<article><h1>Cash</h1>{STORY.format(1)}{''.join(parts)}{STORY.format(2)}</article>"
    )


def read(content: str | bytes) -> Document:
    return read_capture(captured(content, "a.html"))


def paragraphs(content: str | bytes) -> list[str]:
    return read(content).text.split("\n\n")


def inner(*parts: str) -> list[str]:
    """Read an article and return its paragraphs between the first and the last of `article`."""
    found = paragraphs(article(*parts))
    assert found[0] == "Cash"
    assert (found[1][-7:], found[-1][-7:]) == ("part 1.", "part 2.")
    return found[2:-1]


@pytest.mark.parametrize("case", cases("facts"))
def test_metadata_says_what_it_says(case: dict[str, Any]) -> None:
    markup = parse(page(case.get("body", "<p>x</p>"), case.get("head", "")).encode())
    assert markup
    metadata = read_facts(markup.tree, headline_of(markup.tree))
    found = {field: getattr(metadata, field) for field in FIELDS}
    assert all(known is None or known.how == "page metadata" for known in found.values())
    values = {field: str(known.value) for field, known in found.items() if known}
    assert values == {field: case[field] for field in FIELDS if field in case}


def test_the_article_is_read_without_what_stands_around_it() -> None:
    document = read(
        page(
            "<nav><a href=/>Home £1m</a></nav><main><article><h1>Cash</h1>"
            + "".join(map(STORY.format, range(3)))
            + "</article><section class=comments><p>I say £99m</p></section></main>"
            "<footer>Last updated 3 November 2025. £77</footer>",
            "<title>Cash</title>",
        )
    )
    assert document.media_type == "text/html"
    assert document.text.split("\n\n") == [
        "Cash",
        *(STORY.format(number)[3:-4] for number in range(3)),
    ]
    assert document.published is None
    assert (document.gaps, document.warnings) == ((), ())
    assert document.reader.version.startswith("3 trafilatura 2.")


def test_the_headline_is_the_first_line() -> None:
    body = "".join(map(STORY.format, range(3)))
    found = paragraphs(
        page(
            f"<header><h1>Cash for <em>all</em></h1></header><div class=story>{body}</div>",
            "<title>Cash for all | Gazette</title>",
        )
    )
    assert found[0] == "Cash for all"
    assert len(found) == 4


def test_repeated_paragraphs_all_come_back() -> None:
    assert inner(AREA * 3, STORY.format(3), AREA) == [
        *[AREA[3:-4]] * 3,
        STORY.format(3)[3:-4],
        AREA[3:-4],
    ]


def test_paragraphs_repeated_at_the_end_come_back() -> None:
    found = paragraphs(page(f"<article>{STORY.format(1)}{STORY.format(2)}{AREA * 3}</article>"))
    assert found.count(AREA[3:-4]) == 3


def test_repeats_outside_the_article_stay_out() -> None:
    content = page(
        f"<aside>{AREA}</aside><article><h1>Cash</h1>{STORY.format(1)}{AREA}{STORY.format(2)}"
        f"</article><footer>{AREA}</footer>"
    )
    assert paragraphs(content).count(AREA[3:-4]) == 1


def test_repeats_come_back_however_many_there_are() -> None:
    document = read(article((AREA + STORY.format(3)) * 1500, AREA * 2))
    assert document.text.count("£5m") == 1502
    assert document.gaps == ()


def test_lists_are_items_with_a_dash() -> None:
    items = "<ul><li>£95 million for more</li><li>£78.5 million for all</li></ul>"
    assert inner("<p>It covers:</p>", items) == [
        "It covers:",
        "- £95 million for more",
        "- £78.5 million for all",
    ]


def test_table_rows_are_lines_with_cells_apart() -> None:
    rows = (
        "<tr><th>Area</th><th>£ million</th></tr>"
        "<tr><td>Roads</td><td>12.<b>5</b></td></tr><tr><td>Rail</td><td></td></tr>"
    )
    assert inner(f"<table>{rows}</table>") == ["Area | £ million", "Roads | 12.5", "Rail"]


def test_captions_of_pictures_come_back() -> None:
    figure = "<figure><img src=x><figcaption>The £8m wall</figcaption></figure>"
    assert inner(figure) == ["The £8m wall"]


def test_raised_digits_never_become_part_of_a_number() -> None:
    assert inner(f"<p>It gets £2.1<sup>3</sup> billion in its 2<sup>nd</sup> year. {RULE}</p>") == [
        f"It gets £2.1³ billion in its 2nd year. {RULE}"
    ]


def test_struck_out_text_is_left_out_and_declared() -> None:
    document = read(article(f"<p>It gets <del>£4m</del> £5m. {RULE}</p>"))
    assert f"It gets £5m. {RULE}" in document.text
    assert document.gaps == (Gap("struck-out text “£4m”", "the page shows it as no longer said"),)


def test_hard_spaces_inline_marks_and_line_ends_are_spaces_or_nothing() -> None:
    assert inner(f"<p>It\n gets £2<b>.1</b>&nbsp;<i>billion</i>.\n{RULE}</p>") == [
        f"It gets £2.1 billion. {RULE}"
    ]


def test_code_in_a_sentence_is_part_of_it() -> None:
    assert inner(f"<p>It gets <code>GBP 5m</code> now. {RULE}</p>") == [
        f"It gets GBP 5m now. {RULE}"
    ]


def test_line_breaks_stay() -> None:
    long = RULE * 4
    assert inner(f"<p>{long}<br>It gets £5m.</p>") == [f"{long}\nIt gets £5m."]


def test_two_line_breaks_part_paragraphs_where_no_element_does() -> None:
    body = f"{RULE * 4}<br><br>It gets £5m<br>for all.<br><br>{RULE * 4}"
    assert paragraphs(page(f"<div>{body}</div>")) == [RULE * 4, "It gets £5m\nfor all.", RULE * 4]


def test_money_that_is_left_out_inside_the_article_is_said() -> None:
    promotion = "<div class='newsletter-signup'><p>Support us from £2 a month</p></div>"
    document = read(article(STORY.format(3), promotion, STORY.format(4)))
    assert "£2 a month" not in document.text
    (warning,) = document.warnings
    assert "“Support us from £2 a month”" in warning
    assert warning.endswith("[source.left-out]")


def test_a_deep_page_is_read_to_its_end() -> None:
    deep = "<div>" * 500 + AREA + "</div>" * 500
    document = read(article(deep))
    assert document.text.count("£5m") == 1
    assert document.text.endswith("part 2.")
    assert document.gaps == ()


def test_a_page_too_deep_for_the_parser_declares_the_rest() -> None:
    deep = (
        f"<article>{STORY.format(1)}{STORY.format(2)}\n" + "<div>" * 3000 + AREA + "</div>" * 3000
    )
    document = read(page(deep + AREA + "</article>"))
    assert "£5m" not in document.text
    (gap,) = document.gaps
    assert gap.where == "the page from line 2 of its HTML to its end"


@pytest.mark.parametrize("tag", ["<!-- ", "<script>", "<style>"])
def test_what_has_no_end_and_takes_the_rest_in_is_declared(tag: str) -> None:
    document = read(article(AREA, tag, "<p>The rest gets £7m.</p>"))
    assert "£7m" not in document.text
    (gap,) = document.gaps
    assert gap.why.endswith("begins there and has no end")


@pytest.mark.parametrize(
    "hidden", ["<span hidden>{}</span>", "<b style='display:none'>{}</b>"], ids=["hidden", "style"]
)
def test_amounts_that_do_not_show_within_a_line_are_left_out_and_declared(hidden: str) -> None:
    document = read(article(AREA, f"<p>It pays {hidden.format('£9m')} for it.</p>"))
    assert "£9m" not in document.text
    assert [gap.where for gap in document.gaps] == ["hidden text “£9m”"]


def test_a_hidden_paragraph_with_money_is_said() -> None:
    document = read(article(AREA, "<p hidden>It pays £9m for it.</p>"))
    assert "£9m" not in document.text
    assert "It pays £9m for it." in document.warnings[0]


def test_what_the_page_declares_decodes_it() -> None:
    content = article(f"<p>It gets €5m. {RULE}</p>").replace("<head>", '<head><meta charset="x">')
    for label, codec in (("windows-1252", "cp1252"), ("iso-8859-15", "iso8859-15")):
        document = read(content.replace('"x"', label).encode(codec))
        assert "€5m" in document.text
        assert document.decoding
        assert (document.decoding.encoding, document.decoding.how) == (codec, "declared")


def test_a_declaration_in_a_comment_is_none() -> None:
    content = "<!-- <meta charset=koi8-r> -->" + article(f"<p>It gets £5m. {RULE}</p>")
    assert "£5m" in read(content.encode()).text


def test_xhtml_declares_in_its_first_line() -> None:
    content = '<?xml version="1.0" encoding="iso-8859-1"?>\n' + article(f"<p>Gets £5m. {RULE}</p>")
    assert "£5m" in read(content.encode("iso8859-1")).text


@pytest.mark.parametrize(
    "body",
    ["", "<div id=root></div><script>go()</script>", "<frameset><frame src=a></frameset>"],
)
def test_a_page_without_article_says_so(body: str) -> None:
    with pytest.raises(NoArticleError, match=r"^a\.html: no article text found.*save the page"):
        read(page(body))


def test_a_consent_page_is_too_thin() -> None:
    with pytest.raises(ThinPageError, match=r"gave only \d+ characters of text") as caught:
        read(page("<p>We value your privacy and store cookies.</p><button>Accept</button>"))
    assert caught.value.code == "source.thin"


@pytest.mark.parametrize(
    ("notice", "words"),
    [
        (
            "asks for consent",
            "We and our 823 partners store cookies on your device. You may refuse, or withdraw "
            "your consent at any time. Some partners rely on a legitimate interest in your data; "
            "you may object to that in our privacy policy, where all are named with what they do.",
        ),
        (
            "most likely a consent, subscription or error page",
            "Subscribe today and read all you like for £1 a week. It takes a minute to create an "
            "account, and you may cancel any time. After the free trial the price is £9 a month, "
            "until you tell us otherwise. Sign in if you are a subscriber already, and read on.",
        ),
    ],
)
def test_a_page_of_consent_or_subscription_is_no_article(notice: str, words: str) -> None:
    with pytest.raises(ThinPageError, match=notice):
        read(page(f"<main><h1>Gazette</h1><p>{words}</p></main>"))


@pytest.mark.parametrize("case", cases("notices"))
def test_what_stands_in_an_articles_place_is_none(case: dict[str, Any]) -> None:
    if "notice" not in case:
        assert case["text"] in read(case["html"]).text
        return
    with pytest.raises(UnreadableDocumentError, match=case["notice"]) as caught:
        read(case["html"])
    assert caught.value.code == case.get("code", "source.thin")


def test_an_article_that_ends_at_a_paywall_is_not_whole() -> None:
    offer = "<div class=paywall><h2>Subscribe to continue reading</h2><p>£1 a week.</p></div>"
    document = read(article(offer))
    assert "£1" not in document.text
    assert document.gaps == (
        Gap("the rest of the article", "the page shows it to subscribers only"),
    )


def test_an_article_on_subscriptions_is_one() -> None:
    words = (
        "<p>The paper will raise the price of a subscription to £9, it told each subscriber.</p>"
    )
    assert "£9" in read(article(words)).text


def test_charts_from_elsewhere_and_pictures_of_figures_are_gaps() -> None:
    shown = (
        '<iframe src="https://datawrapper.dwcdn.net/x/"></iframe><iframe src="/map"></iframe>'
        '<img src="/spending-chart.png"><img src="/mayor.jpg" alt="The mayor">'
    )
    assert read(article(shown)).gaps == (
        Gap(
            "a chart or table from datawrapper.dwcdn.net",
            "shown from another site, not on the page",
        ),
        Gap("a picture of figures", "no text in it (a chart?)"),
    )


@pytest.mark.parametrize(
    ("address", "publisher"),
    [
        ("https://www.ashmoor-mercury.example/a", "ashmoor-mercury.example"),
        ("https://10.0.0.1/a", None),
        ("http://localhost/a", None),
        ("https://[x/a", None),
    ],
)
def test_the_host_is_the_publisher_where_nothing_else_says_who(
    address: str, publisher: str | None
) -> None:
    body = "".join(map(STORY.format, range(3)))
    known = read(page(body, f'<link rel="canonical" href="{address}">')).metadata.publisher
    assert (known and (known.value, known.how)) == (publisher and (publisher, "page address"))
    named = page(
        body, f'<meta property="og:site_name" content="G"><link rel="canonical" href="{address}">'
    )
    assert str(read(named).metadata.publisher).count("page metadata")


def test_a_short_notice_of_money_is_an_article() -> None:
    assert paragraphs(page("<p>Notice</p><p>The NHS gets £2.1bn.</p>")) == [
        "Notice",
        "The NHS gets £2.1bn.",
    ]


def test_no_character_that_stores_refuse_comes_out_of_data() -> None:
    data = '{"@type":"NewsArticle","headline":"A","author":{"name":"\\u0000J\\ud800"}}'
    metadata = read(
        article(AREA).replace("<body>", f'<body><script type="application/ld+json">{data}</script>')
    ).metadata
    assert metadata.author is not None
    assert metadata.author.value == "\ufffdJ\ufffd"


def test_the_text_header_says_what_metadata_does_not() -> None:
    document = read(article("<p>Published 4 May 2024</p>"))
    assert document.metadata.published
    assert document.metadata.published.how == "text header"


@given(st.text(st.sampled_from("ab <>/&;#x£5\0\v\x1a\x1e\"'=-!\ud7ff\U0001f4b7\n")))
def test_any_markup_gives_text_or_a_clear_error(markup: str) -> None:
    try:
        text = read(page(f"<p>{markup}</p>")).text
    except IngestError as error:
        assert isinstance(error, NoArticleError | ThinPageError)  # noqa: PT017 - both are right here
        return
    assert text.strip()
    assert not set(text) & set("\0\v\x1a\x1e")


@given(st.lists(st.sampled_from([AREA, "<p>Short £1m.</p>", STORY.format(5)]), max_size=12))
def test_no_paragraph_of_an_article_is_lost(parts: list[str]) -> None:
    assert inner(*parts) == [part[3:-4] for part in parts]


def test_blocks_of_a_layout_table_are_paragraphs() -> None:
    markup = parse(b"<table><tr><td><table><tr><td>a<p>b</p></td></tr></table></td><td>c</td></tr>")
    assert markup
    assert [block.text for block in blocks_of(markup.tree)] == ["a", "b", "c"]
