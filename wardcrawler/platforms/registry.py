"""The platforms by name, and recognising one from a page."""

from lxml.html import HtmlElement

from wardcrawler.extraction.refusals import refuse_stub
from wardcrawler.extraction.structure.main_text import install_hint
from wardcrawler.items import NotAnArticle
from wardcrawler.platforms.base import ENOUGH, Platform
from wardcrawler.platforms.dnn.cmsview import CmsviewDnn
from wardcrawler.platforms.dnn.easy import EasyDnn
from wardcrawler.platforms.dnn.stock import Dnn
from wardcrawler.platforms.drupal import Drupal
from wardcrawler.platforms.fingerprint import Evidence, look_for
from wardcrawler.platforms.generic import Generic
from wardcrawler.platforms.hatinh import HaTinh
from wardcrawler.platforms.joomla import K2, Joomla
from wardcrawler.platforms.liferay.asset_publishers import BacGiangLiferay, MohLiferay, SoNoiVuLiferay
from wardcrawler.platforms.liferay.danang import DanangLiferay
from wardcrawler.platforms.liferay.labelled import DanangWardLiferay, QuangTriLiferay
from wardcrawler.platforms.liferay.portlets import BacNinhLiferay, EcoItLiferay, VnptLiferay
from wardcrawler.platforms.liferay.stock import HcmcLiferay, Liferay
from wardcrawler.platforms.nukeviet import NukeViet
from wardcrawler.platforms.sharepoint.lists import SharePointNid, SharePointPost
from wardcrawler.platforms.sharepoint.tandan import TanDan
from wardcrawler.platforms.vhv import Vhv
from wardcrawler.platforms.vnpt import Vnpt
from wardcrawler.platforms.webforms import WebForms
from wardcrawler.platforms.wordpress import WordPress

# Variants after the platform they belong to: where evidence is equal, the later one is meant.
PLATFORMS: dict[str, type[Platform]] = {
    cls.name: cls
    for cls in (
        Liferay,
        HcmcLiferay,
        DanangLiferay,
        DanangWardLiferay,
        QuangTriLiferay,
        EcoItLiferay,
        VnptLiferay,
        BacNinhLiferay,
        SoNoiVuLiferay,
        BacGiangLiferay,
        MohLiferay,
        HaTinh,
        Dnn,
        EasyDnn,
        CmsviewDnn,
        Joomla,
        K2,
        WordPress,
        Drupal,
        Vnpt,
        NukeViet,
        Vhv,
        TanDan,
        SharePointPost,
        SharePointNid,
        WebForms,
        Generic,
    )
}

_MARKS = tuple({mark: None for cls in PLATFORMS.values() for mark in (*cls.marks, *cls.variant_marks)})


def recognise(document: HtmlElement, url: str) -> tuple[type[Platform] | None, Evidence]:
    """Find the platform that made a page, and the evidence for it; where that is not enough ``generic`` if
    the page shows an article or a listing, else None with the best evidence there is.
    """
    look_for(_MARKS, document)
    best: tuple[type[Platform] | None, Evidence] = (None, Evidence(0))
    for cls in PLATFORMS.values():
        evidence = cls.matches(document, url)
        if evidence.score >= max(best[1].score, 1):
            best = (cls, evidence)
    if best[1].score >= ENOUGH:
        return best
    structure = Generic.structure(document, url)
    return (Generic, structure) if structure.score >= ENOUGH else (None, best[1])


def has_variants(platform: type[Platform]) -> bool:
    """Return whether there are variants of ``platform``: looks or modules that are read in their own way."""
    return any(issubclass(cls, platform) and cls is not platform for cls in PLATFORMS.values())


def variant_of(platform: type[Platform], document: HtmlElement, url: str) -> type[Platform] | None:
    """Find which of ``platform`` and its variants made a page; None where the page shows too little."""
    look_for(_MARKS, document)
    best: tuple[type[Platform] | None, int] = (None, ENOUGH)
    for cls in PLATFORMS.values():
        if issubclass(cls, platform) and (score := cls.matches(document, url).score) >= best[1]:
            best = (cls, score)
    return best[0]


def platform_of(document: HtmlElement, url: str) -> type[Platform]:
    """Find the platform that made a page. Raises :class:`NotAnArticle`: what ``refusals.refuse_stub`` raises,
    or ``unrecognised`` with the evidence there is.
    """
    found, evidence = recognise(document, url)
    if found is not None and found is not Generic:
        return found
    refuse_stub(document, url)
    if found is not None:
        return found
    seen = "; ".join(evidence.reasons) or "nothing known"
    raise NotAnArticle(
        "unrecognised",
        f"the page is of no known platform (seen: {seen}); {install_hint()}name one: {', '.join(PLATFORMS)}",
    )
