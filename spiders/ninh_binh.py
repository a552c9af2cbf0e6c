"""Tỉnh Ninh Bình. District hosts date from before July 2025, when districts ended."""

from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.joomla import K2


class KimSon(Portal):
    name = "ninhbinh-kim-son"
    title = "UBND Huyện Kim Sơn"
    level = "district"
    unit_code = "376"
    base_url = "https://kimson.ninhbinh.gov.vn"
    platform = K2
