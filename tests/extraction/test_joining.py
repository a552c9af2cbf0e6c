"""The pages of one article, joined: each text, picture and file once, nothing invented."""

import pytest

from wardcrawler.extraction.joining import join
from wardcrawler.extraction.parts import MOST_PAGES, Parts
from wardcrawler.items import Article, Attachment, DateText, Image, NotAnArticle

HOME = "https://xa.example/bai-12"


def part(number: int, *lines: str, title: str = "Kế hoạch nạo vét kênh", **more: object) -> Article:
    article = Article(
        url=HOME if number == 1 else f"{HOME}/{number}/",
        key="bai-12",
        platform="wordpress",
        title=title,
        body="\n".join(lines),
        html="<div>" + "".join(f"<p>{line}</p>" for line in lines) + "</div>" if lines else "",
    )
    for name, value in more.items():
        setattr(article, name, value)
    return article


def named(*numbers: int) -> dict[int, str]:
    return {number: f"{HOME}/{number}/" for number in numbers}


def test_texts_stand_in_order() -> None:
    article = join([part(1, "Một.", "Hai."), part(2, "Ba."), part(3, "Bốn.")])
    assert article.body == "Một.\nHai.\nBa.\nBốn."
    assert article.html == "<div><p>Một.</p><p>Hai.</p></div><div><p>Ba.</p></div><div><p>Bốn.</p></div>"
    assert article.url == HOME


def test_what_each_page_repeats_stands_once() -> None:
    dates = [DateText("05/03/2024", "node")]
    first = part(1, "Xã họp dân.", "Một.", "Ban biên tập", lead="Tóm tắt của bài.", dates=dates)
    second = part(
        2, "KẾ HOẠCH NẠO VÉT KÊNH", "05/03/2024", "Tóm tắt của bài.", "Xã họp dân.", "Hai.", "Ban biên tập"
    )
    article = join([first, second])
    assert article.body == "Xã họp dân.\nMột.\nHai.\nBan biên tập"
    assert article.html.count("Ban biên tập") == article.html.count("Xã họp dân.") == 1
    assert "Tóm tắt" not in article.html
    assert "05/03" not in article.html
    assert article.lead == "Tóm tắt của bài."


def test_what_only_begins_alike_stays() -> None:
    article = join([part(1, "Nội dung một.", "Hai."), part(2, "Nội dung hai.", "Hai nữa.")])
    assert article.body == "Nội dung một.\nHai.\nNội dung hai.\nHai nữa."


def test_pictures_and_files_are_taken_once() -> None:
    pictures = [Image(f"https://xa.example/{name}.jpg") for name in ("a", "b", "c")]
    files = [Attachment(f"https://xa.example/{name}.pdf", f"{name}.pdf", "") for name in ("a", "b")]
    first = part(1, "Một.", images=pictures[:2], attachments=files[:1])
    second = part(2, "Hai.", images=pictures[1:], attachments=[*files])
    article = join([first, second])
    assert [image.url for image in article.images] == [image.url for image in pictures]
    assert [file.url for file in article.attachments] == [file.url for file in files]


@pytest.mark.parametrize(
    ("authors", "author"),
    [
        ([None, None, "Hà Phương"], "Hà Phương"),
        (["bbt", "bbt", "Hà Phương"], "Hà Phương"),
        (["Hà Phương", "bbt", "bbt"], "Hà Phương"),
        (["bbt", "Hà Phương"], "Hà Phương"),
        (["bbt", "bbt"], "bbt"),
        ([None, None], None),
    ],
)
def test_who_signs_the_text_is_its_author(authors: list[str | None], author: str | None) -> None:
    assert join([part(n, f"Dòng {n}.", author=name) for n, name in enumerate(authors, 1)]).author == author


def test_what_the_server_says_of_page_1_says_nothing_of_the_whole() -> None:
    article = join(
        [part(1, "Một.", etag='"a"', last_modified="Tue, 05 Mar 2024 01:15:00 GMT"), part(2, "Hai.")]
    )
    assert (article.etag, article.last_modified) == (None, None)


# --- which page is next ------------------------------------------------------------------------------


def read(parts: Parts, pages: dict[int, Article]) -> list[int]:
    """Read pages as long as one is to be asked for; return their numbers."""
    asked = []
    while following := parts.following():
        number, url = following
        asked.append(number)
        if number in pages:
            parts.add(number, pages[number])
        else:
            parts.miss(number, url, "http-404: not found")
    return asked


