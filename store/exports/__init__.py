"""What leaves the store, one file a format."""
