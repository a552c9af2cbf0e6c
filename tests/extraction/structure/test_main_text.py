"""The main text of a page: what the library finds, and what is the text where it finds nothing."""

import pytest

from tests.support.unknown_pages import (
    OTHERS,
    PARAGRAPHS,
    TEXT,
    TITLE,
    links_to_others,
    needs_library,
    read,
)
from wardcrawler.extraction.structure import main_text, reading
from wardcrawler.extraction.structure.main_text import MainText

pytestmark = needs_library

WHOLE = "\n".join(PARAGRAPHS)
MENU = "<nav><a href='/'>Trang chủ</a> <a href='/tin'>Tin tức</a> <a href='/lien-he'>Liên hệ</a></nav>"
ENGLISH = (
    "Villagers crossed the new concrete bridge over the Middle Canal for the first time on Sunday, four "
    "months after the old planks gave way.",
    "The bridge is twenty-four metres long and wide enough for rice trucks, which had to go round by the "
    "ferry landing all through the wet season.",
    "Families on both banks gave up strips of their gardens for the approach road, and several moved their "
    "fences before the builders arrived.",
)
FRENCH = (
    "Les habitants ont franchi dimanche, pour la première fois, le nouveau pont en béton qui enjambe le "
    "canal du milieu.",
    "Long de vingt-quatre mètres, l'ouvrage laisse passer les camions de riz, qui devaient jusqu'alors faire "
    "le détour par le bac.",
    "Plusieurs familles ont cédé une partie de leur jardin pour la route d'accès et déplacé leurs clôtures "
    "elles-mêmes.",
)
CHINESE = ("村民们星期天第一次走过横跨中渠的新混凝土桥，旧木桥在雨季中已经腐烂。" * 2,) * 2


def page(paragraphs: tuple[str, ...], title: str) -> str:
    text = "".join(f"<p>{words}</p>" for words in paragraphs)
    return f"{MENU}<div class='wrap'><h1>{title}</h1><div class='x'>{text}</div></div><footer>2026</footer>"


@pytest.mark.parametrize(
    ("paragraphs", "title"),
    [
        (ENGLISH, "New bridge opens in the eastern hamlet"),
        (FRENCH, "Un nouveau pont pour le hameau de l'est"),
        (CHINESE, "东村新桥通车"),
    ],
    ids=["English", "French", "Chinese"],
)
def test_a_page_in_any_language_is_read(paragraphs: tuple[str, ...], title: str) -> None:
    article = read(page(paragraphs, title))
    assert (article.title, article.body) == (title, "\n".join(paragraphs))


@pytest.mark.parametrize(
    "holder",
    [
        "div class='sidebar-1'",
        "aside",
        "footer",
        "div class='widget widget_text'",
        "div id='right-sidebar'",
        "div class='related'",
        "div class='banner'",
        "section role='complementary'",
        "header",
        "div class='header'",
        "div class='col-right'",
    ],
)
def test_what_holds_title_and_text_is_no_furniture_whatever_it_is_called(holder: str) -> None:
    shares = "".join(f"<a href='https://share.example/{n}'>Chia sẻ</a> " for n in range(8))
    held = f"<h1>{TITLE}</h1><p>{shares}</p><div>{TEXT}</div>"
    article = read(f"{MENU}<{holder}>{held}</{holder.split(maxsplit=1)[0]}>{links_to_others()}")
    assert (article.title, article.body) == (TITLE, WHOLE)


def test_a_sidebar_beside_the_text_is_furniture() -> None:
    notice = "<p>Ủy ban nhân dân xã tiếp công dân vào sáng thứ Năm hằng tuần tại phòng họp tầng một.</p>"
    article = read(f"<h1>{TITLE}</h1><div>{TEXT}</div><div class='sidebar-1'>{notice}</div>")
    assert article.body == WHOLE


def test_the_largest_cluster_is_the_text_where_the_library_finds_a_notice_beside_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    print_header = "Trang thông tin điện tử xã Tân Thuận, bản in từ cổng của xã"
    monkeypatch.setattr(reading, "main_text", lambda *_: MainText(print_header))
    body = f"<div><p>{print_header}</p></div><div class='k'><h1>{TITLE}</h1><div class='n'>{TEXT}</div></div>"
    assert read(body).body == WHOLE


@pytest.mark.parametrize("failure", [ValueError("x"), RecursionError(), None])
def test_the_largest_cluster_is_the_text_where_the_library_fails_or_finds_nothing(
    failure: Exception | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def extract(*_: object, **__: object) -> None:
        if failure is not None:
            raise failure

    monkeypatch.setattr(main_text, "_extract", lambda: extract)
    assert read(f"{MENU}<h1>{TITLE}</h1><div class='n'>{TEXT}</div>{links_to_others()}").body == WHOLE


def test_a_line_is_of_the_text_if_most_of_its_runs_of_three_words_are() -> None:
    text = MainText(f"{PARAGRAPHS[0]}\n{PARAGRAPHS[1]}")
    assert text.has(PARAGRAPHS[0])
    assert text.has(f"{PARAGRAPHS[0]} (Ảnh: xã)")
    assert not text.has(" ".join(reversed(PARAGRAPHS[0].split())))  # the same words
    assert not any(map(text.has, OTHERS))
    assert not text.has("— * —")
