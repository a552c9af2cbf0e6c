"""Tỉnh Quảng Trị. The communes are of after July 2025."""

from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.liferay.labelled import QuangTriLiferay


class DienSanh(Portal):
    """A public crawler of this host (AI4Unow/diensanh on GitHub, src/scraper/mainsite-scraper.py at cffe09fb)
    turns verification off for self-signed certificates.
    """

    name = "quangtri-dien-sanh"
    title = "UBND Xã Diên Sanh"
    level = "commune"
    unit_code = "19681"
    base_url = "https://diensanh.quangtri.gov.vn"
    platform = QuangTriLiferay
    tls = "unverified"


class TrieuCo(Portal):
    name = "quangtri-trieu-co"
    title = "UBND Xã Triệu Cơ"
    level = "commune"
    unit_code = "19654"
    base_url = "https://trieuco.quangtri.gov.vn"
    platform = QuangTriLiferay
