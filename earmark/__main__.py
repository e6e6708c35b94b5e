"""`python -m earmark` is `earmark`."""

from earmark.cli.main import main

main()
