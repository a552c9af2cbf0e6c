"""Dates are read as Vietnamese portals print them, or refused with the reason."""

import unicodedata
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wardcrawler.text.dates import (
    ICT,
    DateRefused,
    PublishedDate,
    from_epoch_ms,
    is_relative,
    read_date,
    says_other,
)

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=ICT)


def iso_and_precision(text: str) -> tuple[str, str]:
    date = read_date(text, now=NOW, counts_from=NOW)
    assert date.at.utcoffset() == timedelta(hours=7)
    return date.iso.removesuffix("+07:00"), date.precision


def reason(text: str) -> str:
    with pytest.raises(DateRefused) as refused:
        read_date(text, now=NOW, counts_from=NOW)
    return refused.value.reason


def date_or_reason(text: str) -> PublishedDate | str:
    try:
        return read_date(text, now=NOW, counts_from=NOW)
    except DateRefused as refused:
        return refused.reason


TO_THE_MINUTE = {
    "13/01/2026 19:15": "2026-01-13T19:15:00",  # danang.gov.vn
    "08:37 24/06/2023": "2023-06-24T08:37:00",  # hochiminhcity.gov.vn
    "24/06/2023 08:37": "2023-06-24T08:37:00",
    "08:37 24-06-2023": "2023-06-24T08:37:00",  # danang.gov.vn, old look
    "10:31:51 30/10/2025": "2025-10-30T10:31:51",  # hoanghoa.thanhhoa
    "Thứ sáu, 03/02/2023, 09:40 SA": "2023-02-03T09:40:00",  # a Liferay hook
    "Thứ sáu, 03/02/2023, 09:40 CH": "2023-02-03T21:40:00",
    "Thứ Hai, 05/06/2023, 08:30": "2023-06-05T08:30:00",  # ncov.moh
    "Thứ sáu - 23/06/2023 08:15": "2023-06-23T08:15:00",  # NukeViet
    "2023-06-23+0708:15:00": "2023-06-23T08:15:00",  # NukeViet meta
    "Thứ năm, 30/10/2025 | 10:31": "2025-10-30T10:31:00",  # VHV
    "10:31:51 | 30/10/2025": "2025-10-30T10:31:51",
    "10:31:51 | 30/10/2025 | lượt xem: 1.878": "2025-10-30T10:31:51",  # hungyen
    "2025-10-30T10:31:51+07:00": "2025-10-30T10:31:51",
    "2025-10-30T10:31:51+0700": "2025-10-30T10:31:51",  # hungha.thaibinh
    "2025-10-30T10:31:51+07": "2025-10-30T10:31:51",
    "Đăng tải: 23/06/2023 08:15": "2023-06-23T08:15:00",  # Hà Tĩnh
    "15 Tháng Mười Hai 2023 - 10:15:00": "2023-12-15T10:15:00",  # dbndhanoi
    "05 Tháng Mười 2023 - 10:15:00": "2023-10-05T10:15:00",
    "02 Tháng Hai 2023 - 10:15:00": "2023-02-02T10:15:00",
    "05 Tháng Năm 2023 - 10:15:00": "2023-05-05T10:15:00",
    "2025-06-30T19:02:21": "2025-06-30T19:02:21",  # Vĩnh Phúc
    "2023-06-23 08:15:00.0": "2023-06-23T08:15:00",  # thainguyen
    "23/06/2023 08:15:42": "2023-06-23T08:15:42",  # NukeViet list
    "05/06/2023 08:15 AM": "2023-06-05T08:15:00",  # cema
    "05/06/2023 08:15 PM": "2023-06-05T20:15:00",
    "Thứ Hai, ngày 5/6/2023, 8h30": "2023-06-05T08:30:00",
    "lúc 8 giờ 30 phút, ngày 5 tháng 6 năm 2023": "2023-06-05T08:30:00",
    "24/06/2023 08:37 GMT+7": "2023-06-24T08:37:00",
    "24/06/2023 08:37 (GMT+07:00)": "2023-06-24T08:37:00",
    "08h30-24/06/2023": "2023-06-24T08:30:00",
    "14:30 CH 24/06/2023": "2023-06-24T14:30:00",
    "12:30 SA 24/06/2023": "2023-06-24T00:30:00",
    "12:30 CH 24/06/2023": "2023-06-24T12:30:00",
    "15 thg 12, 2023 10:15": "2023-12-15T10:15:00",  # Java's medium format for Vietnamese
}

