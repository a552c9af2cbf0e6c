"""``show``: one article with its places, its edits and its near relatives, and what differs."""

import json
import re
import subprocess
import sys
from contextlib import closing

import pytest

from tests.support.command import Run
from tests.support.databases import new_database
from tests.support.terminal import run_on_a_terminal
from wardcrawler.items import Article
from wardcrawler.pipelines.fingerprint import set_hash
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.tables.similar import link_new_articles
from wardcrawler.store.tables.sites import save_site
from wardcrawler.store.writer import Writer

WARD, DISTRICT = "hcm-phuong-9", "hcm-tan-binh"
PIECE = (
    "Sáng ngày 23/6, quận khai trương phiên chợ nghĩa tình với 45 gian hàng, phục vụ bà con lao động nghèo "
    "trên địa bàn.\nMỗi phần quà trị giá 350.000 đồng gồm gạo, dầu ăn và sữa, do tiểu thương đóng góp."
)
ADDED = "Phường 9 trân trọng giới thiệu cùng bà con."
_ESCAPES = re.compile(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Article 1 of the district, edited to 2; 3 is what a ward made of 2; 4 means harm."""
    path = tmp_path_factory.mktemp("show") / "show.db"
    with closing(open_database(new_database(path))) as database:
        for site in (WARD, DISTRICT):
            save_site(
                database, name=site, title=None, level=None, province=None, unit_code=None,
                unit_valid_from=None, base_url=f"https://{site}.example", platform=None, status=None,
                successor=None,
            )  # fmt: skip
        for site, key, body in (
            (DISTRICT, "cho", PIECE),
            (DISTRICT, "cho", PIECE.replace("45 gian hàng", "54 gian hàng")),
            (WARD, "cho-dang-lai", f"{PIECE.replace('45 gian hàng', '54 gian hàng')}\n{ADDED}"),
            (WARD, "xau", "\x1b]0;tên cửa sổ\x07\x1b[2Jxoá màn hình\u202e ngược"),
        ):
            article = Article(
                url=f"https://{site}.example/-/{key}", key=key, platform="liferay", site=site,
                title="Phiên chợ nghĩa tình" if key != "xau" else "\x1b[31mTiêu đề", body=body,
                html=f"<p>{body}</p>",
            )  # fmt: skip
            if key == "cho-dang-lai":
                article.extraction = "structure"
            if site == DISTRICT:
                article.published_at, article.date_precision = "2024-03-12T00:00:00+07:00", "day"
                article.date_source = "node"
            set_hash(article)
            writer = Writer(database, site)
            writer.put(article)
            writer.close()
        link_new_articles(database)
    return str(path)


def test_a_day_is_printed_without_a_clock(wardcrawler: Run, db: str) -> None:
    shown = wardcrawler("show", "2", "--db", db).stdout
    assert "published 2024-03-12\n" in shown
    found = wardcrawler("search", "phiên chợ", "--db", db).stdout
    assert "\t2024-03-12\t" in found
    assert "T00:00" not in shown + found
    places = json.loads(wardcrawler("show", "2", "--db", db, "--json").stdout)["pages"]
    assert [place["date_precision"] for place in places] == ["day"]


def test_a_text_that_was_read_by_the_structure_of_its_page_says_so(wardcrawler: Run, db: str) -> None:
    shown = wardcrawler("show", "3", "--db", db).stdout
    assert "/-/cho-dang-lai\n    read by the structure of the page\n" in shown
    assert "read by" not in wardcrawler("show", "2", "--db", db).stdout
    told = [json.loads(wardcrawler("show", each, "--db", db, "--json").stdout)["pages"] for each in "32"]
    assert [place["extraction"] for (place,) in told] == ["structure", "platform"]


def test_an_edit_is_told_with_the_words_that_changed(wardcrawler: Run, db: str) -> None:
    shown = wardcrawler("show", "2", "--db", db).stdout
    (_, edit) = shown.split("\nEdited\n")
    assert f"article 1 became 2 at {DISTRICT}\n" in edit
    assert "phiên chợ nghĩa tình với [-45-] {+54+} gian hàng, phục vụ" in edit


def test_a_near_relative_is_told_with_its_place_and_what_differs(wardcrawler: Run, db: str) -> None:
    shown = wardcrawler("show", "2", "--db", db).stdout
    (_, relatives) = shown.split("\nNearly the same\n")
    likeness, title, place, difference = relatives.rstrip().split("\n")
    assert re.fullmatch(r"  article 3: \d\d% alike, the same figures", likeness)
    assert (title, place) == (
        "    Phiên chợ nghĩa tình", f"    {WARD}  https://{WARD}.example/-/cho-dang-lai"
    )  # fmt: skip
    assert difference.endswith(f"do tiểu thương đóng góp. {{+{ADDED}+}}")


def test_an_earlier_text_is_no_relative_of_its_successor(wardcrawler: Run, db: str) -> None:
    article = json.loads(wardcrawler("show", "2", "--db", db, "--json").stdout)
    assert [edit["article_id"] for edit in article["revisions"]] == [1]
    assert [other["id"] for other in article["similar"]] == [3]


def test_json_names_relatives_with_place_and_similarity(wardcrawler: Run, db: str) -> None:
    (relative, earlier) = json.loads(wardcrawler("show", "3", "--db", db, "--json").stdout)["similar"]
    assert relative["title"] == "Phiên chợ nghĩa tình"
    assert (relative["id"], relative["site"], relative["url"]) == (
        2, DISTRICT, f"https://{DISTRICT}.example/-/cho"
    )  # fmt: skip
    assert 0.6 <= earlier["similarity"] < relative["similarity"] < 1
    assert (relative["figures"], earlier["id"], earlier["url"]) == (1, 1, None)


@pytest.mark.parametrize("columns", [40, 80])
def test_a_terminal_gets_lines_that_fit_with_whole_words(db: str, columns: int) -> None:
    lines = _ESCAPES.sub("", run_on_a_terminal("show", "2", "--db", db, columns=columns).stdout).split("\n")
    assert max(map(len, lines)) <= columns
    assert not any(line.endswith(" ") for line in lines)
    assert " ".join(" ".join(lines).split()).count("phục vụ bà con lao động nghèo trên địa bàn.") == 1


def test_a_terminal_gets_colours_and_links(db: str) -> None:
    shown = run_on_a_terminal("show", "2", "--db", db).stdout
    assert f";https://{DISTRICT}.example/-/cho\x1b\\" in shown
    assert "\x1b[9;31m45\x1b[0m \x1b[32m54\x1b[0m gian hàng" in shown
    assert "[-45-]" not in shown


def test_who_declines_colours_gets_marks(db: str) -> None:
    shown = run_on_a_terminal("show", "2", "--db", db, NO_COLOR="1").stdout
    assert "[-45-] {+54+}" in _ESCAPES.sub("", shown)
    assert "\x1b[9;31m" not in shown


def test_a_page_cannot_steer_the_terminal(wardcrawler: Run, db: str) -> None:
    for way in (wardcrawler, run_on_a_terminal):
        shown = way("show", "4", "--db", db).stdout
        assert "xoá màn hình ngược" in shown
        for steering in ("\x1b[2J", "\x1b]0;", "\x07", "\u202e", "\x1b[31m"):
            assert steering not in shown


@pytest.mark.parametrize("article_id", ["5", "0", "99999999999999999999"])
def test_an_id_that_does_not_exist_is_one_line(wardcrawler: Run, db: str, article_id: str) -> None:
    done = wardcrawler("show", article_id, "--db", db)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"wardcrawler: no article has the id {article_id} in {db}; 'wardcrawler search' shows ids\n"
    )


def test_a_pipe_that_closes_is_no_error(db: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m wardcrawler show 2 --db '{db}' | head -n 1"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("Phiên chợ nghĩa tình\n", "")
