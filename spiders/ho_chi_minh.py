"""Thành phố Hồ Chí Minh. The district hosts are those of before July 2025, when districts ended."""

from wardcrawler.platforms.liferay import HcmcLiferay


class HoChiMinhCity(HcmcLiferay):
    name = "hcm"
    title = "UBND Thành phố Hồ Chí Minh"
    level = "province"
    unit_code = "79"
    base_url = "https://hochiminhcity.gov.vn"


class BinhThanh(HcmcLiferay):
    name = "hcm-binh-thanh"
    title = "UBND Quận Bình Thạnh"
    level = "district"
    unit_code = "765"
    base_url = "https://binhthanh.hochiminhcity.gov.vn"


class GoVap(HcmcLiferay):
    name = "hcm-go-vap"
    title = "UBND Quận Gò Vấp"
    level = "district"
    unit_code = "764"
    base_url = "https://govap.hochiminhcity.gov.vn"


class PhuNhuan(HcmcLiferay):
    name = "hcm-phu-nhuan"
    title = "UBND Quận Phú Nhuận"
    level = "district"
    unit_code = "768"
    base_url = "https://phunhuan.hochiminhcity.gov.vn"


class Quan1(HcmcLiferay):
    name = "hcm-quan-1"
    title = "UBND Quận 1"
    level = "district"
    unit_code = "760"
    base_url = "https://quan1.hochiminhcity.gov.vn"


class Quan8(HcmcLiferay):
    name = "hcm-quan-8"
    title = "UBND Quận 8"
    level = "district"
    unit_code = "776"
    base_url = "https://quan8.hochiminhcity.gov.vn"


class TanBinh(HcmcLiferay):
    name = "hcm-tan-binh"
    title = "UBND Quận Tân Bình"
    level = "district"
    unit_code = "766"
    base_url = "https://tanbinh.hochiminhcity.gov.vn"
