"""Links of a portal's listings that lead to hosts it does not declare: by host, with a remedy."""

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from wardcrawler.crawling.middlewares.declared_hosts import Offsite, require_declared
from wardcrawler.crawling.spider.declaration import DeclaredSpider
from wardcrawler.extraction.listings import ArticleLink
from wardcrawler.extraction.selectors import select
from wardcrawler.extraction.urls import absolute, base_url


class Elsewhere:
    """What the listings of ``portal`` name on other hosts. Nobody asks for it: see ``declared_hosts``.

    A portal that moved, or is at ``www.`` too, shows itself by it. Such hosts are told rather than followed:
    each is another server for robots.txt and for the pause between requests.
    """

    def __init__(self, portal: DeclaredSpider) -> None:
        self._portal = portal
        self.articles: dict[str, set[str]] = defaultdict(set)
        """Keys of articles by host."""
        self.links: dict[str, set[str]] = defaultdict(set)
        """By host, what listing pages that name no article lead to."""
        self.all_links: set[str] = set()
        """All that those pages lead to."""
        self._addresses: dict[str, str] = {}
        """Scheme, host and port by host, as they are linked."""

    def note(self, document: HtmlElement, url: str, links: Iterable[ArticleLink]) -> None:
        """Note the articles ``links`` of the listing page at ``url``; of one without any, where it leads."""
        is_empty = True
        for link in links:
            is_empty = False
            if host := self.host_of(link.url):
                self.articles[host].add(link.key)
        if is_empty:
            self._note_all(document, url)

    def _note_all(self, document: HtmlElement, url: str) -> None:
        base = base_url(document, url)
        for link in select(document, ("a[href]",)):
            address = absolute(link.get("href"), base)
            if address is None or address in self.all_links:
                continue
            self.all_links.add(address)
            if host := self.host_of(address):
                self.links[host].add(address)

    def host_of(self, url: str) -> str | None:
        """Return the host of an address that the portal does not declare, with its port where that is the
        reason; None for an address that may be asked.
        """
        try:
            require_declared(url, self._portal)
        except Offsite:
            return self._name_host(url)
        return None

    def _name_host(self, url: str) -> str | None:
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        host, authority = (parts.hostname or "").lower(), parts.netloc.rpartition("@")[2].lower()
        name = authority if host in self._portal.allowed_domains else host
        self._addresses.setdefault(name, f"{parts.scheme}://{authority}")
        return name or None

    def is_alias(self, host: str) -> bool:
        """Tell whether ``host`` is one of the portal's own but for ``www.``."""
        return any(_without_www(host) == _without_www(own) for own in self._portal.allowed_domains)

    def remedy(self, host: str) -> str:
        """Say what to write, or to type, to have what is on ``host``."""
        address = self._addresses.get(host) or f"{urlsplit(self._portal.base_url).scheme}://{host}"
        if not self._portal.is_registered:
            moved = f"crawl --url {address}"
            both = f"give it a row in a file of --portals with '{host}' in the column hosts"
        else:
            where = f"row ({self._portal.declared_at})" if self._portal.declared_at else "class"
            moved, both = f"write base_url {address} in its {where}", f"add '{host}' to its hosts"
        words = f"if the portal moved there, {moved}"
        has_port = ":" in host  # a second port cannot be declared
        return words if has_port else f"{words}; if both hosts are the portal, {both}"


def _without_www(host: str) -> str:
    return host.removeprefix("www.")