TO_THE_DAY = {
    "29/09/2026": "2026-09-29",  # lienchieu.danang.gov.vn, the label in a node of its own
    "Ngày đăng tin: 29/09/2026": "2026-09-29",
    "Ngày đăng: 30/09/2026": "2026-09-30",
    "Ngày đăng: 07-01-2026 Lượt xem: 38": "2026-01-07",
    "Ngày đăng: 07-01-2026Lượt xem: 38": "2026-01-07",
    "Post date: 05/01/2026": "2026-01-05",  # diensanh.quangtri.gov.vn
    "Đăng ngày 09 - 03 - 2023": "2023-03-09",  # Tân Dân
    "30/10/25": "2025-10-30",  # VHV list type 10
    "5/12/2025": "2025-12-05",
    "01/7/2025": "2025-07-01",
    "2023-3-9": "2023-03-09",  # Tân Dân addresses
    "2026-07-15": "2026-07-15",
    "24-06-2023": "2023-06-24",  # Liferay hook, list
    "23.06.2023": "2023-06-23",
    "Thứ 6 - 23/06/2023": "2023-06-23",
    "Phường 9, ngày 24/06/2023": "2023-06-24",
    "NGÀY 15 THÁNG 12 NĂM 2023": "2023-12-15",
    "ngày 15 tháng năm năm 2023": "2023-05-15",
    "15 thg 12, 2023": "2023-12-15",
    "(24/06/2023)": "2023-06-24",
}


@pytest.mark.parametrize(("text", "expected"), TO_THE_MINUTE.items())
def test_a_date_with_a_time(text, expected):
    assert iso_and_precision(text) == (expected, "minute")


@pytest.mark.parametrize(("text", "expected"), TO_THE_DAY.items())
def test_a_date_without_a_time_is_midnight_and_says_so(text, expected):
    assert iso_and_precision(text) == (f"{expected}T00:00:00", "day")


@pytest.mark.parametrize("text", [*TO_THE_MINUTE, *TO_THE_DAY])
def test_letters_in_pieces_and_odd_white_space_change_nothing(text):
    odd = unicodedata.normalize("NFD", f"\u200b {text}\u00a0\n").replace(" ", " \u00a0\n")
    assert read_date(odd, now=NOW) == read_date(text, now=NOW)


def test_iso_8601_with_the_zone():
    assert read_date("24/06/2023 08:37", now=NOW).iso == "2023-06-24T08:37:00+07:00"
    assert read_date("24/06/2023", now=NOW).iso == "2023-06-24T00:00:00+07:00"


class TestSecondsInTheMinutesSlot:
    @pytest.mark.parametrize(
        ("weekday", "day"),
        [("Chủ Nhật", 25), ("Thứ Hai", 26), ("Thứ Ba", 27), ("Thứ Tư", 28), ("Thứ Năm", 22), ("Thứ Sáu", 23),
         ("Thứ Bẩy", 24)],
    )  # fmt: skip
    def test_the_hook_is_known_by_its_whole_form(self, weekday, day):
        text = f"{weekday}, ngày {day}/06/2023 08:37"
        assert iso_and_precision(text) == (f"2023-06-{day}T00:00:00", "day")

    @pytest.mark.parametrize(
        "text", ["ngày 24/06/2023 08:37", "Thứ Bẩy, 24/06/2023 08:37", "Thứ Bẩy, ngày 24/06/2023, 08:37"]
    )
    def test_other_forms_print_minutes(self, text):
        assert iso_and_precision(text) == ("2023-06-24T08:37:00", "minute")

    def test_where_seconds_follow_minutes_are_minutes(self):
        assert iso_and_precision("Thứ Bẩy, ngày 24/06/2023 08:37:12") == ("2023-06-24T08:37:12", "minute")


class TestZones:
    @pytest.mark.parametrize(
        "text",
        [
            "2023-06-23T01:15:00Z",
            "2023-06-23T01:15:00.123Z",
            "2023-06-23 01:15:00 UTC",
            "2023-06-23T01:15:00+00:00",
            "2023-06-22T20:15:00-05:00",
            "2023-06-23T10:15:00 +0900",
        ],
    )
    def test_other_zones_are_converted(self, text):
        assert iso_and_precision(text) == ("2023-06-23T08:15:00", "minute")

    def test_local_time_named_after_greenwich_is_local_time(self):
        assert iso_and_precision("2023-06-23 08:15 GMT+7") == ("2023-06-23T08:15:00", "minute")

    def test_the_day_changes_with_the_zone(self):
        assert iso_and_precision("2023-06-22T18:00:00Z") == ("2023-06-23T01:00:00", "minute")


