"""``wardcrawler parse``: one saved page to one record, through the same steps as a crawl."""

import json
from pathlib import Path

import pytest

from tests.support.command import Run
from tests.support.paged_portals import page_links, post
from tests.support.seed_page import PAGES, URL, seed_page
from tests.support.unknown_pages import needs_library

COLUMNS = {
    "title", "lead", "body", "html", "author", "source", "published_at", "date_precision", "date_source",
    "content_hash", "url", "key", "category", "attachments", "images", "platform", "extraction",
}  # fmt: skip


@pytest.mark.parametrize("platform", [[], ["--platform", "liferay-hcmc"]])
def test_the_seed_page_comes_out_perfect(wardcrawler: Run, platform: list[str]) -> None:
    done = wardcrawler("parse", str(seed_page()), "--url", URL, *platform)
    assert (done.returncode, done.stderr) == (0, "")
    record = json.loads(done.stdout)
    assert set(record) >= COLUMNS
    assert record["title"] == (
        "Phường 9: Hội nghị giao ban chuyên đề Quý II và sơ kết công tác 6 tháng đầu năm 2023"
    )
    lines = record["body"].split("\n")
    assert len(lines) == 8
    assert lines[0].startswith(
        "Ngày 23/6, Phường 9 tổ chức Hội nghị giao ban chuyên đề Quý II về “Công tác dân vận"
    )
    assert lines[-1].endswith("thống nhất đất nước.")
    assert record["body"].count("uỷ") == 6
    assert "chủ trương của Ðảng" in record["body"]
    assert (record["published_at"], record["date_source"]) == (None, "none")
    assert record["extraction"] == "platform"
    for junk in ("null", "Zalo", "Xuất bản thông tin", "UBND Chi tiết bài viết"):
        assert junk not in "\n".join(str(value) for value in record.values() if value is not None)


OWN_THEME = """
<html lang="vi"><head><title>Xã Bến Đò tập huấn phòng cháy</title>
<meta name="generator" content="NukeViet v4.6"></head><body><nav><a href="/">Trang chủ</a></nav>
<div class="khung-bai"><h2 class="tieu-de">Xã Bến Đò tập huấn phòng cháy</h2>
<p class="ngay">Ngày đăng: 05/03/2024 08:15</p><div class="noi-dung">
<p>Sáng nay, xã Bến Đò mở lớp tập huấn phòng cháy cho hơn một trăm hộ dân sống dọc bờ kênh của ấp Ba.</p>
<p>Cán bộ công an huyện hướng dẫn bà con cách dùng bình chữa cháy và cách ra khỏi nhà khi có khói dày.</p>
<p>Cuối buổi, mỗi ấp nhận hai bình chữa cháy mới và cử một tổ trực ban đêm trong suốt mùa khô năm nay.</p>
</div></div></body></html>
"""
"""A page of NukeViet without a name that its themes give to titles and texts."""


@needs_library
@pytest.mark.parametrize(("platform", "named"), [("nukeviet", []), ("generic", ["--platform", "generic"])])
def test_a_page_that_no_selector_finds_the_text_of_says_that_its_structure_did(
    wardcrawler: Run, platform: str, named: list[str]
) -> None:
    address = "https://xa.example/tin/tap-huan-12.html"
    record = json.loads(wardcrawler("parse", "-", "--url", address, *named, input=OWN_THEME).stdout)
    assert (record["platform"], record["extraction"]) == (platform, "structure")
    assert len(record["body"].splitlines()) == 3


def test_json_that_a_page_is_filled_with_is_read_by_its_platform(wardcrawler: Run) -> None:
    page = PAGES.parent / "dnn" / "cmsview-1.html"
    address = "https://congan9.example/DesktopModules/cmsview/api/NewsContent/getbyid?id=90112"
    done = wardcrawler("parse", str(page), "--url", address, "--platform", "dnn-cmsview")
    record = json.loads(done.stdout)
    assert record["url"] == "https://congan9.example/tin-tuc/canh-bao-gia-danh-can-bo-90112"
    assert (record["published_at"], record["date_source"]) == ("2026-01-19T08:50:00+07:00", "node")
    assert (
        wardcrawler("parse", str(page), "--url", address).returncode == 2
    )  # nothing in it tells the platform


