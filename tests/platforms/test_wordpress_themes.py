"""WordPress's themes: date, author, category and featured picture, wherever a theme prints them."""

import pytest

from tests.support.pages import document
from wardcrawler.items import Article, Image, NotAnArticle
from wardcrawler.platforms.wordpress import WordPress

H = "https://phuong.example"
URL = f"{H}/ra-quan-don-hem/"
TITLE = "Ra quân dọn vệ sinh các tuyến hẻm"
TEXT = "<p>Các tổ chia nhau nạo vét mương thoát nước.</p><p>Việc này sẽ được duy trì mỗi tháng.</p>"
PICTURE = f"<img class='attachment-large wp-post-image' src='{H}/wp-content/uploads/hem.jpg' alt=''>"
TIME = "<time class='entry-date published' datetime='2025-03-01T08:00:00+07:00'>01/03/2025</time>"
AVATAR = f"<img class='avatar photo' src='{H}/avatar.png' alt='Lê Na'>"
AUTHOR = "<a href='/author/lena/' rel='author'>Lê Na</a>"
CATEGORY = "<a href='/category/giao-duc/' rel='category tag'>Giáo dục</a>"
TAGS = "<a href='/tag/hem/' rel='tag'>hẻm</a>"
HEADED = f"<h1 class='entry-title'>{TITLE}</h1>"

