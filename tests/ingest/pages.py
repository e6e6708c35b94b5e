"""Pages with known article text: hand-written layouts, and layouts put together from parts.

A layout is HTML with marks: `[+]` is an amount of the article and `[-]` one around it, each of them
once on the page; `[p]` is a paragraph of the article with an amount, `[q]` one without, `[w]` the
words of a `[p]` alone; `[t]` is another article's headline and `[s]` its first sentence, both with
an amount. All of it is made up.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from pathlib import Path

_LAYOUTS = Path(__file__).parent / "layouts"
_MARK = re.compile(r"\[([+\-pqwts])\]")
_FORMS = ("£{}m", "£{} million", "€{}bn", "${},000", "£{}", "{} million euros", "Rs {} crore")
_SUBJECTS = (
    "The council",
    "The department",
    "The trust",
    "The agency",
    "A spokeswoman",
    "The mayor",
)
_SAID = ("said on Friday that", "confirmed in a letter that", "told members that", "wrote that")
_THINGS = ("the roof", "the quay", "both bridges", "the clinic", "the old mill", "the depot")
_ENDS = (
    "would take {} over the next three years, more than was first thought.",
    "had been given {} after a long campaign by people who live nearby.",
    "could not be mended for less than {}, whatever the earlier report had said.",
)
_PLAIN = "{} {} {} would be finished by the spring, and thanked all those who had waited so long."
_HEADLINES = ("Pier owner fined {} over its lights", "Town hall spends {} on its new carpets")
_TEASER = "A court in the next county ordered {} to be paid back to those who were charged twice."


@dataclass(slots=True)
class Page:
    """A page whose article is known.

    Attributes:
        name: Of its layout.
        html: The page.
        amounts: The article's, as they are written.
        others: Those around it.
        paragraphs: Whole paragraphs of the article.
    """

    name: str
    html: str = ""
    amounts: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)


def pages() -> list[Page]:
    """Return all layouts, filled in; the same each time."""
    written = {path.stem: path.read_text("utf-8") for path in sorted(_LAYOUTS.glob("*.html"))}
    return [fill(name, layout) for name, layout in (written | built()).items()]


def fill(name: str, layout: str, start: int = 1000) -> Page:
    """Put words and amounts in the place of a layout's marks."""
    made, choose = Page(name), random.Random(name)  # noqa: S311 - made-up words, the same each time

    def amount(*, own: bool) -> str:
        number = start + 7 * (len(made.amounts) + len(made.others))
        text = choose.choice(_FORMS).format(f"{number:,}" if choose.random() < 0.5 else number)
        (made.amounts if own else made.others).append(text)
        return text

    def sentence(*, money: bool) -> str:
        subject, said, thing = map(choose.choice, (_SUBJECTS, _SAID, _THINGS))
        if money:
            text = f"{subject} {said} {thing} " + choose.choice(_ENDS).format(amount(own=True))
        else:
            text = _PLAIN.format(subject, said, thing)
        made.paragraphs.append(text)
        return text

    def put(mark: re.Match[str]) -> str:
        match mark[1]:
            case "+" | "-":
                return amount(own=mark[1] == "+")
            case "p" | "q":
                return f"<p>{sentence(money=mark[1] == 'p')}</p>"
            case "w":
                return sentence(money=True)
            case "t":
                return choose.choice(_HEADLINES).format(amount(own=False))
        return _TEASER.format(amount(own=False))

    made.html = _MARK.sub(put, layout)
    return made