class TestAmericanOrder:
    """khuyennongvn.gov.vn prints .NET's "M/d/yyyy h:mm:ss tt", cema.gov.vn "dd/mm/yyyy HH:MM AM"."""

    @pytest.mark.parametrize("text", ["6/23/2023 8:15 AM", "06/23/2023 08:15:00 AM", "6/23/2023, 8:15:00 AM"])
    def test_month_first_only_where_day_first_is_impossible(self, text):
        assert iso_and_precision(text) == ("2023-06-23T08:15:00", "minute")

    def test_day_first_where_month_first_is_impossible(self):
        assert iso_and_precision("23/6/2023 8:15 PM") == ("2023-06-23T20:15:00", "minute")

    @pytest.mark.parametrize("text", ["6/5/2023 8:15 AM", "6/5/2023 10:15:00 AM", "10/11/2023 8:15 AM"])
    def test_unpadded_numbers_that_fit_both_orders_are_refused(self, text):
        assert reason(text) == f"ambiguous: '{text}' may be day or month first"

    @pytest.mark.parametrize("text", ["06/05/2023 08:15 AM", "06/05/2023 8:15 AM"])
    def test_padded_numbers_are_day_first(self, text):
        assert iso_and_precision(text) == ("2023-05-06T08:15:00", "minute")

    def test_equal_numbers_need_no_order(self):
        assert iso_and_precision("6/6/2023 8:15 AM") == ("2023-06-06T08:15:00", "minute")

    @pytest.mark.parametrize("text", ["6/23/2023 8:15", "06/23/2023 - 08:15", "06-23-2023 08:15"])
    def test_a_second_number_above_twelve_is_no_month(self, text):
        assert iso_and_precision(text) == ("2023-06-23T08:15:00", "minute")

    def test_without_proof_day_comes_first(self):
        assert iso_and_precision("03/04/2024 08:15") == ("2024-04-03T08:15:00", "minute")


class TestWeekdays:
    """A weekday beside a date must be its own; Drupal's default format prints the month first."""

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("Thứ Sáu, 04/12/2024 - 07:45", "2024-04-12"),
            ("Friday, 04/12/2024 - 07:45", "2024-04-12"),
            ("T6, 04/12/2024 - 07:45", "2024-04-12"),
            ("Thứ 6, 04/12/2024 - 07:45", "2024-04-12"),
            ("04/12/2024, Thứ Sáu - 07:45", "2024-04-12"),
            ("07:45, Fri 04/12/2024", "2024-04-12"),
            ("Sat, 04/13/2024 - 07:45", "2024-04-13"),
            ("Thứ Bảy, 04/13/2024 - 07:45", "2024-04-13"),
            ("T7, 13/04/2024 - 07:45", "2024-04-13"),
            ("Tue, 03/05/2024 - 07:45", "2024-03-05"),
            ("Chúa nhật, 14/04/2024 - 07:45", "2024-04-14"),
            ("CN, 14/04/2024 - 07:45", "2024-04-14"),
            ("Thứ Tư, 04/12/2024 - 07:45", "2024-12-04"),
            ("Thứ hai (04/03/2024) 07:45", "2024-03-04"),
        ],
    )
    def test_the_order_that_agrees_with_the_weekday_counts(self, text, day):
        assert iso_and_precision(text) == (f"{day}T07:45:00", "minute")

    @pytest.mark.parametrize(
        "text",
        ["Thứ Hai, 04/12/2024", "Mon, 04/12/2024", "12/03/2024 (Thứ Tư)", "CN, 2024-03-12", "T2, 13/04/2024",
         "Wed, March 12, 2024", "Fri, December 4, 2024", "Thứ hai, ngày 12 tháng 3 năm 2024"],
    )  # fmt: skip
    def test_no_reading_against_the_weekday(self, text):
        assert reason(text).startswith("the weekday is not that of the date: ")

    def test_an_english_weekday_that_fits_both_orders_settles_nothing(self):
        both = next(
            day
            for day in (datetime(2024, 1, 1, tzinfo=ICT) + timedelta(days=number) for number in range(366))
            if day.day <= 12 and day.day != day.month and day.replace(day=day.month, month=day.day).weekday()
            == day.weekday()
        )  # fmt: skip
        assert reason(f"{both:%A, %d/%m/%Y}").startswith("ambiguous: ")
        vietnamese = f"{WEEKDAYS[both.weekday()]}, {both:%d/%m/%Y}"
        assert read_date(vietnamese, now=NOW).at == both

    def test_what_only_looks_like_a_weekday_is_none(self):
        assert iso_and_precision("12/03/2024 - CN Hội Nông dân")[0] == "2024-03-12T00:00:00"
        assert iso_and_precision("12/03/2024 | Sun flower")[0] == "2024-03-12T00:00:00"