THEMES = {
    "Twenty Twenty-Five": f"""<main><div class="wp-block-group"><h1 class="wp-block-post-title">{TITLE}</h1>
        <figure class="wp-block-post-featured-image">{PICTURE}</figure><div
        class="wp-block-group"><p>Written by </p>
        <div class="wp-block-post-author-name"><a href="/author/lena/">Lê Na</a></div><p>in</p>
        <div class="taxonomy-category wp-block-post-terms"><a href="/gd/" rel="tag">Giáo dục</a></div>
        <div class="wp-block-post-date">{TIME}</div></div>
        <div class="entry-content wp-block-post-content">{TEXT}</div>
        <div class="taxonomy-post_tag wp-block-post-terms">{TAGS}</div></div></main>""",
    "Twenty Twenty-One": f"""<main><article class="post hentry"><header class="entry-header">{HEADED}
        <figure class="post-thumbnail">{PICTURE}</figure></header><div class="entry-content">{TEXT}</div>
        <footer class="entry-footer"><div class="posted-by"><span class="posted-on">Đã đăng vào
        {TIME}</span>
        <span class="byline">Bởi {AUTHOR}</span></div><div class="post-taxonomies"><span
        class="cat-links">Được phân
        loại là {CATEGORY}</span><span class="tags-links">Thẻ
        {TAGS}</span></div></footer></article></main>""",
    "Twenty Twenty": f"""<main><article class="post hentry"><header class="entry-header"><div
        class="entry-categories">{CATEGORY}</div>{HEADED}<ul class="post-meta"><li class="post-author"><span
        class="meta-text">Bởi <a href="/author/lena/">Lê Na</a></span></li><li class="post-date"><span
        class="screen-reader-text">Ngày</span><span class="meta-text"><a
        href="#">01/03/2025</a></span></li></ul>
        </header><figure class="featured-media">{PICTURE}</figure><div class="post-inner"><div
        class="entry-content">{TEXT}</div></div></article></main>""",
    "Twenty Seventeen": f"""<header id="masthead"></header><div
        class="single-featured-image-header">{PICTURE}</div>
        <main><article class="post hentry"><header class="entry-header"><div class="entry-meta">{TIME}<span
        class="byline"> bởi <span class="author vcard">{AUTHOR}</span></span></div>{HEADED}</header>
        <div class="entry-content">{TEXT}</div><footer class="entry-footer"><span
        class="cat-links">{CATEGORY}</span>
        </footer></article></main>""",
    "Twenty Fifteen": f"""<main><article class="post hentry"><div
        class="post-thumbnail">{PICTURE}</div><header>
        {HEADED}</header><div class="entry-content">{TEXT}</div><footer class="entry-footer"><span
        class="posted-on">{TIME}</span><span class="byline"><span class="author vcard"><span
        class="screen-reader-text">Author </span><a href="/author/lena/">Lê Na</a></span></span><span
        class="cat-links">{CATEGORY}</span></footer></article></main>""",
    "OceanWP": f"""<article class="post"><div class="thumbnail">{PICTURE}</div><header><h2
        class="single-post-title entry-title">{TITLE}</h2></header><ul class="meta"><li
        class="meta-author"><span
        class="screen-reader-text">Post author:</span>{AUTHOR}</li><li class="meta-date"><span
        class="screen-reader-text">Post published:</span>01/03/2025</li><li
        class="meta-cat">{CATEGORY}</li></ul>
        <div class="entry-content">{TEXT}</div></article>""",
    "Flatsome": f"""<article class="post hentry"><div class="article-inner"><header
        class="entry-header"><div
        class="entry-header-text"><h6 class="entry-category">{CATEGORY}</h6>{HEADED}<div
        class="entry-meta"><span
        class="posted-on">Posted on <a href="#">{TIME}</a></span><span class="byline"> by <span
        class="meta-author vcard">{AUTHOR}</span></span></div></div><div
        class="entry-image">{PICTURE}</div></header>
        <div class="entry-content single-page">{TEXT}</div></div></article>""",
    "Newspaper": f"""<article class="post"><div class="td-post-header"><ul class="td-category"><li
        class="entry-category"><a href="/category/giao-duc/">Giáo dục</a></li></ul><header
        class="td-post-title">
        {HEADED}<div class="td-module-meta-info"><div class="td-post-author-name"><div
        class="td-author-by">Bởi</div> <a href="/author/lena/">Lê Na</a><div class="td-author-line"> -
        </div></div>
        <span class="td-post-date">{TIME}</span><div
        class="td-post-views"><span>1203</span></div></div></header></div>
        <div class="td-post-content"><div
        class="td-post-featured-image">{PICTURE}</div>{TEXT}</div></article>""",
    "Jannah": f"""<article id="the-post"><header class="entry-header-outer"><div class="entry-header"><span
        class="post-cat-wrap"><a class="post-cat" href="/category/giao-duc/">Giáo dục</a></span><h1
        class="post-title entry-title">{TITLE}</h1><div class="post-meta"><span class="author-meta"><span
        class="meta-author-avatar"><a href="/author/lena/">{AVATAR}</a></span><span class="meta-author"><a
        class="author-name" href="/author/lena/">Lê Na</a></span></span><span class="date
        meta-item">01/03/2025</span>
        <span class="meta-reading-time meta-item">1 phút đọc</span></div></div></header><div
        class="featured-area">
        <figure class="single-featured-image">{PICTURE}</figure></div><div class="entry-content
        entry">{TEXT}</div>
        </article>""",
    "Divi": f"""<article class="et_pb_post post"><div class="et_post_meta_wrapper">{HEADED}<p
        class="post-meta">by <span
        class="author vcard"><a href="/author/lena/" rel="author">Lê Na</a></span> | <span
        class="published">01/03/2025</span> | {CATEGORY}</p>{PICTURE}</div><div
        class="entry-content">{TEXT}</div>
        </article>""",
    "Divi's builder": f"""<div class="et_builder_inner_content"><div
        class="et_pb_title_container">{HEADED}<p
        class="et_pb_title_meta_container"><span class="author vcard">{AUTHOR}</span> | <span
        class="published">01/03/2025</span> | {CATEGORY}</p></div><div
        class="et_pb_title_featured_container">{PICTURE}</div><div class="et_pb_module
        et_pb_post_content">{TEXT}</div>
        </div>""",
    "Elementor": f"""<div class="elementor-location-single"><div
        class="elementor-widget-theme-post-title"><h1
        class="elementor-heading-title">{TITLE}</h1></div><div class="elementor-widget-post-info"><ul
        class="elementor-post-info"><li itemprop="author"><span class="elementor-post-info__item
        elementor-post-info__item--type-author">{AVATAR} Lê Na</span></li><li itemprop="datePublished"><span
        class="elementor-post-info__item
        elementor-post-info__item--type-date">01/03/2025</span></li></ul></div>
        <div class="elementor-widget-theme-post-featured-image">{PICTURE}</div><p>{CATEGORY}</p>
        <div class="elementor-widget-theme-post-content">{TEXT}</div></div>""",
    "Sahifa": f"""<article class="post-listing post"><div class="single-post-thumb">{PICTURE}</div><div
        class="post-inner"><h1 class="name post-title entry-title">{TITLE}</h1><p class="post-meta"><span
        class="post-meta-author"><i></i><a href="/author/lena/">Lê Na</a></span> <span
        class="tie-date"><i></i>01/03/2025</span> <span class="post-cats"><i></i><a
        href="/category/giao-duc/">Giáo
        dục</a></span></p><div class="entry">{TEXT}</div></div></article>""",
    "ColorMag": f"""<article class="post hentry"><div class="cm-post-content"><div
    class="cm-featured-image">{PICTURE}
        </div><div class="cm-post-categories">{CATEGORY}</div><header><h1
        class="cm-entry-title">{TITLE}</h1></header><div
        class="cm-below-entry-meta"><span class="cm-post-date"><a>{TIME}</a></span><span class="cm-author
        cm-vcard"><a
        class="url fn n">Lê Na</a></span></div><div class="cm-entry-summary">{TEXT}</div></div></article>""",
    "Storefront": f"""<article class="post hentry"><header class="entry-header"><span
    class="posted-on">{TIME}</span><span
        class="post-author">by {AUTHOR}</span>{HEADED}</header><div
        class="entry-content">{PICTURE}{TEXT}</div><aside
        class="entry-taxonomy"><div class="cat-links">Category: {CATEGORY}</div><div
        class="tags-links">{TAGS}</div>
        </aside></article>""",
    "JNews": f"""<div class="jeg_inner_content"><div class="entry-header"><h1
    class="jeg_post_title">{TITLE}</h1><div
        class="jeg_meta_container"><div class="jeg_meta_author">{AVATAR}<span class="meta_text">by</span> <a
        href="/author/lena/">Lê Na</a></div><div class="jeg_meta_date"><a href="#">01/03/2025</a></div><div
        class="jeg_meta_category"><span class="meta_text">in</span> {CATEGORY}</div></div></div><div
        class="jeg_featured">{PICTURE}</div><div class="entry-content no-share"><div
        class="content-inner">{TEXT}</div>
        </div></div>""",
    "a theme of the portal's own": f"""<div class="chi-tiet"><div class="duong-dan"><nav id="breadcrumb"><a
        href="/">Trang chủ</a><a href="/giao-duc/">Giáo dục</a></nav></div><h1
        class="post-title">{TITLE}</h1><p>Đăng
        bởi: Lê Na</p><span class="post-date">Đăng ngày 01/03/2025</span><div
        class="featured-image">{PICTURE}</div>
        <div class="post-content">{TEXT}</div></div>""",
}  # fmt: skip
RELATED = f"""<div class="related-posts"><article><a href="/khac/"><img class="wp-post-image"
        src="{H}/khac.jpg"></a>
    <h3><a href="/khac/">Tập huấn phân loại rác tại nguồn</a></h3><span class="author"><a>Người
        Khác</a></span>
    <a rel="category tag">Đời sống</a><time class="entry-date">02/03/2025</time></article></div>"""


