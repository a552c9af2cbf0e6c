"""Pages of guards and broken servers, legal documents, and ordinary pages that look a little like them."""

import pytest

from tests.support.pages import URL, document, hcmc_article, stock_page
from tests.support.saved_pages import pages, stored
from wardcrawler.extraction.document import read_document
from wardcrawler.extraction.refusals import is_legal_document, refuse_stub
from wardcrawler.items import NotAnArticle
from wardcrawler.platforms.liferay.stock import Liferay
from wardcrawler.platforms.registry import PLATFORMS

D1N = (
    '<html><body><script>document.cookie="D1N=2c9bd21ef3e0da2a"+"; expires=Fri, 31-Dec-37 23:55:55 GMT; '
    'path=/";window.location.reload(true);</script></body></html>'
)
STUBS = [
    ("challenge", D1N),
    ("challenge", D1N.replace("D1N", "__test").replace("<body>", "<body>Vui lòng chờ…")),
    (
        "challenge",
        "<script>document.cookie='a=1';location.href='/tin'</script><noscript>Bật JavaScript</noscript>",
    ),
    (
        "challenge",
        "<title>Just a moment...</title><h1>portal.example</h1><p>Checking the connection</p>",
    ),
    ("challenge", "<html><head></head><body><script src='/_Incapsula_Resource?x'></script></body></html>"),
    ("challenge", "<script>window.location='https://portal.example/khac'</script>"),
    (
        "challenge",
        "<form></form><script>document.forms[0].submit()</script>",
    ),
    (
        "blocked",
        "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. "
        "Please consult with your administrator.<br><br>Your support ID is: 123456<br>"
        "<br><a href='javascript:history.back();'>[Go Back]</a></body>",
    ),
    ("blocked", "<p>The requested URL was rejected. Please consult with your administrator.</p>"),
    ("blocked", "<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>"),
    ("blocked", "<title>403 Forbidden</title><h1>403 Forbidden</h1><hr>nginx"),
    ("soft-error", "<title>502 Bad Gateway</title><h1>502 Bad Gateway</h1><hr>nginx"),
    ("soft-error", "<title>404 Not Found</title><p>Không có trang này.</p><a href='/'>Trang chủ</a>"),
    (
        "soft-error",
        "<meta http-equiv='Refresh' content='3;URL=/'><p>Trang này không còn. Đang chuyển về trang chủ.</p>",
    ),
    ("soft-error", "<html></html>"),
    ("soft-error", "<html><head><title>Phường 9</title></head><body> &nbsp; </body></html>"),
    ("soft-error", "<div id='app'></div><script src='/main.js'></script>"),
]


@pytest.mark.parametrize(("reason", "html"), STUBS)
def test_stubs(reason: str, html: str) -> None:
    with pytest.raises(NotAnArticle) as refusal:
        refuse_stub(read_document(html.encode()), URL)
    assert refusal.value.reason == reason
    assert refusal.value.words


@pytest.mark.parametrize(("reason", "html"), STUBS)
def test_a_stub_in_place_of_an_article_is_refused_for_what_it_is(reason: str, html: str) -> None:
    with pytest.raises(NotAnArticle) as refusal:
        Liferay.parse_article(read_document(html.encode()), URL)
    assert refusal.value.reason == reason


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_saved_pages_are_no_stubs(page) -> None:  # type: ignore[no-untyped-def]
    reader = PLATFORMS[stored(page)["platform"]]
    read = reader.read_listing if "asked" in stored(page) else read_document  # answers need not be HTML
    refuse_stub(read(page.read_bytes(), None), URL)


ANALYTICS = (
    "<script>document.cookie='seen=1; path=/';"
    "function go(u) { window.location.href = u; location.reload(); }</script>"
)


@pytest.mark.parametrize(
    "html",
    [
        stock_page("<p>Hai câu ngắn về buổi họp tổ dân phố. Hết.</p>"),
        ANALYTICS + "<a href=/x>mục</a> " * 4 + stock_page("<p>Xem tệp kèm theo.</p>"),
        "<title>Access denied</title>" + "<a href=/x>mục</a> " * 40 + stock_page("<p>Về bảo mật.</p>"),
        "<h1>Request Rejected</h1>" + "<p>Bài viết dài giải thích thông báo của tường lửa.</p>" * 80,
        "<meta http-equiv=refresh content='600'>" + stock_page("<p>Trang tự tải lại mười phút một lần.</p>"),
        "<h1>Công bố bản đồ quy hoạch</h1><img src=/ban-do.jpg>",
        "<h1>Thông báo</h1><iframe src=/thong-bao.pdf></iframe>",
        "<frameset><frame src=/trai><frame src=/phai></frameset>",
    ],
)
def test_ordinary_pages_are_not_refused(html: str) -> None:
    refuse_stub(read_document(f"<html><body>{html}</body></html>".encode()), URL)


def test_an_article_about_such_pages_is_an_article() -> None:
    text = "<p>Request Rejected</p><p>Your support ID is: 12</p><p>Just a moment...</p>"
    assert hcmc_article(text).body.startswith("Request Rejected")


DOCUMENT = """<table><tr><td>Số ký hiệu</td><td>18/NQ-HĐND</td></tr>
    <tr><td>Ngày ban hành:</td><td>26/12/2025</td></tr></table>"""


@pytest.mark.parametrize(
    ("html", "is_one"),
    [
        (DOCUMENT, True),
        ("<p>Số/ký hiệu: 18/NQ-HĐND</p><p>Ngày ban hành: 26/12/2025</p>", True),
        ("<div>SỐ HIỆU VĂN BẢN</div><div>18</div><div>Ngày ký</div><div>26/12/2025</div>", True),
        ("<p>Số ký hiệu: 18/NQ-HĐND</p>", False),
        ("<p>Văn bản có số ký hiệu: 18</p><p>và ngày ban hành: 26/12/2025</p>", False),
    ],
)
def test_what_a_legal_document_looks_like(html: str, is_one: bool) -> None:
    assert is_legal_document(document(html)) is is_one
