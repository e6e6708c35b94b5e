"""From the glyphs of pages to running text: words, columns, lines, paragraphs, pages.

Lengths are points, the origin is the page's top left corner, y grows downwards. Rules that speak of
distances speak of them in units of the type size, so that small print and posters read alike.
"""
