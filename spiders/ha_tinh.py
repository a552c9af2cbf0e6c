"""Tỉnh Hà Tĩnh. The commune is of before July 2025, the ward of after."""

from wardcrawler.platforms.hatinh import HaTinh
from wardcrawler.platforms.nukeviet import NukeViet


class CamHung(NukeViet):
    name = "hatinh-cam-hung"
    title = "UBND Xã Cẩm Hưng"
    level = "commune"
    unit_code = "18733"
    unit_valid_from = ""
    base_url = "https://xacamhung.hatinh.gov.vn"


class NamHongLinh(HaTinh):
    name = "hatinh-nam-hong-linh"
    title = "UBND Phường Nam Hồng Lĩnh"
    level = "ward"
    unit_code = "18118"
    base_url = "https://namhonglinh.hatinh.gov.vn"
