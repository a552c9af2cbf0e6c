"""Tỉnh Bình Dương, part of Thành phố Hồ Chí Minh since July 2025."""

from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.dnn.stock import Dnn


class ThuDauMot(Portal):
    name = "binhduong-thu-dau-mot"
    title = "UBND Thành phố Thủ Dầu Một"
    level = "district"
    unit_code = "718"
    base_url = "https://thudaumot.binhduong.gov.vn"
    platform = Dnn
