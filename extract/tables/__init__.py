"""Tables read as tables: a cell's unit, period and purpose from its caption, headers and label."""
