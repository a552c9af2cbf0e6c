"""Names of authors: without what templates print around them, and never an account."""

import pytest

from tests.support.pages import stock_article
from wardcrawler.extraction.authors import printed_name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Lê Na", "Lê Na"),
        ("Ban Biên tập", "Ban Biên tập"),
        ("BBT", "BBT"),
        ("Đoàn Thanh niên Phường 5", "Đoàn Thanh niên Phường 5"),
        ("Tổ 5", "Tổ 5"),
        # counts, dates and addresses behind a name
        ("Lê Na, 12 bài viết", "Lê Na"),
        ("Lê Na (25 bài viết)", "Lê Na"),
        ("Lê Na 1.234 lượt xem", "Lê Na"),
        ("Lê Na · 3 phút đọc", "Lê Na"),
        ("Lê Na - 12/03/2024 08:15", "Lê Na"),
        ("Lê Na | Thứ Hai, 12/03/2024", "Lê Na"),
        ("Thu Hà vào lúc 12/3/2024", "Thu Hà"),
        ("Thu Hà on Sat, 04/13/2024 - 07:45", "Thu Hà"),
        ("Thu Hà <thuha@phuong.example>", "Thu Hà"),
        # nobody
        ("12/03/2024", None),
        ("10 March 2017", None),
        ("bbt@phuong.example", None),
        ("", None),
        ("—", None),
    ],
)
def test_what_stands_behind_a_name_is_not_part_of_it(printed: str, name: str | None) -> None:
    assert printed_name(printed) == name


@pytest.mark.parametrize(
    "account",
    ["admin", "Admin", "Administrator", "Super User", "quantri", "Quản trị", "Quản trị viên", "webmaster",
     "user123", "bientap", "ban-bien-tap", "phuong_ben_da", "Editor2", "admin 1", "bientap on"],
)  # fmt: skip
def test_accounts_are_nobody(account: str) -> None:
    assert printed_name(account) is None


@pytest.mark.parametrize(
    "label",
    ["Bởi ", "Viết bởi ", "Được viết bởi: ", "Đăng bởi ", "Người đăng: ", "Người đăng bài viết: ", "By ",
     "Posted by ", "Written by ", "Written by: ", "Submitted by ", "Tác giả: ", "Tác giả bài viết: ",
     "Author: "],
)  # fmt: skip
def test_labels_are_stripped(label: str) -> None:
    assert stock_article(after=f"<p>{label}Lê Na</p>").author == "Lê Na"
    assert stock_article(after=f"<p>{label}admin</p>").author is None


def test_a_label_may_have_an_element_of_its_own() -> None:
    assert (
        stock_article(after="<p><span>Đăng bởi</span> <a href='/tac-gia/na'>Lê Na</a></p>").author == "Lê Na"
    )


def test_who_signs_the_text_counts_where_only_an_account_is_named() -> None:
    found = stock_article("<p>Mời bà con./.</p><p>Lê Na</p>", after="<p>Tác giả: admin</p>")
    assert found.author == "Lê Na"


def test_a_sentence_that_begins_like_a_label_names_nobody() -> None:
    assert stock_article(after="<p>Bởi vậy, phường đã gia hạn thêm một tuần.</p>").author is None
