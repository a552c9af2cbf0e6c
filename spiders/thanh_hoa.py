"""Tỉnh Thanh Hóa. District hosts date from before July 2025, when districts ended. The ward is of after."""

from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.sharepoint.tandan import TanDan


class DongQuang(Portal):
    name = "thanhhoa-dong-quang"
    title = "UBND Phường Đông Quang"
    level = "ward"
    unit_code = "16417"
    base_url = "https://dongquang.thanhhoa.gov.vn"


class HoangHoa(Portal):
    """A platform of its own."""

    name = "thanhhoa-hoang-hoa"
    title = "UBND Huyện Hoằng Hóa"
    level = "district"
    unit_code = "399"
    base_url = "https://hoanghoa.thanhhoa.gov.vn"


class ThieuHoa(Portal):
    name = "thanhhoa-thieu-hoa"
    title = "UBND Huyện Thiệu Hóa"
    level = "district"
    unit_code = "398"
    base_url = "https://thieuhoa.thanhhoa.gov.vn"
    platform = TanDan
