"""Names of categories: as printed, the innermost, and never something else that stands in their place."""

import pytest

from tests.support.pages import URL, document, stock_article, stock_page
from wardcrawler.extraction.categories import category_name, innermost, is_of_title
from wardcrawler.platforms.liferay.stock import Liferay


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Giáo dục", "Giáo dục"),
        ("Tin tức", "Tin tức"),
        (" » Giáo dục / ", "Giáo dục"),
        ("Chuyên mục: Giáo dục", "Giáo dục"),
        ("Category: Giáo dục", "Giáo dục"),
        ("Categories Giáo dục", "Giáo dục"),
        ("Mục tiêu quốc gia", "Mục tiêu quốc gia"),
        ("Địa chỉ nhân đạo", "Địa chỉ nhân đạo"),
        # something else
        ("Danh mục: ", None),
        ("Trang chủ", None),
        ("Home", None),
        ("Địa chỉ: 12 đường Bờ Kè, phường Bến Đá", None),
        ("Số 12 đường Bờ Kè, phường Bến Đá", None),
        ("Bởi Lê Na", None),
        ("lienhe@phuong.example", None),
        ("12/03/2024", None),
        ("01 02 03", None),
        ("You are here: Home", None),
        ("Sáng nay, phường tổ chức ra quân dọn vệ sinh các tuyến hẻm với hơn một trăm người tham dự", None),
    ],
)
def test_names(printed: str, name: str | None) -> None:
    assert category_name(printed) == name


def test_the_innermost_of_several_counts_else_the_first() -> None:
    links = [("Tin tức", "/muc/tin-tuc/"), ("Thông báo", "/muc/thong-bao/")]
    assert innermost(links) == "Tin tức"
    assert innermost([*links, ("Giáo dục", "/muc/tin-tuc/giao-duc/")]) == "Giáo dục"
    assert innermost([("Tin tức", ""), ("Thông báo", "")]) == "Tin tức"


def test_the_last_step_may_be_the_title_cut_off() -> None:
    assert is_of_title("phường ra quân…", "phường ra quân dọn vệ sinh")
    assert not is_of_title("phường", "phường ra quân dọn vệ sinh")


@pytest.mark.parametrize(
    ("steps", "category"),
    [
        (("Trang chủ", "Tin tức", "Tiêu đề bài viết"), "Tin tức"),
        (("Trang chủ", "Tin tức", "Giáo dục", "Tiêu đề bài…"), "Giáo dục"),
        (("<i class=home></i>", "Giáo dục"), "Giáo dục"),
        (("Phường Bến Đá", "Home", "Tiêu đề bài viết"), None),
    ],
)
def test_steps_of_a_breadcrumb(steps: tuple[str, ...], category: str | None) -> None:
    items = "".join(f"<li>{step}</li>" for step in steps)
    page = document(f"<ol class=breadcrumb>{items}</ol>{stock_page()}")
    assert Liferay.parse_article(page, URL).category == category


def test_a_label_between_the_facts_names_it() -> None:
    assert stock_article(after="<p>Chuyên mục: <a href='/gd'>Giáo dục</a></p>").category == "Giáo dục"


def test_the_name_of_the_site_is_no_category() -> None:
    steps = "".join(f"<li>{step}</li>" for step in ("Trang chủ", "Phường Bến Đá", "Tiêu đề bài viết"))
    head = '<meta property="og:site_name" content="Phường Bến Đá">'
    page = document(f"<ol class=breadcrumb>{steps}</ol>{stock_page()}", head)
    assert Liferay.parse_article(page, URL).category is None
