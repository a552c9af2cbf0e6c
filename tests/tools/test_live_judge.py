"""The judge of ``make live`` notices every fault there is: one that cannot fail would be worth nothing."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.databases import new_database
from tests.support.records import WARD, make_article
from tools.live.crawl import Crawled, stored
from tools.live.judge import Post, Stored, Verdict, address_key, judge
from wardcrawler.items import Article
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.tables.sites import save_site
from wardcrawler.store.writer import Writer

HOME = f"https://{WARD}.example.vn"
NOON = "2023-06-24T12:05:00+07:00"


def post(number: int, kind: str = "public") -> Post:
    """A post that stands at ``/tin/<number>/`` and ``/?p=<number>``."""
    return Post(number, kind, (f"{HOME}/tin/{number}/", f"{HOME}/?p={number}"), f"Tin số {number}", NOON)


def article(number: int, **fields: str | None) -> Article:
    """What a crawl should store of ``post(number)``; ``fields`` are what it makes of it instead."""
    given = {"url": f"{HOME}/tin/{number}/", "title": f"Tin số {number}", "published_at": NOON} | fields
    return make_article(f"{number}{given['url']}", body=f"Nội dung thứ {number}.", **given)


TRUTH = (post(1), post(2), post(3), *(post(10 + at, kind) for at, kind in enumerate(("draft", "page"))))
ALL = [article(number) for number in (1, 2, 3)]

Judged = Callable[[Iterable[Article]], Verdict]


@pytest.fixture
def judged(tmp_path: Path) -> Judged:
    """Stores articles in a database as a crawl does, and judges it."""

    def judge_(articles: Iterable[Article]) -> Verdict:
        path = new_database(tmp_path / "crawled.db")
        db = open_database(path)
        save_site(
            db, name=WARD, title="UBND Phường 9", level="ward", province="hcm", unit_code=None,
            unit_valid_from=None, base_url=HOME, platform="wordpress", status="unverified", successor=None,
        )  # fmt: skip
        writer = Writer(db, WARD)
        for each in articles:
            writer.put(each)
        writer.close()
        db.close()
        return judge(TRUTH, stored(path))

    return judge_


def test_a_crawl_that_stored_all_and_nothing_else_has_no_fault(judged: Judged) -> None:
    verdict = judged(ALL)
    assert (verdict.found, verdict.expected) == (3, 3)
    assert verdict.faults == {}


def test_a_post_that_was_not_found_is_missing(judged: Judged) -> None:
    verdict = judged(ALL[1:])
    assert (verdict.found, verdict.expected) == (2, 3)
    assert verdict.faults == {"missing": [f"{HOME}/tin/1/"]}


def test_a_draft_that_was_stored_is_a_fault_and_is_called_one(judged: Judged) -> None:
    assert judged([*ALL, article(10)]).faults == {"not public": [f"{HOME}/tin/10/ (draft)"]}


def test_so_is_a_static_page(judged: Judged) -> None:
    assert judged([*ALL, article(11)]).faults == {"not public": [f"{HOME}/tin/11/ (page)"]}


def test_so_is_what_is_no_address_of_a_post_such_as_its_second_page(judged: Judged) -> None:
    second_page = article(2, url=f"{HOME}/tin/2/2/")
    assert list(judged([*ALL, second_page]).faults) == ["not public"]


def test_a_post_stored_at_two_of_its_addresses_is_stored_twice(judged: Judged) -> None:
    verdict = judged([*ALL, article(2, url=f"{HOME}/?p=2")])
    assert verdict.found == 3
    assert verdict.faults.keys() == {"twice"}


def test_another_address_of_the_post_is_as_good(judged: Judged) -> None:
    assert judged([*ALL[:2], article(3, url=f"{HOME}/?p=3")]).faults == {}


@pytest.mark.parametrize(
    "date",
    [
        pytest.param("2023-06-24T12:06:00+07:00", id="another-minute"),
        pytest.param("2023-06-24T12:05:00+00:00", id="another-zone"),
        pytest.param("2023-06-24T00:00:00+07:00", id="only-the-day"),
        pytest.param(None, id="none"),
    ],
)
def test_another_date_is_wrong(judged: Judged, date: str | None) -> None:
    verdict = judged([*ALL[:2], article(3, published_at=date)])
    assert list(verdict.faults) == ["date"]
    assert str(date) in verdict.dates[0]


def test_seconds_that_no_page_prints_are_not_asked_for(judged: Judged) -> None:
    assert judged([*ALL[:2], article(3, published_at="2023-06-24T05:05:47+00:00")]).faults == {}


def test_another_title_is_wrong(judged: Judged) -> None:
    assert list(judged([*ALL[:2], article(3, title="Tin số 3 – UBND Phường 9")]).faults) == ["title"]


def test_the_text_of_all_pages_of_a_post_must_be_there() -> None:
    paged = post(1)._replace(pages=("Sáng nay, xã họp", "Mỗi ấp cử"))
    whole = Stored(paged.urls[0], paged.title, NOON, "Sáng nay, xã họp dân.\nMỗi ấp cử hai người.")
    assert judge([paged], [whole]).faults == {}
    first = whole._replace(body="Sáng nay, xã họp dân.")
    assert judge([paged], [first]).faults == {"pages": [f"{paged.urls[0]} lacks some of its 2 pages"]}


def test_a_crawl_without_a_database_has_found_nothing(tmp_path: Path) -> None:
    assert judge(TRUTH, stored(tmp_path / "none.db")).found == 0


def test_without_a_public_post_there_is_nothing_to_judge_by() -> None:
    with pytest.raises(ValueError, match="no public post"):
        judge([post(1, "draft")], [])


def test_an_exit_code_is_a_fault_even_where_all_was_found(judged: Judged) -> None:
    well = Crawled(0, "", 5, judged(ALL))
    assert well.is_well
    assert well._replace(exit_code=3, said="a\nstalled").faults == {"exit code 3": ["stalled"]}
    assert not Crawled(0, "", 5, replace(well.verdict, twice=["x"])).is_well


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://127.0.0.1:80/tin/", "http://127.0.0.1:81/tin"),
        ("/cong/?p=3", "/cong/index.php?p=3"),
        ("/k%E1%BA%BF-ho%E1%BA%A1ch/", "/kế-hoạch/"),
        ("/?a=1&b=2", "/?b=2&a=1"),
    ],
)
def test_spellings_of_one_address_are_one(one: str, other: str) -> None:
    assert address_key(one) == address_key(other)


def test_the_number_of_a_post_tells_addresses_apart() -> None:
    assert address_key("/?p=3") != address_key("/?p=4")
