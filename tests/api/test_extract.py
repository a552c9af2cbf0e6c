"""``wardcrawler.extract``: one page to one article, through the same steps as in a crawl."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import pytest

import wardcrawler
from tests.support.command import Run
from tests.support.seed_page import URL, seed_page
from wardcrawler.api.extract import PLATFORM_NAMES


def test_bytes_and_text_are_the_same_article() -> None:
    raw = seed_page().read_bytes()
    article = wardcrawler.extract(raw, URL)
    assert article.platform == "liferay-hcmc"
    assert wardcrawler.extract(raw.decode(), URL) == article
    assert wardcrawler.extract(raw, URL, platform="liferay-hcmc") == article


def test_the_article_is_what_the_command_prints(wardcrawler: Run) -> None:
    import wardcrawler as api

    printed = json.loads(wardcrawler("parse", str(seed_page()), "--url", URL).stdout)
    article = asdict(api.extract(seed_page().read_bytes(), URL))
    assert {name: article[name] for name in printed} == printed


def test_the_pipelines_have_run() -> None:
    page = "<meta charset=utf-8><h1>Tin  mới</h1><div class=date>23/06/2023 08:30</div>"
    with pytest.raises(wardcrawler.NotAnArticle):
        wardcrawler.extract(page, URL)
    article = wardcrawler.extract(seed_page().read_bytes(), URL)
    assert article.content_hash
    assert article.published_at is None
    assert article.date_reason == "the page prints no publish date"
    assert article.site == ""


def test_a_page_without_an_article_says_why() -> None:
    with pytest.raises(wardcrawler.NotAnArticle) as refused:
        wardcrawler.extract(b"%PDF-1.7", URL)
    assert refused.value.reason == "not-html"


@pytest.mark.parametrize(
    ("url", "platform", "words"),
    [("ftp://x", None, "not an http"), ("phuong9.gov.vn", None, "not an http"), (URL, "x", "known: liferay")],
)
def test_wrong_input_is_named(url: str, platform: str | None, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        wardcrawler.extract("<p>xin chào</p>", url, platform)


def test_the_platforms_are_named() -> None:
    assert {"liferay-hcmc", "nukeviet", "generic"} <= set(PLATFORM_NAMES)


def test_when_the_page_was_taken_can_be_told() -> None:
    page = (
        '<div class="news_column"><h1 class="title">Hẻm 12 trải nhựa</h1><span class="h5">5 giờ trước</span>'
        '<div id="news-bodyhtml"><p>Con hẻm nối khu phố Ba với chợ vừa được trải nhựa.</p></div></div>'
    )
    url = "https://xa.example/tin/hem-12.html"
    taken = datetime(2024, 3, 12, 8, 0, tzinfo=UTC)
    article = wardcrawler.extract(page, url, platform="nukeviet", captured_at=taken)
    assert (article.published_at, article.date_precision) == ("2024-03-12T00:00:00+07:00", "day")
    assert wardcrawler.extract(page, url, platform="nukeviet").published_at is None
