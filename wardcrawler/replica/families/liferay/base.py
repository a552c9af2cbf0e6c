"""What the Liferay families share: scripts, a portlet around the main column, the page iterator."""

from typing import ClassVar
from urllib.parse import quote

from wardcrawler.replica.families.family import Family, Listing


class LiferayFamily(Family):
    """A Liferay portal of one portlet; behind the last page comes the last one again."""

    portlet: str
    """The id of the portlet that lists articles."""
    repeats_last_page = True
    head = (
        '<script>var Liferay = { ThemeDisplay: { getLanguageId: function() { return "vi_VN"; } } };'
        "</script>\n"
        '<script src="/html/js/liferay/modules.js?b=6205"></script>'
    )
    body_attributes = 'class="yui3-skin-sam controls-visible guest-site signed-out public-page site"'
    never: ClassVar[tuple[str, ...]] = (
        "p_p_lifecycle=1",
        "p_p_state=pop_up",
        "viewMode=print",
        "/c/portal/",
        "redirect=",
        "export",
    )

    @property
    def page_parameter(self) -> str:  # type: ignore[override]
        """Return ``_<portlet>_cur``."""
        return f"_{self.portlet}_cur"

    def file(self, name: str) -> str:
        """Return an address in the document library."""
        return f"/documents/{20100 + self.portal.ward}/{46400 + len(name)}/{quote(name)}"

    def section_page(self, listing: Listing, number: int) -> str:
        """Return the address as Liferay's page iterator writes it, escaped for an attribute."""
        if number == 1:
            return listing.path
        portlet = self.portlet
        sign = "&amp;" if "?" in listing.path else "?"
        return (
            f"{listing.path}{sign}p_p_id={portlet}&amp;p_p_lifecycle=0&amp;p_p_state=normal&amp;p_p_mode=view"
            f"&amp;_{portlet}_delta={self.portal.page_size}&amp;_{portlet}_keywords=&amp;_{portlet}_cur={number}"
        )

    def iterator(self, listing: Listing) -> str:
        """Return first, previous, next and last page as words."""
        number, total = listing.number, listing.total
        buttons = (
            ("← Đầu tiên", 1, number > 1),
            ("Trước", number - 1, number > 1),
            ("Tiếp theo", number + 1, number < total),
            ("Cuối cùng →", total, number < total),
        )
        lines = "".join(
            f'<li><a href="{self.section_page(listing, target)}">{words}</a></li>'
            if is_on
            else f'<li class="disabled"><a href="javascript:;">{words}</a></li>'
            for words, target, is_on in buttons
        )
        return (
            f'<div class="taglib-page-iterator" id="_{self.portlet}_ocerSearchContainerPageIterator">'
            f'<div class="clearfix lfr-pagination"><ul class="pager lfr-pagination-buttons">{lines}</ul>'
            "</div></div>"
        )


def boundary(portlet: str, content: str, more_classes: str = "") -> str:
    """Return a portlet's box around ``content``."""
    return (
        f'<div class="portlet-boundary portlet-static {more_classes}" id="p_p_id_{portlet}_">'
        f'<section class="portlet" id="portlet_{portlet}"><div class="portlet-content">'
        f'<div class="portlet-body">\n{content}\n</div></div></section></div>'
    )
