"""``wardcrawler probe``: which platform a portal is, and the row to paste."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import click

from wardcrawler.cli import exits
from wardcrawler.cli.crawl import crawl_settings, refuse_without_contact
from wardcrawler.cli.options import complain
from wardcrawler.crawling.middlewares.tls import TLS
from wardcrawler.crawling.portals.adhoc import portal_at
from wardcrawler.crawling.portals.probe import Findings, probe_address, probe_page
from wardcrawler.crawling.portals.rows import write_row, write_sections
from wardcrawler.items import Article
from wardcrawler.platforms.base import Platform


@click.command(short_help="Say which platform a portal is, print the row to paste.")
@click.argument("target", metavar="URL|FILE")
@click.option("--url", help="With FILE: the address the page was saved from.")
@click.option("--delay", type=click.FloatRange(min=0), metavar="S", help="Seconds between requests. [1]")
@click.option("--user-agent", metavar="TEXT", help="Who we say we are; name a contact.")
@click.option("--tls", type=click.Choice(TLS), default=TLS[0], help="How far to trust its TLS. [verified]")
def probe(target: str, url: str | None, delay: float | None, user_agent: str | None, tls: str) -> None:
    """Say which platform a portal is, with the evidence, its sections and a sample record, and print the
    row to paste into spiders/portals.csv, or with its heading into a file of your own. Nothing is stored.

    URL is asked as politely as in a crawl, some 15 pages at most; a saved page (FILE) is read alone. Exit
    code 2, with one line, when the portal cannot be reached or its platform is not known.
    """
    file = Path(target)
    try:
        if file.is_file():
            if not url:
                raise click.UsageError("--url is needed with a file: the address it was saved from")
            if not url.startswith(("http://", "https://")):
                raise click.UsageError(f"--url '{url}' is not an http or https address")
            portal_at(url, (), None)
            findings = probe_page(file.read_bytes(), url)
        else:
            settings = crawl_settings(Path("unused.db"), delay=delay, user_agent=user_agent)
            settings.set("WARDCRAWLER_TLS", tls, priority="cmdline")
            refuse_without_contact([portal_at(target, (), None)], settings)
            findings = probe_address(target, settings)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if findings.platform is None:
        complain(findings.problem or f"{target}: no page came")
        sys.exit(exits.USAGE)
    for line in _report(findings, findings.platform, tls):
        click.echo(line.rstrip("\n"))


def _report(findings: Findings, platform: type[Platform], tls: str) -> Iterator[str]:
    if findings.evidence:
        yield f"platform  {platform.name} (score {findings.evidence.score} of 100)"
        yield from (f"          {reason}" for reason in findings.evidence.reasons)
    yield "sections"
    for title, url in findings.sections.items():
        yield f"          {title or 'home page'}  {url}"
    if not findings.sections:
        yield "          none found"
    yield "sample"
    yield from (f"          {line}" for line in _sample(findings.sample))
    yield "row       for spiders/portals.csv; with its heading a file of your own, for crawl --portals FILE"
    yield "          'wardcrawler units NAME' tells the unit_code; with that, title and level may stay empty"
    yield ""
    yield _row(findings, platform, tls)


def _sample(article: Article | None) -> Iterator[str]:
    if article is None:
        yield "no article found"
        return
    yield article.url
    yield article.title
    yield article.published_at or f"no date: {article.date_reason}"
    yield f"{len(article.body)} characters, {len(article.attachments)} files, {len(article.images)} pictures"


def _row(findings: Findings, platform: type[Platform], tls: str) -> str:
    """Return the heading and the row of a portal, as a file of portals has them."""
    parts = urlsplit(findings.url)
    labels = re.sub(r"^www\.|\.gov\.vn$", "", (parts.hostname or "").lower()).split(".")
    name = "-".join(reversed(labels))
    base_url = f"{parts.scheme}://{parts.netloc}"
    sections = {title: url.removeprefix(base_url) for title, url in findings.sections.items() if title}
    return write_row(
        {
            "name": name,
            "base_url": base_url,
            "platform": platform.name,
            "sections": write_sections(sections),
            "tls": "" if tls == TLS[0] else tls,
            "title": findings.page_title or name,
            "level": "ward",
        }
    )
