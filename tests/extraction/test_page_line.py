"""The printed line that leads through the pages of an article goes; lines that only look like it stay."""

import pytest

from wardcrawler.extraction.boilerplate import comparable
from wardcrawler.extraction.page_line import is_page_line, is_row_of_numbers


@pytest.mark.parametrize(
    "line",
    [
        "Trang: 1 2 3", "Trang: 1", "Pages: 1 2", "Page 1 of 3", "Trang 1 / 3", "Trang 1/3",
        "Trang 2 trên 5 trang", "(Trang 1/3)",
        "Trang 1 Trang 2 Trang 3", "Page 1 Page 2", "Trang: [1] [2] [3] Tiếp theo »",
        "Trang: 1 2 3 … 9", "Trang: 1 | 2 | 3", "Trang sau", "« Trang trước", "Next page »",
        "Các trang: 1, 2, 3",
    ],
)  # fmt: skip
def test_lines_of_pages(line: str) -> None:
    assert is_page_line(comparable(line))


@pytest.mark.parametrize(
    "line",
    [
        "1 2 3", "Trang", "Trang 5", "Trang 2 Công báo số 12", "Trang: 25", "Trang phục truyền thống",
        "Trang thông tin điện tử xã Bến Đò", "Phần 1", "Trang: 3 2 1",
        "Tiếp theo, đại biểu thảo luận 2 nội dung",
        "Sau 3 năm", "Trước 2025", "Trang trại 1, 2, 3 đạt chuẩn",
    ],
)  # fmt: skip
def test_other_lines(line: str) -> None:
    assert not is_page_line(comparable(line))


def test_numbers_alone_are_a_row() -> None:
    assert is_row_of_numbers("1 2 3")
    assert is_row_of_numbers("1 | 2 | 3 | tiếp")
    for line in ("1", "2 3", "1 3 2", "1 2 2", "12 5 2024", "1 2 a"):
        assert not is_row_of_numbers(line)
