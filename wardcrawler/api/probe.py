"""Probe a portal: its platform with the evidence, its sections, a sample article. Nothing is stored."""

from dataclasses import dataclass, field
from pathlib import Path

from wardcrawler.api.crawl.options import CrawlOptions
from wardcrawler.api.crawl.settings import crawl_settings, refuse_without_contact
from wardcrawler.api.errors import InputError
from wardcrawler.crawling.middlewares.tls import TLS
from wardcrawler.crawling.portals import probe as probing
from wardcrawler.crawling.portals.adhoc import portal_at
from wardcrawler.items import Article

__all__ = ["TLS", "Probed", "probe_page", "probe_portal"]


@dataclass(frozen=True, slots=True)
class Probed:
    """What a portal showed. ``platform`` is None where it was not recognised or no page came; ``problem``
    says why in words. ``platform_class`` is where the platform's class can be imported from, module and name.

    ``score`` is the evidence, 0 to 100, None where nothing was weighed, and ``reasons`` are the marks that
    were seen. ``sections`` are addresses by title, of the home page with an empty one.
    """

    url: str
    platform: str | None = None
    platform_class: tuple[str, str] = ("", "")
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
    article, some 15 pages at most, as politely as a crawl. Once a process.

    ``delay`` is seconds between requests, ``tls`` one of ``TLS``. Raises :class:`InputError` for what is no
    address, and where a portal must not be asked without a contact in the user agent.
    """
    settings = crawl_settings(Path("unused.db"), CrawlOptions(delay=delay, user_agent=user_agent))
    settings.set("WARDCRAWLER_TLS", tls, priority="cmdline")
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


def _probed(findings: probing.Findings) -> Probed:
    platform, evidence = findings.platform, findings.evidence
    return Probed(
        url=findings.url,
        platform=platform.name if platform else None,
        platform_class=(platform.__module__, platform.__name__) if platform else ("", ""),
        score=evidence.score if evidence else None,
        reasons=evidence.reasons if evidence else [],
        page_title=findings.page_title,
        sections=findings.sections,
        sample=findings.sample,
        problem=findings.problem,
    )
