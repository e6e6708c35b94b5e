"""One module per format, each with its FORMAT; `ingest.registry` lists them."""
