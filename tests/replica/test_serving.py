"""The server: counting, paging, conditional requests, and how it starts and ends."""

import hashlib
import re
import signal
import subprocess
import sys
from datetime import date
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from tests.replica.client import TODAY, Get, fetch
from tests.replica.listings import BY_NAME, links, listing_pages
from tests.support.command import PATIENCE
from wardcrawler.attachments.media import DOCX
from wardcrawler.replica import Replica, ReplicaError
from wardcrawler.replica.expected import expected_pages
from wardcrawler.replica.portals import NEWS, NOTICES, PORTALS, REFORM, bench_portal, quiet_portal


def test_the_three_portals_have_a_port_each_on_loopback(replica: Replica) -> None:
    assert replica.portals == ("phuong-9", "phuong-10", "quan")
    addresses = [replica.address(name) for name in replica.portals]
    assert len(set(addresses)) == 3
    assert all(re.fullmatch(r"http://127\.0\.0\.1:\d+", address) for address in addresses)


def test_requests_are_counted_exactly_by_path_and_query_as_sent(replica: Replica, get: Get) -> None:
    for target in ("/web/phuong9", "/web/phuong9?a=1", "/web/phuong9", "/khong-co", "/robots.txt"):
        get("phuong-9", target)
    assert replica.requests("phuong-9") == {
        "/web/phuong9": 2, "/web/phuong9?a=1": 1, "/khong-co": 1, "/robots.txt": 1
    }  # fmt: skip
    assert replica.requests("quan") == {}


def test_resetting_forgets_counts_only(replica: Replica, get: Get) -> None:
    path = replica.publish("quan", NEWS, "Tin mới", "Một đoạn.")
    get("quan", path)
    replica.reset()
    assert replica.requests("quan") == {}
    assert get("quan", path).status == 200


def test_one_connection_serves_many_requests(replica: Replica) -> None:
    parts = urlsplit(replica.address("quan"))
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    connection.connect()
    first = connection.sock.getsockname()
    for target in ("/web/quan", "/khong-co", expected_pages("quan")[0].path):
        connection.request("GET", target)
        connection.getresponse().read()
        assert connection.sock.getsockname() == first
    connection.close()


def test_head_has_the_headers_and_no_body(get: Get) -> None:
    path = expected_pages("quan")[0].path
    head, whole = get("quan", path, method="HEAD"), get("quan", path)
    assert head.body == b""
    assert head.headers["content-length"] == str(len(whole.body))


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.name)
def test_sections_are_paged_ten_lines_a_page_newest_first(portal, get: Get) -> None:
    sizes = {section: len(listing_pages(get, portal, section)) for section in (NEWS, NOTICES, REFORM)}
    assert sizes[NEWS] >= 4
    for section, pages in sizes.items():
        lines = links(get, portal, section)
        assert (pages - 1) * 10 < len(lines) <= pages * 10


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.name)
def test_beyond_its_end_a_listing_repeats_its_last_page(portal, get: Get) -> None:
    path = portal.sections[NEWS]
    last = len(listing_pages(get, portal, NEWS))
    pages = [
        get(portal.name, f"{path}?_101_INSTANCE_{portal.instance}_cur={n}").body
        for n in (last, last + 1, 999)
    ]
    assert pages[0] == pages[1] == pages[2]
    assert pages[0] != get(portal.name, path).body


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.name)
def test_pages_are_as_large_as_real_ones(portal, get: Get) -> None:
    sizes = [len(get(portal.name, page.path).body) for page in expected_pages(portal.name)]
    assert min(sizes) > 40_000
    assert max(sizes) < 70_000


