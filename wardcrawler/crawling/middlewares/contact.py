"""The contact in the User-Agent: portals must be able to reach whoever crawls them."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from wardcrawler.crawling.middlewares.public_resolver import is_local_literal

NO_CONTACT = "no contact given"
"""The words that ``settings.py`` writes into the User-Agent in the place of a contact."""


def state_contact(settings: BaseSettings, priority: str = "spider") -> None:
    """Put ``WARDCRAWLER_CONTACT`` into a User-Agent that names none yet: the setting may have come after it
    (``--set``, ``scrapy -s``).
    """
    contact = settings.get("WARDCRAWLER_CONTACT")
    if contact and NO_CONTACT in settings["USER_AGENT"]:
        settings.set("USER_AGENT", settings["USER_AGENT"].replace(NO_CONTACT, contact), priority=priority)


def require_contact(base_urls: Iterable[str], settings: BaseSettings) -> None:
    """Refuse to ask the portals at ``base_urls``, other than those on this machine, without a contact in the
    User-Agent (RFC 9110, 10.1.5).

    Raises Scrapy's ``UsageError``, which ``scrapy crawl`` answers with its words and exit code 2.
    """
    if NO_CONTACT not in settings["USER_AGENT"]:
        return
    for base_url in base_urls:
        if not is_local_literal(urlsplit(base_url).hostname or ""):
            raise UsageError(
                "portals must be able to reach you: set WARDCRAWLER_CONTACT to an e-mail address or a page, "
                "or give a user agent that names one"
            )
