"""A portal of DNN's cmsview module: one section, one article, in the place of the replica's phuong-9."""

import json

from wardcrawler.replica import Replica

_SERVICE = "/DesktopModules/cmsview/api/NewsContent"
_LIST = f"{_SERVICE}/listnew?PortalId=0&ModuleId=391&GetType=3&PageIndex="
_ENTRY = {"Id": 7, "Url": "canh-bao", "Name": "Cảnh báo lừa đảo", "PublishTime": "2024-01-19T08:50:00"}


def serve_cmsview(replica: Replica) -> None:
    """Let phuong-9 answer as such a portal."""
    replica.answer("phuong-9", "/", _page('<ul><li><a href="/tin-hoat-dong">Tin tức</a></li></ul>'))
    script = "<script>myService.getNewsBlockContents(0, 391, 3, $scope.PageIndex, '');</script>"
    replica.answer("phuong-9", "/tin-hoat-dong", _page(f"<h2>Tin hoạt động</h2>{script}"))
    answers = {
        f"{_LIST}1": {"ListData": [_ENTRY]},
        f"{_LIST}2": {"ListData": []},
        f"{_SERVICE}/getbyid?id=7": _ENTRY | {"FullContent": "<p>Không cung cấp mã OTP cho người lạ.</p>"},
    }
    for target, answer in answers.items():
        body = json.dumps(answer).encode()
        replica.answer("phuong-9", target, body, content_type="application/json")


def _page(content: str) -> bytes:
    head = (
        '<meta name="GENERATOR" content="DotNetNuke "><script src="/DesktopModules/cmsview/js/a.js"></script>'
    )
    words = "<p>" + "Cổng thông tin của phường. " * 10 + "</p>"
    return (
        f'<html><head>{head}</head><body>{words}<div class="DnnModule">{content}</div></body></html>'.encode()
    )
