"""Every trap of the table answers as the table says."""

import re
import unicodedata
from collections.abc import Callable
from html import unescape

import pytest

from tests.replica.client import Get
from tests.replica.listings import BY_NAME, links, slug_of
from wardcrawler.replica.expected import ExpectedPage, expected, expected_pages
from wardcrawler.replica.hcmc.traps import TRAPS, Trap
from wardcrawler.replica.portals import NEWS, NOTICES, REFORM
from wardcrawler.replica.texts.stories import trap_story

CHECKS: dict[str, Callable[[Get, Trap], None]] = {}


def check(*names: str) -> Callable[[Callable[[Get, Trap], None]], Callable[[Get, Trap], None]]:
    def register(function: Callable[[Get, Trap], None]) -> Callable[[Get, Trap], None]:
        CHECKS.update(dict.fromkeys(names, function))
        return function

    return register


def listed(get: Get, trap: Trap, section: str | None = None) -> list[tuple[str, str]]:
    return links(get, BY_NAME[trap.portal], section or trap.section)


def href_of(get: Get, trap: Trap) -> str:
    """Return the address of the one line of the trap's section that has the trap's title."""
    (href,) = [href for href, words in listed(get, trap) if words == trap_story(trap.name).title]
    return href


def page_of(trap: Trap, story_id: str | None = None) -> ExpectedPage:
    (page,) = [page for page in expected_pages(trap.portal) if page.story.id == (story_id or trap.name)]
    return page


def twins(get: Get, trap: Trap, section: str | None = None) -> list[str]:
    """Return the addresses of the lines that lead to one slug, for the slug that ``section`` and the trap's
    own section list twice.
    """
    rows = listed(get, trap) + (listed(get, trap, section) if section else [])
    by_slug: dict[str, list[str]] = {}
    for href, _ in rows:
        by_slug.setdefault(slug_of(href), []).append(href)
    return [href for hrefs in by_slug.values() if len(hrefs) > 1 for href in hrefs]


def visible(html: str) -> list[str]:
    """Return the lines of text between tags, without scripts."""
    html = re.sub(r"<script.*?</script>|<!--.*?-->", "", html, flags=re.DOTALL)
    pieces = (" ".join(unescape(piece).split()) for piece in re.split(r"<[^>]*>", html))
    return [piece for piece in pieces if piece]


def main_column(html: str) -> str:
    return html.partition('id="column-2">')[2].partition("<aside")[0]


# --- articles ----------------------------------------------------------------------------------------------


@check("conference-report")
def _seed(get: Get, trap: Trap) -> None:
    page = page_of(trap)
    main = main_column(get(trap.portal, page.path).text)
    title = page.story.title
    head = ["Xuất bản thông tin", "null", title, "UBND Chi tiết bài viết", title]
    assert visible(main) == [*head, *page.story.pieces(), *["Zalo"] * 25]
    assert "asset-publish-date" not in main
    assert page.published is None


@check("second-address")
def _second_address(get: Get, trap: Trap) -> None:
    long = [href for href, _ in listed(get, trap, NOTICES) if "/asset_publisher/" in href]
    (slug,) = map(slug_of, long)
    short = f"/web/phuong9/-/{slug}"
    assert short in [href for href, _ in listed(get, trap, NEWS)]
    assert get(trap.portal, long[0]).body == get(trap.portal, short).body


@check("locale-prefix", "session-id", "redirect-parameter")
def _further_address(get: Get, trap: Trap) -> None:
    mark = {"locale-prefix": "/vi/web/", "session-id": ";jsessionid=", "redirect-parameter": "?redirect="}
    further = [href for href in twins(get, trap) if mark[trap.name] in href]
    assert len(further) == 1
    plain = f"/web/phuong9/-/{slug_of(further[0])}"
    assert plain in twins(get, trap)
    assert get(trap.portal, further[0]).body == get(trap.portal, plain).body


@check("redirect-only")
def _redirect_only(get: Get, trap: Trap) -> None:
    marked = [href for href, _ in listed(get, trap) if "redirect=" in href]
    assert len(marked) == 1
    assert [href for href, _ in listed(get, trap) if slug_of(href) == slug_of(marked[0])] == marked
    assert get(trap.portal, marked[0]).body == get(trap.portal, marked[0].partition("?")[0]).body


@check("no-date")
def _no_date(get: Get, trap: Trap) -> None:
    undated = [page for page in expected_pages(trap.portal) if page.published is None]
    (page,) = [page for page in undated if page.story.id.startswith(f"phuong-9/{NEWS}/")]
    assert "asset-publish-date" not in get(trap.portal, page.path).text


@check("future-date-in-text")
def _future_in_text(get: Get, trap: Trap) -> None:
    page = page_of(trap)
    main = main_column(get(trap.portal, page.path).text)
    assert "31/12/2030" in main
    assert "asset-publish-date" not in main
    assert page.published is None


@check("future-date-node")
def _future_in_node(get: Get, trap: Trap) -> None:
    (page,) = [page for page in expected_pages(trap.portal) if page.published is None]
    assert "Thứ Bẩy, ngày 15/09/2035 08:" in get(trap.portal, page.path).text


