"""``python -m wardcrawler``: the same program as the ``wardcrawler`` command."""

from wardcrawler.cli import main

main()
