"""Web Forms: listings that go on by posting the form back, and pages of Khánh Hòa."""

import pytest

from tests.support.pages import document
from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.items import NotAnArticle
from wardcrawler.platforms.registry import recognise
from wardcrawler.platforms.webforms import WebForms, post_back

H = "https://portal.example"
LIST = f"{H}/vi/tin-xa"
STATE = '<input type="hidden" name="__VIEWSTATE" value="abc=">'
TOKENS = f"""<input type="hidden" name="__EVENTTARGET" value="">
    <input type="HIDDEN" name="__EVENTARGUMENT">{STATE}
    <input type="hidden" name="__EVENTVALIDATION" value="x/y"><input type="text" name="q" value="tìm">
    <input type="submit" name="ok" value="Tìm">"""


def call(target: str, argument: str, text: str) -> str:
    return f"""<a href="javascript:__doPostBack('{target}','{argument}')">{text}</a>"""


def following(
    pager: str, page: int = 2, *, form: str = TOKENS, action: str = "./tin-xa"
) -> ListingRequest | None:
    html = f'<form method="post" action="{action}">{form}{pager}</form>'
    return post_back(document(html), LIST, page)


def target(pager: str, page: int = 2) -> tuple[str, str] | None:
    found = following(pager, page)
    fields = dict(found.form) if found else {}
    return (fields["__EVENTTARGET"], fields["__EVENTARGUMENT"]) if found else None


# --- posting back --------------------------------------------------------------------------------


def test_the_form_is_sent_as_a_browser_sends_it() -> None:
    assert following(call("ctl00$pager", "Page$2", " 2 ")) == ListingRequest(
        LIST,
        (
            ("__EVENTTARGET", "ctl00$pager"),
            ("__EVENTARGUMENT", "Page$2"),
            ("__VIEWSTATE", "abc="),
            ("__EVENTVALIDATION", "x/y"),
        ),
        page=2,
    )


@pytest.mark.parametrize(
    ("action", "address"),
    [("", LIST), ("/vi/tin-xa?p=1", f"{H}/vi/tin-xa?p=1"), ("javascript:;", LIST), ("http://[x", LIST)],
)
def test_where_the_form_goes(action: str, address: str) -> None:
    found = following(call("t", "", "2"), action=action)
    assert found is not None
    assert found.url == address


def test_the_number_decides_then_words_then_the_dots_after_the_numbers() -> None:
    numbers = call("p", "1", "1") + call("p", "2", "2") + call("p", "3", "3")
    assert target(numbers) == ("p", "2")
    assert target(numbers, 3) == ("p", "3")
    assert target(numbers, 4) is None
    assert target(numbers + call("p", "next", "Tiếp"), 4) == ("p", "next")
    assert target(numbers + call("p", "2", "2"), 2) == ("p", "2")
    assert target(numbers + call("p", "more", "..."), 4) == ("p", "more")
    assert target(call("p", "less", "...") + numbers, 4) is None
    assert target(numbers + call("p", "more", "…"), 2) == ("p", "2")


def test_percent_encoded_calls() -> None:
    link = '<a href="javascript:__doPostBack(%27ctl00%24p%27,%27%27)">2</a>'
    assert target(link) == ("ctl00$p", "")


@pytest.mark.parametrize(
    "pager",
    [
        "",
        '<a href="?page=2">2</a>',
        call("ctl00$Calendar1", "9802", "2"),  # the second day of a month
        call("ctl00$lichcongtac", "2", "2"),
        call("p", "1", "Trang cuối"),
        call("p", "1", "»"),  # the last page as often as the next
        '<a href="javascript:__doPostBack(x)">2</a>',
    ],
)
def test_what_leads_nowhere(pager: str) -> None:
    assert following(pager) is None


def test_without_form_or_view_state_nothing_is_posted() -> None:
    assert following(call("p", "2", "2"), form="") is None
    assert post_back(document(STATE + call("p", "2", "2")), LIST, 2) is None


def test_pages_are_counted_along_the_way() -> None:
    def page(number: int) -> str:
        links = "".join(call("p", str(n), str(n)) for n in (1, 2, 3) if n != number)
        return f'<form action="">{TOKENS.replace("abc=", f"state{number}")}{links}<b>{number}</b></form>'

    asked: ListingRequest | None = ListingRequest(LIST)
    seen = []
    for number in (1, 2, 3):
        assert asked is not None
        asked = WebForms.next_listing(document(page(number)), LIST, asked)
        seen.append(
            asked and (asked.page, dict(asked.form)["__VIEWSTATE"], dict(asked.form)["__EVENTARGUMENT"])
        )
    assert seen == [(2, "state1", "2"), (3, "state2", "3"), None]


# --- Khánh Hòa -----------------------------------------------------------------------------------


def article_page(body: str = "<p>Nội dung.</p>") -> str:
    return f"""<div class="title-article">Tiêu đề bài viết</div>
        <span id="datearticle">05/11/2025, 16:40</span>
        <div class="chitietbaiviet">{body}</div>"""


def test_article() -> None:
    page = document(article_page(), "<script>var o = {'og:title': 'Cổng thông tin'};</script>")
    assert recognise(page, f"{H}/vi/tin-xa/bai")[0] is WebForms
    article = WebForms.parse_article(page, f"{H}/vi/tin-xa/bai")
    assert (article.key, article.title, article.body) == ("tin-xa/bai", "Tiêu đề bài viết", "Nội dung.")
    assert article.dates[0].text == "05/11/2025, 16:40"


def test_web_forms_alone_are_not_khanh_hoas() -> None:
    page = document(f"<form>{TOKENS}{call('p', '2', '2')}<h1>Tin</h1></form>")
    assert recognise(page, f"{H}/vi/tin-xa")[0] is None


def test_links_that_read_like_titles() -> None:
    html = """<nav><a href="/vi/gioi-thieu/lich-su-hinh-thanh">Lịch sử hình thành xã</a></nav>
        <a href="/vi/tin-xa/bai-mot"><img src="/a.jpg"></a>
        <a href="/vi/tin-xa/bai-mot">Khởi công nhà văn hoá thôn</a>
        <a href="/vi/tin-xa/xem-them">Xem thêm</a><a href="/vi/tin-xa">Tin tức trong các xã</a>"""
    found = WebForms.article_links(document(html), LIST)
    assert [(link.key, link.title) for link in found] == [("tin-xa/bai-mot", "Khởi công nhà văn hoá thôn")]


def test_a_section_is_a_listing() -> None:
    with pytest.raises(NotAnArticle) as refusal:
        WebForms.parse_article(document("<h1>Tin tức</h1><p>Danh sách tin của xã.</p>" * 5), LIST)
    assert refusal.value.reason == "listing"
