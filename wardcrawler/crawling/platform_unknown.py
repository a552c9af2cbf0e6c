"""A portal whose platform nobody has seen yet."""

from typing import ClassVar

from lxml.html import HtmlElement

from wardcrawler.crawling.portal import Extractor, Portal
from wardcrawler.platforms.registry import PLATFORMS, platform_of, recognise


class PlatformUnknown(Portal):
    """Recognises its platform from the first page that shows one, and keeps to that; until then each page
    is read as what it shows, ``generic`` included. Of what was recognised from a listing the first article
    may show a special look (its subclass): many looks have lists as the CMS delivers them.

    ``platform`` is None; in ``sites`` it is what was recognised in a crawl.
    """

    platform: ClassVar[str | None] = None
    recognised: type[Extractor] | None = None
    is_settled = False
    """Whether an article's page had its say about the look."""

    @property
    def known_extractor(self) -> type[Extractor] | None:
        """The platform recognised so far."""
        return self.recognised

    def extractor_for(self, document: HtmlElement, url: str) -> type[Extractor]:
        """The platform the page shows; raises :class:`NotAnArticle` (``unrecognised``) for none."""
        if self.recognised is None:
            found = platform_of(document, url)
            self.run.platform_recognised(self, found.platform)
            if found is PLATFORMS["generic"]:  # a home page may show less than the pages behind it
                return found
            self.recognised = found
        elif not self.is_settled:
            look, _ = recognise(document, url)
            if look is not None and issubclass(look, self.recognised):
                self.is_settled = True
                if look is not self.recognised:
                    self.run.platform_recognised(self, look.platform)
                    self.recognised = look
        return self.recognised
