"""Characters without width: nobody sees them, and patterns stumble over them.

Source of the list: Unicode's joiners, marks and overrides of direction, soft hyphen, word joiner
and byte order mark.
"""

UNSEEN = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)
