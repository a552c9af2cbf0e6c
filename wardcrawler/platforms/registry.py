"""The platforms by name, and recognising one from a page."""

from lxml.html import HtmlElement

from wardcrawler.items import NotAnArticle
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.challenge import refuse_stub
from wardcrawler.platforms.evidence import Evidence
from wardcrawler.platforms.liferay import HcmcLiferay, Liferay

# Variants after the platform they belong to: where evidence is equal, the later one is meant.
PLATFORMS: dict[str, type[Platform]] = {cls.platform: cls for cls in (Liferay, HcmcLiferay)}

_ENOUGH = 40


def recognise(document: HtmlElement, url: str) -> tuple[type[Platform] | None, Evidence]:
    """The platform that made a page, and the evidence for it; None with the best evidence there is where
    that is not enough.
    """
    best: tuple[type[Platform] | None, Evidence] = (None, Evidence(0))
    for cls in PLATFORMS.values():
        evidence = cls.matches(document, url)
        if evidence.score >= max(best[1].score, 1):
            best = (cls, evidence)
    return best if best[1].score >= _ENOUGH else (None, best[1])


def platform_of(document: HtmlElement, url: str) -> type[Platform]:
    """The platform that made a page. Raises :class:`NotAnArticle`: what ``challenge.refuse_stub`` raises, or
    ``unrecognised`` with the evidence there is.
    """
    found, evidence = recognise(document, url)
    if found is not None:
        return found
    refuse_stub(document, url)
    seen = "; ".join(evidence.reasons) or "nothing known"
    raise NotAnArticle(
        "unrecognised", f"the page is of no known platform (seen: {seen}); name one: {', '.join(PLATFORMS)}"
    )
