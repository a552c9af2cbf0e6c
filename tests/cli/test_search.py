"""``wardcrawler search`` and ``reindex``: what people see on a terminal and what scripts read."""

import io
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from tests.support.command import Run
from tests.support.terminal import run_on_a_terminal
from wardcrawler.cli.output.hits import show_hits
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.search.search import Hit

HIT = Hit(
    rank=1,
    exact=True,
    id=17,
    title="Phường 9: Hội nghị giao ban chuyên đề Quý II và sơ kết công tác 6 tháng đầu năm 2023",
    url="https://phuong-9.example.vn/-/" + "hoi-nghi-giao-ban-" * 5,
    site="hcm-phuong-9",
    published_at="2023-06-24T08:37:00+07:00",
    snippet="…Đảng uỷ phường tổ chức hội nghị về công tác dân vận khéo, có 120 đại biểu và người dân dự…",
    title_marks=((0, 6),),
    snippet_marks=((45, 52),),
)


def drawn(*hits: Hit, width: int = 80, limit: int = 20, offset: int = 0, is_terminal: bool = True) -> str:
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=is_terminal,
        color_system="standard" if is_terminal else None,
        highlight=False,
    )
    show_hits(hits, limit=limit, offset=offset, console=console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [80, 120])
def test_titles_and_snippets_wrap_under_their_indent(width: int) -> None:
    lines = drawn(HIT, width=width, is_terminal=False).splitlines()
    assert lines[0] == "    17  2023-06-24  hcm-phuong-9"
    *texts, address, count = lines[1:]
    assert all(line.startswith(" " * 8) and not line[8].isspace() for line in texts)
    assert max(map(cell_len, texts)) <= width
    assert " ".join(line.strip() for line in texts) == f"{HIT.title} {HIT.snippet}"
    assert address == f"        {HIT.url}"  # in one piece, so that it can be copied
    assert count == "1 article"


def test_decomposed_letters_take_no_room_of_their_own() -> None:
    title = "Ho\u0302\u0323i nghi\u0323 da\u0302n va\u0323\u0302n " * 8
    lines = drawn(replace(HIT, title=title, title_marks=()), is_terminal=False).splitlines()
    assert max(map(cell_len, lines[1:3])) <= 80
    assert cell_len(lines[1].rstrip()) > 70


def test_what_was_found_stands_out_and_addresses_are_links() -> None:
    seen = drawn(HIT)
    assert "\x1b[1;31mPhường\x1b[0m" in seen
    assert "\x1b[1;31mdân vận\x1b[0m" in seen
    assert f";{HIT.url}\x1b\\" in seen


def test_what_agrees_only_without_diacritics_stands_behind_a_line() -> None:
    other = replace(HIT, exact=False, id=18)
    seen = drawn(HIT, other, other, is_terminal=False)
    assert seen.count("with other diacritics:") == 1
    assert seen.index(" 17 ") < seen.index("with other diacritics:") < seen.index(" 18 ")


def test_a_portal_cannot_steer_the_terminal() -> None:
    bad = replace(
        HIT, title="A\x1b[2J\x07B\u2028C", snippet="\x9b2J\u202e", url="https://a\x1b]8;;b", title_marks=()
    )
    seen = drawn(bad, is_terminal=False)
    assert not set(seen) & {"\x1b", "\x07", "\x9b", "\u2028", "\u202e"}
    assert "A [2J B C" in seen


@pytest.mark.parametrize(
    ("found", "limit", "offset", "says"),
    [
        (0, 20, 0, "no article"),
        (0, 20, 40, "no article after the first 40"),
        (2, 20, 0, "2 articles"),
        (2, 2, 0, "articles 1 to 2; more with --offset 2"),
        (2, 2, 2, "articles 3 to 4; more with --offset 4"),
        (1, 2, 4, "1 article, the last ones"),
    ],
)
def test_the_last_line_says_how_many_and_how_to_go_on(found: int, limit: int, offset: int, says: str) -> None:
    seen = drawn(*[HIT] * found, limit=limit, offset=offset, is_terminal=False)
    assert seen.splitlines()[-1] == says


