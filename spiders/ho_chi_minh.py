"""Thành phố Hồ Chí Minh. District hosts date from before July 2025, when districts ended."""

from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.liferay.stock import HcmcLiferay
from wardcrawler.platforms.wordpress import WordPress


class HoChiMinhCity(Portal):
    name = "hcm"
    title = "UBND Thành phố Hồ Chí Minh"
    level = "province"
    unit_code = "79"
    base_url = "https://hochiminhcity.gov.vn"
    platform = HcmcLiferay


class BinhChanh(Portal):
    name = "hcm-binh-chanh"
    title = "UBND Huyện Bình Chánh"
    level = "district"
    unit_code = "785"
    base_url = "https://binhchanh.hochiminhcity.gov.vn"


class BinhTan(Portal):
    name = "hcm-binh-tan"
    title = "UBND Quận Bình Tân"
    level = "district"
    unit_code = "777"
    base_url = "https://binhtan.hochiminhcity.gov.vn"
    hosts = ("www.binhtan.hochiminhcity.gov.vn",)


class BinhThanh(Portal):
    name = "hcm-binh-thanh"
    title = "UBND Quận Bình Thạnh"
    level = "district"
    unit_code = "765"
    base_url = "https://binhthanh.hochiminhcity.gov.vn"
    platform = HcmcLiferay
    hosts = ("www.binhthanh.hochiminhcity.gov.vn",)


class CanGio(Portal):
    name = "hcm-can-gio"
    title = "UBND Huyện Cần Giờ"
    level = "district"
    unit_code = "787"
    base_url = "https://cangio.hochiminhcity.gov.vn"
    hosts = ("www.cangio.hochiminhcity.gov.vn",)


class CuChi(Portal):
    name = "hcm-cu-chi"
    title = "UBND Huyện Củ Chi"
    level = "district"
    unit_code = "783"
    base_url = "https://cuchi.hochiminhcity.gov.vn"
    hosts = ("www.cuchi.hochiminhcity.gov.vn",)


class GoVap(Portal):
    name = "hcm-go-vap"
    title = "UBND Quận Gò Vấp"
    level = "district"
    unit_code = "764"
    base_url = "https://govap.hochiminhcity.gov.vn"
    platform = HcmcLiferay
    hosts = ("www.govap.hochiminhcity.gov.vn",)


class HocMon(Portal):
    name = "hcm-hoc-mon"
    title = "UBND Huyện Hóc Môn"
    level = "district"
    unit_code = "784"
    base_url = "https://hocmon.hochiminhcity.gov.vn"
    hosts = ("www.hocmon.hochiminhcity.gov.vn",)


class NhaBe(Portal):
    name = "hcm-nha-be"
    title = "UBND Huyện Nhà Bè"
    level = "district"
    unit_code = "786"
    base_url = "https://nhabe.hochiminhcity.gov.vn"
    hosts = ("www.nhabe.hochiminhcity.gov.vn",)


class PhuNhuan(Portal):
    name = "hcm-phu-nhuan"
    title = "UBND Quận Phú Nhuận"
    level = "district"
    unit_code = "768"
    base_url = "https://phunhuan.hochiminhcity.gov.vn"
    platform = HcmcLiferay
    hosts = ("www.phunhuan.hochiminhcity.gov.vn",)


class PhuongBenThanh(Portal):
    name = "hcm-phuong-ben-thanh"
    title = "UBND Phường Bến Thành"
    level = "ward"
    unit_code = "26743"
    base_url = "https://phuongbenthanh.gov.vn"
    platform = WordPress


class PhuongTanDinh(Portal):
    name = "hcm-phuong-tan-dinh"
    title = "UBND Phường Tân Định"
    level = "ward"
    unit_code = "26737"
    base_url = "https://phuongtandinh.gov.vn"
    platform = WordPress


class PhuongTanPhuoc(Portal):
    name = "hcm-phuong-tan-phuoc"
    title = "UBND Phường Tân Phước"
    level = "ward"
    unit_code = "26713"
    base_url = "https://phuongtanphuoc.gov.vn"
    platform = WordPress


class Quan1(Portal):
    name = "hcm-quan-1"
    title = "UBND Quận 1"
    level = "district"
    unit_code = "760"
    base_url = "https://quan1.hochiminhcity.gov.vn"
    platform = HcmcLiferay
    hosts = ("www.quan1.hochiminhcity.gov.vn",)


