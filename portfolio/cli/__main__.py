"""``python -m portfolio.cli``: the command line where the script ``portfolio`` is not on the path."""

from portfolio.cli import main

main(prog_name="portfolio")
