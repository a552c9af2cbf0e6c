"""The page with which NukeViet's guard against floods asks a visitor to wait, with status 200."""

HTML = {"Content-Type": "text/html; charset=utf-8"}


def wait_page(seconds: int) -> bytes:
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Xin đợi...</title></head><body>"
        "<div class='floodblocker'><span>Hệ thống tạm khóa truy cập của bạn.</span><br>"
        f"Xin đợi <span id='secField'>{seconds}</span> giây...</div></body></html>"
    ).encode()
