"""Addresses to captures, and nothing else of the network: the one way out is `client.Fetcher`."""