@check("attachment-only")
def _attachment_only(get: Get, trap: Trap) -> None:
    main = main_column(get(trap.portal, page_of(trap).path).text)
    inside = main.partition('<div class="journal-content-article">')[2].partition("</div>")[0]
    assert visible(inside) == ["Thông báo số 57/TB-UBND"]
    (href,) = re.findall(r'href="(/documents/[^"]+)"', inside)
    reply = get(trap.portal, unescape(href))
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.body.startswith(b"%PDF-")


@check("unclosed-tags")
def _unclosed(get: Get, trap: Trap) -> None:
    broken = []
    for page in expected_pages(trap.portal):
        main = main_column(get(trap.portal, page.path).text)
        inside = main.partition('<div class="journal-content-article">')[2].partition("\n</div>")[0]
        if "<p" in inside and "</p>" not in inside and "</span>" not in inside:
            broken.append(page)
            assert inside.count("<p") >= 4
    assert len(broken) == 1


@check("lying-charset")
def _lying(get: Get, trap: Trap) -> None:
    replies = [get(trap.portal, page.path) for page in expected_pages(trap.portal)]
    (lying,) = [reply for reply in replies if "ISO-8859-1" in reply.headers["content-type"]]
    assert "ủ" in lying.text  # the bytes are UTF-8


@check("flaky")
def _flaky(get: Get, trap: Trap) -> None:
    first = {page.path: get(trap.portal, page.path).status for page in expected_pages(trap.portal)}
    (path,) = [path for path, status in first.items() if status != 200]
    assert first[path] == 500
    assert [get(trap.portal, path).status for _ in range(2)] == [200, 200]


@check("template-a", "template-b")
def _template(get: Get, trap: Trap) -> None:
    bodies = {}
    for name, portal in (("template-a", "phuong-9"), ("template-b", "phuong-10")):
        (page,) = [page for page in expected_pages(portal) if page.story.id == name]
        served = get(portal, page.path).text
        assert all(piece in served for piece in page.story.pieces())
        bodies[name] = (page.story.title, " ".join(page.story.pieces()))
    (title_a, a), (title_b, b) = bodies.values()
    assert title_a == title_b
    assert a != b
    assert re.sub(r"[\d.,%]+", "#", a) == re.sub(r"[\d.,%]+", "#", b)


@check("same-title", "same-title-1")
def _same_title(get: Get, trap: Trap) -> None:
    first, second = page_of(trap, "same-title"), page_of(trap, "same-title-1")
    assert first.story.title == second.story.title
    assert second.path == first.path + "-1"
    assert not set(first.story.pieces()) & set(second.story.pieces())
    assert get(trap.portal, first.path).body != get(trap.portal, second.path).body


# --- the same text elsewhere -------------------------------------------------------------------------------


@check("nfd-copy", "tone-copy", "district-copy")
def _copy(get: Get, trap: Trap) -> None:
    originals = {page.story.id: page for page in expected_pages("phuong-9")}
    copies = [page for page in expected_pages(trap.portal) if page.story.id in originals]
    assert trap.at is not None
    (copy,) = [page for page in copies if page.published and page.published[:10] == f"{trap.at:%Y-%m-%d}"]
    original = originals[copy.story.id]
    served = unescape(get(trap.portal, copy.path).text)
    assert all(piece in served for piece in copy.story.pieces())
    one, other = original.story.pieces(), copy.story.pieces()
    match trap.name:
        case "nfd-copy":
            assert one != other
            assert one == [unicodedata.normalize("NFC", piece) for piece in other]
        case "tone-copy":
            pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
            assert pairs
            assert all(bare(a) == bare(b) for a, b in pairs)
            assert any("uỷ" in b or "hoà" in b for _, b in pairs)
        case _:
            assert one == other


def bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


# --- no article --------------------------------------------------------------------------------------------


@check("missing", "broken")
def _status(get: Get, trap: Trap) -> None:
    href = href_of(get, trap)
    status = int(trap.outcome.removeprefix("http-"))
    assert [get(trap.portal, href).status for _ in range(3)] == [status] * 3


@check("redirect-loop")
def _loop(get: Get, trap: Trap) -> None:
    href = href_of(get, trap)
    there = get(trap.portal, href)
    back = get(trap.portal, there.headers["location"])
    assert (there.status, back.status) == (302, 302)
    assert back.headers["location"] == href


@check("off-site")
def _off_site(get: Get, trap: Trap) -> None:
    reply = get(trap.portal, href_of(get, trap))
    assert reply.status == 302
    assert re.fullmatch(r"http://localhost:\d+/web/quan/ngoai-pham-vi", reply.headers["location"])


@check("link-local")
def _link_local(get: Get, trap: Trap) -> None:
    reply = get(trap.portal, href_of(get, trap))
    assert reply.status == 302
    assert reply.headers["location"].startswith("http://169.254.169.254/")


@check("foreign-link")
def _foreign_link(get: Get, trap: Trap) -> None:
    href = href_of(get, trap)
    assert re.fullmatch(r"http://localhost:\d+/web/phuong9/-/ngoai-pham-vi", href)