def read(theme: str) -> Article:
    page = document(f"<div id='page'>{theme}{RELATED}</div>")
    page.body.set("class", "single single-post")
    return WordPress.parse_article(page, URL)


@pytest.mark.parametrize("theme", THEMES)
def test_fields_of_a_theme(theme: str) -> None:
    article = read(THEMES[theme])
    assert (article.title, article.author, article.category) == (TITLE, "Lê Na", "Giáo dục")
    assert article.body.split("\n") == [
        "Các tổ chia nhau nạo vét mương thoát nước.", "Việc này sẽ được duy trì mỗi tháng."
    ]  # fmt: skip
    assert article.lead is None
    assert article.dates[0].text in ("2025-03-01T08:00:00+07:00", "Đăng ngày 01/03/2025") or (
        article.dates[0].text.endswith("01/03/2025")
    )
    assert [image.url for image in article.images] == [f"{H}/wp-content/uploads/hem.jpg"]


@pytest.mark.parametrize("theme", THEMES)
def test_an_account_is_no_author_in_any_theme(theme: str) -> None:
    assert read(THEMES[theme].replace("Lê Na", "quantri")).author is None


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "form",
    [
        '<form class="post-password-form" action="/wp-login.php?action=postpass" method="post"></form>',
        '<form class="khoa" action="/cong/wp-login.php?action=postpass"><input></form>',
    ],
)
def test_a_post_for_those_who_know_its_password_is_refused_in_any_theme(theme: str, form: str) -> None:
    with pytest.raises(NotAnArticle) as refusal:
        read(THEMES[theme].replace(TEXT, form))
    assert refusal.value.reason == "protected"


def test_a_picture_in_the_text_and_above_it_counts_once() -> None:
    twice = THEMES["Twenty Fifteen"].replace(TEXT, TEXT + PICTURE)
    assert read(twice).images == [Image(f"{H}/wp-content/uploads/hem.jpg", None, None)]


def test_a_featured_picture_has_the_caption_of_its_figure() -> None:
    captioned = THEMES["Jannah"].replace(PICTURE, f"{PICTURE}<figcaption>Bà con ra quân</figcaption>")
    assert read(captioned).images == [Image(f"{H}/wp-content/uploads/hem.jpg", "Bà con ra quân", None)]
