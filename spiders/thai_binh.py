"""Tỉnh Thái Bình, part of Tỉnh Hưng Yên since July 2025."""

from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.vhv import Vhv


class HungHa(Portal):
    name = "thaibinh-hung-ha"
    title = "UBND Huyện Hưng Hà"
    level = "district"
    unit_code = "339"
    base_url = "https://hungha.thaibinh.gov.vn"
    platform = Vhv
