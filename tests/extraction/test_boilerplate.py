"""What goes from an article's text, and what must not."""

import pytest
from lxml import etree

from tests.support.pages import URL, document, hcmc_article, stock_article, stock_page
from wardcrawler.platforms.liferay.stock import Liferay

JUNK = [
    '<div class="taglib-social-bookmarks"><ul><li><a class="social-bookmark-link">Zalo</a></li></ul></div>',
    "<p><a href='#'>Zalo</a></p>",
    "<div><a>Zalo</a> </div>" * 25,
    "<a>Zalo</a><br>" * 25,
    "<ul><li>Facebook</li><li>Zalo</li></ul>",
    "<a href='https://www.facebook.com/sharer/sharer.php?u=x'>Gửi lên mạng</a>",
    "<a href='https://www.facebook.com/sharer/sharer.php?u=x'><img src='/fb.png'></a>",
    '<div class="zalo-share-button">Zalo</div>',
    '<div class="fb-like">Thích</div>',
    "<p><a href='javascript:;'>A-</a> <a href='javascript:;'>A</a> <a>A+</a></p>",
    '<button id="btnSpeak">Nghe đọc bài</button>',
    "<p>Đọc bài</p>",
    "<a href='javascript:window.print()'>Bản cho máy in</a>",
    "<p>In trang</p><p>Gửi email</p>",
    '<span class="helper-hidden-accessible">null</span>',
    "<p>null</p>",
    '<span class="hide-accessible">về Tiêu đề</span>',
    "<p>Lượt xem: 1.204</p>",
    "<p>Thời gian đọc: 3 phút</p>",
    "<p>5 min read</p>",
    "<p>Trình duyệt của bạn không hỗ trợ thẻ video.</p>",
    "<p>Bạn thích bài này? Hãy chia sẻ với bạn bè!</p>",
    "<div><b>Lượt xem:</b> 15</div>",
    "<table><tr><td>Chia sẻ</td><td>In trang</td><td>Lượt xem: 17</td></tr></table>",
    "<table><tr><td><a href='https://zalo.me/share?u=9'>Gửi</a><td>Zalo<td>Lượt xem: 1.203</table>",
    "<p>PDF A- A A+</p>",
    "<p>A+ A A- pdf</p>",
    "<p>Tổng số điểm của bài viết là: 0 trong 0 đánh giá</p><p>Click để đánh giá bài viết</p>",
    '<div class="asset-ratings">Đánh giá</div>',
    "<p>Các tài sản liên quan:</p><ul><li><a href='/a'>Bài</a> (05/01/2026)</li><li>- <a>Bài b</a></li></ul>",
    "<h3>Tin liên quan</h3><div><a href='/a'>Bài a</a></div>",
    "<p><b>Chuyên mục, tin tức liên quan:</b></p><p><a href='/a'>Bài a</a></p>",
    '<div class="asset-links"><h2>Các tài sản liên quan:</h2><a href="/a">Bài a</a></div>',
    "<div style='display: none'>nhà cái uy tín</div>",
    "<p hidden>xổ số</p>",
    "<form><input name=q><p>Tìm kiếm</p></form>",
    "<script>x()</script><style>p{}</style><noscript>bật JavaScript</noscript>",
    '<div class="date-today">Thứ Hai, 23/11/2026</div>',
    '<div class="taglib-page-iterator"><a href="?cur=2">2</a></div>',
    "<svg><text>biểu đồ</text></svg>",
    "<p>Xuất bản thông tin</p><p>UBND Chi tiết bài viết</p>",
]


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("place", ["before", "after"])
def test_junk_at_either_end_goes(junk: str, place: str) -> None:
    text = "<p>Câu đầu.</p><p>Câu cuối.</p>"
    article = hcmc_article(junk + text if place == "before" else text + junk)
    assert article.body == "Câu đầu.\nCâu cuối."
    assert article.html.replace("<br>", "").replace(" ", "") == "<div><p>Câuđầu.</p><p>Câucuối.</p></div>"
    assert article.images == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<p>Lập nhóm Zalo của khu phố.</p>", ["Lập nhóm Zalo của khu phố."]),
        ("<p>Qua <a href='https://zalo.me/028'>Zalo</a> của phường.</p>", ["Qua Zalo của phường."]),
        ("<ul><li>Zalo</li><li>Điện thoại: 028</li></ul>", ["Zalo", "Điện thoại: 028"]),
        ("<table><tr><td>Kênh<td>Số<tr><td>Zalo<td>028</table>", ["Kênh | Số", "Zalo | 028"]),
        (
            "<p>Tin liên quan</p><p>Đoạn văn không có liên kết.</p>",
            ["Tin liên quan", "Đoạn văn không có liên kết."],
        ),
        ("<table><tr><td>Trang A<td>Lượt xem: 17</table>", ["Trang A | Lượt xem: 17"]),
        ("<p>Mục a)</p><p>In</p><p>Mục b)</p>", ["Mục a)", "In", "Mục b)"]),
        ("<p>Lượt xem của trang là 1.204 trong tháng.</p>", ["Lượt xem của trang là 1.204 trong tháng."]),
        ("<form><input type=hidden name=d><p>Trong khung.</p></form>", ["Trong khung."]),
        ("<p>Xem chi tiết văn bản tại đây...</p>", ["Xem chi tiết văn bản tại đây..."]),
        ("<label>Nhãn</label><p>Lời</p>", ["Nhãn", "Lời"]),
    ],
)
def test_text_that_only_looks_like_junk_stays(text: str, lines: list[str]) -> None:
    article = hcmc_article(f"<p>Câu đầu.</p>{text}<p>Câu cuối.</p>")
    assert article.body.split("\n") == ["Câu đầu.", *lines, "Câu cuối."]
    assert all(word in article.html for line in lines for word in line.replace(" | ", " ").split(" "))


def test_share_labels_repeated_in_the_middle_go() -> None:
    article = hcmc_article("<p>a b</p>" + "<p><a>Zalo</a></p>" * 25 + "<p>c d</p>")
    assert article.body == "a b\nc d"
    assert "Zalo" not in article.html


def test_a_body_that_begins_with_its_title_loses_that_line_only() -> None:
    article = stock_article(
        "<p>TIÊU ĐỀ  bài viết</p><p>Tiêu đề bài viết</p><p>Lời.</p><p>Tiêu đề bài viết ấy</p>"
    )
    assert article.body == "Lời.\nTiêu đề bài viết ấy"
    assert "TIÊU" not in article.html


def test_the_text_behind_a_dropped_element_stays() -> None:
    article = stock_article("<p>trước <button>Nghe</button> giữa <script>x</script>sau</p>")
    assert article.body == "trước giữa sau"


def test_the_page_itself_is_not_changed() -> None:
    page = document(stock_page("<p>Lời.</p><a href='/a.pdf'>Tệp</a><img data-src=/a.png><p>Zalo</p>"))
    before = etree.tostring(page)
    first = Liferay.parse_article(page, URL)
    assert etree.tostring(page) == before
    assert Liferay.parse_article(page, URL) == first
