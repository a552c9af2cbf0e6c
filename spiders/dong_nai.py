"""Tỉnh Đồng Nai. District hosts date from before July 2025, when districts ended."""

from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.nukeviet import NukeViet


class NhonTrach(Portal):
    name = "dongnai-nhon-trach"
    title = "UBND Huyện Nhơn Trạch"
    level = "district"
    unit_code = "742"
    base_url = "https://nhontrach.dongnai.gov.vn"
    platform = NukeViet
