"""Thành phố Hà Nội. All hosts date from before July 2025, when districts ended."""

from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.liferay.portlets import EcoItLiferay


class BaDinh(Portal):
    name = "hanoi-ba-dinh"
    title = "UBND Quận Ba Đình"
    level = "district"
    unit_code = "001"
    base_url = "https://badinh.hanoi.gov.vn"


class BacTuLiem(Portal):
    name = "hanoi-bac-tu-liem"
    title = "UBND Quận Bắc Từ Liêm"
    level = "district"
    unit_code = "021"
    base_url = "https://bactuliem.hanoi.gov.vn"


class CauGiay(Portal):
    name = "hanoi-cau-giay"
    title = "UBND Quận Cầu Giấy"
    level = "district"
    unit_code = "005"
    base_url = "https://caugiay.hanoi.gov.vn"


class DongAnh(Portal):
    name = "hanoi-dong-anh"
    title = "UBND Huyện Đông Anh"
    level = "district"
    unit_code = "017"
    base_url = "https://donganh.hanoi.gov.vn"


class DongDa(Portal):
    name = "hanoi-dong-da"
    title = "UBND Quận Đống Đa"
    level = "district"
    unit_code = "006"
    base_url = "https://dongda.hanoi.gov.vn"


class GiaLam(Portal):
    name = "hanoi-gia-lam"
    title = "UBND Huyện Gia Lâm"
    level = "district"
    unit_code = "018"
    base_url = "https://gialam.hanoi.gov.vn"


class HaDong(Portal):
    name = "hanoi-ha-dong"
    title = "UBND Quận Hà Đông"
    level = "district"
    unit_code = "268"
    base_url = "https://hadong.hanoi.gov.vn"


class HaiBaTrung(Portal):
    name = "hanoi-hai-ba-trung"
    title = "UBND Quận Hai Bà Trưng"
    level = "district"
    unit_code = "007"
    base_url = "https://haibatrung.hanoi.gov.vn"


class HoanKiem(Portal):
    name = "hanoi-hoan-kiem"
    title = "UBND Quận Hoàn Kiếm"
    level = "district"
    unit_code = "002"
    base_url = "https://hoankiem.hanoi.gov.vn"


class HoangMai(Portal):
    name = "hanoi-hoang-mai"
    title = "UBND Quận Hoàng Mai"
    level = "district"
    unit_code = "008"
    base_url = "https://hoangmai.hanoi.gov.vn"


class LongBien(Portal):
    name = "hanoi-long-bien"
    title = "UBND Quận Long Biên"
    level = "district"
    unit_code = "004"
    base_url = "https://longbien.hanoi.gov.vn"


class NamTuLiem(Portal):
    name = "hanoi-nam-tu-liem"
    title = "UBND Quận Nam Từ Liêm"
    level = "district"
    unit_code = "019"
    base_url = "https://namtuliem.hanoi.gov.vn"


class PhucHoa(Portal):
    """The host of a commune stands under that of its district, Phúc Thọ."""

    name = "hanoi-phuc-hoa"
    title = "UBND Xã Phúc Hòa"
    level = "commune"
    unit_code = "09763"
    unit_valid_from = ""
    base_url = "https://phuchoa.phuctho.hanoi.gov.vn"
    platform = EcoItLiferay


class SocSon(Portal):
    name = "hanoi-soc-son"
    title = "UBND Huyện Sóc Sơn"
    level = "district"
    unit_code = "016"
    base_url = "https://socson.hanoi.gov.vn"


class SonTay(Portal):
    name = "hanoi-son-tay"
    title = "UBND Thị xã Sơn Tây"
    level = "district"
    unit_code = "269"
    base_url = "https://sontay.hanoi.gov.vn"


class TayHo(Portal):
    name = "hanoi-tay-ho"
    title = "UBND Quận Tây Hồ"
    level = "district"
    unit_code = "003"
    base_url = "https://tayho.hanoi.gov.vn"


class ThanhXuan(Portal):
    name = "hanoi-thanh-xuan"
    title = "UBND Quận Thanh Xuân"
    level = "district"
    unit_code = "009"
    base_url = "https://thanhxuan.hanoi.gov.vn"
