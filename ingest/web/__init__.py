"""Parts of the HTML reader: markup, what a page says of itself, its article."""
