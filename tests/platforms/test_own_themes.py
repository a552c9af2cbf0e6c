"""Portals of a known platform with a theme of their own, which no selector knows: read by structure."""

import pytest

from tests.support.pages import document
from tests.support.unknown_pages import HOST, PARAGRAPHS, TEXT, TITLE, links_to_others, needs_library
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.platforms import base
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.drupal import Drupal
from wardcrawler.platforms.registry import platform_of
from wardcrawler.platforms.wordpress import WordPress

WHOLE = "\n".join(PARAGRAPHS)
URL = f"{HOST}/thong-xe-cay-cau-moi-o-thon-dong/"
WORDPRESS = (
    "<meta name='generator' content='WordPress 6.8'>"
    "<script src='/wp-content/themes/rieng-cua-xa/app.js'></script>"
)
DRUPAL = "<meta name='Generator' content='Drupal 10 (https://www.drupal.org)'>"
ARTICLE = "<meta property='og:type' content='article'>"
OWN_THEME = (
    f"<div class='k-khung'><div class='k-ten'><h2>{TITLE}</h2></div>"
    f"<div class='k-ngay'>12/11/2026 08:15</div><div class='k-chu'>{TEXT}</div></div>"
)


def read(platform: type[Platform], body: str, head: str, kind: str = "single single-post") -> Article:
    page = document(body, head)
    page.body.set("class", kind)
    return platform.parse_article(page, URL)


@needs_library
def test_a_theme_whose_elements_are_unknown_is_read_by_structure() -> None:
    article = read(WordPress, OWN_THEME, WORDPRESS)
    assert (article.platform, article.extraction) == ("wordpress", "structure")
    assert (article.title, article.body) == (TITLE, WHOLE)
    assert [date.text for date in article.dates] == ["12/11/2026 08:15"]
    assert article.key == "thong-xe-cay-cau-moi-o-thon-dong"


def test_a_theme_whose_elements_are_known_is_read_by_them() -> None:
    known = (
        f"<article class='post'><h1 class='entry-title'>{TITLE}</h1>"
        f"<div class='entry-content'>{TEXT}</div></article>"
    )
    article = read(WordPress, known, WORDPRESS)
    assert (article.title, article.body, article.extraction) == (TITLE, WHOLE, "platform")


@needs_library
def test_a_theme_of_which_the_selectors_know_the_first_paragraph_only_is_read_by_structure() -> None:
    first, *rest = (f"<p>{words}</p>" for words in PARAGRAPHS)
    half_known = (
        f"<div class='k-khung'><h1 class='entry-title'>{TITLE}</h1>"
        f"<div class='k-chu'><div class='entry-content'>{first}</div>{''.join(rest)}</div></div>"
    )
    article = read(WordPress, half_known, WORDPRESS)
    assert (article.title, article.extraction) == (TITLE, "structure")
    assert f"{article.lead or ''}\n{article.body}".strip() == WHOLE


@needs_library
def test_another_text_beside_the_one_that_the_selectors_know_changes_nothing() -> None:
    beside = "".join(f"<p>{words} Bà con góp ý tại nhà văn hóa thôn.</p>" for words in reversed(PARAGRAPHS))
    known = f"<h1 class='entry-title'>{TITLE}</h1><div class='entry-content'><p>{PARAGRAPHS[0]}</p></div>"
    body = f"<article class='post'>{known}</article><div class='sidebar'>{beside}</div>"
    article = read(WordPress, body, WORDPRESS)
    assert (article.body, article.extraction) == (PARAGRAPHS[0], "platform")


@needs_library
def test_a_page_that_calls_itself_an_article_is_one_though_it_lists_links() -> None:
    teasers = "".join(
        f"<article class='node-teaser'><h2><a href='/tin/{n}'>Lịch cắt điện tuần thứ {n}</a></h2></article>"
        for n in range(4)
    )
    article = read(Drupal, f"{OWN_THEME}<div class='k-them'>{teasers}</div>", DRUPAL + ARTICLE, "")
    assert (article.platform, article.extraction) == ("drupal", "structure")
    assert (article.title, article.body) == (TITLE, WHOLE)


def test_without_the_library_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "has_library", lambda: False)
    body = OWN_THEME.replace("h2>", "h1>")
    with pytest.raises(NotAnArticle) as refusal:
        read(WordPress, body, WORDPRESS)
    assert refusal.value.reason == "no-body"


@pytest.mark.parametrize("head", ["", DRUPAL], ids=["no marks", "another platform's"])
def test_a_page_without_the_platform_s_marks_is_refused(head: str) -> None:
    with pytest.raises(NotAnArticle) as refusal:
        read(WordPress, OWN_THEME, head, "")
    assert refusal.value.reason in ("no-title", "no-body")


@needs_library
def test_a_list_in_a_theme_of_its_own_is_no_article() -> None:
    body = f"<div class='k-khung'><h2>Tin hoạt động của xã</h2>{links_to_others()}</div>"
    with pytest.raises(NotAnArticle):
        read(WordPress, body, WORDPRESS, "")


@needs_library
def test_a_lost_page_in_a_theme_of_its_own_is_no_article() -> None:
    body = "<div class='k-khung'><h2>Không tìm thấy trang này</h2><p>Mời bà con về trang chủ.</p></div>"
    with pytest.raises(NotAnArticle):
        read(WordPress, body, WORDPRESS, "error404")


def test_marks_tell_the_platform_whatever_the_theme() -> None:
    for platform, head in ((WordPress, WORDPRESS), (Drupal, DRUPAL)):
        assert platform_of(document(OWN_THEME, head), URL) is platform
