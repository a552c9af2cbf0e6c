"""What goes on for ever is bound by number: years in addresses are walked, endless calendars end."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.command import run
from tests.support.databases import new_database
from tests.support.written_site import WrittenSite, article, entries, page
from wardcrawler.crawling.spider.families import BOUND, Families
from wardcrawler.extraction.listings import ArticleLink
from wardcrawler.items import Article, Refusal, Unchanged

H = "https://ubnd.example.gov.vn"
TOPICS = ("Dọn rác ven kênh", "Trồng cây đầu xuân", "Khám mắt miễn phí", "Sửa cầu ván", "Lớp bơi cho trẻ em",
          "Chợ phiên cuối tuần", "Đo độ mặn nước sông", "Họp tổ dân phố")  # fmt: skip

Site = Callable[[str], str | None]


def crawl(site: WrittenSite, db: Path, *more: str) -> dict[str, Any]:
    if not db.exists():
        new_database(db)
    done = run("crawl", "--url", site.address, "--delay", "0", "--db", str(db), "--json", *more)
    (result,) = json.loads(done.stdout)["portals"]
    assert isinstance(result, dict)
    return result


def asked(site: WrittenSite, pattern: str) -> list[str]:
    return [path for path in site.requests if re.search(pattern, path)]


# --- years that end --------------------------------------------------------------------------------

CATEGORIES, YEARS = {"12": "Tin tức", "15": "Thông báo"}, ("2022", "2023", "2024")


def portal_by_years(year_of: Callable[[int], bool]) -> Site:
    """A portal whose menu leads to each section by year; ``year_of`` says of which articles the address names
    the year too.
    """
    places = [(cat, year, topic) for cat in CATEGORIES for year in YEARS for topic in TOPICS]
    articles = dict(enumerate(places, start=101))
    menu = [(f"{name} {year}", f"/ds.aspx?cat={cat}&nam={year}") for cat, name in CATEGORIES.items()
            for year in YEARS]  # fmt: skip

    def listed(number: int) -> tuple[str, str, str]:
        _, year, topic = articles[number]
        address = f"/ct.aspx?id={number}" + (f"&nam={year}" if year_of(number) else "")
        return f"{topic} đợt {number} năm {year}", address, f"12/05/{year}"

    def answer(path: str) -> str | None:
        parts, query = urlsplit(path), parse_qs(urlsplit(path).query)
        if parts.path == "/":
            return page("<h1>Cổng xã Bến Đò</h1>" + entries(map(listed, list(articles)[-4:])), menu)
        if parts.path == "/ds.aspx":
            place = query["cat"][0], query["nam"][0]
            return page(entries(listed(n) for n, (*where, _) in articles.items() if (*where,) == place), menu)
        if parts.path == "/ct.aspx" and int(query["id"][0]) in articles:
            title, _, date = listed(int(query["id"][0]))
            return page(article(title, date, title), menu)
        return None

    return answer


@pytest.mark.parametrize(
    "year_of",
    [lambda number: False, lambda number: True, lambda number: number % 2 == 0],
    ids=["in-the-menu", "in-all-articles", "in-half-of-the-articles"],
)
def test_years_in_addresses_hide_no_article(year_of: Callable[[int], bool], tmp_path: Path) -> None:
    with WrittenSite(portal_by_years(year_of)) as site:
        result = crawl(site, tmp_path / "crawl.db")
    assert (result["outcome"], result["new"]) == ("ok", len(CATEGORIES) * len(YEARS) * len(TOPICS))


# --- calendars that do not -------------------------------------------------------------------------


def endless_calendar(path: str) -> str | None:
    """A section "Lịch công tác" that has a page for every week, and every week a page for each day."""
    query = parse_qs(urlsplit(path).query)
    if path.startswith("/lich-cong-tac"):
        week = int(query.get("page", ["1"])[0])
        days = [(f"Lịch công tác ngày {day} tuần {week} của thường trực", f"/lich?tuan={week}&ngay={day}", "")
                for day in range(2, 8)]  # fmt: skip
        return page(entries(days) + f"<p><a href='/lich-cong-tac?page={week + 1}'>Tiếp theo</a></p>")
    if path.startswith("/lich?"):
        return page("<table><tr><td>Sáng</td><td>Họp</td></tr></table>")
    if path.startswith("/tin-tuc"):
        return page(
            entries(
                (f"{topic} ở các ấp trong xã", f"/bai.aspx?id={number}&nam=2023", "12/05/2023")
                for number, topic in enumerate(TOPICS, 101)
            )
        )
    if path.startswith("/bai.aspx"):
        topic = f"{TOPICS[int(query['id'][0]) - 101]} ở các ấp trong xã"
        return page(article(topic, "12/05/2023", topic))
    return page("<h1>Cổng xã Bến Đò</h1>") if path == "/" else None


def test_an_endless_calendar_ends_and_articles_are_not_bound(tmp_path: Path) -> None:
    sections = ("--section", "/lich-cong-tac", "--section", "/tin-tuc")
    with WrittenSite(endless_calendar) as site:
        result = crawl(site, tmp_path / "crawl.db", *sections)
    assert result["new"] == len(TOPICS)
    assert 30 <= len(asked(site, r"^/lich\?")) < 40
    assert len(asked(site, r"^/lich-cong-tac")) <= 10


def test_how_many_pages_that_are_no_articles_are_asked_for_can_be_set(tmp_path: Path) -> None:
    with WrittenSite(endless_calendar) as site:
        crawl(site, tmp_path / "crawl.db", "--section", "/lich-cong-tac",
              "--set", "WARDCRAWLER_FAMILY_REFUSALS=6")  # fmt: skip
    assert len(asked(site, r"^/lich\?")) == 6


def test_so_many_pages_of_a_listing_are_turned_as_a_run_may(tmp_path: Path) -> None:
    def endless_news(path: str) -> str | None:
        number = int(re.sub(r"\D", "", path) or 1)
        if path.startswith("/tin-tuc"):
            listed = [(f"Tin số {n} trong xã", f"/bai.aspx?id={n}", "12/05/2023")
                      for n in range(100 * number, 100 * number + 4)]  # fmt: skip
            return page(entries(listed) + f"<p><a href='/tin-tuc?page={number + 1}'>Tiếp theo</a></p>")
        title = f"Tin số {number} trong xã"
        return page(article(title, "12/05/2023", title)) if path.startswith("/bai") else page("")

    with WrittenSite(endless_news) as site:
        crawl(site, tmp_path / "crawl.db", "--section", "/tin-tuc", "--set", "WARDCRAWLER_FAMILY_MOST=7")
    assert len(asked(site, r"^/tin-tuc\?page=")) == 7


# --- the counts ------------------------------------------------------------------------------------


def families(*, most: int = 2000, refusals: int = 30) -> Families:
    return Families(most=most, refusals=refusals)


def links(*keys: str) -> list[ArticleLink]:
    return [ArticleLink(f"{H}/{key}", key) for key in keys]


def turned(counts: Families, numbers: range) -> list[int]:
    """Turn the pages of a listing as long as that may be; return the numbers of those that were."""
    found = []
    for number in numbers:
        if not counts.may_turn_to(f"{H}/tin-tuc?page={number}"):
            break
        counts.listed(f"{H}/tin-tuc?page={number}")
        found.append(number)
    return found


def test_pages_of_a_family_have_a_most() -> None:
    counts = families(most=10)
    assert turned(counts, range(2, 20)) == list(range(2, 12))
    assert not counts.may_turn_to(f"{H}/tin-tuc?page=12")
    assert counts.may_turn_to(f"{H}/thong-bao?page=12")


def test_no_bound_is_a_bound_of_zero() -> None:
    counts = families(most=0, refusals=0)
    assert len(turned(counts, range(2, 3000))) == 2998
    for number in range(200):
        counts.read(f"{H}/lich?ngay={number}", refusal("listing"))
    assert len(counts.worth_reading(links("lich?ngay=201"), ())) == 1


def refusal(reason: str) -> Refusal:
    return Refusal("k", f"{H}/lich", None, reason, "")


DAYS = [f"lich?ngay={number}" for number in range(100)]


def test_pages_that_are_no_articles_end_their_family() -> None:
    counts = families()
    for number, reason in zip(
        range(30), ("listing", "no-title", "no-body", "unrecognised", "listing") * 6, strict=True
    ):
        assert counts.worth_reading(links(*DAYS, "bai?id=1"), ()) == links(*DAYS, "bai?id=1")
        counts.read(f"{H}/{DAYS[number]}", refusal(reason))
    assert counts.worth_reading(links(*DAYS, "bai?id=1"), ()) == links("bai?id=1")


@pytest.mark.parametrize("stored", ["this-run", "unchanged", "earlier-run"])
def test_a_family_with_an_article_is_not_bound(stored: str) -> None:
    counts = families()
    if stored == "this-run":
        counts.read(f"{H}/{DAYS[7]}", Article(f"{H}/{DAYS[7]}", "k", "generic", "", "", ""))
    elif stored == "unchanged":
        counts.read(f"{H}/{DAYS[7]}", Unchanged("k", f"{H}/{DAYS[7]}"))
    for number in range(50):
        counts.read(f"{H}/{DAYS[number]}", refusal("no-body"))
    known = {DAYS[7]} if stored == "earlier-run" else set()
    assert counts.worth_reading(links(*DAYS), known) == links(*DAYS)


@pytest.mark.parametrize("reason", ["http-404", "document", "challenge", "timeout", "parser-error"])
def test_other_refusals_say_nothing_of_a_family(reason: str) -> None:
    counts = families()
    for day in DAYS:
        counts.read(f"{H}/{day}", refusal(reason))
    assert counts.worth_reading(links(*DAYS), ()) == links(*DAYS)


def test_what_is_left_out_is_said_once_with_the_setting_that_gets_it() -> None:
    counts = families(most=5)
    turned(counts, range(1, 6))
    pages = [f"{H}/tin-tuc?page={number}" for number in (6, 7)]
    assert not any(counts.may_turn_to(address) for address in (*pages, *pages))
    left_out = list(counts.left_out())
    assert [(item.url, item.reason) for item in left_out] == [(address, BOUND) for address in pages]
    assert all("WARDCRAWLER_FAMILY_MOST=50" in item.words for item in left_out)
    assert list(counts.left_out()) == []
