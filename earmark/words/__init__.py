"""What commands and pages say alike: amounts, days, fields, stories and sums in words, and as data.

Nothing here prints, and nothing here asks a store.
"""
