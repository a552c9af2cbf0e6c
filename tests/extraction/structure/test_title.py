"""The title of an article of unknown make: what the page calls itself, where it stands, what is none."""

import json

import pytest

from tests.support.pages import document
from tests.support.unknown_pages import HOST, PARAGRAPHS, TEXT, TITLE, needs_library, read
from wardcrawler.extraction.structure.title import names_of
from wardcrawler.items import NotAnArticle

pytestmark = needs_library

SITE = "Cổng thông tin xã Tân Thuận"
WHOLE = "\n".join(PARAGRAPHS)
UNNAMED = f"<div class='dau'>{TITLE}</div>"
JSON_LD = json.dumps({"@type": "NewsArticle", "headline": TITLE})
DECLARED = {
    "og:title": f"<meta property='og:title' content='{TITLE}'>",
    "twitter:title": f"<meta name='twitter:title' content='{TITLE}'>",
    "JSON-LD": f"<script type='application/ld+json'>{JSON_LD}</script>",
    "title": f"<title>{TITLE}</title>",
    "title with the site behind": f"<title>{TITLE} | Xã Tân Thuận</title>",
    "title with the site before": f"<title>Xã Tân Thuận - {TITLE}</title>",
    "title with the site behind a colon": f"<title>{TITLE} :: Xã Tân Thuận</title>",
}


def title_of(body: str, head: str = "", url: str = f"{HOST}/tin/1234") -> str:
    return read(body, head, url).title


@pytest.mark.parametrize("head", DECLARED.values(), ids=DECLARED)
def test_what_prints_a_name_of_the_page_is_the_title_without_being_a_heading(head: str) -> None:
    page = f"<div class='tren'><h2>Xã Tân Thuận</h2></div><div class='x'>{UNNAMED}<div>{TEXT}</div></div>"
    assert title_of(page, head) == TITLE


def test_the_heading_with_the_words_of_the_address_is_the_title() -> None:
    page = (
        f"<div class='x'><div><h2>{TITLE}</h2></div><div><h2>Bản tin tuần của ban văn hóa</h2></div>"
        f"<div>{TEXT}</div></div>"
    )
    assert title_of(page, url=f"{HOST}/tin/thong-xe-cay-cau-moi-o-thon-dong-1234.html") == TITLE


@pytest.mark.parametrize(
    "head",
    ["", f"<title>{SITE}</title><meta property='og:site_name' content='{SITE}'>"],
    ids=["unsaid", "named by the page"],
)
def test_the_name_of_the_site_is_no_title(head: str) -> None:
    page = (
        f"<div class='logo'><h1><a href='/'>{SITE}</a></h1></div><div><h2>{TITLE}</h2><div>{TEXT}</div></div>"
    )
    assert title_of(page, head) == TITLE


def test_a_heading_in_the_middle_of_the_text_is_no_title() -> None:
    first, *rest = (f"<p>{words}</p>" for words in PARAGRAPHS)
    text = f"{first}<h2>Bà con hiến đất làm đường dẫn</h2>{''.join(rest)}"
    article = read(f"<div><h3>{TITLE}</h3><div class='x'>{text}</div></div>")
    assert article.title == TITLE
    assert "Bà con hiến đất làm đường dẫn" in article.body.split("\n")


def test_headings_behind_the_text_are_no_titles() -> None:
    behind = "<div><h1>Bạn đọc gửi ý kiến về cho xã</h1></div>"
    assert title_of(f"<div><h3>{TITLE}</h3><div class='x'>{TEXT}</div></div>{behind}") == TITLE


@pytest.mark.parametrize("label", ["Nổi bật", "Mới", "HOT"])
def test_a_label_in_the_heading_goes(label: str) -> None:
    assert (
        title_of(f"<div><h1><span class='nhan'>{label}</span> {TITLE}</h1><div>{TEXT}</div></div>") == TITLE
    )


def test_a_kicker_in_the_heading_goes_where_the_page_says_what_the_title_is() -> None:
    page = f"<div><h1>{TITLE}<small>Chuyện làng nước tuần này</small></h1><div>{TEXT}</div></div>"
    assert title_of(page, DECLARED["og:title"]) == TITLE


@pytest.mark.parametrize("name", ["sr-only", "visually-hidden", "screen-reader-text"])
def test_headings_for_screen_readers_are_no_titles(name: str) -> None:
    page = f"<div><h2>{TITLE}</h2><h1 class='{name}'>Nội dung chi tiết của trang</h1><div>{TEXT}</div></div>"
    assert title_of(page) == TITLE


def test_a_bold_line_above_the_text_is_the_title_of_a_page_without_headings() -> None:
    assert title_of(f"<div><p><b>{TITLE}</b></p><div class='x'>{TEXT}</div></div>") == TITLE


def test_a_bold_that_was_never_closed_and_holds_the_text_is_no_title() -> None:
    first, *rest = (f"<div>{words}</div>" for words in PARAGRAPHS)
    with pytest.raises(NotAnArticle, match="no-title"):
        read(f"<div><b>{TITLE} cho bà con đi lại{first}{''.join(rest)}")


@pytest.mark.parametrize("heading", ["h1", "h2", "h3", "p class='title'"])
def test_the_title_may_stand_in_the_element_of_the_text(heading: str) -> None:
    inside = f"<{heading}>{TITLE}</{heading.split(maxsplit=1)[0]}><p>12/11/2026</p>{TEXT}"
    article = read(f"<div class='x'>{inside}</div>")
    assert (article.title, article.body) == (TITLE, WHOLE)
    assert [date.text for date in article.dates] == ["12/11/2026"]


def test_a_header_with_share_links_that_holds_the_title_is_the_article_s() -> None:
    shares = "".join(f"<li><a href='https://share.example/{n}'>Chia sẻ {n}</a></li>" for n in range(7))
    header = f"<header><h1>{TITLE}</h1><time>12/11/2026</time><ul>{shares}</ul></header>"
    article = read(f"<div class='x'>{header}<div>{TEXT}</div></div>")
    assert (article.title, article.body) == (TITLE, WHOLE)
    assert [date.text for date in article.dates] == ["12/11/2026"]


def test_names_are_whole_and_without_the_name_of_the_site() -> None:
    head = f"<title>{TITLE} | {SITE}</title><meta property='og:site_name' content='{SITE}'>"
    names = names_of(document("", head), f"{HOST}/tin/cau-moi-1234.html")
    assert TITLE.lower() in names.titled
    assert SITE.lower() not in names.titled
    assert {"cau", "moi", "1234"} <= names.slug
