"""Saved pages of every platform, read as expected, down to the last field."""

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.portals import refresh
from tests.support.saved_pages import FOLDER, as_text, pages, read, stored
from wardcrawler.platforms.registry import PLATFORMS


@pytest.mark.parametrize("page", pages(), ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_saved_page(page: Path) -> None:
    if stored(page)["platform"] == "generic":
        pytest.importorskip("trafilatura")
    assert read(page) == stored(page)


def test_every_page_has_its_expectation_and_every_expectation_its_page() -> None:
    assert len(pages()) >= 11
    assert {page.with_suffix("") for page in pages()} == {
        path.with_suffix("") for path in FOLDER.glob("*/*.json")
    }


def test_every_platform_has_three_pages_of_articles_and_more() -> None:
    articles = Counter(stored(page)["platform"] for page in pages() if "article" in stored(page))
    assert {name: articles[name] for name in PLATFORMS if articles[name] < 3} == {}


SEED = stored(FOLDER / "liferay" / "hcmc-1.html")
SEED_TITLE = "Phường 9: Hội nghị giao ban chuyên đề Quý II và sơ kết công tác 6 tháng đầu năm 2023"


def test_the_ward_meeting_page_is_full_of_junk() -> None:
    raw = (FOLDER / "liferay" / "hcmc-1.html").read_text("utf-8")
    assert raw.count(">Zalo<") == 25
    for junk in (">null<", "Xuất bản thông tin", "UBND Chi tiết bài viết"):
        assert junk in raw


def test_the_ward_meeting_record_has_none_of_it() -> None:
    record = json.dumps(SEED["article"], ensure_ascii=False)
    for junk in (
        "Zalo",
        "Xuất bản thông tin",
        "UBND Chi tiết bài viết",
        '"null',
        "null ",
        "class=",
        "style=",
    ):
        assert junk not in record
    assert SEED["article"]["title"] == SEED_TITLE
    assert SEED["article"]["dates"] == []


def test_the_ward_meeting_text_is_whole_and_spelled_as_printed() -> None:
    body = SEED["article"]["body"]
    assert body[0].startswith("Ngày 23/6, Phường 9 tổ chức Hội nghị giao ban")
    assert body[-1].endswith("thống nhất đất nước.")
    assert len(body) == 8
    text = "\n".join(body)
    assert (text.count("uỷ"), text.count("ủy"), text.count("\u00d0")) == (6, 4, 1)
    assert SEED_TITLE not in text


def test_refresh_shows_a_difference_and_writes_it_only_when_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original = FOLDER / "liferay" / "hook-1.html"
    page = tmp_path / "hook-1.html"
    page.write_bytes(original.read_bytes().replace(b"1.126", b"1.127"))
    expectation = page.with_suffix(".json")
    expectation.write_bytes(original.with_suffix(".json").read_bytes())
    before = expectation.read_text("utf-8")

    assert refresh.main([str(page)]) == 1
    shown = capsys.readouterr().out
    assert "-" in shown
    assert any(line.startswith("+") and "1.127" in line for line in shown.splitlines())
    assert expectation.read_text("utf-8") == before

    assert refresh.main([str(expectation), "--accept"]) == 0
    assert expectation.read_text("utf-8") == before.replace("1.126", "1.127")
    assert refresh.main([str(page)]) == 0
    assert as_text(stored(page)) == expectation.read_text("utf-8")