class Quan2(Portal):
    """Part of Thành phố Thủ Đức since 2021; no unit of June 2025."""

    name = "hcm-quan-2"
    title = "UBND Quận 2"
    level = "district"
    base_url = "https://quan2.hochiminhcity.gov.vn"
    hosts = ("www.quan2.hochiminhcity.gov.vn",)
    status = "retired"
    successor = "hcm-thu-duc"


class Quan3(Portal):
    name = "hcm-quan-3"
    title = "UBND Quận 3"
    level = "district"
    unit_code = "770"
    base_url = "https://quan3.hochiminhcity.gov.vn"
    hosts = ("www.quan3.hochiminhcity.gov.vn",)


class Quan4(Portal):
    name = "hcm-quan-4"
    title = "UBND Quận 4"
    level = "district"
    unit_code = "773"
    base_url = "https://quan4.hochiminhcity.gov.vn"
    hosts = ("www.quan4.hochiminhcity.gov.vn",)


class Quan5(Portal):
    name = "hcm-quan-5"
    title = "UBND Quận 5"
    level = "district"
    unit_code = "774"
    base_url = "https://quan5.hochiminhcity.gov.vn"
    hosts = ("www.quan5.hochiminhcity.gov.vn",)


class Quan6(Portal):
    name = "hcm-quan-6"
    title = "UBND Quận 6"
    level = "district"
    unit_code = "775"
    base_url = "https://quan6.hochiminhcity.gov.vn"
    hosts = ("www.quan6.hochiminhcity.gov.vn",)


class Quan7(Portal):
    name = "hcm-quan-7"
    title = "UBND Quận 7"
    level = "district"
    unit_code = "778"
    base_url = "https://quan7.hochiminhcity.gov.vn"
    hosts = ("www.quan7.hochiminhcity.gov.vn",)


class Quan8(Portal):
    name = "hcm-quan-8"
    title = "UBND Quận 8"
    level = "district"
    unit_code = "776"
    base_url = "https://quan8.hochiminhcity.gov.vn"
    platform = HcmcLiferay
    hosts = ("www.quan8.hochiminhcity.gov.vn",)


class Quan9(Portal):
    """Part of Thành phố Thủ Đức since 2021; no unit of June 2025."""

    name = "hcm-quan-9"
    title = "UBND Quận 9"
    level = "district"
    base_url = "https://quan9.hochiminhcity.gov.vn"
    hosts = ("www.quan9.hochiminhcity.gov.vn",)
    status = "retired"
    successor = "hcm-thu-duc"


class Quan10(Portal):
    name = "hcm-quan-10"
    title = "UBND Quận 10"
    level = "district"
    unit_code = "771"
    base_url = "https://quan10.hochiminhcity.gov.vn"
    hosts = ("www.quan10.hochiminhcity.gov.vn",)


class Quan11(Portal):
    name = "hcm-quan-11"
    title = "UBND Quận 11"
    level = "district"
    unit_code = "772"
    base_url = "https://quan11.hochiminhcity.gov.vn"
    hosts = ("www.quan11.hochiminhcity.gov.vn",)


class Quan12(Portal):
    name = "hcm-quan-12"
    title = "UBND Quận 12"
    level = "district"
    unit_code = "761"
    base_url = "https://quan12.hochiminhcity.gov.vn"
    hosts = ("www.quan12.hochiminhcity.gov.vn",)


class TanBinh(Portal):
    name = "hcm-tan-binh"
    title = "UBND Quận Tân Bình"
    level = "district"
    unit_code = "766"
    base_url = "https://tanbinh.hochiminhcity.gov.vn"
    platform = HcmcLiferay
    hosts = ("www.tanbinh.hochiminhcity.gov.vn",)


class TanPhu(Portal):
    name = "hcm-tan-phu"
    title = "UBND Quận Tân Phú"
    level = "district"
    unit_code = "767"
    base_url = "https://tanphu.hochiminhcity.gov.vn"
    hosts = ("www.tanphu.hochiminhcity.gov.vn",)


class ThuDuc(Portal):
    name = "hcm-thu-duc"
    title = "UBND Thành phố Thủ Đức"
    level = "district"
    unit_code = "769"
    base_url = "https://tpthuduc.hochiminhcity.gov.vn"
