"""DNN with the cmsview module: every page is a shell until its script has asked for JSON."""

import json
from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from wardcrawler.replica.answers import Answer, number_in
from wardcrawler.replica.families.family import (
    Family,
    FamilyPortal,
    FamilyTrap,
    Listing,
    PageMaker,
    Publication,
    lead,
    slug_of,
)
from wardcrawler.replica.portals import NEWS, NOTICES

_SERVICE = "/DesktopModules/cmsview/api/NewsContent"
_MODULES = {NEWS: 391, NOTICES: 698}
_SHORT = 3  # the first so many of a page stand in ListData, the others in ListMoreData


class CmsviewFamily(Family):
    """``listnew?ModuleId=391&PageIndex=N`` lists, ``getbyid?id=N`` has the text; behind the last page the
    list is empty.
    """

    portal = FamilyPortal(
        name="dnn-cmsview",
        title="Công an Phường 54, Thành phố Yên Sở Mẫu",
        level="ward",
        province="hanoi",
        variant="dnn-cmsview",
        ward=54,
        page_size=6,
        sections={NEWS: "/tin-hoat-dong", NOTICES: "/thong-bao"},
        counts={NEWS: 16, NOTICES: 7},
    )
    first_number = 90100
    head = (
        '<meta name="GENERATOR" content="DotNetNuke " />\n'
        '<script src="/DesktopModules/cmsview/js/service.js?cdv=77"></script>'
    )
    traps = (
        FamilyTrap("second-address", NEWS, 4, "same page", "listed a second time under an earlier title"),
        FamilyTrap("document", NEWS, 8, "document", "a legal document as an article"),
        FamilyTrap("in-a-list", NEWS, 10, "article", "the answer is a list with the article in it"),
        FamilyTrap("attachment-only", NOTICES, 1, "article", "nothing but an attached file"),
        FamilyTrap("missing", NOTICES, 3, "http-404", "listed and gone"),
    )
    never = ("/Like", "/Vote", "/Rate", "ModuleId=504", "/ctl/")

    def address(self, publication: Publication) -> str:
        """Return ``/tin-tuc/<slug>-<id>``."""
        return f"/tin-tuc/{slug_of(publication)}-{publication.number}"

    def content_address(self, address: str) -> str:
        """Return ``getbyid`` with the number at the end of ``address``."""
        return f"{_SERVICE}/getbyid?id={address.rpartition('-')[2]}"

    def second_address(self, publication: Publication) -> str:
        """Return another slug with the same number."""
        return f"/tin-tuc/tin-moi-{publication.number}"

    def file(self, name: str) -> str:
        """Return an address in the portal's folder."""
        return f"/Portals/0/{quote(name)}"

    def route(self, path: str, query: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, int] | None:
        """Read module and page of the list; page 0 is the section's page, whose script asks for
        the others.
        """
        if path == f"{_SERVICE}/listnew":
            named = {str(module): section for section, module in _MODULES.items()}
            section = named.get(query.get("ModuleId", ""))
            return (section, number_in(query.get("PageIndex"), 1)) if section else None
        return next(((section, 0) for section, own in self.portal.sections.items() if path == own), None)

    def resource(self, path: str, query: Mapping[str, str]) -> Answer | None:
        """Return an article as JSON."""
        if path != f"{_SERVICE}/getbyid":
            return None
        wanted = number_in(query.get("id"), 0)
        found = next(
            (each for texts in self.sections.values() for each in texts if each.number == wanted), None
        )
        if found is None or found.trap == "missing":
            return _json({"Message": "Not found"}, 404)
        entry = self._entry(found, self.address(found)) | {
            "FullContent": self.text(found, without_lead=found.trap in (None, "second-address", "in-a-list"))
        }
        return _json([entry] if found.trap == "in-a-list" else entry)

    def _entry(self, publication: Publication, address: str) -> dict[str, object]:
        description = f"<p>{lead(publication)}</p>" if lead(publication) else None
        return {
            "Id": publication.number,
            "Url": address.removeprefix("/tin-tuc/").rpartition("-")[0],
            "Name": escape(publication.story.title),
            "Description": description,
            "PublishTime": f"{publication.published:%Y-%m-%dT%H:%M:00}",
        }

    def listing_answer(self, listing: Listing, make_page: PageMaker, form: Mapping[str, str]) -> Answer:
        """Return the page of the portal, or a page of its list in JSON."""
        if listing.number == 0:
            return super().listing_answer(listing, make_page, form)
        entries = [self._entry(each, address) for each, address in listing.items]
        return _json({"Total": None, "ListData": entries[:_SHORT], "ListMoreData": entries[_SHORT:]})

    def article(self, publication: Publication) -> str:
        """Return what a reader sees before the script has run."""
        return _module(
            '<div ng-controller="detail"><h1>{{NewsItem.Name}}</h1><time>{{NewsItem.PublishTime}}</time>'
            '<div ng-bind-html="NewsItem.FullContent"></div></div>',
            f"myService.getItemById({publication.number});",
        )

    def listing(self, listing: Listing) -> str:
        """Return a block that shows the newest of another module, and the list itself."""
        module = _MODULES[listing.section]
        return _module(
            f"<h2>{escape(listing.section)}</h2>"
            '<div ng-repeat="x in ListData"><a href="/tin-tuc/{{x.Url}}-{{x.Id}}">{{x.Name}}</a></div>',
            "myService.getNewsBlockContents(0, 504, 3, 1, '');\n"
            f"myService.getNewsBlockContents(0, {module}, 3, $scope.PageIndex, $scope.txtKeyword);",
        )


def _module(content: str, script: str) -> str:
    return (
        '<div class="DnnModule DnnModule-cmsview DnnModule-391" ng-app="MyApp">'
        '<div id="dnn_ctr391_Content">\n'
        f"{content}\n</div><script>\n{script}\n</script></div>"
    )


def _json(answer: object, status: int = 200) -> Answer:
    return Answer(
        status, (json.dumps(answer, ensure_ascii=False).encode(),), "application/json; charset=utf-8"
    )
