"""The command line: one file per command, one way to print."""