class TestLabels:
    @pytest.mark.parametrize(
        "label",
        ["Hạn nộp hồ sơ:", "Hạn chót", "Ngày hết hạn:", "Ngày ban hành:", "Ký ngày", "Ngày ký:", "Thời gian:",
         "Thời gian tổ chức:", "Diễn ra ngày", "Sự kiện:", "Ngày họp", "Cập nhật:", "Cập nhật lúc 08:15",
         "Cập nhật lần cuối ngày", "Chỉnh sửa lần cuối:", "Sửa đổi:", "Sửa ngày", "Có hiệu lực từ ngày",
         "Bắt đầu:", "Kết thúc:", "Hạn đăng ký:", "Đăng ký trước ngày", "Deadline:", "Expires on", "Updated:",
         "Last modified:", "Last updated on Tuesday,", "Event date:", "Effective", "Nghiệm thu:"],
    )  # fmt: skip
    def test_a_date_of_something_else_never_counts(self, label):
        assert reason(f"{label} 12/03/2024").startswith(("dated as '", "a term, "))

    @pytest.mark.parametrize(
        "label",
        ["Ngày đăng:", "Đăng lúc", "Đăng ngày", "Được đăng:", "Thời gian đăng:", "Ngày xuất bản:",
         "Published", "Posted on", "Post date:", "Date:", "Ngày:", "Ngày tạo:", "Viết ngày", "Ban Tổ chức |",
         "Tin tức - Sự kiện |", "Tin tức - Sự kiện", "Tác giả: Văn phòng -", "Lượt xem: 38 | Ngày đăng:",
         "Submitted by bientap on", "Phường 9, ngày"],
    )  # fmt: skip
    def test_a_label_of_publication_or_none_counts(self, label):
        assert iso_and_precision(f"{label} 12/03/2024") == ("2024-03-12T00:00:00", "day")

    @pytest.mark.parametrize(
        "text",
        [
            "Ngày đăng: 12/03/2024 08:15 | Cập nhật: 15/03/2024 09:00",
            "Ngày đăng: 12/03/2024 08:15 Cập nhật: 15/03/2024 09:00",
            "Đăng ngày 12/03/2024 08:15 - Sửa ngày 15/03/2024 09:00",
            "Cập nhật: 15/03/2024 09:00 | Ngày đăng: 12/03/2024 08:15",
            "12/03/2024 08:15 (cập nhật 15/03/2024 09:00)",
            "Hạn nộp: 20/04/2024 - Đăng lúc 08:15 ngày 12/03/2024",
            "Thứ Ba, 12/03/2024 08:15 | Cập nhật Thứ Sáu, 15/03/2024",
            "Published: 12/03/2024 08:15 | Last modified: 15/03/2024 09:00",
        ],
    )
    def test_of_two_dates_the_day_of_publication_counts(self, text):
        assert iso_and_precision(text) == ("2024-03-12T08:15:00", "minute")

    def test_what_says_that_it_is_of_something_else(self):
        assert says_other("Cập nhật: 12/03/2024")
        assert not says_other("Cập nhật: 15/03/2024 | Đăng lúc 12/03/2024")
        assert not says_other("Thứ Hai, 12/03/2024")

    def test_a_word_in_brackets_behind_the_date_is_a_label_too(self):
        assert reason("20/04/2024 (hạn nộp)").startswith("dated as 'hạn nộp', not as published")


