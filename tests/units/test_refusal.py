"""A name that does not exist has no answer, only suggestions."""

import pytest

from wardcrawler.units import address, find


class TestRefused:
    @pytest.mark.parametrize(
        "text",
        [
            "Phường 99, Quận 3",
            "Phường 9, Quận 99",
            "Phường 9, Quận Tân",
            "Phường 9, Quận Tân Bình Phú",
            "Phường 9, Quận Tân Bình, Tỉnh Quảng Nam",
            "Phường Nhiêu Lộc, Quận Tân Bình",
            "Số 12 Âu Cơ, Phường 9, Quận Tân Bình",
            "Phường 9 @ Quận Tân Bình",
            "Phường 9, Phường 9",
            "Quận Tân Bình, Quận Tân Bình",
            "Xã 9, Quận Tân Bình",
            "Phương 9, Quận Tân Bình",
            "9, 3",
            "Quận",
            "Phường",
            "UBND",
            "Tân",
            "",
            "   ",
            ", ; -",
            "\0",
            "Phường 9\0, Quận Tân Bình",
            "Phường ⁹, Quận Tân Bình",
            "x" * 10_000,
            "Phường 9, " * 1_000,
            "\U0001f600",
            "Phường 9\u0301, Quận 3",
        ],
    )
    def test_no_unit_and_a_reason(self, text):
        match = find(text)
        assert match.units == match.then == match.now == ()
        assert match.unit is None
        assert match.reason
        assert match.reason.isprintable()

    def test_the_part_that_does_not_exist_is_named(self):
        assert find("P.99, Q.3").reason == 'no unit is called "Phường 99" in Quận 3, Thành phố Hồ Chí Minh'
        assert find("Phường 9, Quận 99").reason == 'no unit is called "Quận 99"'

    def test_unprintable_characters_do_not_reach_the_message(self):
        assert find("Phường 9\x1b[31m, Quận 3").reason.isprintable()


class TestNearest:
    def test_what_sounds_like_it_in_the_part_that_exists(self):
        nearest = [address(unit) for unit in find("Phường 99, Quận 3").nearest]
        assert nearest[0] == "Phường 9, Quận 3, Thành phố Hồ Chí Minh"
        assert all(name.endswith("Quận 3, Thành phố Hồ Chí Minh") for name in nearest)

    def test_the_same_name_elsewhere(self):
        nearest = [address(unit) for unit in find("Phường Nhiêu Lộc, Quận Tân Bình").nearest]
        assert nearest == ["Phường Nhiêu Lộc, Thành phố Hồ Chí Minh"]

    def test_the_same_name_with_another_type(self):
        nearest = [address(unit) for unit in find("Phường Nhơn Trạch, Đồng Nai").nearest]
        assert "Xã Nhơn Trạch, Tỉnh Đồng Nai" in nearest

    def test_the_same_name_with_other_diacritics(self):
        nearest = [address(unit) for unit in find("Xã Tân Thạnh, Huyện Lạng Giang").nearest]
        assert "Xã Tân Thanh, Huyện Lạng Giang, Tỉnh Bắc Giang" in nearest

    def test_at_most_five(self):
        assert len(find("Phường 99").nearest) == 5
