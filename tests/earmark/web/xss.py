"""Words that run as a script wherever a page forgets to escape them: vectors in contexts.

Written for these tests; the families are those of OWASP's list of ways around filters.
"""

from __future__ import annotations

RUN = "window.xss=1"
VECTORS = (
    f"<script>{RUN}</script>",
    f'<b data-hx-on:click="{RUN}" data-hx-on:mousemove="{RUN}">£1m</b>',
    "<p data-hx-get=//xss.invalid/x data-hx-trigger=load data-hx-swap=outerHTML>£1m</p>",
    f"<ScRiPt >{RUN}</sCrIpT >",
    "<script src=//xss.invalid/x.js></script>",
    f"<img src=x onerror={RUN}>",
    f"<img/src=x/onerror={RUN}//",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<math><mtext><script>{RUN}</script></mtext></math>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f"<iframe src=javascript:parent.{RUN}></iframe>",
    f"<a href=javascript:{RUN}>£1m</a>",
    f"javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"<object data=javascript:{RUN}></object>",
    f"<form action=javascript:{RUN}><button autofocus>£2m</button></form>",
    "<meta http-equiv=refresh content='0;url=//xss.invalid/'>",
    "<link rel=stylesheet href=//xss.invalid/x.css>",
    "<base href=//xss.invalid/>",
    f"<style>@import'//xss.invalid/x.css';*{{x:expression({RUN})}}</style>",
    f"{{{{ self.__init__.__globals__ }}}}{{% raw %}}<script>{RUN}</script>",
    f"\u202e<script>{RUN}</script>\u202c",
)
CONTEXTS = (
    "{}",
    '">{}',
    "'>{}",
    "</title>{}",
    "</textarea></blockquote></a>{}",
    '" onmouseover="' + RUN + '" autofocus onfocus="' + RUN + '" x="{}',
    "--><!-- {} -->",
    "]]>{}<![CDATA[",
    "&lt;{}&gt;&#60;b&#62;",
)
PAYLOADS = tuple(context.format(vector) for vector in VECTORS for context in CONTEXTS)
