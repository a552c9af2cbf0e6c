"""Tỉnh Ninh Thuận, part of Tỉnh Khánh Hòa since July 2025."""

from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.sharepoint.tandan import TanDan


class NinhPhuoc(Portal):
    name = "ninhthuan-ninh-phuoc"
    title = "UBND Huyện Ninh Phước"
    level = "district"
    unit_code = "587"
    base_url = "https://ninhphuoc.ninhthuan.gov.vn"
    platform = TanDan
    status = "retired"
