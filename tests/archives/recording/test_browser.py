"""An archived portal in a real browser, by pywb, while the portal itself is switched off."""

import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest

from tests.archives.judges import judge, replaying
from tests.support.command import run
from tests.support.crawls import sections_of
from wardcrawler.archives.warc.captures import captures
from wardcrawler.replica import Replica

CHROMIUM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
    "--window-size=1000,1600", "--virtual-time-budget=10000",
)  # fmt: skip


def browser() -> str:
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("chromium is not installed")
    return found


def preserved(folder: Path) -> tuple[Path, str]:
    """The archive of a replica portal that is off by now, and its address."""
    with Replica() as replica:
        address = replica.address("phuong-9")
        run(
            "archive", "--url", address, *sections_of("phuong-9"), "--delay", "0",
            "--db", folder / "a.db", "--archive", folder / "a.wacz", check=True,
        )  # fmt: skip
    return folder / "a.wacz", address


def test_an_archived_article_is_shown_with_its_style_and_picture(tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    chromium = browser()
    judge("pywb")
    wacz, address = preserved(tmp_path)
    pages = {capture.url: capture.body or b"" for capture in captures([wacz]) if capture.status == 200}
    url, picture = next(
        (url, address + found[1].decode().replace("&amp;", "&"))
        for url, body in pages.items()
        if "/-/" in url and (found := re.search(rb'<img[^>]*src="(/documents/[^"]*anh-[^"]+)"', body))
    )
    (tmp_path / "picture.png").write_bytes(pages[picture])
    original = image.open(tmp_path / "picture.png").convert("RGB")
    shades = {bytes(original.getpixel((0, y))) for y in range(original.height)}
    with replaying(tmp_path, wacz) as port:
        shown = f"http://127.0.0.1:{port}/a/{url}"
        command = [chromium, *CHROMIUM, f"--user-data-dir={tmp_path / 'profile'}"]
        dom = subprocess.run([*command, "--dump-dom", shown], capture_output=True, check=True)
        subprocess.run(
            [*command, f"--screenshot={tmp_path / 'shown.png'}", shown], check=True, capture_output=True
        )
    with closing(sqlite3.connect(tmp_path / "a.db")) as db:
        (title,) = db.execute(
            "SELECT title FROM articles JOIN pages p ON article_id = id AND p.url = ?", [url]
        )
    assert title[0] in unescape(dom.stdout.decode())
    screenshot = image.open(tmp_path / "shown.png").convert("RGB").tobytes()
    # The picture is at least 240 pixels wide and of one shade in each row.
    assert sum(shade * 240 in screenshot for shade in shades) > len(shades) / 3, "the picture is not there"
