"""Cleaned HTML: nothing in it can run, and what a reader needs is in it."""

import pytest

from tests.support.attacks import ATTACKS, dangers
from tests.support.pages import stock_article


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_runs(attack: str) -> None:
    article = stock_article(f"<p>Trước.</p>{attack}<p>Sau.</p>")
    assert article.body.startswith("Trước.")
    assert dangers(article.html) == []


def test_the_check_itself_finds_dangers() -> None:
    assert dangers("<p onclick=x>a</p><script></script><a href='javascript:x'>b</a>") == [
        "onclick",
        "script",
        "javascript:x",
    ]


def test_structure_stays() -> None:
    text = (
        "<h2>a</h2><p>b <b>c</b> <em>d</em> m<sup>2</sup></p><ul><li>e</li></ul><blockquote>f</blockquote>"
        '<table><caption>g</caption><tbody><tr><th colspan="2">h</th></tr>'
        '<tr><td rowspan="3">i</td><td>j</td></tr>'
        "</tbody></table><figure><img src='/k.jpg' alt='l'><figcaption>m</figcaption></figure>"
    )
    assert stock_article(text).html == f"<div>{text}</div>".replace("'", '"').replace(
        'src="/', 'src="https://portal.example/'
    )


def test_unknown_blocks_do_not_glue_words_together() -> None:
    html = stock_article("<section>a</section><center>b</center><font>c</font><article>d</article>").html
    assert html == "<div><div>a</div><div>b</div>c<div>d</div></div>"


def test_links_become_absolute() -> None:
    html = stock_article(
        "<a href='tin?a=1&amp;b=2#c'>1</a><a href='//x.example/y'>2</a><a href='mailto:a@b.example'>3</a>"
        "<a href='tel:113'>4</a><a href='#muc'>5</a><a name=n>6</a>"
    ).html
    assert html == (
        '<div><a href="https://portal.example/web/p9/-/tin?a=1&amp;b=2">1</a><a href="https://x.example/y">2</a>'
        '<a href="mailto:a@b.example">3</a><a>4</a><a>5</a><a>6</a></div>'
    )


def test_base_of_the_head_counts_and_one_in_the_article_does_not() -> None:
    link = "<a href='tin'>x</a>"
    assert (
        'href="https://other.example/vi/tin"'
        in stock_article(link, head="<base href='//other.example/vi/'>").html
    )
    assert (
        'href="https://portal.example/web/p9/-/tin"'
        in stock_article(f"<base href='//evil.example/'>{link}").html
    )
    assert (
        'href="https://portal.example/web/p9/-/tin"'
        in stock_article(link, head="<base href='ftp://x/'>").html
    )


def test_an_article_without_text_has_no_html() -> None:
    assert stock_article("<p>&nbsp;</p>", after='<a href="/documents/1/2/a.pdf">Tệp</a>').html == ""