_FRAMES = {
    "semantic": "<header><a href=/>Post</a></header><main><article><h1>{title}</h1>{body}</article>"
    "<section class=comments><p>What of the [-] they lost?</p></section></main>"
    "<aside>{side}</aside><footer>Papers cost [-].</footer>",
    "classes": "<div class=header><a href=/>Post</a></div><div class='wrapper with-sidebar'>"
    "<div class='content-area'><div class='single-post'><h1 class=title>{title}</h1>"
    "<div class='entry-content'>{body}</div></div></div><div class=sidebar>{side}</div></div>"
    "<div class=footer>Papers cost [-].</div>",
    "modules": "<div id=app><div class=Header_top__x1><a href=/>Post</a></div>"
    "<div class=Story_wrap__a9><div class=Story_head__b2><h1>{title}</h1></div>"
    "<div class=Story_body__c3>{body}</div><div class=Story_relatedItems__d4>{side}</div></div>"
    "<div class=Footer_base__e5>Papers cost [-].</div></div>",
    "blocks": "<div class='wp-site-blocks'><main class='wp-block-group'><h1>"
    "{title}</h1><div class='entry-content wp-block-post-content'>{body}</div>"
    "<div class='wp-block-group related-posts'>{side}</div></main>"
    "<footer class=wp-block-template-part><p>Papers cost [-].</p></footer></div>",
    "elementor": "<div class='elementor elementor-12'><section class='elementor-section'>"
    "<div class='elementor-widget elementor-widget-heading'><div class=elementor-widget-container>"
    "<h1>{title}</h1></div></div></section><section class='elementor-section'><div "
    "class='elementor-widget elementor-widget-theme-post-content'><div "
    "class='elementor-widget-container'>{body}</div></div></section>"
    "<section class='elementor-section'>"
    "<div class='elementor-widget elementor-widget-posts'>{side}</div></section></div>"
    "<footer>Papers cost [-].</footer>",
}
_SIDES = (
    "<h3>Most popular</h3><ul><li><a href=/1>[t]</a></li><li><a href=/2>[t]</a></li></ul>",
    "<div class=card><a href=/1><h4>[t]</h4></a><p>[s]</p></div>"
    "<div class=card><a href=/2><h4>[t]</h4></a><p>[s]</p></div>",
    "<h3>Read next</h3><article><h4><a href=/1>[t]</a></h4><p>[s]</p></article>"
    "<article><h4><a href=/2>[t]</a></h4><p>[s]</p></article>",
)
_BODIES = (
    "[p]<ul><li>north: [+]</li><li>south: [+]</li></ul>[p]"
    "<div class=ad><p>Rugs, [-]</p></div>[p][q]",
    "[p]<figure><img src=a.jpg><figcaption>Built for [+]</figcaption></figure>[p]"
    "<aside class=pullquote><p>We need [+], and soon.</p></aside>[p]<h2>Why [+]?</h2>[p]",
    "[p]<p>[w]<br>[w]</p>[p]<div class=fact-box><h4>In figures</h4>"
    "<ul><li>Cost: [+]</li></ul></div>"
    "[p]<p class=related>Related: <a href=/9>[t]</a></p>[q]",
    "[p]<table><tr><th>Item</th><th>Sum</th></tr><tr><td>Walls</td><td>[+]</td></tr>"
    "<tr><td>Gates</td><td>[+]</td></tr></table>[p]"
    "<div class='newsletter'><p>Save [-] with us.</p></div>[p]",
    "[p][p]<blockquote><p>It was [+] when we began.</p></blockquote>[p]"
    "<p><em>Correction: it is [+].</em></p>"
    "<p>Sign up to our morning briefing newsletter, free, worth [-].</p>[p]",
)


def built() -> dict[str, str]:
    """Return the layouts that are put together: frames, each with bodies and sides in turn."""
    made = {}
    for row, (name, frame) in enumerate(_FRAMES.items()):
        for step in range(3):
            body = _BODIES[(row + 2 * step) % len(_BODIES)]
            side = _SIDES[(row + step) % len(_SIDES)]
            title = f"News of the {name} town"
            page = frame.format(title=title, body=body, side=side)
            head = f"<head><title>{title} | Post</title></head>"
            made[f"{name}-{step + 1}"] = f"<!doctype html><html>{head}<body>{page}</body></html>"
    return made
