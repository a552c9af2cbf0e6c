"""``wardcrawler parse``: one saved page to one record."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from wardcrawler.cli import exits
from wardcrawler.cli.options import complain, print_json
from wardcrawler.extraction.document import read_document
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.pipelines import refine
from wardcrawler.platforms.registry import PLATFORMS, platform_of

RECORD = (
    "url", "key", "platform", "category", "title", "title_printed", "lead", "body", "html", "author",
    "source", "published_at", "date_precision", "date_source", "date_text", "date_reason", "content_hash",
    "attachments", "images",
)  # fmt: skip


@click.command(short_help="Print the record of one saved page as JSON.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--url", required=True, help="The address the page was saved from.")
@click.option(
    "--platform", type=click.Choice(list(PLATFORMS)), help="Do not recognise the platform, it is this one."
)
def parse(file: Path, url: str, platform: str | None) -> None:
    """Print the record of one saved page as JSON; '-' reads standard input.

    Exit code 2, with the reason on standard error, when the page holds no article.
    """
    if not url.startswith(("http://", "https://")):
        raise click.UsageError(f"--url '{url}' is not an http or https address")
    raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    try:
        article = parse_page(raw, url, platform)
    except NotAnArticle as refusal:
        complain(f"{file} holds no article: {refusal}")
        sys.exit(exits.USAGE)
    print_json(record(article))


def parse_page(raw: bytes, url: str, platform: str | None) -> Article:
    """The article of a page, through the same steps as in a crawl. Raises :class:`NotAnArticle`."""
    named = PLATFORMS[platform] if platform else None
    document = named.read_article(raw, None) if named else read_document(raw)
    found = named or platform_of(document, url)
    return refine(found.parse_article(document, url))


def record(article: Article) -> dict[str, Any]:
    """An article as the dict that ``parse`` prints: columns of ``articles``, then where it stood."""
    fields = asdict(article)
    return {name: fields[name] for name in RECORD}