def test_articles_can_be_asked_for_conditionally(get: Get) -> None:
    path = expected_pages("phuong-9")[0].path
    whole = get("phuong-9", path)
    etag, modified = whole.headers["etag"], whole.headers["last-modified"]
    for headers in (
        {"If-None-Match": etag},
        {"If-None-Match": f'"other", W/{etag}'},
        {"If-Modified-Since": modified},
        {"If-None-Match": etag, "If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    ):
        reply = get("phuong-9", path, headers)
        assert (reply.status, reply.body, reply.headers["etag"]) == (304, b"", etag)
    for headers in (
        {"If-None-Match": '"other"'},
        {"If-None-Match": '"other"', "If-Modified-Since": modified},
        {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    ):
        assert get("phuong-9", path, headers).status == 200


def test_listings_have_no_validators(get: Get) -> None:
    assert not {"etag", "last-modified"} & set(get("quan", BY_NAME["quan"].sections[NEWS]).headers)


def test_files_differ_and_have_their_types(get: Get) -> None:
    html = "".join(get("phuong-9", page.path).text for page in expected_pages("phuong-9"))
    pictures = sorted(set(re.findall(r'src="(/documents/[^"&?]+\.png/[^"&?]+)', html)))
    documents = sorted(set(re.findall(r'href="(/documents/[^"&?]+)', html)))
    assert len(pictures) >= 3
    word_files = [address for address in documents if ".docx" in address]
    assert len(documents) >= 3
    assert word_files
    for addresses, kind, start in (
        (pictures, "image/png", b"\x89PNG"),
        ([address for address in documents if ".pdf" in address], "application/pdf", b"%PDF-"),
        (word_files, DOCX.type, b"PK\x03\x04"),
    ):
        replies = [get("phuong-9", address) for address in addresses]
        assert {reply.headers["content-type"] for reply in replies} == {kind}
        assert all(reply.body.startswith(start) for reply in replies)
        assert len({reply.body for reply in replies}) > 1


def digest(address: str) -> str:
    """Return all listings and articles of phuong-9 at ``address``, as one checksum."""
    portal = BY_NAME["phuong-9"]

    def ask(_: str, target: str) -> object:
        return fetch(address, target)

    total = hashlib.sha256()
    for section in portal.sections:
        for page in listing_pages(ask, portal, section):
            total.update(page.encode())
    for page in expected_pages("phuong-9"):
        total.update(fetch(address, page.path).body)
    return total.hexdigest()


def test_two_processes_serve_the_same_bytes(replica: Replica) -> None:
    with Replica(today=TODAY) as other:
        assert other.process_id != replica.process_id
        assert digest(other.address("phuong-9")) == digest(replica.address("phuong-9"))


def test_only_the_clock_depends_on_the_day(get: Get) -> None:
    path = expected_pages("quan")[3].path
    with Replica(today=date(2024, 12, 31)) as other:
        later = fetch(other.address("quan"), path)
    now = get("quan", path)
    assert later.body != now.body
    assert later.text.replace("31/12/2024", "07/03/2025").replace("Thứ Ba, ngày", "Thứ Sáu, ngày") == now.text
    assert later.headers["etag"] == now.headers["etag"]


def test_benchmark_pages_are_distinct_and_listed_a_hundred_at_a_time() -> None:
    portal = bench_portal()
    with Replica(bench_pages=230, today=TODAY) as replica:
        address = replica.address("bench")
        pages = listing_pages(lambda _, target: fetch(address, target), portal, NEWS)
        hrefs = [href for page in pages for href in re.findall(r'article-title"><a href="([^"]+)"', page)]
        assert [page.count('article-title"') for page in pages] == [100, 100, 30]
        assert len(set(hrefs)) == 230
        bodies = {fetch(address, href).body for href in hrefs}
    assert len(bodies) == 230
    assert 50_000 < sum(map(len, bodies)) / 230 < 65_000


def test_quiet_portals_have_two_sections_and_a_handful_of_articles() -> None:
    with Replica(quiet_portals=12, today=TODAY) as replica:
        names = [f"quiet-{number:03d}" for number in range(1, 13)]
        assert replica.portals[3:] == tuple(names)
        for number in (1, 12):
            portal = quiet_portal(number)
            address = replica.address(portal.name)
            for path in portal.sections.values():
                hrefs = re.findall(r'article-title"><a href="([^"]+)"', fetch(address, path).text)
                assert len(hrefs) == 4
                assert all(fetch(address, href).status == 200 for href in hrefs)
        assert len(replica.requests("quiet-012")) == 10


def test_the_child_ends_when_its_parent_lets_go() -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "wardcrawler.replica"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with child:
        assert child.stdout is not None
        assert child.stdin is not None
        assert b'"control"' in child.stdout.readline()
        child.send_signal(signal.SIGINT)  # Ctrl-C reaches the group; the parent decides when it ends
        child.stdin.close()
        assert child.wait(PATIENCE) == 0


def test_a_replica_that_cannot_start_says_why() -> None:
    with pytest.raises(ReplicaError, match=r"ended with status 2: .*--bench-pages"), Replica(bench_pages="x"):
        pass


def test_a_replica_that_died_says_so() -> None:
    with Replica() as replica:
        subprocess.run(["kill", "-9", str(replica.process_id)], check=True)
        replica._child.wait(PATIENCE)
        with pytest.raises(ReplicaError, match="ended with status -9"):
            replica.requests("quan")
    with pytest.raises(ReplicaError, match="not running"):
        replica.requests("quan")
