"""Boxes inside a text are none of it; what only looks like one, or holds the text, is."""

import time

import pytest

from tests.support.pages import hcmc_article

FIRST = "Sáng nay, phường đã nạo vét xong đoạn mương thoát nước dọc đường liên khu phố."
LAST = "Các hộ dân ven mương được nhắc không đổ rác và vật liệu xây dựng xuống dòng chảy."
LINKS = (
    "<li><a href='/tin/hop-7.html'>Họp giao ban tháng</a></li>"
    "<li><a href='/tin/don-8.html'>Dọn vệ sinh ngõ</a></li>"
)
TAGS = "<a href='/tag/a'>thoát nước</a>"
VIEWER = "https://docs.google.com/viewer?url=https%3A%2F%2Fa.example%2Ftep%2Fds.pdf&embedded=true"

BOXES = [
    f"<div class='box'><h4>Bạn có thể quan tâm</h4><ul>{LINKS}</ul></div>",
    f"<div><strong>Xem thêm:</strong><ul>{LINKS}</ul></div>",
    f"<section><p>&gt;&gt; Đọc thêm</p><ul>{LINKS}</ul></section>",
    f"<h3>Có thể bạn quan tâm</h3><ul>{LINKS}</ul>",
    f"<p>Bài liên quan</p><ul>{LINKS}</ul>",
    f"<p>CÙNG CHUYÊN MỤC</p><ul>{LINKS}</ul>",
    f"<p>Related articles:</p><ul>{LINKS}</ul>",
    f"<p>See also</p><ul>{LINKS}</ul>",
    "<p>Xem thêm: <a href='/tin/hop-7.html'>Họp giao ban tháng</a></p>",
    "<p>►Đọc thêm » <a href='/tin/hop-7.html'>Họp giao ban tháng</a></p>",
    "<p><a href='/tin/hop-7.html'><b>&gt;&gt; Xem thêm: Họp giao ban tháng</b></a></p>",
    "<p><em>Tin liên quan: <a href='/tin/hop-7.html'>Họp giao ban tháng</a></em></p>",
    "<p>Read more: <a href='/tin/hop-7.html'>Monthly meeting</a></p>",
    "<p>READ MORE: <a href='/tin/hop-7.html'>Meeting of all quarters, with a report on drains</a></p>",
    "<p>Quảng cáo</p>",
    "<div>- Advertisement -</div>",
    "<p>ADVERTISEMENT</p>",
    "<div>Ảnh 1 / 8</div>",
    "<p>Hình 3/12</p>",
    "<div><img src='/a.jpg'><span>1/12</span></div>",
    "<p>Photo 2 of 9</p>",
    "<p><a href='/anh'>Xem 5 ảnh</a></p>",
    "<p>Xem toàn bộ ảnh</p>",
    "<p>View gallery</p>",
    "<p>Từ khóa: <a href='/tag/a'>thoát nước</a>, <a href='/tag/b'>vệ sinh</a></p>",
    "<p>Chủ đề: <a href='/tag/a'>thoát nước</a></p>",
    "<p>Tags: <a href='/tag/a'>drains</a></p>",
    f"<div>Từ khoá</div><ul><li>{TAGS}</li><li>{TAGS}</li></ul>",
    "<p>Theo dõi chúng tôi trên Facebook và Zalo</p>",
    "<p>Mời bạn theo dõi trang của phường trên <a href='https://zalo.me/1'>Zalo</a></p>",
    "<p>Follow us on Facebook</p>",
    "<p>Đăng ký nhận bản tin qua email</p>",
    "<div class='newsletter-box'><p>Nhận tin mỗi sáng qua hộp thư của bạn.</p></div>",
    f"<div class='related-posts'><ul>{LINKS}</ul><p>Một đoạn trích của bài khác.</p></div>",
    f"<aside><ul>{LINKS}</ul></aside>",
    f"<div role='navigation'><ul>{LINKS}</ul></div>",
    "<div class='banner-ads'><a href='https://x.example/'>Mua ngay</a></div>",
    "<div id='quang_cao_giua'>Mua ngay</div>",
    "<div class='shareBar'><span>Gửi bài này</span></div>",
    "<div class='post-tags'><a href='/tag/a'>thoát nước</a></div>",
    "<div class='comments-area'><h3>2 bình luận</h3><p>Hay quá.</p></div>",
    "<div class='author-box'><p>Người viết chuyên về đô thị.</p></div>",
    "<div class='kk-rating'>4,5 trên 5 (12 lượt)</div>",
    "<div class='tin-lien-quan-2'><a href='/tin/hop-7.html'>Họp giao ban tháng</a></div>",
]


