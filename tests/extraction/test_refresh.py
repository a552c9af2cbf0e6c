"""Pages that only send a reader on: where to."""

import pytest

from tests.support.pages import document
from wardcrawler.extraction.document import read_document
from wardcrawler.extraction.refresh import refresh_target

HOME = "https://xa.example.gov.vn/"


def target(html: str, url: str = HOME) -> str | None:
    return refresh_target(read_document(f"<html><head><title>Xã</title>{html}</html>".encode()), url)


@pytest.mark.parametrize(
    "html",
    [
        "<meta http-equiv='refresh' content='0;url=/trang-chu'>",
        "<META HTTP-EQUIV='Refresh' CONTENT='0; URL=/trang-chu'>",
        "<meta http-equiv='refresh' content=\"0;url='/trang-chu'\">",
        "<meta http-equiv='refresh' content='10 ; url = https://xa.example.gov.vn/trang-chu'>",
        "<meta http-equiv='refresh' content='.5;trang-chu'>",
        "<base href='/x/'><meta http-equiv='refresh' content='0;url=../trang-chu'>",
        "<meta http-equiv='refresh' content='0;url=\\trang-chu'>",
        "<meta http-equiv='refresh' content='2;url=/trang-chu'><p>Sang <a href='/trang-chu'>trang</a></p>",
        "<script>location = '/trang-chu'</script>",
        '<script>window.location.href="/trang-chu";</script>',
        "<script>document.location.replace('/trang-chu')</script>",
        "<script>top.location.assign( '/trang-chu' )</script>",
        "<script>setTimeout(function () { location.href = '/trang-chu'; }, 3000)</script>",
    ],
)
def test_a_page_that_only_sends_on_names_where_to(html: str) -> None:
    assert target(html) == f"{HOME}trang-chu"


@pytest.mark.parametrize(
    "html",
    [
        "<p>Trang chủ</p>",
        "<meta http-equiv='refresh' content='300'>",
        "<meta http-equiv='refresh' content='0'>",
        "<meta http-equiv='refresh' content='11;url=/trang-chu'>",
        "<meta http-equiv='refresh' content='0;url=/'>",
        "<meta http-equiv='refresh' content='0;url=https://tinh.example.gov.vn/'>",
        "<meta http-equiv='refresh' content='0;url=https://xa.example.gov.vn:8443/'>",
        "<meta http-equiv='refresh' content='0;url=javascript:void(0)'>",
        "<meta http-equiv='refresh' content='0;url=/trang-chu'>" + "<p>Cổng thông tin của xã.</p>" * 20,
        "<meta http-equiv='refresh' content='0;url=/trang-chu'>" + "<a href='/tin'>Tin</a>" * 4,
        "<script>document.cookie='D1N=1'; location.href='/trang-chu'</script>",
        "<script>if (location == '/trang-chu') {}</script>",
        "<script>location.href = place + '/trang-chu'</script>",
        "<script>location.reload()</script>",
        "<script>setTimeout(function () { location.href = '/trang-chu'; }, 60000)</script>",
        "<script src='/location.js'></script>",
    ],
)
def test_others_name_none(html: str) -> None:
    assert target(html) is None


def test_a_page_may_send_on_to_the_same_host_by_another_scheme() -> None:
    html = "<meta http-equiv='refresh' content='0;url=https://xa.example.gov.vn/'>"
    assert target(html, "http://xa.example.gov.vn/") == HOME


def test_an_empty_document_names_none() -> None:
    assert refresh_target(document(""), HOME) is None
