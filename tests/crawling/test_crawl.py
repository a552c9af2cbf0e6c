"""A crawl of the replica portals: what is stored, what is refused, what is never asked for."""

import json
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.support.command import environment, run_python
from tests.support.crawls import BY_NAME, Crawled, Crawls
from wardcrawler.replica.expected import expected, expected_pages
from wardcrawler.replica.hcmc.traps import NEVER
from wardcrawler.replica.portals import NEWS, NOTICES
from wardcrawler.store.database.lock import RunLock
from wardcrawler.text.dates import ICT

PORTAL_NAMES = tuple(BY_NAME)


def test_three_portals_give_exactly_the_articles_they_publish(crawled: Crawled) -> None:
    for name, result in crawled.results.items():
        assert (result["outcome"], result["exit_code"]) == ("ok", 0)
        assert result["pages"] == expected(name).pages
        assert result["refused"] == dict(expected(name).refused)
    assert crawled.crawls.rows("SELECT count(*) FROM articles") == [(expected().articles,)]
    assert crawled.crawls.rows("SELECT count(*) FROM pages WHERE article_id IS NOT NULL") == [
        (expected().pages,)
    ]


@pytest.mark.parametrize("name", PORTAL_NAMES)
def test_addresses_and_dates_are_those_printed(crawled: Crawled, name: str) -> None:
    site = urlsplit(crawled.crawls.replica.address(name)).netloc
    stored = {
        urlsplit(url).path: published
        for url, published in crawled.crawls.rows(
            "SELECT url, page_published_at FROM records WHERE site = ?", site
        )
    }
    assert stored == {page.path: page.published for page in expected_pages(name)}


@pytest.mark.parametrize("name", PORTAL_NAMES)
def test_nothing_forbidden_or_endless_is_asked_for(crawled: Crawled, name: str) -> None:
    asked = crawled.asked[name]
    assert not [path for path in asked if any(part in path for part in NEVER)]
    assert asked["/robots.txt"] == 1
    again = {path: count for path, count in asked.items() if count > 1}
    assert len(again) <= 3, (
        "only a page that answered 500 and the two ends of a redirect loop are asked for again"
    )
    assert max(again.values(), default=1) <= 3


def test_one_text_on_two_portals_is_one_article_at_two_addresses(crawled: Crawled) -> None:
    shared = crawled.crawls.rows("SELECT count(*) FROM records GROUP BY id HAVING count(*) > 1")
    assert shared == [(2,), (2,), (2,)]  # word for word, in NFD, in the other tone placement


def test_reports_from_one_template_with_other_figures_stay_two(crawled: Crawled) -> None:
    same_title = crawled.crawls.rows(
        "SELECT count(DISTINCT id) FROM records GROUP BY title "
        "HAVING count(DISTINCT site) > 1 AND count(DISTINCT id) > 1"
    )
    assert same_title == [(2,)]


def test_the_second_run_asks_for_one_listing_page_a_section_and_what_was_kept(crawled_before: Crawls) -> None:
    crawls = crawled_before
    result = crawls.crawl("phuong-9")
    assert (result["outcome"], result["new"], result["changed"]) == ("unchanged", 0, 0)
    asked = crawls.replica.requests("phuong-9")
    listings = [path for path in asked if "/-/" not in path and path != "/robots.txt"]
    assert sorted(listings) == sorted(BY_NAME["phuong-9"].sections.values())
    assert len([path for path in asked if "/-/" in path]) <= result["errors"] + 1


def test_a_new_article_is_found_and_the_known_ones_are_left_alone(crawled_before: Crawls) -> None:
    crawls = crawled_before
    path = crawls.replica.publish(
        "phuong-9", NEWS, "Phường 9 khai mạc hội thao", "Sáng nay, phường khai mạc hội thao."
    )
    crawls.replica.reset()
    result = crawls.crawl("phuong-9")
    assert (result["outcome"], result["new"]) == ("ok", 1)
    assert crawls.replica.requests("phuong-9")[path] == 1
    assert crawls.rows("SELECT body FROM articles WHERE title = 'Phường 9 khai mạc hội thao'") == [
        ("Sáng nay, phường khai mạc hội thao.",)
    ]


def test_a_full_crawl_finds_an_edited_article_and_keeps_its_earlier_text(crawls: Crawls) -> None:
    path = crawls.replica.publish("phuong-9", NOTICES, "Lịch tiếp công dân", "Tiếp dân ngày 10.")
    crawls.crawl("phuong-9")
    crawls.replica.edit("phuong-9", path, "Tiếp dân ngày 12.")
    result = crawls.crawl("phuong-9", "--full")
    assert (result["new"], result["changed"]) == (0, 1)
    assert result["unchanged"] == expected("phuong-9").pages
    assert crawls.rows(
        "SELECT old.body, new.body FROM revisions r JOIN articles old ON old.id = r.article_id "
        "JOIN articles new ON new.id = r.replaced_by"
    ) == [("Tiếp dân ngày 10.", "Tiếp dân ngày 12.")]


def test_a_page_that_could_not_be_had_is_asked_again_and_stored_when_it_comes(crawls: Crawls) -> None:
    path = crawls.replica.publish("phuong-9", NEWS, "Tin đang sửa", "Nội dung đã có.")
    crawls.replica.answer("phuong-9", path, status=404)
    assert crawls.crawl("phuong-9")["refused"]["http-404"] == expected("phuong-9").refused["http-404"] + 1
    failure = (
        "SELECT article_id IS NULL, failure, http_status, tries FROM pages WHERE url LIKE '%tin-%ang-sua%'"
    )
    assert crawls.rows(failure) == [(1, "http-404: the server answers 404", 404, 1)]
    crawls.replica.restore()
    crawls.replica.publish("phuong-9", NEWS, "Tin đang sửa", "Nội dung đã có.")
    assert crawls.crawl("phuong-9")["new"] == 1
    assert crawls.rows(failure) == [(0, None, 200, 0)]


