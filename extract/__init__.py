"""Text to mentions: a blank-English spaCy pipeline and rule components."""