@check("challenge")
def _challenge(get: Get, trap: Trap) -> None:
    href = href_of(get, trap)
    stub = get(trap.portal, href)
    assert stub.status == 200
    (cookie,) = re.findall(r'document\.cookie="(D1N=\w+)"', stub.text)
    assert "location.reload(true)" in stub.text
    assert "lịch tiếp xúc cử tri" not in stub.text
    assert "đại biểu Hội đồng nhân dân" in get(trap.portal, href, {"Cookie": cookie}).text


@check("blocked", "soft-error")
def _guard_and_error(get: Get, trap: Trap) -> None:
    words = {"blocked": "<title>Request Rejected</title>", "soft-error": "500 Internal Server Error"}
    reply = get(trap.portal, href_of(get, trap))
    assert reply.status == 200
    assert words[trap.name] in reply.text


@check("pdf")
def _pdf(get: Get, trap: Trap) -> None:
    reply = get(trap.portal, href_of(get, trap))
    assert reply.headers["content-type"].startswith("text/html")
    assert reply.body.startswith(b"%PDF-")


@check("empty")
def _empty(get: Get, trap: Trap) -> None:
    reply = get(trap.portal, href_of(get, trap))
    assert (reply.status, reply.body) == (200, b"")


@check("home", "listing")
def _other_page(get: Get, trap: Trap) -> None:
    stands_for = {"home": "/web/quan", "listing": "/web/quan/thong-bao"}
    reply = get(trap.portal, href_of(get, trap))
    assert reply.status == 200
    assert reply.body == get(trap.portal, stands_for[trap.name]).body


# --- what must not be asked for ----------------------------------------------------------------------------


@check("disallowed", "disallowed-10", "disallowed-quan")
def _disallowed(get: Get, trap: Trap) -> None:
    site = BY_NAME[trap.portal].site
    robots = get(trap.portal, "/robots.txt").text.splitlines()
    assert robots[:2] == ["User-agent: *", f"Disallow: {site}/noi-bo/"]
    assert ("Crawl-delay: 0.05" in robots) == (trap.portal == "phuong-10")
    (href,) = [href for href, _ in listed(get, trap) if href.startswith(f"{site}/noi-bo/")]
    assert get(trap.portal, href).status == 200  # whoever asks gets an article too many


@check("calendar")
def _calendar(get: Get, trap: Trap) -> None:
    (target,) = [href for href, _ in listed(get, trap) if "lich-cong-tac" in href]
    seen = set()
    for _ in range(60):  # beyond a year in one direction
        assert target not in seen
        seen.add(target)
        page = main_column(get(trap.portal, target).text)
        (target,) = [unescape(href) for href in re.findall(r'href="([^"]+)">Tuần sau', page)]


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_a_trap_answers_as_documented(trap: Trap, get: Get) -> None:
    CHECKS[trap.name](get, trap)


def test_the_table_has_no_trap_without_a_check_and_no_check_without_a_trap() -> None:
    assert set(CHECKS) == {trap.name for trap in TRAPS}
    assert len(TRAPS) == len(CHECKS)


@pytest.mark.parametrize("portal", list(BY_NAME))
def test_every_page_links_what_must_not_be_asked_for(portal: str, get: Get) -> None:
    for target in (BY_NAME[portal].sections[NEWS], expected_pages(portal)[0].path):
        html = get(portal, target).text
        for piece in ("/c/portal/login", "lich-cong-tac", "p_p_lifecycle=2"):
            assert piece in html
        assert html.count('role="menuitem"') > 120
        assert html.count('<div class="journal-content-article">') >= 2  # banners beside the text


def test_every_page_has_a_clock_with_todays_date_and_dated_links_beside_the_text(get: Get) -> None:
    html = get("quan", expected_pages("quan")[0].path).text
    assert '<div class="date-today current-date">Thứ Sáu, ngày 07/03/2025</div>' in html
    assert len(re.findall(r'<span class="news-date">\(\d\d/\d\d/20\d\d\)</span>', html)) >= 6


def test_the_district_alone_sets_a_cookie(get: Get) -> None:
    set_by = {name for name, portal in BY_NAME.items() if "set-cookie" in get(name, portal.site).headers}
    assert set_by == {"quan"}


def test_expected_counts_add_up_to_what_listings_name(get: Get) -> None:
    for name, portal in BY_NAME.items():
        slugs = {
            slug_of(href)
            for section in (NEWS, NOTICES, REFORM)
            for href, _ in links(get, portal, section)
            if "lich-cong-tac" not in href
        }
        wanted = expected(name)
        assert len(slugs) == wanted.pages + sum(wanted.refused.values())
        assert {slug_of(page.path) for page in expected_pages(name)} <= slugs


def test_portals_add_up_and_copies_count_once() -> None:
    each = [expected(name) for name in BY_NAME]
    together = expected()
    assert together.pages == sum(one.pages for one in each)
    assert together.articles == sum(one.articles for one in each) - 3
    assert sum(together.refused.values()) == sum(sum(one.refused.values()) for one in each)
    with pytest.raises(KeyError):
        expected("phuong-99")
