"""Tỉnh Đắk Lắk. District hosts date from before July 2025, when districts ended."""

from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.liferay.stock import Liferay


class BuonMaThuot(Portal):
    name = "daklak-buon-ma-thuot"
    title = "UBND Thành phố Buôn Ma Thuột"
    level = "district"
    unit_code = "643"
    base_url = "https://buonmathuot.daklak.gov.vn"
    platform = Liferay
