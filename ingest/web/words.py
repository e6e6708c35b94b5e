"""Words and phrases by which parts of a page are told apart: data only.

Words are those of classes, ids, roles and component names, split at hyphens, underscores and
capitals: `articleRelated__list` is `article`, `related`, `list`. A pair is two words side by side.
Source: the markup of news sites, of WordPress, Drupal, GOV.UK and AMP pages, and of advertisement
and comment services.
"""

from __future__ import annotations

import re

# An amount, or what may be one.
MONEY = re.compile(
    r"[£€$¥₹] ?[0-9]"
    r"|[0-9] ?(?:bn|m|k|p|million|billion|trillion|crore|lakh|pounds|euros?|dollars)\b"
    r"|\b(?:GBP|EUR|USD|Rs\.?|INR) ?[0-9]"
)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# What a box inside the article's container is, although the article stands around it.
OUT_WORDS = _words(
    """
    ad adbox adcontainer ads adsense adslot adunit advert advertisement advertising adverts
    affiliate breadcrumb breadcrumbs bylineauthor classified classifieds cmp colophon
    commentlist comments consent cookie cookiebot cookies coral criteo crosssell dfp disqus
    donate donation feedback footer gdpr gpt hyvor jobs jp-relatedposts leaderboard lightbox
    livescore marketplace membership menu merchandise modal mostpopular mostread mpu navbar
    navigation newsletter newsletters onetrust outbrain pagination partnercontent
    popular popup promo promobox promos promotion promotions readmore readnext recirc
    recirculation recommendation recommendations recommended related relatedposts
    respond sharebar sharing shop sidebar signup skiplink socialbar sponsor sponsored sponsors
    subnav subscribe subscription subscriptions taboola tagcloud tags teads teaser teasers
    ticker toast trending upsell viafoura
    adsbygoogle adthrive bookshop dianomi freestar ligatus mediavine mgid mrec nativo plista raptive
    revcontent sharethrough zergnet
    """
)
OUT_PAIRS = frozenset(
    {
        *("most read", "most popular", "most viewed", "most shared", "most commented", "read more"),
        *("read next", "up next", "next up", "more stories", "more news", "more on", "also like"),
        *("see also", "also read", "also see", "latest news", "latest stories", "top stories"),
        *(
            "editors picks",
            "editor picks",
            "further reading",
            "around web",
            "from web",
            "more from",
        ),
        *("dont miss", "sign up", "mailing list", "email capture", "comment list"),
        *("comment form", "comment section", "comment thread", "post comments", "author bio"),
        *(
            "about author",
            "author card",
            "author box",
            "author info",
            "tag list",
            "tag cloud",
            "tags list",
        ),
        *("social share", "share bar", "share buttons", "share tools", "partner content"),
        *("paid content", "brand content", "special offer", "offer box", "buy now", "price box"),
        *(
            "product card",
            "product box",
            "support us",
            "contributions epic",
            "reader revenue",
            "links block",
        ),
        *("story cards", "card list", "card grid", "post navigation", "nav links", "skip link"),
        *("site header", "site footer", "page footer", "entry footer", "article footer"),
        *("article tags", "post tags", "post meta", "entry meta", "reader comments", "sub nav"),
        *("subscriber offer", "also by", "other news", "other stories", "next article"),
        *("previous article", "related posts", "what next", "promo box"),
        *("visually hidden", "sr only", "screen reader", "hide visually"),
    }
)
# A zone only where it asks for something: sites name so what subscribers alone may read, too.
OFFER_WORDS = _words("metered paywall paywalled piano premium regwall")
# A zone however much text it holds: more than the article on many pages.
ALWAYS_OUT = _words(
    """
    commentlist comments disqus recommended related respond
    """
)
# A zone only where it holds no running text.
WEAK_WORDS = _words(
    """
    actions banner carousel masthead meta nav offer offers overlay product products share slider
    social tag toolbar tools topics utility
    """
)
# An aside of the article itself.
INSIDE_WORDS = _words(
    """
    embed embedded tweet twitter
    background box breakdown callout context correction corrections costs data editornote
    explainer fact factbox factfile facts figures footnote footnotes glance highlight highlights
    infobox inset keyfacts keyfigures keypoints note notes numbers panel pullquote quote quotes
    standfirst stat statistic statistics stats summary table takeaway takeaways timeline update
    updates
    """
)
INSIDE_PAIRS = frozenset({"key points", "key facts", "key figures", "pull quote", "fact box"})
# Hidden until a reader opens it, and the page's own text all the same.
FOLDED_WORDS = _words(
    """
    accordion accordions collapse collapsed collapsible details disclosure expand expandable
    expanded expander faq folded panel panels tab tabpanel tabs toggle toggler
    """
)
OUT_ROLES = frozenset(
    {"navigation", "complementary", "contentinfo", "search", "dialog", "alertdialog", "menu"}
)
OUT_TAGS = frozenset(
    {"nav", "aside", "footer", "form", "dialog", "menu", "amp-ad", "amp-embed", "amp-sidebar"}
    | {"amp-sticky-ad", "amp-consent", "amp-user-notification", "amp-next-page"}
)

