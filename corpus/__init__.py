"""Annotated articles in our own words, and the scorer that holds predictions against them."""