@pytest.mark.parametrize("box", BOXES)
def test_a_box_inside_the_text_goes(box: str) -> None:
    article = hcmc_article(f"<p>{FIRST}</p>{box}<p>{LAST}</p>")
    assert article.body.split("\n") == [FIRST, LAST]


@pytest.mark.parametrize("box", BOXES)
def test_a_box_at_the_end_goes(box: str) -> None:
    assert hcmc_article(f"<p>{FIRST}</p><p>{LAST}</p>{box}").body.split("\n") == [FIRST, LAST]


@pytest.mark.parametrize(
    "box", ["<p>Từ khóa: thoát nước, vệ sinh</p>", "<p>Tags: a, b</p>", "<h3>Bình luận (3)</h3>"]
)
def test_some_lines_go_at_the_end_only(box: str) -> None:
    assert hcmc_article(f"<p>{FIRST}</p>{box}").body == FIRST
    assert len(hcmc_article(f"<p>{FIRST}</p>{box}<p>{LAST}</p>").body.split("\n")) == 3


TEXTS = [
    "<p>Xem thêm tại phụ lục kèm theo.</p>",
    "<p>Xem thêm <a href='/tin/hop-7.html'>tại đây</a>.</p>",
    "<p>Xem thêm: <a href='/tin/hop-7.html'>tại đây</a></p>",
    "<p>Xem thêm về lịch trực tại <a href='/tin/hop-7.html'>trang của khu phố</a> từ ngày mai.</p>",
    "<p>Tin <a href='/tin/hop-7.html'>cuộc họp giao ban tháng của phường</a> đã nêu việc này.</p>",
    "<p><a href='/tin/hop-7.html'>Cuộc họp giao ban tháng của phường</a></p>",
    "<p>Xem thêm</p><p>Đoạn văn nói tiếp về việc này.</p>",
    "<ul><li>Quảng cáo</li><li>Bảng hiệu</li></ul>",
    "<h3>Quảng cáo</h3><p>Không được treo băng rôn.</p>",
    "<table><tr><td>Quảng cáo</td><td>3</td></tr></table>",
    "<p>Quảng cáo sai sự thật bị phạt.</p>",
    "<p>1/12</p>",
    "<p>Ảnh 12/3</p>",
    "<p>Chủ đề: chung tay vì môi trường</p>",
    "<p>Theo dõi chặt diễn biến mưa bão, báo cáo ngay trên Zalo của phường.</p>",
    "<p>Theo dõi chúng tôi thấy nước đã rút.</p>",
    "<aside><p>Ông Ba, tổ 4: \"Nước rút nhanh hơn mọi năm.\"</p></aside>",
    "<blockquote class='social-embed'><p>Nước đã rút ở cả ba khu phố.</p></blockquote>",
    "<div class='has-ads'><p>Đoạn giữa của bài.</p></div>",
    "<p class='shared-house'>Nhà sinh hoạt chung được sửa.</p>",
    "<p class='loads-of'>Đoạn giữa của bài.</p>",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_text_that_only_looks_like_a_box_stays(text: str) -> None:
    plain = hcmc_article(text).body.split("\n")
    body = hcmc_article(f"<p>{FIRST}</p>{text}<p>{LAST}</p>").body.split("\n")
    assert body == [FIRST, *plain, LAST]
    assert plain[0]


@pytest.mark.parametrize(
    "name",
    (
        "sidebar-1 widget promo-content header social-text related-content newsletter ads comments"
        " tin-lien-quan related-news"
    ).split(),
)
def test_what_holds_the_greatest_part_of_the_text_is_text(name: str) -> None:
    text = f"<p>{FIRST}</p><p>{LAST}</p>" * 3
    assert hcmc_article(f"<p>{FIRST}</p><div class='{name}'>{text}</div>").body.count("\n") == 6


def test_a_form_around_the_whole_text_loses_its_controls_only() -> None:
    text = f"<form><input name=q><button>Tìm</button><p>{FIRST}</p><p>{LAST}</p></form>"
    assert hcmc_article(text).body.split("\n") == [FIRST, LAST]


@pytest.mark.parametrize(
    "box",
    [
        "<aside><img src='/a.jpg'></aside>",
        "<div class='promo-image'><a href='/a.jpg'><img src='/a.jpg'></a></div>",
    ],
)
def test_pictures_of_the_article_stay(box: str) -> None:
    assert len(hcmc_article(f"{box}<p>{FIRST}</p>").images) == 1


@pytest.mark.parametrize(
    "box",
    [
        "<div class='related-files'><a href='/tep/phu-luc.pdf'>Phụ lục</a></div>",
        "<p>Xem thêm: <a href='/tep/phu-luc.pdf'>Phụ lục</a></p>",
        "<p>Thông tin liên quan:</p><ul><li><a href='/tep/phu-luc.pdf'>Phụ lục</a></li></ul>",
        "<aside><a href='/tep/phu-luc.pdf'>Phụ lục</a></aside>",
    ],
)
def test_files_are_never_lost_with_a_box(box: str) -> None:
    article = hcmc_article(f"<p>{FIRST}</p>{box}<p>{LAST}</p>")
    assert [file.filename for file in article.attachments] == ["phu-luc.pdf"]
    assert "Phụ lục" in article.body


@pytest.mark.parametrize(
    ("body", "filename"),
    [
        ("<p><a href='/tep/ds.docx'>Tiêu đề</a></p>", "ds.docx"),
        ("<p>Tiêu đề</p><p><a href='/tep/ds.docx'>TIÊU ĐỀ</a></p>", "ds.docx"),
        ("<iframe src='/tep/ds.pdf'></iframe>", "ds.pdf"),
        ("<iframe data-src='/tep/ds.pdf'></iframe>", "ds.pdf"),
        ("<object data='/tep/ds.pdf'></object>", "ds.pdf"),
        ("<embed src='/tep/ds.pdf'>", "ds.pdf"),
        (f"<iframe src='{VIEWER}'></iframe>", "ds.pdf"),
        ("<iframe src='/plugins/pdfjs/web/viewer.html?file=/tep/ds.pdf'></iframe>", "ds.pdf"),
        ("<div style='height:0;overflow:hidden;padding-top:9%'><embed src='/tep/ds.pdf'></div>", "ds.pdf"),
    ],
)
def test_a_text_that_is_only_a_file_keeps_it(body: str, filename: str) -> None:
    article = hcmc_article(body)
    assert article.body == ""
    assert [file.filename for file in article.attachments] == [filename]


def test_a_file_of_another_name_is_text_too() -> None:
    assert (
        hcmc_article("<p><a href='/tep/ds.docx'>Danh sách hộ được hỗ trợ</a></p>").body
        == "Danh sách hộ được hỗ trợ"
    )


@pytest.mark.parametrize(
    "markup",
    [
        "<div class=related>" * 1900,
        "<div class=ads>x</div>" * 20_000,
        "<p>Xem thêm</p>" * 20_000,
        "<p>Xem thêm: <a href=/a>x</a></p>" * 20_000,
        "<p>Từ khóa: " + "# " * 100_000 + "</p>",
        "<p>" + "»" * 200_000 + "</p>",
        "<div class='" + "a-" * 100_000 + "'>x</div>",
    ],
)
def test_hostile_texts_take_no_long_time(markup: str) -> None:
    started = time.process_time()
    hcmc_article(f"<p>{FIRST}</p>{markup}")
    assert time.process_time() - started < 4
