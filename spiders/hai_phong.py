"""Thành phố Hải Phòng. District hosts date from before July 2025, when districts ended; wards from after."""

from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.vnpt import Vnpt


class HaiDuong(Portal):
    name = "haiphong-hai-duong"
    title = "UBND Phường Hải Dương"
    level = "ward"
    unit_code = "10525"
    base_url = "https://haiduong.haiphong.gov.vn"
    platform = Vnpt


class PhuLien(Portal):
    name = "haiphong-phu-lien"
    title = "UBND Phường Phù Liễn"
    level = "ward"
    unit_code = "11446"
    base_url = "https://phulien.haiphong.gov.vn"
    platform = Vnpt


class TienLang(Portal):
    """The host may be that of Xã Tiên Lãng by now."""

    name = "haiphong-tien-lang"
    title = "UBND Huyện Tiên Lãng"
    level = "district"
    unit_code = "315"
    base_url = "https://tienlang.haiphong.gov.vn"
    platform = Vnpt


class VinhBao(Portal):
    """The host may be that of Xã Vĩnh Bảo by now."""

    name = "haiphong-vinh-bao"
    title = "UBND Huyện Vĩnh Bảo"
    level = "district"
    unit_code = "316"
    base_url = "https://vinhbao.haiphong.gov.vn"
    platform = Vnpt
