"""DNN's ``cmsview`` module, whose pages are empty until their script has asked for JSON."""

from tests.platforms.contract import Contract, NextPage
from tests.platforms.contracts.dnn import DNN
from wardcrawler.platforms.dnn.cmsview import CmsviewDnn

API = "/DesktopModules/cmsview/api/NewsContent"
LIST = f"{API}/listnew?PortalId=0&ModuleId={{}}&GetType=3&PageIndex=1"


def section(script: str, module: str | None) -> NextPage:
    """Return the page of a section, whose script leads to the first page of its list."""
    html = f"<p>Chỉ đạo điều hành</p><script>{script}</script>"
    return NextPage("/chi-dao-dieu-hanh", html, module and LIST.format(module), page=1, by_address=False)


CMSVIEW = Contract(
    platforms=(CmsviewDnn,),
    keys={
        "/tin-tuc/canh-bao-toi-pham-90112": "tin-tuc/90112",
        f"{API}/getbyid?id=90112": "tin-tuc/90112",
        "/desktopmodules/cmsview/api/newscontent/GetById?Id=7": "tin-tuc/7",
        f"{API}/getbyid?id=x": None,
        "/tin-tuc/canh-bao-toi-pham": None,
        "/thong-bao/canh-bao-90112": None,
    },
    traps=DNN.traps,
    no_traps=(*DNN.no_traps, LIST.format(391), f"{API}/getbyid?id=90112"),
    canonical={"/tin-tuc/canh-bao-90112?fbclid=1#top": "/tin-tuc/canh-bao-90112"},
    views=DNN.views,
    next_pages=(
        *DNN.next_pages,
        section("myService.getNewsBlockContents(0, 391, 3, $scope.PageIndex, $scope.txtKeyword)", "391"),
        # the blocks beside the list show one page for ever
        section(
            "myService.getNewsBlockContents(0,504,3,1,'');\nmyService.getNewsBlockContents(0,698,3, i,'')",
            "698",
        ),
        section("myService.getNewsBlockContents(0, 504, 3, 1, '')", None),
        section(
            "this.getNewsBlockContents = function (PortalId, ModuleId, GetType, PageIndex, txtKeyword) {}",
            None,
        ),
    ),
)
