"""Probe a portal: its platform with the evidence, its sections, a sample article. Nothing is stored."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from wardcrawler.api.crawl.settings import crawl_settings, refuse_without_contact
from wardcrawler.api.errors import InputError
from wardcrawler.api.options import CrawlOptions
from wardcrawler.crawling.middlewares.tls import TLS
from wardcrawler.crawling.portals import probe as probing
from wardcrawler.crawling.portals.adhoc import portal_at
from wardcrawler.crawling.portals.rows import write_row
from wardcrawler.items import Article
from wardcrawler.text.normalise import fold

__all__ = ["TLS", "Probed", "level_in", "portal_row", "probe_page", "probe_portal"]


_MOST_PAGES = 15
"""So many links of the menu are looked at."""

_LEVELS = {
    "phuong": "ward", "xa": "commune", "thi tran": "commune", "dac khu": "commune",
    "quan": "district", "huyen": "district", "thi xa": "district", "tinh": "province",
}  # fmt: skip
_COMMITTEE = re.compile(rf"\b(?:ubnd|uy ban nhan dan)\s+({'|'.join(_LEVELS)})\b")


@dataclass(frozen=True, slots=True)
class Probed:
    """What a portal showed. ``platform`` is None where it was not recognised or no page came; ``problem``
    says why in words.

    ``score`` is the evidence, 0 to 100, None where nothing was weighed, and ``reasons`` are the marks that
    were seen. ``sections`` are addresses by title, of the home page with an empty one.
    """

    url: str
    platform: str | None = None
    score: int | None = None
    reasons: list[str] = field(default_factory=list)
    page_title: str = ""
    sections: dict[str, str] = field(default_factory=dict)
    sample: Article | None = None
    problem: str = ""


def probe_portal(
    url: str, *, delay: float | None = None, user_agent: str | None = None, tls: str = TLS[0]
) -> Probed:
    """Ask the portal at ``url`` for its home page (or the page named), the candidates of its menu and an
    article, some 20 pages at most, as politely as a crawl. Once a process.

    ``delay`` is seconds between requests, ``tls`` one of ``TLS``. Raises :class:`InputError` for what is no
    address, and where a portal must not be asked without a contact in the user agent.
    """
    settings = crawl_settings(Path("unused.db"), CrawlOptions(delay=delay, user_agent=user_agent))
    settings.set("WARDCRAWLER_TLS", tls, priority="cmdline")
    settings.set("WARDCRAWLER_DISCOVERY_PAGES", _MOST_PAGES, priority="cmdline")
    try:
        refuse_without_contact([portal_at(url, (), None)], settings)
        return _probed(probing.probe_address(url, settings))
    except ValueError as error:
        raise InputError(str(error)) from None


def probe_page(raw: bytes, url: str) -> Probed:
    """Say what one saved page, fetched from ``url``, shows of its portal; its sections are those its menu
    promises, not looked at. Raises :class:`InputError` for what is no address.
    """
    try:
        portal_at(url, (), None)
        return _probed(probing.probe_page(raw, url))
    except ValueError as error:
        raise InputError(str(error)) from None


def portal_row(probed: Probed, tls: str = TLS[0]) -> str:
    """Return the heading and the row of a portal that was recognised, two lines as a file of portals has
    them. Its level is what its title says, or empty; its sections are, so that a crawl asks the portal for
    all of its lists, not for those alone that were looked at here.
    """
    parts = urlsplit(probed.url)
    labels = re.sub(r"^www\.|\.gov\.vn$", "", (parts.hostname or "").lower()).split(".")
    name = "-".join(reversed(labels))
    base_url = f"{parts.scheme}://{parts.netloc}"
    return write_row(
        {
            "name": name,
            "base_url": base_url,
            "platform": probed.platform or "",
            "tls": "" if tls == TLS[0] else tls,
            "title": probed.page_title or name,
            "level": level_in(probed.page_title),
        }
    )


def level_in(title: str) -> str:
    """Return the level of the unit whose committee a page's title names ("UBND Phường 9", "Ủy ban nhân dân xã
    An Phú"), one of ``LEVELS``; an empty text for none, or for a "thành phố", which may be of two levels.
    """
    found = _COMMITTEE.search(fold(title))
    return _LEVELS[found[1]] if found else ""


def _probed(findings: probing.Findings) -> Probed:
    platform, evidence = findings.platform, findings.evidence
    return Probed(
        url=findings.url,
        platform=platform.name if platform else None,
        score=evidence.score if evidence else None,
        reasons=evidence.reasons if evidence else [],
        page_title=findings.page_title,
        sections=findings.sections,
        sample=findings.sample,
        problem=findings.problem,
    )
