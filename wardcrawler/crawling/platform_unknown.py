"""A portal whose platform nobody has seen yet."""

from typing import ClassVar

from lxml.html import HtmlElement

from wardcrawler.crawling.portal import Extractor, Portal
from wardcrawler.platforms.registry import PLATFORMS, platform_of


class PlatformUnknown(Portal):
    """Recognises its platform from the first page that shows one, and keeps to that; until then each page
    is read as what it shows, ``generic`` included.

    ``platform`` is None; in ``sites`` it is what was recognised in a crawl.
    """

    platform: ClassVar[str | None] = None
    recognised: type[Extractor] | None = None

    @property
    def known_extractor(self) -> type[Extractor] | None:
        """The platform recognised so far."""
        return self.recognised

    def extractor_for(self, document: HtmlElement, url: str) -> type[Extractor]:
        """The platform the page shows; raises :class:`NotAnArticle` (``unrecognised``) for none."""
        if self.recognised is not None:
            return self.recognised
        found = platform_of(document, url)
        self.run.platform_recognised(self, found.platform)
        if found is not PLATFORMS["generic"]:  # a home page may show less than the pages behind it
            self.recognised = found
        return found
