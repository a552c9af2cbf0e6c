"""What tests can do to a running portal."""

from datetime import datetime

import pytest

from tests.replica.client import Get, fetch
from tests.replica.listings import BY_NAME, links
from wardcrawler.replica import Replica, ReplicaError
from wardcrawler.replica.expected import expected_pages
from wardcrawler.replica.portals import NEWS, NOTICES, REFORM
from wardcrawler.text.dates import ICT


@pytest.mark.parametrize("portal", list(BY_NAME))
def test_a_published_article_leads_its_listing_and_is_served(portal: str, replica: Replica, get: Get) -> None:
    before = links(get, BY_NAME[portal], NOTICES)
    path = replica.publish(portal, NOTICES, "Thông báo mở lớp bơi", "Đoạn mở đầu.", "Đoạn thứ hai.")
    assert links(get, BY_NAME[portal], NOTICES) == [(path, "Thông báo mở lớp bơi"), *before]
    html = get(portal, path).text
    assert "Đoạn mở đầu." in html
    assert "Đoạn thứ hai." in html


def test_an_article_can_be_published_at_any_time(replica: Replica, get: Get) -> None:
    at = datetime(2023, 5, 1, 8, 45, tzinfo=ICT)
    path = replica.publish("phuong-9", NEWS, "Tin cũ đăng muộn", "Nội dung.", published=at)
    position = [href for href, _ in links(get, BY_NAME["phuong-9"], NEWS)].index(path)
    assert position > 20
    assert "08:45 01/05/2023" in get("phuong-9", path).text


def test_equal_titles_get_numbered_addresses(replica: Replica) -> None:
    paths = [replica.publish("quan", NEWS, "Đại hội điểm", f"Lần {n}.") for n in range(3)]
    assert [path.rpartition("/")[2] for path in paths] == ["dai-hoi-diem", "dai-hoi-diem-1", "dai-hoi-diem-2"]


def test_an_edit_changes_text_title_and_validators_at_the_same_address(replica: Replica, get: Get) -> None:
    page = expected_pages("phuong-9")[2]
    before = get("phuong-9", page.path)
    replica.edit("phuong-9", page.path, "Nội dung đã đính chính.", title="Tin đính chính")
    after = get("phuong-9", page.path, {"If-None-Match": before.headers["etag"]})
    assert after.status == 200
    assert "Nội dung đã đính chính." in after.text
    assert page.story.pieces()[0] not in after.text
    assert after.headers["last-modified"] != before.headers["last-modified"]
    assert (page.path, "Tin đính chính") in links(get, BY_NAME["phuong-9"], page.section)


def test_a_new_title_alone_keeps_the_text(replica: Replica, get: Get) -> None:
    page = expected_pages("quan")[1]
    replica.edit("quan", page.path, title="Tiêu đề khác")
    html = get("quan", page.path).text
    assert "<span>Tiêu đề khác</span>" in html
    assert page.story.pieces()[0] in html


def test_a_deleted_article_is_gone_from_address_and_listing(replica: Replica, get: Get) -> None:
    page = expected_pages("quan")[0]
    count = len(links(get, BY_NAME["quan"], page.section))
    replica.delete("quan", page.path)
    assert get("quan", page.path).status == 404
    left = [href for href, _ in links(get, BY_NAME["quan"], page.section)]
    assert len(left) == count - 1
    assert page.path not in left


def test_robots_txt_can_be_any_text(replica: Replica, get: Get) -> None:
    replica.set_robots("quan", "User-agent: *\nDisallow: /\n")
    assert get("quan", "/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_any_address_can_be_given_any_answer(replica: Replica, get: Get) -> None:
    replica.answer(
        "quan",
        "/robots.txt",
        bytes(range(256)),
        status=503,
        content_type="text/plain",
        headers={"Retry-After": "7"},
    )
    reply = get("quan", "/robots.txt")
    assert (reply.status, reply.body) == (503, bytes(range(256)))
    assert (reply.headers["retry-after"], reply.headers["content-type"]) == ("7", "text/plain")
    assert get("quan", "/robots.txt?x=1").status == 200


def test_a_portal_that_refuses_connections_cuts_open_ones_and_comes_back(replica: Replica, get: Get) -> None:
    replica.set_down("quan", "refused")
    with pytest.raises(ConnectionRefusedError):
        get("quan", "/web/quan")
    assert replica.requests("quan") == {}
    assert get("phuong-9", "/web/phuong9").status == 200
    replica.set_down("quan", None)
    assert get("quan", "/web/quan").status == 200


def test_a_portal_can_fail_on_every_address(replica: Replica, get: Get) -> None:
    replica.set_down("quan", "500")
    for target in ("/", "/robots.txt", "/web/quan", expected_pages("quan")[0].path):
        assert get("quan", target).status == 500
    assert sum(replica.requests("quan").values()) == 4
    replica.set_down("quan", None)
    assert get("quan", "/web/quan").status == 200


def test_a_redesign_keeps_texts_and_addresses_but_no_known_element(replica: Replica, get: Get) -> None:
    page = expected_pages("phuong-9")[0]
    before = get("phuong-9", page.path)
    replica.redesign("phuong-9")
    after = get("phuong-9", page.path, {"If-None-Match": before.headers["etag"]})
    listing = get("phuong-9", BY_NAME["phuong-9"].sections[NEWS]).text
    assert after.status == 200
    assert all(piece in after.text for piece in page.story.pieces())
    assert f'href="{page.path}"' in listing
    main = after.text.partition('id="column-2">')[2].partition("<aside")[0]
    for known in ("journal-content-article", "header-title", "asset-", "portlet", "taglib"):
        assert known in before.text
        assert known not in main
    assert "article-title" not in listing


def test_restoring_undoes_everything(replica: Replica, get: Get) -> None:
    page = expected_pages("quan")[0]
    listing = BY_NAME["quan"].sections[REFORM]
    before = (get("quan", page.path).body, get("quan", listing).body)
    replica.publish("quan", REFORM, "Tin mới", "Nội dung.")
    replica.edit("quan", page.path, "Khác.")
    replica.answer("quan", listing, b"x")
    replica.redesign("quan")
    replica.set_down("quan", "refused")
    replica.restore()
    assert replica.requests("quan") == {}
    assert (get("quan", page.path).body, get("quan", listing).body) == before


@pytest.mark.parametrize("change", ["edit", "delete"])
def test_what_is_not_there_cannot_be_changed(change: str, replica: Replica) -> None:
    with pytest.raises(ReplicaError, match="quan has no article at /web/quan/-/khong-co"):
        getattr(replica, change)("quan", "/web/quan/-/khong-co")


def test_an_unknown_portal_is_named(replica: Replica) -> None:
    with pytest.raises(ReplicaError, match="phuong-99"):
        replica.requests("phuong-99")


def test_the_control_port_takes_no_other_commands(replica: Replica) -> None:
    assert fetch(replica._control, "/addresses", method="POST").status == 400
