"""Mentions to claims: which amounts, in any documents, state the same money.

`candidate` is what goes in, `local` groups one document, `decide` groups documents, `block` tells
which pots to fetch and to group again when a document comes or goes. docs/matching.md explains.
"""
