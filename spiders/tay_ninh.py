"""Tỉnh Tây Ninh. The ward host dates from before July 2025."""

from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.nukeviet import NukeViet


class Phuong3(Portal):
    name = "tayninh-phuong-3"
    title = "UBND Phường 3"
    level = "ward"
    unit_code = "25459"
    unit_valid_from = ""
    base_url = "https://phuong3.tayninh.gov.vn"
    platform = NukeViet
    status = "retired"