# A heading or label that opens a list of other articles, an advertisement or an offer.
OPENERS = (
    r"(?:more )?related(?: (?:stories|articles|news|content|links|topics|posts|coverage|items|"
    r"reading|pages|documents))?",
    r"(?:the )?(?:most|top) (?:read|popular|viewed|shared|commented|watched|stories)"
    r"(?: (?:today|now|this week|stories|news|articles|in [\w ]+|on [\w ]+))*",
    r"read (?:more|next|also|this next)(?: (?:on|about|from) .*| stories| news)?",
    r"more (?:stories|news|like this|on this(?: story)?|from .*|on .*|to read|headlines)",
    r"(?:you (?:may|might|could) (?:also )?(?:like|be interested in|have missed)"
    r"|also (?:read|on .*)"
    r"|see also|up next|next up|recommended(?: for you| reading| stories)?|trending(?: now)?)",
    r"(?:latest|other|top|local|popular|featured|recent|breaking|today.?s) (?:news|stories|posts|"
    r"articles|headlines|videos)(?: in .*| from .*)?",
    r"(?:editor.?s.? (?:picks?|choice)|don.?t miss|in case you missed it|what to read next|"
    r"further reading|around the web|from (?:around )?the web|from our (?:partners|sponsors)|"
    r"promoted(?: stories| links| content)?|paid (?:content|post|partnership)|partner content)",
    r"(?:advert(?:isement|isements|s|orial)?|sponsored(?: content| links| by .*)?|"
    r"ads? by .*|shop(?: the .*| now)?|special offers?|deals of the day|today.?s deals)",
    r"(?:(?:top )?comments?(?: ?\(?\d+\)?)?|\d+ (?:comments|responses|replies|thoughts on .*)|"
    r"leave a (?:comment|reply)|join the (?:conversation|discussion|debate)|have your say|"
    r"reader comments|discussion|add a comment)",
    r"(?:newsletters?|(?:sign up|subscribe)(?: (?:now|today|here|to|for) .*| now| today)?|"
    r"get (?:our|the|your) .*(?:newsletter|inbox|briefing).*|stay informed)",
    r"(?:tags|topics|filed under|categories|share(?: this.*)?|follow us.*|about the author|"
    r"popular tags|explore (?:the|more) topics?|related tags)",
    r"(?:what.?s on|jobs|property|public notices|classifieds?|events near you|dating|puzzles)",
    r"(?:cookies? (?:policy|settings|preferences)|we use cookies|your privacy|"
    r"support (?:us|our (?:work|journalism)|local journalism))",
)
# How a paragraph begins that is no sentence of the article.
LEADS = (
    r"(?:read (?:more|also|next|on)|related(?: (?:story|stories|articles?|news|reading))?|"
    r"see also|also read|also see|more on this|more|watch|listen|recommended|don.?t miss|"
    r"must read|further reading|sponsored|advert(?:isement)?|promoted)\s*[:|»>\u2013—-]\s*\S",
    r"(?:sign up|subscribe|register)(?: now| today| here| free)? (?:to|for|from|and)\b.*"
    r"(?:newsletter|inbox|email|e-mail|briefing|bulletin|alerts?|week|month|year|digital|trial|"
    r"access|updates?|edition|read|continue|unlimited)",
    r"(?:subscribe|join|sign in|log in|register)\b.*\bto (?:continue|keep|carry on|finish|read)",
    r"get (?:the|our|all the|more) .*(?:inbox|newsletter|whatsapp|by e-?mail)",
    r"get (?:[\w ]+ )?(?:news|stories|updates|headlines)\b.*\b(?:inbox|by e-?mail)\b",
    r"(?:if you (?:can|value|like|enjoy)\b.*)?(?:please )?(?:consider )?support(?:ing)? us\b",
    r"(?:support|back|fund|help us)\b.*\b(?:journalis[mt]|newsroom|reporting|reporters)\b",
    r"(?:become|join us as) an? (?:member|subscriber|supporter|patron)\b",
    r"(?:get|enjoy|try|unlock|save) .*(?:subscription|unlimited access|full access|free trial|"
    r"digital access|off your first|first (?:month|year|three months))",
    r"(?:already a subscriber|thank you for reading|this article is for (?:subscribers|members)|"
    r"you have read all|to continue reading|to read the full)",
    r"(?:©|copyright\b|all rights reserved|registered (?:charity|office|company|in england))",
    r"(?:we use|this (?:site|website) uses|by (?:using|continuing)) .*cookies",
    r"(?:follow (?:us|[\w ]+) on (?:facebook|twitter|x\b|instagram|bluesky)|like us on|"
    r"join our whatsapp|(?:down ?load|install|get) (?:our|the) (?:[\w ]+ )?app\b)",
    r"more (?:from|on|about) [^:.]{1,40}:\s*\S",
    r"[^\w\s]*\s*listen to .*\bpodcasts?\b",
    r"(?:get in touch\b|(?:do you|have you got) (?:have )?an? (?:news )?(?:story|tip)\b|"
    r"send (?:us )?your (?:news|story|stories|photos|views|letters)\b)",
    r".{0,60}\b(?:subscribe|sign up)\b.{0,60}\bfor (?:just|only|free|as little as|less than)\b",
    r"(?:page )?last (?:updated|modified|reviewed)\b",
    r"(?:more|journal) information\s*:.*\b(?:et al|doi)\b",
    r"(?:posted in|filed under|tagged|tags|topics)\s*:",
)
# How a note begins that sets the article right, wherever it stands.
CORRECTION = re.compile(
    r"(?:(?:a |an )?(?:corrections?|clarifications?|editor.?s.? note|update)\s*[:(\u2013—-]|"
    r"a (?:correction|clarification) was made\b|"
    r"th(?:is|e) (?:article|story|post|page|report|headline|piece) (?:was|has been|is) "
    r"(?:first )?(?:amended|corrected|updated|changed|edited|clarified)\b|"
    r"(?:an )?earlier versions? of this\b)",
    re.IGNORECASE,
)
# What pages say that stand in an article's place, by what they do.
NOTICES = {
    "asks for a subscription or a sign-in": (
        r"\bsubscri(?:be|ber|bers|ption|ptions)\b|\bfree trial\b|\bcancel (?:at )?any ?time\b|"
        r"\bsign in\b|\blog in\b|\bcreate (?:a free|an) account\b|\bcontinue reading\b|"
        r"\bunlimited (?:digital )?access\b|\bdisable your ad ?blocker\b|\bfree articles\b"
    ),
    "asks for consent": (
        r"\bcookies?\b|\bconsent\b|\bour (?:\d+ )?partners\b|\blegitimate interests?\b|"
        r"\bprivacy (?:policy|notice|settings|cent(?:re|er))\b|\byour preferences\b|"
        r"\bpersonali[sz]ed (?:ads|advertising|content)\b|\bon (?:a|your) devices?\b"
    ),
    "asks for JavaScript, or whether you are a person": (
        r"\bjavascript\b|\b(?:are|you.re) (?:a )?human\b|\bnot a (?:ro)?bot\b|"
        r"\bautomat(?:ed|ion) (?:tools?|traffic|requests?)\b|\bray id\b|\bunusual traffic\b|"
        r"\bsecurity of your connection\b|"
        r"\baccess (?:to this page )?(?:has been |was |is )?denied\b"
    ),
    "says that there is no such page, or that the site does not work": (
        r"\bweb address\b|\bpage (?:that )?you (?:are|were) looking for\b|\bmoved or deleted\b|"
        r"\b(?:page|file) (?:was |is |could |can)?not (?:be )?found\b|\btry again later\b|"
        r"\b(?:down for|undergoing) maintenance\b|\btemporarily unavailable\b|"
        r"\bgo to (?:the|our) home ?page\b|\buse the search\b"
    ),
}
ASKS = re.compile(NOTICES["asks for a subscription or a sign-in"], re.IGNORECASE)
# Where charts and tables are shown from that are no part of a page's text.
CHART_HOSTS = (
    *("datawrapper.dwcdn.net", "flo.uri.sh", "public.flourish.studio", "infogram.com"),
    *("public.tableau.com", "app.powerbi.com", "docs.google.com/spreadsheets", "e.infogram.com"),
)
CHART_WORDS = _words(
    """
    bargraph chart charts diagram graph graphic infographic table
    """
)