def test_limit_stops_and_the_next_run_goes_on(crawls: Crawls) -> None:
    first = crawls.crawl("phuong-9", "--limit", "7")
    assert first["pages"] + sum(first["refused"].values()) == 7
    second = crawls.crawl("phuong-9")
    assert first["new"] + second["new"] == expected("phuong-9").articles


def test_a_period_keeps_what_was_published_in_it_and_what_has_no_date(crawls: Crawls) -> None:
    crawls.crawl("phuong-9", "--since", "2024-01-01", "--until", "2024-03-31")
    days = [day for (day,) in crawls.rows("SELECT substr(published_at, 1, 10) FROM articles")]
    dated = [day for day in days if day]
    assert dated
    assert min(dated) >= "2024-01-01"
    assert max(dated) <= "2024-03-31"
    crawls.crawl("phuong-9")
    assert crawls.rows("SELECT count(*) FROM articles") == [(expected("phuong-9").articles,)]


def test_cron_hears_nothing_when_all_is_well(crawls: Crawls) -> None:
    done = crawls.command(*crawls.arguments("phuong-9"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (crawls.db.parent / "logs" / "crawl.log").stat().st_size > 0


def test_plain_scrapy_crawls_with_the_same_state_and_the_same_rows(crawls: Crawls, tmp_path: Path) -> None:
    spider = tmp_path / "one_portal.py"
    spider.write_text(
        "from wardcrawler.crawling.spider.portal import Portal\n"
        "from wardcrawler.platforms.liferay.stock import HcmcLiferay\n\n\n"
        "class Ward9(Portal):\n"
        "    platform = HcmcLiferay\n"
        "    name = 'hcm-phuong-9'\n"
        "    title = 'UBND Phường 9'\n"
        "    level = 'ward'\n"
        f"    base_url = '{crawls.replica.address('phuong-9')}'\n"
        f"    sections = {BY_NAME['phuong-9'].sections!r}\n",
        encoding="utf-8",
    )
    command = ["-m", "scrapy", "runspider", spider, "-s", f"WARDCRAWLER_DB={crawls.db}",
               "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False"]  # fmt: skip
    settings = environment(SCRAPY_SETTINGS_MODULE="wardcrawler.settings")
    for _ in range(2):
        run_python(*command, env=settings, check=True)
    assert crawls.rows("SELECT site, outcome, new FROM runs ORDER BY id") == [
        ("hcm-phuong-9", "ok", expected("phuong-9").articles),
        ("hcm-phuong-9", "unchanged", 0),
    ]
    assert crawls.rows("SELECT DISTINCT level, province FROM records") == [("ward", "hcm")]
    assert crawls.rows("SELECT DISTINCT tls FROM runs") == [("verified",)]
    last = "SELECT max(id) FROM articles"
    assert crawls.rows("SELECT linked_to FROM similar_state") == crawls.rows(last)
    assert list(crawls.db.parent.glob("*.lock*")) == []
    with RunLock(crawls.db):
        refused = run_python(*command, env=settings)
    assert "is in use by another run" in refused.stderr
    assert crawls.rows("SELECT count(*) FROM runs") == [(2,)]


def test_an_unregistered_portal_is_named_after_its_host_and_its_platform_recognised(crawled: Crawled) -> None:
    sites = {
        (urlsplit(crawled.crawls.replica.address(name)).netloc, portal.variant)
        for name, portal in BY_NAME.items()
    }
    assert set(crawled.crawls.rows("SELECT name, platform FROM sites")) == sites


def test_an_article_that_breaks_a_pipeline_is_kept_for_the_next_run(crawls: Crawls) -> None:
    pipelines = json.dumps(
        {"tests.crawling.broken_pipeline.Broken": 50, "wardcrawler.pipelines.store.Store": 400}
    )
    result = crawls.crawl("phuong-9", "--limit", "3", "--set", f"ITEM_PIPELINES={pipelines}")
    assert result["refused"]["pipeline-error"] == result["errors"] > 0
    assert crawls.rows("SELECT DISTINCT substr(failure, 1, 15) FROM pages") == [("pipeline-error:",)]
    assert crawls.crawl("phuong-9")["new"] == expected("phuong-9").articles


def test_an_undated_article_whose_listing_is_not_at_hand_stays_undated(crawls: Crawls) -> None:
    """What earlier runs could not store is asked for again without the listing that named it."""
    day = datetime(2024, 6, 25, 8, 30, tzinfo=ICT)
    path = crawls.replica.publish("phuong-9", NEWS, "Tin đang sửa", "Nội dung.", published=day)
    other = crawls.replica.publish("phuong-9", NEWS, "Tin không ngày", "Nội dung khác.", published=day)
    page = b'<span class="header-title">%s</span><div class="journal-content-article">%s</div>'
    texts = [words.encode() for words in ("Tin đang sửa", "Nội dung.", "Tin không ngày", "Nội dung khác.")]
    crawls.replica.answer("phuong-9", path, status=404)
    crawls.replica.answer("phuong-9", other, page % (texts[2], texts[3]))
    crawls.crawl("phuong-9")
    crawls.replica.answer("phuong-9", path, page % (texts[0], texts[1]))
    crawls.crawl("phuong-9")
    dated = "SELECT published_at, date_source, date_reason FROM articles WHERE title = ?"
    assert crawls.rows(dated, "Tin không ngày") == [("2024-06-25T00:00:00+07:00", "listing", None)]
    assert crawls.rows(dated, "Tin đang sửa") == [(None, "none", "the page prints no publish date")]
