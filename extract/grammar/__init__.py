"""Plain functions from text to values: numbers, amounts, timeframes."""
