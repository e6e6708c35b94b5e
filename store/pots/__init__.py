"""Claims to pots: what belongs inside what, and what it all adds up to.

`forest` says which claim is a part of which and which is only an older figure, `parts` whether the
parts come to their whole, `build` works out the pots and their totals, `as_of` what was known on a
day. Pure functions over claims, blind to the order of ingestion; docs/pots.md explains.
"""
