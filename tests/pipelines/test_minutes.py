"""Whether "Thứ Bẩy, ngày 24/06/2023 08:37" tells minutes: where the Liferay 6.1 hook may print it, no."""

from datetime import datetime

import pytest

from wardcrawler.items import Article, DateText
from wardcrawler.pipelines.date import set_date
from wardcrawler.text.dates import ICT

NOW = datetime(2026, 12, 1, tzinfo=ICT)


@pytest.mark.parametrize(
    ("platform", "published", "precision"),
    [
        ("liferay-hook", "2023-06-24T00:00:00+07:00", "day"),
        ("generic", "2023-06-24T08:37:00+07:00", "minute"),
    ],
)
def test_the_minutes_of_an_unknown_portal_are_minutes(platform: str, published: str, precision: str) -> None:
    printed = [DateText("Thứ Bẩy, ngày 24/06/2023 08:37", "node")]
    article = Article(url="", key="k", platform=platform, title="t", body="b", html="", dates=printed)
    set_date(article, NOW)
    assert (article.published_at, article.date_precision) == (published, precision)
