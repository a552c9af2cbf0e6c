"""Tỉnh Điện Biên. District hosts date from before July 2025, when districts ended."""

from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.nukeviet import NukeViet


class TuanGiao(Portal):
    name = "dienbien-tuan-giao"
    title = "UBND Huyện Tuần Giáo"
    level = "district"
    unit_code = "099"
    base_url = "https://tuangiao.gov.vn"
    platform = NukeViet
