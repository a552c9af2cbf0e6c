"""Drupal 7 to 10: who posted, categories that are not tags, leads and pictures of fields."""

import pytest

from tests.support.pages import document
from wardcrawler.items import Article, Image
from wardcrawler.platforms.drupal import Drupal

H = "https://phuong.example"
URL = f"{H}/tin/ra-quan-don-hem"
TITLE = "Ra quân dọn vệ sinh các tuyến hẻm"
TEXT = "<p>Các tổ chia nhau nạo vét mương.</p><p>Việc này được duy trì mỗi tháng.</p>"
LEAD = "Hơn một trăm bà con khu phố Hai cùng nhau quét dọn bốn tuyến hẻm nhỏ."
BARTIK = """<h1 id="page-title" class="title">{title}</h1><div class="node node-article node-full">
    <div class="meta submitted"><span property="dc:date dc:created"
    content="2025-03-01T08:00:00+07:00">Submitted by
    <span class="username">{account}</span> on 01/03/2025</span></div><div class="content">
    <div class="field field-name-field-image field-type-image"><img src="/hem.jpg"></div>
    <div class="field field-name-field-tags field-type-taxonomy-term-reference"><a
    href="/the/hem">hẻm</a></div>
    <div class="field field-name-body">{text}</div>
    <div class="field field-name-field-muc field-type-taxonomy-term-reference"><h3
    class="field-label">Mục:</h3>
    <a href="/muc/moi-truong">Môi trường</a></div></div></div>"""
OLIVERO = """<h1 class="title page-title"><span class="field field--name-title">{title}</span></h1>
    <article class="node node--type-article node--view-mode-full"><header><div class="node__meta"><span>By
    <span
    class="field field--name-uid field--type-entity-reference"><a href="/user/3">{account}</a></span>, <time
    datetime="2025-03-01T08:00:00+07:00">1 Tháng 3, 2025</time></span></div></header><div
    class="node__content">
    <div class="field field--name-field-image field--type-image"><img src="/hem.jpg"></div>
    <div class="text-content field field--name-body">{text}</div>
    <div class="field field--name-field-tags field--type-entity-reference"><a href="/the/hem">hẻm</a></div>
    <div class="field field--name-field-muc field--type-entity-reference"><a href="/muc/mt">Môi
    trường</a></div>
    </div></article>"""
WARD = """<article class="node node-detail node--view-mode-full"><div class="post-block"><div
    class="post-thumbnail">
    <div class="field field--name-field-image field--type-image"><img src="/hem.jpg"></div></div><div
    class="post-content"><div class="field field--name-field-muc field--type-entity-reference"><a
    href="/muc/mt">Môi
    trường</a></div><h1 class="post-title"><span class="field field--name-title">{title}</span></h1><div
    class="post-meta"><span class="post-created"> 01/03/2025 - 08:00 </span><span>Submitted by {account} on
    </span>
    </div><div class="node__content"><div class="field field--name-body">{text}</div></div><div
    class="post-tags"><div class="field field--name-field-tags field--type-entity-reference"><a
    href="/the/hem">hẻm</a></div></div><div class="related-posts"><h2>Tin liên quan</h2><a
    href="/tin/b">Khai trương mô
    hình đổi rác lấy quà</a></div></div></div></article>"""
THEMES = {"bartik": BARTIK, "olivero": OLIVERO, "a ward's": WARD}


def read(theme: str, account: str = "Lê Na", text: str = TEXT) -> Article:
    return Drupal.parse_article(document(theme.format(title=TITLE, account=account, text=text)), URL)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_fields(theme: str) -> None:
    article = read(theme)
    assert (article.title, article.author, article.category) == (TITLE, "Lê Na", "Môi trường")
    assert article.body.split("\n") == ["Các tổ chia nhau nạo vét mương.", "Việc này được duy trì mỗi tháng."]
    assert article.images == [Image(f"{H}/hem.jpg", None, None)]
    assert article.lead is None


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("account", ["admin", "bientap", "quantri01"])
def test_an_account_is_no_author(theme: str, account: str) -> None:
    assert read(theme, account).author is None
    assert read(theme, account, f"{TEXT}<p>Mời bà con./.</p><p>Lê Na</p>").author == "Lê Na"


def test_a_field_before_the_text_is_the_lead() -> None:
    summary = (
        f'<div class="field field-name-field-gioi-thieu">{LEAD}</div><div class="field field-name-body">'
    )
    found = read(BARTIK.replace('<div class="field field-name-body">', summary))
    assert (found.lead, found.body.count("\n")) == (LEAD, 1)
