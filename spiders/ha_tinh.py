"""Tỉnh Hà Tĩnh. The commune is of before July 2025, the ward of after."""

from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.hatinh import HaTinh
from wardcrawler.platforms.nukeviet import NukeViet


class CamHung(Portal):
    name = "hatinh-cam-hung"
    title = "UBND Xã Cẩm Hưng"
    level = "commune"
    unit_code = "18733"
    unit_valid_from = ""
    base_url = "https://xacamhung.hatinh.gov.vn"
    platform = NukeViet


class NamHongLinh(Portal):
    name = "hatinh-nam-hong-linh"
    title = "UBND Phường Nam Hồng Lĩnh"
    level = "ward"
    unit_code = "18118"
    base_url = "https://namhonglinh.hatinh.gov.vn"
    platform = HaTinh
