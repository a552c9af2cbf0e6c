"""Thành phố Đà Nẵng. The wards and communes are of after July 2025."""

from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.liferay.danang import DanangLiferay
from wardcrawler.platforms.liferay.labelled import DanangWardLiferay


class DaNang(Portal):
    name = "danang"
    title = "UBND Thành phố Đà Nẵng"
    level = "province"
    unit_code = "48"
    base_url = "https://danang.gov.vn"
    platform = DanangLiferay


class CamLe(Portal):
    name = "danang-cam-le"
    title = "UBND Phường Cẩm Lệ"
    level = "ward"
    unit_code = "20260"
    base_url = "https://camle.danang.gov.vn"
    platform = DanangWardLiferay


class LienChieu(Portal):
    name = "danang-lien-chieu"
    title = "UBND Phường Liên Chiểu"
    level = "ward"
    unit_code = "20197"
    base_url = "https://lienchieu.danang.gov.vn"
    platform = DanangWardLiferay


class TraLinh(Portal):
    name = "danang-tra-linh"
    title = "UBND Xã Trà Linh"
    level = "commune"
    unit_code = "20950"
    base_url = "https://tralinh.danang.gov.vn"
