"""The Scrapy settings of a crawl, and who must be named in them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from wardcrawler.api.errors import InputError, SettingError
from wardcrawler.api.options import CrawlOptions
from wardcrawler.crawling.middlewares.politeness import require_contact, state_contact
from wardcrawler.crawling.middlewares.tls import TLS
from wardcrawler.crawling.portals.registry import project_settings
from wardcrawler.crawling.spider.portal import Portal

_PRIORITY = "cmdline"


def crawl_settings(
    db: Path,
    options: CrawlOptions,
    command: str = "wardcrawler.crawl",
    *,
    portal_files: Sequence[Path | str] = (),
) -> Settings:
    """Return the project's settings for a crawl into ``db`` with ``options``; ``portal_files`` hold a
    person's own portals.

    A delay that somebody asked for is kept as it is: AutoThrottle is off then. robots.txt still counts.
    ``command`` is what the rows of ``runs`` say of how the crawl was started. Raises :class:`SettingError`.
    """
    settings = project_settings([Path(file) for file in portal_files])
    settings.set("WARDCRAWLER_DB", str(db), priority=_PRIORITY)
    settings.set("WARDCRAWLER_COMMAND", command, priority=_PRIORITY)
    if options.delay is not None:
        settings.set("DOWNLOAD_DELAY", options.delay, priority=_PRIORITY)
        settings.set("AUTOTHROTTLE_ENABLED", False, priority=_PRIORITY)
    if options.user_agent:
        settings.set("USER_AGENT", options.user_agent, priority=_PRIORITY)
    if options.attachments is not None:
        settings.set("WARDCRAWLER_ATTACHMENTS", options.attachments, priority=_PRIORITY)
    if options.timeout is not None:
        settings.set("CLOSESPIDER_TIMEOUT", options.timeout, priority=_PRIORITY)
    _override(settings, options.settings)
    state_contact(settings, priority=_PRIORITY)
    return settings


def _override(settings: Settings, overrides: Mapping[str, object]) -> None:
    for name, value in overrides.items():
        try:
            settings.set(name, value, priority=_PRIORITY)
        except ValueError as error:  # settings that are dictionaries are given as JSON
            raise SettingError(f"{name}={value}: {error}") from None
    if (tls := settings.get("WARDCRAWLER_TLS")) and tls not in TLS:
        raise SettingError(f"WARDCRAWLER_TLS={tls}: expected one of {', '.join(TLS)}")


def refuse_without_contact(portals: Sequence[type[Portal]], settings: Settings) -> None:
    """Raise :class:`InputError` where portals must not be asked without a contact in the user agent."""
    try:
        require_contact([portal.base_url for portal in portals], settings)
    except UsageError as error:
        raise InputError(str(error)) from None