class TestOtherForms:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Tháng Ba 12, 2024", "2024-03-12"),
            ("Tháng Mười Hai 1, 2023", "2023-12-01"),
            ("Tháng 3 12, 2024", "2024-03-12"),
            ("12 Th3, 2024", "2024-03-12"),
            ("March 12, 2024", "2024-03-12"),
            ("12 March 2024", "2024-03-12"),
            ("12th March, 2024", "2024-03-12"),
            ("12-Mar-2024", "2024-03-12"),
            ("Posted on Tuesday, March 12, 2024", "2024-03-12"),
            ("12.3.2024", "2024-03-12"),
            ("2024-03-12T00:00:00", "2024-03-12"),
            ("2024-03-12T00:00:00+07:00", "2024-03-12"),
            ("2024-03-12T00:00:00Z", "2024-03-12"),
            ("2024-03-11T17:00:00Z", "2024-03-12"),
            ("12/03/2024 00:00", "2024-03-12"),
        ],
    )
    def test_to_the_day(self, text, expected):
        assert iso_and_precision(text) == (f"{expected}T00:00:00", "day")

    @pytest.mark.parametrize(
        ("text", "time"),
        [
            ("Tue Mar 12 08:30:00 ICT 2024", "08:30"),
            ("Tue Mar 12 08:30:00 GMT+07:00 2024", "08:30"),
            ("Tue Mar 12 08:30:00 UTC 2024", "15:30"),
            ("Mon Mar 11 20:30:00 UTC 2024", "03:30"),
            ("Tue, 12 Mar 2024 08:30:00 +0700", "08:30"),
            ("Tue, 12 Mar 2024 01:30:00 GMT", "08:30"),
            ("Mar 12, 2024 8:30 AM", "08:30"),
            ("Mar 12, 2024 8:30 p.m.", "20:30"),
            ("12/03/2024 3:15 chiều", "15:15"),
            ("3:15 chiều, 12/03/2024", "15:15"),
            ("8h15 sáng 12/03/2024", "08:15"),
            ("7:30 tối 12/03/2024", "19:30"),
            ("12:15 trưa 12/03/2024", "12:15"),
            ("12/03/2024 CH 3:15", "15:15"),
            ("12/03/2024 SA 8:15", "08:15"),
            ("Thứ ba, 12/03/2024 | 08:15", "08:15"),
            ("12/03/2024 - 08:15 | Ban Biên tập", "08:15"),
        ],
    )
    def test_to_the_minute(self, text, time):
        assert iso_and_precision(text) == (f"2024-03-12T{time}:00", "minute")

    def test_a_zone_that_is_not_known_is_not_guessed(self):
        assert reason("Tue Mar 12 08:30:00 PST 2024").startswith("a time of an unknown zone: ")


