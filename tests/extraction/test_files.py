"""Files an article links to."""

import pytest

from tests.support.pages import document, stock_article
from wardcrawler.extraction.files import attachments, file_candidates
from wardcrawler.items import Attachment

UUID = "0a1b2c3d-1111-4222-8333-444455556666"


def files(html: str) -> list[tuple[str, str, str]]:
    found = attachments(file_candidates(document(html)), "https://portal.example/web/p9/-/a")
    return [(file.url.removeprefix("https://portal.example"), file.filename, file.label) for file in found]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<a href='/upload/a.pdf'>Công văn  số 1</a>", ("/upload/a.pdf", "a.pdf", "Công văn số 1")),
        ("<a href='B.DOCX' title='Biểu  mẫu'></a>", ("/web/p9/-/B.DOCX", "B.DOCX", "Biểu mẫu")),
        ("<a href='/x/K%E1%BA%BF%20h.xls'></a>", ("/x/K%E1%BA%BF%20h.xls", "Kế h.xls", "")),
        ("<a href='/x/Kế hoạch.zip'>1</a>", ("/x/K%E1%BA%BF%20ho%E1%BA%A1ch.zip", "Kế hoạch.zip", "1")),
        ("<a href='/x/a+b.rar'>1</a>", ("/x/a+b.rar", "a+b.rar", "1")),
        # Liferay's document store: spaces are plus signs, a UUID behind the name, versions in the query
        (
            f"<a href='/documents/20121/464/Ke+hoach+(1).pdf/{UUID}?version=1.0&amp;t=17&amp;a=b'>KH</a>",
            (f"/documents/20121/464/Ke+hoach+(1).pdf/{UUID}?a=b", "Ke hoach (1).pdf", "KH"),
        ),
        (
            "<a href='/documents/20121/46426/3128.signed.signed%20%281%29_29.pdf'>x</a>",
            (
                "/documents/20121/46426/3128.signed.signed%20%281%29_29.pdf",
                "3128.signed.signed (1)_29.pdf",
                "x",
            ),
        ),
        (
            f"<a href='/documents/20121/464/khong-duoi/{UUID}'>x</a>",
            (f"/documents/20121/464/khong-duoi/{UUID}", "khong-duoi", "x"),
        ),
        (
            f"<a href='/c/document_library/get_file?uuid={UUID}&amp;groupId=2'>Mẫu.xlsx</a>",
            (f"/c/document_library/get_file?uuid={UUID}&groupId=2", "Mẫu.xlsx", "Mẫu.xlsx"),
        ),
        (
            f"<a href='/c/document_library/get_file?uuid={UUID}&amp;groupId=2'>tại đây</a>",
            (f"/c/document_library/get_file?uuid={UUID}&groupId=2", "get_file", "tại đây"),
        ),
        # documents in viewers
        ("<iframe src='/pdf/q.pdf'></iframe>", ("/pdf/q.pdf", "q.pdf", "")),
        (
            "<iframe src='/web/viewer.html?file=%2Fd%2Fq%20a.pdf%3Fv%3D1#page=2'></iframe>",
            ("/d/q%20a.pdf?v=1", "q a.pdf", ""),
        ),
        (
            "<iframe title=QĐ src='//docs.google.com/viewer?embedded=true&amp;"
            "url=https%3A%2F%2Fportal.example%2Fd%2Fq.doc'></iframe>",
            ("/d/q.doc", "q.doc", "QĐ"),
        ),
        ("<embed src='/d/q.pdf'>", ("/d/q.pdf", "q.pdf", "")),
        ("<object data='/d/q.pdf'>không xem được</object>", ("/d/q.pdf", "q.pdf", "")),
        # VHV
        (
            "<a href='javascript:;' onclick=\"downloadFile('Quyết định','/upload/2/qd_df799.pdf')\">Tải</a>",
            ("/upload/2/qd_df799.pdf", "qd_df799.pdf", "Quyết định"),
        ),
        # pictures
        ("<a href='/d/bien-ban.jpg'>Biên bản</a>", ("/d/bien-ban.jpg", "bien-ban.jpg", "Biên bản")),
        # a name is never a path
        (
            "<a href='/d/..%2F..%2Fetc%2Fpasswd.txt'>x</a>",
            ("/d/..%2F..%2Fetc%2Fpasswd.txt", "passwd.txt", "x"),
        ),
        ("<a href='/d/a%00%0Ab.pdf'>x</a>", ("/d/a%00%0Ab.pdf", "ab.pdf", "x")),
        ("<a href='/d/%C3%28.pdf'>x</a>", ("/d/%C3%28.pdf", "\ufffd(.pdf", "x")),
    ],
)
def test_file(html: str, expected: tuple[str, str, str]) -> None:
    assert files(html) == [expected]


@pytest.mark.parametrize(
    "html",
    [
        "<a href='/web/p9/-/tin'>tin</a>",
        "<a href='/documents'>Văn bản</a>",
        "<a href='/documents/list'>Văn bản</a>",
        "<a href='/d/anh.jpg'><img src='/d/nho.jpg'></a>",
        "<a href='javascript:a.pdf'>x</a>",
        "<a href='#a.pdf'>x</a>",
        "<a href='mailto:a.pdf@x.example'>x</a>",
        "<a href='http://[x/a.pdf'>x</a>",
        "<iframe src='https://www.youtube.com/embed/x'></iframe>",
        "<iframe src='https://www.google.com/maps?url=/x'></iframe>",
        "<img src='/a.pdf'>",
        "<a href='/tin?f=a.pdf'>x</a>",
    ],
)
def test_no_file(html: str) -> None:
    assert files(html) == []


def test_a_file_linked_twice_is_one_file() -> None:
    page = stock_article(
        "<p>Xem <a href='/documents/1/2/a.pdf?t=1'></a>"
        "<a href='/documents/1/2/a.pdf?version=2.0&amp;t=9'>Công văn</a></p>"
        f"<a href='/documents/1/2/a.pdf/{UUID}'>khác</a>"
    )
    assert page.attachments == [
        Attachment("https://portal.example/documents/1/2/a.pdf", "a.pdf", "Công văn"),
        Attachment(f"https://portal.example/documents/1/2/a.pdf/{UUID}", "a.pdf", "khác"),
    ]


def test_what_is_printed_comes_before_a_title_that_only_shows_on_hovering() -> None:
    icon = "<a href='/a.pdf' title='Tải tệp này'><img src='/pdf.gif'></a>"
    article = stock_article(f"<p>{icon} <a href='/a.pdf' title='Tải tệp này'>Báo cáo quý IV</a></p>")
    assert [file.label for file in article.attachments] == ["Báo cáo quý IV"]
    assert [file.label for file in stock_article(f"<p>{icon}</p>").attachments] == ["Tải tệp này"]


def test_files_beside_the_text_belong_to_the_article_and_those_of_other_boxes_do_not() -> None:
    article = stock_article(
        "<p>Lời</p>",
        after='<p><a href="/d/kem.pdf">Kèm</a></p><h4>Tin liên quan</h4>'
        '<ul><li><a href="/d/khac.pdf">x</a></li></ul>'
        '<section class="portlet"><a href="/d/so-tay.pdf">Sổ tay</a></section>',
    )
    assert [file.filename for file in article.attachments] == ["kem.pdf"]


def test_an_empty_text_with_a_file_is_an_article() -> None:
    article = stock_article("<p>&nbsp;</p>", after='<iframe src="/d/thong-bao.pdf"></iframe>')
    assert (article.body, article.lead, [file.filename for file in article.attachments]) == (
        "",
        None,
        ["thong-bao.pdf"],
    )
