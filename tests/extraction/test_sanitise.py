"""Cleaned HTML: nothing in it can run, and what a reader needs is in it."""

import pytest
from lxml import html as lxml_html

from tests.platforms.pages import stock_article

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<a href='javascript:alert(1)'>a</a>",
    "<a href='  JaVa&#10;Script:alert(1)'>a</a>",
    "<a href='&#x6a;avascript&colon;alert(1)'>a</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>a</a>",
    "<a href='vbscript:x'>a</a>",
    "<a href='//[broken' onclick=x>a</a>",
    "<img src='javascript:alert(1)'><img src='data:image/svg+xml;base64,PHN2Zz4='>",
    "<iframe src='javascript:alert(1)'></iframe><object data=x></object><embed src=x>",
    "<p style='background:url(javascript:alert(1))' onclick=x class=a id=b lang=vi>a</p>",
    "<base href='https://evil.example/'><meta http-equiv=refresh content='0;url=//evil.example'><link rel=x>",
    "<form action=//evil.example><input><button>a</button></form>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<template><img src=x onerror=alert(1)></template>",
    "<p><!--><img src=x onerror=alert(1)>--></p>",
    "<select><style></select><img src=x onerror=alert(1)></style>",
    "<table><caption onclick=x><td background='javascript:x' colspan=2>a</table>",
    "<frameset onload=x><frame src='javascript:x'></frameset>",
    "<a xlink:href='javascript:x' formaction='javascript:x'>a</a>",
    "<audio src=x onerror=alert(1)><source onerror=x></audio><video poster='javascript:x'></video>",
    "<plaintext><script>alert(1)</script>",
]
ALLOWED = {
    "a": {"href"},
    "img": {"src", "alt", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}


def dangers(html: str) -> list[str]:
    """List all in ``html`` that is not on the list of what may be there."""
    found = []
    for element in lxml_html.fragment_fromstring(html, create_parent="div").iter():
        tag = element.tag if isinstance(element.tag, str) else "comment"
        if tag in (
            "comment",
            "script",
            "style",
            "svg",
            "math",
            "iframe",
            "object",
            "embed",
            "form",
            "input",
            "base",
        ):
            found.append(tag)
        for name, value in element.attrib.items():
            if name not in ALLOWED.get(tag, set()):
                found.append(name)
            if name in ("href", "src") and not value.startswith(("http://", "https://", "mailto:")):
                found.append(value)
    return found


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