class TestAgo:
    """cema.gov.vn counts back from the moment of reading."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("12 phút trước", "2026-11-23T19:48:00"),
            ("12 minutes ago", "2026-11-23T19:48:00"),
            ("Hôm qua, 08:15", "2026-11-22T08:15:00"),
            ("08:15 hôm nay", "2026-11-23T08:15:00"),
        ],
    )
    def test_minutes_and_clocks_are_exact(self, text, expected):
        assert iso_and_precision(text) == (expected, "minute")

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("5 giờ trước", "2026-11-23"),
            ("21 giờ trước", "2026-11-22"),
            ("5 hours ago", "2026-11-23"),
            ("an hour ago", "2026-11-23"),
            ("Đăng: 5 giờ trước", "2026-11-23"),
            ("Đăng 5 giờ trước | Lượt xem: 38", "2026-11-23"),
            ("hôm qua", "2026-11-22"),
            ("Yesterday", "2026-11-22"),
            ("Hôm nay", "2026-11-23"),
        ],
    )
    def test_hours_and_yesterday_name_a_day(self, text, expected):
        assert iso_and_precision(text) == (f"{expected}T00:00:00", "day")

    @pytest.mark.parametrize(
        "text",
        ["3 ngày trước", "10 ngày trước", "10 ngày", "2 tuần trước", "2 tuần", "3 tháng trước", "1 năm trước",
         "3 weeks ago", "a day ago", "Đăng: 3 ngày trước"],
    )  # fmt: skip
    def test_longer_spans_name_no_day(self, text):
        assert reason(text) == f"a span of time, which names no day: '{text}'"

    def test_an_hour_that_may_be_of_two_days_names_none(self):
        assert reason("20 giờ trước") == "a span of time that may begin on either of two days: '20 giờ trước'"

    def test_the_day_is_counted_in_indochina_time(self):
        taken = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)  # 01:00 on the 23rd
        date = read_date("hôm qua", now=taken, counts_from=taken)
        assert date.iso == "2026-11-22T00:00:00+07:00"

    @pytest.mark.parametrize("text", ["5 giờ trước", "12 phút trước", "hôm qua", "Hôm nay, 08:15"])
    def test_nothing_is_counted_from_a_time_that_nobody_knows(self, text):
        with pytest.raises(DateRefused) as refused:
            read_date(text, now=NOW)
        assert refused.value.reason == f"counted from when the page was taken, which is not known: '{text}'"

    @pytest.mark.parametrize("text", ["Cập nhật 5 giờ trước", "Hạn nộp: hôm nay", "Updated 5 hours ago"])
    def test_other_labels_count_here_too(self, text):
        assert reason(text).startswith("dated as '")

    @pytest.mark.parametrize(
        "text",
        ["3 ngày trước bầu cử", "kết quả 3 ngày trước", "30 phút", "12 giờ", "Hôm nay: 340", "Hôm nay 340"],
    )
    def test_other_words_with_a_span_are_no_date(self, text):
        assert reason(text) == f"no date in '{text}'"

    @pytest.mark.parametrize("text", ["5 giờ trước", "3 tuần trước", "hôm qua", "Đăng: 12 phút trước"])
    def test_what_reads_otherwise_every_day_is_relative(self, text):
        assert is_relative(text)
        assert not is_relative(f"{text} 12/03/2024")


class TestRefused:
    @pytest.mark.parametrize(
        "text", ["abc", "", "2023", "Lượt xem: 38", "20230623", "23 06 2023", "2023 | 12", "Tháng Năm"]
    )
    def test_no_date(self, text):
        assert reason(text) == f"no date in '{text}'"

    @pytest.mark.parametrize(
        "text", ["Ngày 23/6", "Sáng 23-6", "tháng 6/2023", "06/2023", "23-06-25", "15 tháng 6"]
    )
    def test_a_part_of_a_date_is_never_completed(self, text):
        assert reason(text) == f"incomplete date in '{text}'"

    @pytest.mark.parametrize(
        "text",
        ["31/02/2023", "29/02/2023", "00/06/2023", "2023-13-01", "32 tháng 1 năm 2023", "13/13/2023 8:15 AM"],
    )
    def test_a_day_that_does_not_exist(self, text):
        assert reason(text).startswith("impossible: ")

    @pytest.mark.parametrize("text", ["24/06/2023 25:00", "24/06/2023 08:61", "14:30 SA 24/06/2023"])
    def test_a_time_that_does_not_exist(self, text):
        assert reason(text).startswith("impossible: ")

    @pytest.mark.parametrize("text", ["Tháng Sáu, 2023", "March 2024", "12 March", "Lan 12, 2024"])
    def test_what_is_not_printed_is_never_made_up(self, text):
        assert reason(text) == f"no date in '{text}'"

    def test_the_future_beyond_one_day(self):
        assert iso_and_precision("24/11/2026 19:59") == ("2026-11-24T19:59:00", "minute")
        assert reason("24/11/2026 20:01") == "future: 2026-11-24"
        assert reason("04/07/2099") == "future: 2099-07-04"

    def test_before_the_year_2000(self):
        assert iso_and_precision("01/01/2000") == ("2000-01-01T00:00:00", "day")
        assert reason("31/12/1999") == "before 2000: 1999-12-31"
        assert reason("01/01/0001") == "before 2000: 0001-01-01"
        assert reason("1970-01-01T00:00:00Z") == "before 2000: 1970-01-01"

    @pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-12:00"])
    def test_an_instant_outside_the_calendar(self, text):
        assert reason(text) == f"impossible: {text}"

    @pytest.mark.parametrize(
        "text",
        [
            "từ ngày 05-10/01/2026",
            "từ 28-6 đến 4-7-2026",
            "Hội thao 28-6, đăng 04-07-2026",
            "23/6-25/6/2023",
            "23 - 25/06/2023",
            "23 và 24/06/2023",
            "ngày 05, 06/01/2026",
            "23/06/2023 - 25/06/2023",
            "23/06/2023 đến 25/6",
            "15 tháng 6 đến 20 tháng 6 năm 2023",
            "05/01/2026 | 07/01/2026",
            "Ngày đăng: 05/01/2026 - 07/01/2026",
            "2023-06-23T08:15:00+07:00 2023-06-24T08:15:00+07:00",
        ],
    )
    def test_more_than_one_day(self, text):
        assert reason(text).startswith("not a single date: '")

    @pytest.mark.parametrize(
        "text",
        [
            "trước 15-01-2026",
            "Chiến dịch Quang Trung trước 15-01-2026",
            "đến hết ngày 31/12/2025",
            "từ 8h30 ngày 05/01/2026",
        ],
    )
    def test_a_term_is_not_a_publication_date(self, text):
        assert reason(text) == f"a term, not a publication date: '{text}'"

    def test_a_chain_of_numbers_is_not_cut_into_a_date(self):
        assert reason("05/10/01/2026") == "incomplete date in '05/10/01/2026'"
        assert reason("123/06/2023") == "incomplete date in '123/06/2023'"
        assert reason("23/06/20235") == "incomplete date in '23/06/20235'"

    def test_a_paragraph_is_not_a_date_node(self):
        assert reason("Sáng 23/06/2023, phường tổ chức hội nghị. " * 6).startswith("no date: ")


class TestSeveralTimes:
    def test_one_day_printed_twice_is_one_day(self):
        assert iso_and_precision("24/06/2023 | 24/06/2023 08:37") == ("2023-06-24T08:37:00", "minute")

    def test_two_times_leave_the_day(self):
        assert iso_and_precision("24/06/2023 08:37 - 24/06/2023 09:15") == ("2023-06-24T00:00:00", "day")

    def test_a_time_that_may_be_noon_or_midnight_leaves_the_day(self):
        assert iso_and_precision("12h30 đêm 24/06/2023") == ("2023-06-24T00:00:00", "day")


class TestEpochMilliseconds:
    @pytest.mark.parametrize(
        ("number", "day"),
        [(1767583873219, "2026-01-05"), (1767777868978, "2026-01-07"), (1765959214484, "2025-12-17")],
    )
    def test_article_numbers_of_a_commune_give_its_printed_date(self, number, day):
        date = from_epoch_ms(number, now=NOW)
        assert date.iso.startswith(day)
        assert date.iso.endswith("+07:00")
        assert date.precision == "minute"

    def test_the_clock_is_only_asked_about_the_future(self):
        assert from_epoch_ms(1508904512000).iso == "2017-10-25T11:08:32+07:00"

    @pytest.mark.parametrize(
        ("number", "words"),
        [
            (0, "before 2000"),
            (1767583873, "before 2000"),
            (-1, "before 2000"),
            (4102444800000, "future"),
            (10**30, "impossible"),
        ],
    )
    def test_other_numbers_are_refused(self, number, words):
        with pytest.raises(DateRefused) as refused:
            from_epoch_ms(number, now=NOW)
        assert refused.value.reason.startswith(f"{words}: ")


WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
MONTHS = ("Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Mười Hai")

MINUTE_FORMS = [
    "{0:%d/%m/%Y %H:%M}",
    "{0:%H:%M %d/%m/%Y}",
    "{0:%H:%M %d-%m-%Y}",
    "{0:%H:%M:%S %d/%m/%Y}",
    "{0:%H:%M:%S | %d/%m/%Y} | lượt xem: 12",
    "{weekday}, {0:%d/%m/%Y | %H:%M}",
    "{weekday}, {0:%d/%m/%Y, %I:%M} {half}",
    "{weekday}, {0:%d/%m/%Y, %H:%M}",
    "{weekday} - {0:%d/%m/%Y %H:%M}",
    "{0:%d/%m/%Y %I:%M %p}",
    "{0:%Y-%m-%d+07%H:%M:%S}",
    "{0:%Y-%m-%dT%H:%M:%S}+07:00",
    "{0:%Y-%m-%dT%H:%M:%S}+0700",
    "{0:%Y-%m-%dT%H:%M:%S}",
    "{0:%Y-%m-%d %H:%M:%S}.0",
    "Đăng lúc: {0:%H:%M %d/%m/%Y}",
    "{weekday}, ngày {0.day}/{0.month}/{0.year}, {0.hour}h{0:%M}",
    "Đăng tải: {0:%d/%m/%Y %H:%M}",
    "{0:%d} Tháng {month} {0.year} - {0:%H:%M:%S}",
]
DAY_FORMS = [
    "{0:%d/%m/%Y}",
    "{0.day}/{0.month}/{0.year}",
    "{0:%d/%m/%y}",
    "{0:%d-%m-%Y}",
    "{0:%d.%m.%Y}",
    "{0:%Y-%m-%d}",
    "{0.year}-{0.month}-{0.day}",
    "Ngày đăng: {0:%d-%m-%Y} Lượt xem: 38",
    "Ngày đăng tin: {0:%d/%m/%Y}",
    "Post date: {0:%d/%m/%Y}",
    "Xuất bản: {0:%d/%m/%Y} | 123",
    "Đăng ngày {0:%d - %m - %Y}",
    "ngày {0.day} tháng {0.month} năm {0.year}",
    "{0.day} thg {0.month}, {0.year}",
    "{weekday}, ngày {0:%d/%m/%Y %H:%S}",
    "{weekday}, {0:%d/%m/%Y}",
    "{0:%d/%m/%Y}, {weekday}",
    "{short}, {0:%d/%m/%Y}",
    "{0:%A, %B} {0.day}, {0.year}",
    "{0:%d %b %Y}",
    "Tháng {month} {0.day}, {0.year}",
]
WEEKDAY_FORMS = [
    "{weekday}, {at:{order}}",
    "{weekday} - {at:{order}} 08:15",
    "{weekday}, ngày {at:{order}}",
    "{at:{order}} ({weekday})",
    "{at:{order}} - 08:15, {weekday}",
]
SPELLINGS = (
    WEEKDAYS,
    ("T2", "T3", "T4", "T5", "T6", "T7", "CN"),
    ("Thứ 2", "Thứ 3", "Thứ 4", "Thứ 5", "Thứ 6", "Thứ 7", "Chúa nhật"),
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
)
moments = st.datetimes(
    min_value=datetime(2000, 1, 1, tzinfo=ICT).replace(tzinfo=None),
    max_value=NOW.replace(tzinfo=None),
    timezones=st.just(ICT),
).map(lambda at: at.replace(microsecond=0))


def printed(form: str, at: datetime) -> str:
    return form.format(
        at,
        weekday=WEEKDAYS[at.weekday()],
        short=SPELLINGS[1][at.weekday()],
        month=MONTHS[at.month - 1],
        half="SA" if at.hour < 12 else "CH",
        utc=at.astimezone(UTC),
    )


@pytest.mark.parametrize("form", MINUTE_FORMS)
@given(at=moments)
def test_every_moment_since_2000_reads_back_in_every_form(form, at):
    date = read_date(printed(form, at), now=NOW)
    expected = at if "%S" in form else at.replace(second=0)
    assert date.at == expected
    assert date.precision == (
        "day" if (expected.hour, expected.minute, expected.second) == (0, 0, 0) else "minute"
    )


@pytest.mark.parametrize("form", DAY_FORMS)
@given(at=moments)
def test_every_day_since_2000_reads_back_in_every_form(form, at):
    date = read_date(printed(form, at), now=NOW)
    assert date.precision == "day"
    assert date.at == at.replace(hour=0, minute=0, second=0)


@pytest.mark.parametrize("spelling", SPELLINGS, ids=lambda names: names[0])
@pytest.mark.parametrize("form", WEEKDAY_FORMS)
@given(at=moments, order=st.sampled_from(("%d/%m/%Y", "%m/%d/%Y")))
def test_a_date_with_its_weekday_reads_back_in_either_order(form, spelling, at, order):
    outcome = date_or_reason(form.format(at=at, order=order, weekday=spelling[at.weekday()]))
    if isinstance(outcome, str):
        assert at.day <= 12
        assert outcome.startswith("future: ") or (
            outcome.startswith("ambiguous: ") and spelling[0].startswith("Mon")
        )
    elif spelling[0].startswith("Mon") or order == "%d/%m/%Y" or at.day > 12:
        assert outcome.at.date() == at.date()
    else:
        assert outcome.at.weekday() == at.weekday()


@pytest.mark.parametrize("spelling", SPELLINGS, ids=lambda names: names[0])
@pytest.mark.parametrize("form", WEEKDAY_FORMS)
@given(at=moments, weekday=st.integers(0, 6), order=st.sampled_from(("%d/%m/%Y", "%m/%d/%Y")))
def test_no_date_is_read_against_its_weekday(form, spelling, at, weekday, order):
    outcome = date_or_reason(form.format(at=at, order=order, weekday=spelling[weekday]))
    if not isinstance(outcome, str):
        assert outcome.at.weekday() == weekday


@given(at=moments, hours=st.integers(-12, 14))
def test_every_zone_reads_back(at, hours):
    abroad = at.astimezone(timezone(timedelta(hours=hours)))
    assume((abroad.hour, abroad.minute, abroad.second) != (0, 0, 0))  # a day without a time
    assert read_date(abroad.isoformat(), now=NOW).at == at


REFUSALS = (
    "no date", "incomplete", "impossible", "future", "before", "not a single", "a term", "ambiguous",
    "dated as", "the weekday", "a span of time", "a time of",
)  # fmt: skip


@given(st.text(max_size=40) | st.text(alphabet="0123456789/-:. |ngàythángnămtrướcSACHThứđến", max_size=40))
def test_any_text_is_a_date_between_2000_and_tomorrow_or_refused_with_words(text):
    outcome = date_or_reason(text)
    if isinstance(outcome, str):
        assert outcome.startswith(REFUSALS)
    else:
        assert datetime(2000, 1, 1, tzinfo=ICT) <= outcome.at <= NOW + timedelta(days=1)
