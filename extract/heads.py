"""What a noun phrase names by its head: an activity, a thing, somebody, or money itself.

Source: docs/annotation.md, ruling "purpose": an activity, thing, service or programme is a
purpose; an institution, group or sector that gets the money is a recipient.
"""

from __future__ import annotations

import re

from extract.recipients import is_recipient
from extract.rulebook import Rule, pattern

_ACTIVITY = pattern("purpose.activity")
_DEED = pattern("purpose.deed")
_NO_THING = pattern("purpose.no-thing")
_NOT_TAKER = pattern("purpose.not-taker")
# Words in lower case, of which the last names no people.
_WORK = re.compile(
    r"(?:[Tt]he |[Aa]n? )?[A-Za-z][a-z-]+(?: [a-z-]+)+"
    r"(?<!ers)(?<!ors)(?<!men)(?<!people)(?<!ists)(?<!ians)(?<!ees)(?<!holds)(?<!homes)"
)

# A fund or a scheme by its name.
_NAMED = re.compile(
    r"(?:[Tt]he )?(?:[A-Z][\w'&-]+ (?:(?:of|and|for|the) )*){1,6}"
    r"(?:Grant|Fund|Programme|Program|Scheme|Project|Plan|Initiative|Allowance|Credit|Payment)s?"
)


def has_head(rule: Rule, phrase: str, head: str | None = None) -> bool:
    """Tell whether a noun phrase is what the rule's `head` asks for; any is, where it asks nothing.

    An `activity` is done or built; a `deed` is that, a gerund or one more of something; a `thing`
    is anything but money and somebody who can get or give it; `work` is one without a name.
    `head` asks in place of the rule.
    """
    head = head or rule.values.get("head")
    if head is None:
        return True
    if head == "activity" or _ACTIVITY.match(phrase):
        named = _NOT_TAKER.fullmatch(phrase) is not None
        return named or (bool(_ACTIVITY.match(phrase)) and not is_recipient(phrase))
    if head == "deed":
        return bool(_DEED.match(phrase))
    if head == "work" and not _WORK.fullmatch(phrase):
        return False
    if _NAMED.fullmatch(phrase):
        return True
    first, _, rest = phrase.partition(" ")
    plain = phrase if rest[:1].isupper() else first.lower() + phrase[len(first) :]
    return not _NO_THING.match(plain) and not is_recipient(plain)
