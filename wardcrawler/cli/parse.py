"""``wardcrawler parse``: one saved page to one record."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from wardcrawler.api.extract import PLATFORM_NAMES, extract
from wardcrawler.cli.options import require_address
from wardcrawler.cli.output.text import complain, print_json
from wardcrawler.exit_codes import USAGE
from wardcrawler.items import Article, NotAnArticle

RECORD = (
    "url", "key", "platform", "category", "title", "title_printed", "lead", "body", "html", "author",
    "source", "published_at", "date_precision", "date_source", "date_text", "date_reason", "extraction",
    "content_hash", "attachments", "images", "page", "first_page", "missing_pages",
)  # fmt: skip
"""What ``parse`` prints of an article: where it stood, columns of ``articles``, how and which pages of it
were read."""


@click.command(short_help="Print the record of one saved page as JSON.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--url", required=True, help="The address the page was saved from.")
@click.option(
    "--platform", type=click.Choice(PLATFORM_NAMES), help="Do not recognise the platform, it is this one."
)
def parse(file: Path, url: str, platform: str | None) -> None:
    """Print the record of one saved page as JSON; '-' reads standard input.

    Where the page is one of several of its article, standard error says so: the record has its text alone.

    Exit code 2, with the reason on standard error, when the page holds no article.
    """
    require_address(url)
    raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    try:
        article = extract(raw, url, platform)
    except NotAnArticle as refusal:
        complain(f"{file} holds no article: {refusal}")
        sys.exit(USAGE)
    if article.first_page is not None or article.missing_pages:
        pages = max([article.page, *article.missing_pages])
        complain(f"{file} is page {article.page} of {pages}: the record lacks the text of the others")
    print_json(_record(article))


def _record(article: Article) -> dict[str, Any]:
    fields = asdict(article)
    return {name: fields[name] for name in RECORD}