def test_pages_that_a_short_pager_leaves_out_are_named_by_later_ones() -> None:
    first = part(1, "Một.", missing_pages=named(2, 5))
    pages = {
        2: part(2, "Hai.", missing_pages=named(2, 3, 5)),
        3: part(3, "Ba.", missing_pages=named(2, 3, 5)),
        5: part(5, "Năm.", missing_pages=named(4, 5)),
        4: part(4, "Bốn.", missing_pages=named(3, 4, 5)),
    }
    parts = Parts(first, certain=True)
    assert read(parts, pages) == [2, 3, 5, 4]
    article = parts.joined()
    assert (article.body, article.missing_pages) == ("Một.\nHai.\nBa.\nBốn.\nNăm.", {})


def test_a_page_that_no_link_leads_to_is_missing() -> None:
    parts = Parts(part(1, "Một.", missing_pages=named(2, 5)), certain=True)
    read(parts, {2: part(2, "Hai.", missing_pages=named(5)), 5: part(5, "Năm.")})
    assert [(page.number, page.why) for page in parts.missing()] == [
        (3, "no link leads to it"), (4, "no link leads to it")
    ]  # fmt: skip
    assert set(parts.joined().missing_pages) == {3, 4}


def test_a_page_that_fails_is_missing_and_the_others_are_read() -> None:
    parts = Parts(part(1, "Một.", missing_pages=named(2, 3)), certain=True)
    assert read(parts, {3: part(3, "Ba.")}) == [2, 3]
    article = parts.joined()
    assert (article.body, article.missing_pages) == ("Một.\nBa.", named(2))


def test_a_page_that_repeats_another_brings_nothing() -> None:
    parts = Parts(part(1, "Một.", missing_pages=named(2)), certain=True)
    assert read(parts, {2: part(2, "Một.", missing_pages=named(2, 3))}) == [2]
    article = parts.joined()
    assert (article.body, article.missing_pages) == ("Một.", {})


def test_where_links_may_be_those_of_a_list_the_first_that_is_no_page_ends_it() -> None:
    for other in (part(2, "Một."), part(2, "Hai.", title="Giấy mời họp")):
        parts = Parts(part(1, "Một.", missing_pages=named(2, 3, 4)), certain=False)
        assert read(parts, {2: other}) == [2]
        assert parts.joined().missing_pages == {}
    parts = Parts(part(1, "Một.", missing_pages=named(2, 3)), certain=False)
    number, url = parts.following() or (0, "")
    parts.refuse(number, url, NotAnArticle("listing", "12 article links"))
    assert parts.following() is None
    assert parts.missing() == []


@pytest.mark.parametrize("reason", ["challenge", "empty", "no-body"])
def test_a_page_that_did_not_come_is_missing_wherever(reason: str) -> None:
    for certain in (True, False):
        parts = Parts(part(1, "Một.", missing_pages=named(2)), certain=certain)
        parts.following()
        parts.refuse(2, f"{HOME}/2/", NotAnArticle(reason, "…"))
        assert set(parts.joined().missing_pages) == {2}


def test_a_title_that_names_the_page_is_that_of_the_article() -> None:
    parts = Parts(part(1, "Một.", missing_pages=named(2)), certain=True)
    read(parts, {2: part(2, "Hai.", title="Kế hoạch nạo vét kênh - Trang 2")})
    article = parts.joined()
    assert (article.title, article.body) == ("Kế hoạch nạo vét kênh", "Một.\nHai.")


def test_so_many_pages_are_read_and_no_more() -> None:
    parts = Parts(part(1, "Một.", missing_pages=named(2)), certain=True)
    pages = {n: part(n, f"Trang thứ {n}.", missing_pages=named(n + 1)) for n in range(2, 100)}
    assert len(read(parts, pages)) == MOST_PAGES - 1
    assert set(parts.joined().missing_pages) == {MOST_PAGES + 1}


def test_of_thousands_of_pages_the_next_one_is_missing() -> None:
    parts = Parts(part(1, "Một.", missing_pages=named(*range(2, 9000))), certain=True)
    read(parts, {n: part(n, f"Trang thứ {n}.") for n in range(2, 100)})
    assert parts.joined().missing_pages == named(MOST_PAGES + 1)
