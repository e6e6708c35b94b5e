"""What a PDF page draws: its glyphs with their places, and what hides or contradicts them.

pdfminer's fonts and rules, as pdfplumber uses them, without an object for each character.
"""
