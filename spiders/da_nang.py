"""Thành phố Đà Nẵng. The wards and communes are of after July 2025."""

from wardcrawler.crawling.spider.autodetect import PlatformUnknown
from wardcrawler.platforms.liferay.danang import DanangLiferay
from wardcrawler.platforms.liferay.labelled import DanangWardLiferay


class DaNang(DanangLiferay):
    name = "danang"
    title = "UBND Thành phố Đà Nẵng"
    level = "province"
    unit_code = "48"
    base_url = "https://danang.gov.vn"


class CamLe(DanangWardLiferay):
    name = "danang-cam-le"
    title = "UBND Phường Cẩm Lệ"
    level = "ward"
    unit_code = "20260"
    base_url = "https://camle.danang.gov.vn"


class LienChieu(DanangWardLiferay):
    name = "danang-lien-chieu"
    title = "UBND Phường Liên Chiểu"
    level = "ward"
    unit_code = "20197"
    base_url = "https://lienchieu.danang.gov.vn"


class TraLinh(PlatformUnknown):
    name = "danang-tra-linh"
    title = "UBND Xã Trà Linh"
    level = "commune"
    unit_code = "20950"
    base_url = "https://tralinh.danang.gov.vn"
