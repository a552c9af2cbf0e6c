"""Routes pages of an archive to the portals they are of."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from wardcrawler.crawling.portals.adhoc import portal_at
from wardcrawler.crawling.spider.portal import Portal


class PortalRouter:
    """Finds the portal of an answer: a registered one by its name or host, else one made for the address.

    ``platform`` is that of portals that are not registered; None leaves it to ``known_platform``, which says
    what an earlier crawl found of a site (or None), and then to the pages.
    """

    def __init__(
        self,
        portals: Mapping[str, type[Portal]],
        known_platform: Callable[[str], str | None],
        platform: str | None = None,
    ) -> None:
        self._portals = portals
        self._known_platform = known_platform
        self._platform = platform
        self._by_host: dict[str, type[Portal]] = {}
        for portal in portals.values():
            for host in (urlsplit(portal.base_url).netloc.lower(), *portal.hosts):
                self._by_host.setdefault(host, portal)

    def of_site(self, site: str, url: str) -> type[Portal]:
        """Find the portal that our own notes call ``site``, of which ``url`` is a page."""
        if site in self._portals:
            return self._portals[site]
        portal = self._made_for(url, site)
        portal.name, portal.title = site, site
        return portal

    def of_address(self, url: str) -> type[Portal]:
        """Find the portal that the page ``url`` must be of. Raises ``ValueError`` for what is no address."""
        parts = urlsplit(url)
        registered = self._by_host.get(parts.netloc.lower()) or self._by_host.get(
            (parts.hostname or "").lower()
        )
        return registered or self._made_for(url, parts.netloc.lower())

    def _made_for(self, url: str, site: str) -> type[Portal]:
        parts = urlsplit(url)
        return portal_at(f"{parts.scheme}://{parts.netloc}", (), self._platform or self._known_platform(site))
