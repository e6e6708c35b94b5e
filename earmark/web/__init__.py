"""Pages and an API over a store: what the command line shows, and the pictures that it cannot."""
