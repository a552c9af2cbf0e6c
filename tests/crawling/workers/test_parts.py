"""What passes between a worker and its parent: descriptions, messages, the running portal, how it ended."""

import json
import os
import signal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcrawler.api.crawl.settings import crawl_settings
from wardcrawler.api.options import CrawlOptions
from wardcrawler.crawling.portals.adhoc import portal_at
from wardcrawler.crawling.portals.registry import load_portals
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.crawling.workers.limits import OUT_OF_MEMORY, describe_end
from wardcrawler.crawling.workers.messages import (
    MessageReader,
    describe_portal,
    describe_settings,
    encode,
    portal_from,
)
from wardcrawler.crawling.workers.running_portal import RunningPortal


class TanBinh(Portal):
    name = "hcm-tan-binh"
    title = "UBND Quận Tân Bình"
    level = "district"
    base_url = "https://tanbinh.hochiminhcity.gov.vn"


def test_a_class_that_somebody_wrote_is_told_by_where_it_stands() -> None:
    described = describe_portal(TanBinh)
    assert described == {"class": f"{__name__}:TanBinh"}
    assert portal_from(described) is TanBinh


def test_a_registered_row_is_told_by_its_constants() -> None:
    for portal in load_portals()[0].values():
        again = portal_from(json.loads(json.dumps(describe_portal(portal))))
        assert again is not portal
        assert again.__name__ == portal.__name__
        assert again.site_row() == portal.site_row()
        for constant in ("sections", "hosts", "allowed_domains", "tls", "platform", "declared_at"):
            assert getattr(again, constant) == getattr(portal, constant)


@pytest.mark.parametrize("platform", [None, "liferay-hcmc"])
def test_a_portal_of_an_address_is_told_by_its_constants(platform: str | None) -> None:
    portal = portal_at("https://ubnd.example:8443", ["/tin-tức", "thong-bao"], platform)
    told = json.loads(json.dumps(describe_portal(portal)))
    again = portal_from(told)
    assert again is not portal
    assert again.__bases__ == portal.__bases__
    for constant in ("name", "title", "base_url", "sections", "hosts", "is_registered", "level"):
        assert getattr(again, constant) == getattr(portal, constant)


def test_a_class_that_is_more_than_constants_is_refused_by_name() -> None:
    local = type("Local", (TanBinh,), {"parse_listing": lambda self: None})
    with pytest.raises(TypeError, match="Local"):
        describe_portal(local)


def test_only_what_the_command_line_set_is_told(tmp_path: object) -> None:
    options = CrawlOptions(delay=0, settings={"ITEM_PIPELINES": "{}", "RETRY_TIMES": "7"})
    settings = crawl_settings(tmp_path, options)  # type: ignore[arg-type]
    told = describe_settings(settings)
    assert told["DOWNLOAD_DELAY"] == 0
    assert told["RETRY_TIMES"] == "7"
    assert told["ITEM_PIPELINES"] == {}
    assert "USER_AGENT" not in told


@given(st.lists(st.dictionaries(st.text(), st.text() | st.integers() | st.none())), st.integers(1, 9))
def test_messages_arrive_whole_however_they_are_cut(messages: list[dict[str, object]], size: int) -> None:
    sent = b"".join(encode(message) for message in messages)
    reader = MessageReader()
    came = [each for at in range(0, len(sent), size) for each in reader.feed(sent[at : at + size])]
    assert came == messages


def test_the_running_portal_is_read_where_it_was_not_written() -> None:
    here = RunningPortal()
    there = RunningPortal(os.dup(here.descriptor))
    assert there.read() is None
    here.set("hcm-phường-9")
    assert there.read() == "hcm-phường-9"
    here.set("x" * 10_000)
    assert (there.read() or "").startswith("xxx")
    here.clear()
    assert there.read() is None
    here.close()
    there.close()


@pytest.mark.parametrize(
    ("status", "was_silent", "words"),
    [
        (-signal.SIGKILL, True, "hangs: its worker gave no sign of life for 120 s"),
        (-signal.SIGALRM, False, "hangs"),
        (-signal.SIGSEGV, False, "crashes: its worker was ended by SIGSEGV"),
        (3, False, "crashes: its worker ended with status 3"),
        (OUT_OF_MEMORY, False, "asks for more memory than a worker may have (2048 MiB)"),
    ],
)
def test_a_death_is_told_in_words(status: int, was_silent: bool, words: str) -> None:
    assert words in describe_end(status, was_silent=was_silent, silence=120, mib=2048)
