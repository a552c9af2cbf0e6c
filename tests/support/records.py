"""Two portals, an article as the pipelines leave it, and a clock that stands still."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from wardcrawler.items import Article, NormalText
from wardcrawler.store.database.clock import ICT
from wardcrawler.text.hashing import content_hash
from wardcrawler.text.normalise import normalise

WARD, DISTRICT = "hcm-phuong-9", "hcm-tan-binh"

MakeArticle = Callable[..., Article]


class Clock:
    """Stands at 08:00 on 1 July 2023 until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2023, 7, 1, 8, 0, tzinfo=ICT)

    def __call__(self) -> str:
        return self.at.isoformat(timespec="seconds")

    def forward(self, **units: float) -> str:
        self.at += timedelta(**units)
        return self()


def make_article(key: str = "bai-1", *, site: str = WARD, **fields: Any) -> Article:
    """Build an article as the pipelines leave it: hash and normal text follow from the text given."""
    made = Article(
        url=f"https://{site}.example.vn/-/{key}",
        key=key,
        platform="liferay",
        title="Phường 9 ra quân dọn dẹp vệ sinh",
        body="Sáng 24/6, đoàn viên thanh niên ra quân.\nCác tuyến hẻm được quét dọn sạch sẽ.",
        html="<p>Sáng 24/6, đoàn viên thanh niên ra quân.</p>",
        category="Tin tức",
        published_at="2023-06-24T08:37:00+07:00",
        date_precision="minute",
        date_source="node",
        date_text="24/06/2023 08:37",
        site=site,
    )
    made = replace(made, **fields)
    made.normal = NormalText(normalise(made.title), normalise(made.lead or ""), normalise(made.body))
    made.content_hash = content_hash(made.title, made.lead or "", made.body)
    return made