def test_a_terminal_gets_colours_unless_it_is_asked_for_none(db: str) -> None:
    done = run_on_a_terminal("search", "dân vận", "--limit", "2", "--db", db)
    assert done.returncode == 0
    assert "\x1b[1;31m" in done.stdout
    assert "articles 1 to 2" in done.stdout
    seen = run_on_a_terminal("search", "dân vận", "--limit", "2", "--db", db, NO_COLOR="1").stdout
    assert "\x1b[1;31m" not in seen
    assert "31m" not in seen


def test_a_terminal_is_told_that_a_query_is_taken_as_words(db: str) -> None:
    done = run_on_a_terminal("search", "(dân", "--db", db)
    assert done.returncode == 0
    assert done.stdout.startswith("wardcrawler: a parenthesis is not closed: all is taken as plain words\n")


def test_json_says_where_the_words_stand(wardcrawler: Run, db: str) -> None:
    hits = json.loads(wardcrawler("search", "dan van", "--limit", "5", "--db", db, "--json").stdout)
    assert len(hits) == 5
    for hit in hits:
        marks = [(hit["title"], hit["title_marks"]), (hit["snippet"], hit["snippet_marks"])]
        found = {text[begin:end].lower() for text, places in marks for begin, end in places}
        assert found
        assert hit["exact"] or found & {"dân", "vận", "dân vận", "đàn", "vần", "văn"}


def test_pages_follow_each_other(wardcrawler: Run, db: str) -> None:
    def ids(*options: str) -> list[str]:
        lines = wardcrawler("search", "phường", *options, "--db", db).stdout.splitlines()
        return [line.split("\t")[0] for line in lines]

    assert ids("--limit", "6") == ids("--limit", "3") + ids("--limit", "3", "--offset", "3")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([""], "the query holds no word: give letters or digits to look for"),
        (["dân " * 101], "the query is too long: at most 100 words"),
        (["dân", "--site", "khong-co"], "no portal 'khong-co' in the database"),
    ],
)
def test_wrong_input_is_one_line(wardcrawler: Run, db: str, arguments: list[str], says: str) -> None:
    done = wardcrawler("search", *arguments, "--db", db)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"wardcrawler: {says}")
    assert done.stderr.count("\n") == 1


def test_titles_break_no_line_of_a_script(wardcrawler: Run, tmp_path: Path, db: str) -> None:
    copy = str(tmp_path / "copy.db")
    with closing(sqlite3.connect(db)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("UPDATE articles SET title = 'a' || char(9) || 'b' || char(10) || 'c'")
        target.commit()
    (line,) = wardcrawler("search", "dân vận", "--limit", "1", "--db", copy).stdout.splitlines()
    assert line.split("\t")[3] == "a b c"


def test_an_index_that_is_gone_is_offered_to_be_made_anew(wardcrawler: Run, tmp_path: Path, db: str) -> None:
    copy = str(tmp_path / "copy.db")
    with closing(sqlite3.connect(db)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("DROP TABLE articles_fts")
    done = wardcrawler("search", "dân vận", "--db", copy)
    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr == (
        f"wardcrawler: the search index of {copy} is missing; 'wardcrawler reindex' makes it anew\n"
    )
    done = wardcrawler("reindex", "--db", copy)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert wardcrawler("search", "dân vận", "--db", copy).stdout == (
        wardcrawler("search", "dân vận", "--db", db).stdout
    )


def test_a_person_who_makes_the_index_anew_is_told(tmp_path: Path) -> None:
    path = str(tmp_path / "new.db")
    open_database(path).close()
    done = run_on_a_terminal("reindex", "--db", path)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].endswith(f"{path}: 0 articles and 0 files indexed")


@pytest.mark.parametrize("option", ["--limit", "--offset"])
def test_any_number_is_taken(wardcrawler: Run, db: str, option: str) -> None:
    done = wardcrawler("search", '"dân vận"', option, "9" * 30, "--db", db)
    assert (done.returncode, done.stderr) == (0, "")
    assert bool(done.stdout) == (option == "--limit")
