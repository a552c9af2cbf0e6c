"""Pictures of an article and their captions."""

import pytest

from tests.support.pages import stock_article
from wardcrawler.items import Image


def images(html: str) -> list[Image]:
    return stock_article(f"<p>Lời.</p>{html}").images


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ("<img src='a b.jpg'>", "/web/p9/-/a%20b.jpg"),
        ("<img data-src='/thuc.jpg' src='data:image/gif;base64,R0='>", "/thuc.jpg"),
        ("<img data-original='/thuc.jpg' src='/loading.gif'>", "/thuc.jpg"),
        ("<img src='data:x' srcset='/nho.jpg 1x, /to.jpg 2x'>", "/nho.jpg"),
        ("<picture><source srcset='/a.webp'><img src='/b.jpg'></picture>", "/b.jpg"),
        (
            "<img src='/documents/1/2/3.jpg/uuid?version=1.1&amp;t=15'>",
            "/documents/1/2/3.jpg/uuid?version=1.1&t=15",
        ),
    ],
)
def test_address(html: str, address: str) -> None:
    article = stock_article(html)
    assert article.images == [Image("https://portal.example" + address)]
    assert f'src="https://portal.example{address}"'.replace("&", "&amp;") in article.html


@pytest.mark.parametrize(
    "html",
    [
        "<img>",
        "<img src=''>",
        "<img src='data:image/png;base64,AAAA'>",
        "<img src='javascript:x'>",
        "<img src='/p.gif' width=1 height=1>",
        "<img src='/html/themes/classic/images/common/print.png'>",
        "<img src='/phuong-theme/images/spacer.png'>",
        "<noscript><img src='/a.jpg'></noscript>",
    ],
)
def test_no_picture(html: str) -> None:
    article = stock_article(f"<p>Lời.</p>{html}")
    assert article.images == []
    assert "<img" not in article.html


@pytest.mark.parametrize(
    ("html", "caption"),
    [
        ("<figure><img src=/a.jpg><figcaption>Lễ <b>ra mắt</b></figcaption></figure>", "Lễ ra mắt"),
        ("<figure><img src=/a.jpg></figure><figcaption>lạc</figcaption>", None),
        ("<table><tr><td><img src=/a.jpg><tr><td><em>Ảnh: Lan</em></table>", "Ảnh: Lan"),
        ("<table><caption>Lễ</caption><tr><td><img src=/a.jpg></table>", "Lễ"),
        ("<table><tr><td><img src=/a.jpg><td>ô bên cạnh</table>", None),
        ("<table><tr><td><img src=/a.jpg><tr><td>1<tr><td>2<tr><td>3</table>", None),
        ("<div class='wp-caption'><img src=/a.jpg><p class='wp-caption-text'>Hẻm 45</p></div>", "Hẻm 45"),
        ("<p><img src=/a.jpg></p><p class='image-caption'>Hẻm 45</p>", "Hẻm 45"),
        ("<p><img src=/a.jpg></p><p>Ảnh: đoạn văn kế tiếp</p>", None),
        ("<div class='wp-caption'>của ảnh khác</div><p><img src=/a.jpg></p>", None),
    ],
)
def test_caption(html: str, caption: str | None) -> None:
    assert [image.caption for image in images(html)] == [caption]


def test_each_picture_once_with_its_alternative_text() -> None:
    assert images("<img src=/a.jpg alt=' Lễ  ra mắt '><img src=/b.jpg alt=''><img src=/a.jpg>") == [
        Image("https://portal.example/a.jpg", None, "Lễ ra mắt"),
        Image("https://portal.example/b.jpg", None, None),
    ]


def test_a_page_of_pictures_only_is_an_article() -> None:
    article = stock_article("<img src=/a.jpg>")
    assert (article.body, len(article.images)) == ("", 1)
