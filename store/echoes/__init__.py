"""Which texts are echoes of others: press releases printed again, and captures of one page."""