def test_a_page_on_standard_input(wardcrawler: Run) -> None:
    done = wardcrawler("parse", "-", "--url", URL, input=seed_page().read_text(encoding="utf-8"))
    assert json.loads(done.stdout)["platform"] == "liferay-hcmc"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("", "empty"),
        ("%PDF-1.7 …", "not-html"),
        ("chỉ có chữ", "not-html"),
        ("<html><script>document.cookie='D1N=1';location.reload()</script></html>", "challenge"),
        ("<html><title>Request Rejected</title>The requested URL was rejected.</html>", "blocked"),
        ("<html><body><h1>Xin chào</h1><p>" + "một trang lạ " * 60 + "</p></body></html>", "unrecognised"),
    ],
)
def test_a_page_without_an_article_is_refused_with_the_reason(
    wardcrawler: Run, tmp_path: Path, page: str, reason: str
) -> None:
    file = tmp_path / "page.html"
    file.write_text(page, encoding="utf-8")
    done = wardcrawler("parse", str(file), "--url", URL)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{file} holds no article: {reason}: " in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_listing_is_no_article(wardcrawler: Run) -> None:
    done = wardcrawler(
        "parse",
        str(PAGES / "hcmc-listing.html"),
        "--url",
        "https://phuong9.example.gov.vn/web/phuong9/tin-tuc",
    )
    assert done.returncode == 2
    assert "holds no article: listing: " in done.stderr


def test_wrong_input_is_named(wardcrawler: Run, tmp_path: Path) -> None:
    assert "no-such.html" in wardcrawler("parse", "no-such.html", "--url", URL).stderr
    assert "not an http" in wardcrawler("parse", str(seed_page()), "--url", "ward9").stderr
    assert (
        "geocities" in wardcrawler("parse", str(seed_page()), "--url", URL, "--platform", "geocities").stderr
    )


def test_one_page_of_several_says_so(wardcrawler: Run, tmp_path: Path) -> None:
    saved = tmp_path / "trang-2.html"
    saved.write_text(post("Kế hoạch nạo vét kênh", "Mỗi ấp cử hai mươi người.", page_links(2, {
        1: "/ke-hoach/", 2: "/ke-hoach/2/", 3: "/ke-hoach/3/",
    })))  # fmt: skip
    done = wardcrawler("parse", str(saved), "--url", "https://xa.example/ke-hoach/2/")
    assert done.returncode == 0
    assert done.stderr == f"wardcrawler: {saved} is page 2 of 3: the record lacks the text of the others\n"
    record = json.loads(done.stdout)
    assert (record["body"], record["key"]) == ("Mỗi ấp cử hai mươi người.", "ke-hoach")
    assert (record["page"], record["first_page"]) == (2, "https://xa.example/ke-hoach/")
    assert record["missing_pages"] == {"3": "https://xa.example/ke-hoach/3/"}


def test_a_saved_page_is_not_dated_by_the_minute_it_is_read(wardcrawler: Run) -> None:
    page = (
        '<html><head><meta name="generator" content="NukeViet v4.6"></head><body><div class="news_column">'
        '<h1 class="title">Hẻm 12 được trải nhựa</h1><span class="h5">5 giờ trước</span>'
        '<div id="news-bodyhtml"><p>Con hẻm nối khu phố Ba với chợ đã được trải nhựa.</p></div></div></body>'
    )
    outcome = wardcrawler(
        "parse", "-", "--url", "https://xa.example/tin/hem-12.html", "--platform", "nukeviet", input=page
    )
    record = json.loads(outcome.stdout)
    assert record["published_at"] is None
    assert record["date_reason"] == "counted from when the page was taken, which is not known: '5 giờ trước'"
