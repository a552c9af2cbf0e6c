"""A text finds the unit it names and what became of it."""

import pytest

from wardcrawler.units import address, find


def found(text):
    """The full name of the one unit that ``text`` names."""
    unit = find(text).unit
    assert unit is not None, f"{text!r} names no single unit: {find(text)}"
    return address(unit)


def now(text):
    return [address(unit) for unit in find(text).now]


WARD_9 = "Phường 9, Quận Tân Bình, Thành phố Hồ Chí Minh"
TRA_LINH = "Xã Trà Linh, Huyện Nam Trà My, Tỉnh Quảng Nam"


class TestTheWayItIsWritten:
    @pytest.mark.parametrize(
        "text",
        [
            "Phường 9, Quận Tân Bình",
            "Phường 9, Quận Tân Bình, Thành phố Hồ Chí Minh",
            "Phường 9, Tân Bình",
            "P.9, Q. Tân Bình, TP.HCM",
            "P9 Q.Tân Bình TPHCM",
            "p 9 q tan binh hcm",
            "phuong 9 quan tan binh",
            "phường 09, quận tân bình",
            "PHƯỜNG 9 - QUẬN TÂN BÌNH",
            "Phường 9 – Quận Tân Bình – Tp. Hồ Chí Minh",
            "Phường 9\nQuận Tân Bình",
            "Phường 9 (Quận Tân Bình)",
            "“Phường 9”, 'Quận Tân Bình'",
            "TP. Hồ Chí Minh | Quận Tân Bình | Phường 9",
            "UBND Phường 9, Quận Tân Bình",
            "Uỷ ban nhân dân Phường 9, Quận Tân Bình",
            "HĐND và UBND phường 9 quận Tân Bình.",
            "  Phường\u00a09,\u200bQuận Tân Bình ",
        ],
    )
    def test_punctuation_case_type_and_the_office_in_front_do_not_matter(self, text):
        assert found(text) == WARD_9

    @pytest.mark.parametrize(
        "text",
        [
            "Xã Trà Linh, Nam Trà My, Quảng Nam",
            "X. Trà Linh, H. Nam Trà My",
            "xa tra linh nam tra my quang nam",
            "tra linh nam tra my quang nam",
        ],
    )
    def test_types_may_be_missing(self, text):
        assert found(text) == TRA_LINH

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Phường Tân Hoà, TP.HCM", "Phường Tân Hòa, TP.HCM"),
            ("Thành phố Thuỷ Nguyên", "Thành phố Thủy Nguyên"),
            ("Xã Kiến Thuỵ, Hải Phòng", "Xã Kiến Thụy, Hải Phòng"),
            ("Tỉnh Khánh Hoà", "Tỉnh Khánh Hòa"),
        ],
    )
    def test_either_tone_placement_is_the_same_name(self, one, other):
        assert found(one) == found(other)

    @pytest.mark.parametrize(
        ("text", "full"),
        [
            ("TT. Củ Chi, H. Củ Chi", "Thị trấn Củ Chi, Huyện Củ Chi, Thành phố Hồ Chí Minh"),
            ("TX. Kỳ Anh", "Thị xã Kỳ Anh, Tỉnh Hà Tĩnh"),
            ("H. Kỳ Anh", "Huyện Kỳ Anh, Tỉnh Hà Tĩnh"),
            ("TP. Thủ Đức", "Thành phố Thủ Đức, Thành phố Hồ Chí Minh"),
            ("Q.3", "Quận 3, Thành phố Hồ Chí Minh"),
            ("H. Ia H' Drai, Kon Tum", "Huyện Ia H'Drai, Tỉnh Kon Tum"),
            ("TP Phan Rang-Tháp Chàm", "Thành phố Phan Rang - Tháp Chàm, Tỉnh Ninh Thuận"),
        ],
    )
    def test_abbreviated_types(self, text, full):
        assert found(text) == full

    @pytest.mark.parametrize(
        ("text", "full"),
        [
            ("TPHCM", "Thành phố Hồ Chí Minh"),
            ("TP. HCM", "Thành phố Hồ Chí Minh"),
            ("HCM", "Thành phố Hồ Chí Minh"),
            ("Tp. Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
            ("HN", "Thành phố Hà Nội"),
            ("BR-VT", "Tỉnh Bà Rịa - Vũng Tàu"),
            ("Tỉnh Thừa Thiên - Huế", "Thành phố Huế"),
            ("Đăk Lăk", "Tỉnh Đắk Lắk"),
        ],
    )
    def test_other_names_of_provinces(self, text, full):
        assert found(text) == full


class TestThenAndNow:
    @pytest.mark.parametrize(
        ("then", "today"),
        [
            ("Phường 9, Quận Tân Bình", ["Phường Tân Hòa, Thành phố Hồ Chí Minh"]),
            ("Phường 9, Quận 3, TP.HCM", ["Phường Nhiêu Lộc, Thành phố Hồ Chí Minh"]),
            ("Xã Trà Linh, Nam Trà My, Quảng Nam", ["Xã Trà Linh, Thành phố Đà Nẵng"]),
            ("Huyện Côn Đảo", ["Đặc khu Côn Đảo, Thành phố Hồ Chí Minh"]),
            ("Tỉnh Bình Dương", ["Thành phố Hồ Chí Minh"]),
        ],
    )
    def test_a_unit_of_before_the_reform_leads_to_its_successor(self, then, today):
        assert now(then) == today

    def test_a_ward_that_was_split_leads_to_all_its_successors(self):
        assert set(now("Phường Đa Kao, Quận 1")) == {
            "Phường Tân Định, Thành phố Hồ Chí Minh",
            "Phường Sài Gòn, Thành phố Hồ Chí Minh",
        }

    def test_a_district_leads_to_every_unit_its_wards_went_to(self):
        assert set(now("Quận 3")) == {
            "Phường Xuân Hòa, Thành phố Hồ Chí Minh",
            "Phường Nhiêu Lộc, Thành phố Hồ Chí Minh",
            "Phường Bàn Cờ, Thành phố Hồ Chí Minh",
        }

    def test_a_unit_of_today_leads_back_to_what_it_was_formed_of(self):
        match = find("Phường Tân Hòa, Thành phố Hồ Chí Minh")
        assert match.now == match.units
        assert [unit.name for unit in match.then] == ["Phường 6", "Phường 8", "Phường 9"]

    def test_a_name_that_went_on_means_the_unit_of_today(self):
        assert find("Thành phố Hà Nội").now == find("Thành phố Hà Nội").units
        assert found("Phường Bến Thành, TP.HCM") == "Phường Bến Thành, Thành phố Hồ Chí Minh"

    @pytest.mark.parametrize(
        ("text", "continued_by", "today"),
        [
            ("Phường 9, Quận 8", "Phường Hưng Phú, Quận 8", "Phường Chánh Hưng"),
            ("Phường 6, Quận 3", "Phường Võ Thị Sáu, Quận 3", "Phường Xuân Hòa"),
            ("Phường Thảo Điền, Quận 2", "Phường Thảo Điền, Thành phố Thủ Đức", "Phường An Khánh"),
        ],
    )
    def test_a_unit_given_up_before_the_reform_is_not_found_but_led_on(self, text, continued_by, today):
        match = find(text)
        assert match.units == ()
        assert "earlier or other name, not in use on 30 June 2025" in match.reason
        assert [address(unit) for unit in match.then] == [f"{continued_by}, Thành phố Hồ Chí Minh"]
        assert [unit.name for unit in match.now] == [today]


class TestSeveralUnits:
    def test_a_ward_number_alone_lists_every_ward_of_that_number(self):
        units = find("Phường 9").units
        assert WARD_9 in map(address, units)
        assert {unit.name for unit in units} == {"Phường 9"}
        assert find("Phường 9").unit is None

    def test_nothing_is_said_of_then_and_now(self):
        assert find("Phường 9").then == find("Phường 9").now == ()

    def test_then_and_now_are_both_listed(self):
        units = find("Xã Tân Hòa").units
        assert {unit.valid_from is None for unit in units} == {True, False}
        assert list(units) == sorted(units, key=lambda unit: (unit.valid_from is not None, unit.code))

    def test_a_district_and_a_province_of_one_name_are_both_tried(self):
        assert {address(unit) for unit in find("Phường 1, Bạc Liêu").units} == {
            "Phường 1, Thành phố Bạc Liêu, Tỉnh Bạc Liêu",
            "Phường 1, Thị xã Giá Rai, Tỉnh Bạc Liêu",
        }

    def test_without_diacritics_all_that_read_alike_are_listed(self):
        assert {unit.name for unit in find("phuong sa pa, thi xa sa pa").units} == {
            "Phường Sa Pa",
            "Phường Sa Pả",
        }


class TestDiacritics:
    def test_the_exact_name_wins_over_one_that_only_reads_like_it(self):
        assert found("Xã Cẩm Giang, Thành phố Hải Phòng") == "Xã Cẩm Giang, Thành phố Hải Phòng"
        assert found("Xã Cẩm Giàng, Thành phố Hải Phòng") == "Xã Cẩm Giàng, Thành phố Hải Phòng"

    def test_a_name_written_with_other_diacritics_is_another_name(self):
        assert found("Xã Tân Thanh, Huyện Lạng Giang")
        assert find("Xã Tân Thạnh, Huyện Lạng Giang").units == ()

    def test_an_exact_name_that_bears_none_wins_if_its_type_bears_them(self):
        assert {unit.name for unit in find("Xã Thanh An").units} == {"Xã Thanh An"}
        assert {unit.name for unit in find("xa thanh an").units} > {"Xã Thanh An", "Xã Thạnh An"}
