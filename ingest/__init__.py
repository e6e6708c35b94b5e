"""Sources to documents: find, capture, read. The way in is `ingest.read.read`."""
