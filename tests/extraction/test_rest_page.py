"""Pages that ask for rest with status 200, and ordinary ones with the same words."""

import pytest

from wardcrawler.extraction.rest_page import LONGEST, seconds_of_rest

GUARD = (
    "<html><head><title>Xin đợi</title></head><body><div class='floodblocker'><span>{words}</span><br>"
    "Hãy đợi <span id='secField'>{seconds}</span> giây...</div></body></html>"
)


def seconds(html: str) -> float | None:
    return seconds_of_rest(html.encode())


@pytest.mark.parametrize(
    "html",
    [
        GUARD.format(words="Truy cập của bạn đang bị từ chối.", seconds=54),
        GUARD.format(words="", seconds=54),
        "<p>Bạn truy cập quá nhanh. Vui lòng thử lại sau 54 giây.</p>",
        "<p>B&#7841;n truy c&#7853;p qu&aacute; nhi&#7873;u, xin ch&#7901; 54 gi&acirc;y</p>",
        "<meta http-equiv='refresh' content='54'><p>Hệ thống đang bận. Xin chờ <b>54</b> giây.</p>",
        "<p>Vui lòng đợi 54 giây</p><script>setTimeout(function(){ location.reload(); }, 54000)</script>",
        "<h1>Too many requests</h1><p>Please wait 54 seconds and try again.</p>",
    ],
)
def test_short_pages_that_name_the_seconds_ask_for_rest(html: str) -> None:
    assert seconds(html) == 54.0


MENU = "".join(f"<li><a href='/muc-{number}'>Mục {number}</a></li>" for number in range(12))
STORY = "<p>Khi bị chặn, máy hiện câu: hệ thống từ chối truy cập, hãy đợi 54 giây rồi thử lại.</p>"


@pytest.mark.parametrize(
    "html",
    [
        f"<ul>{MENU}</ul>{STORY}",
        STORY + "<p>Bà con làm theo hướng dẫn của tổ công nghệ số cộng đồng ở từng ấp.</p>" * 6,
        STORY + "<!-- " + "x" * LONGEST + " -->",
        "<p>Trang đang chuyển, vui lòng đợi 5 giây.</p><meta http-equiv='refresh' content='5;url=/tin'>",
        "<p>Hệ thống đang từ chối truy cập của bạn.</p>",
        "<p>Phim dài 54 giây, bị từ chối.</p>",
        "<title>Flood: wait 54 seconds</title><p>Trang chủ</p>",
        "",
    ],
)
def test_others_do_not(html: str) -> None:
    assert seconds(html) is None
