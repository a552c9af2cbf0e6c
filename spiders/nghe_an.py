"""Tỉnh Nghệ An. District hosts date from before July 2025, when districts ended. The commune is of after."""

from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.vnpt import Vnpt


class QuangChau(Portal):
    name = "nghean-quang-chau"
    title = "UBND Xã Quảng Châu"
    level = "commune"
    unit_code = "17443"
    base_url = "https://quangchau.nghean.gov.vn"
    platform = Vnpt


class YenThanh(Portal):
    """The host may be that of Xã Yên Thành by now."""

    name = "nghean-yen-thanh"
    title = "UBND Huyện Yên Thành"
    level = "district"
    unit_code = "426"
    base_url = "https://yenthanh.nghean.gov.vn"
    platform = Vnpt
