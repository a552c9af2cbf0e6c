"""What a look is given to make a page from, and the addresses on it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from wardcrawler.replica.chrome import Teaser
from wardcrawler.replica.portals import ReplicaPortal
from wardcrawler.replica.stories import Story


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article. ``printed`` is the time in its date node, None for a page without one; ``related`` are
    linked under the text.
    """

    portal: ReplicaPortal
    story: Story
    section: str
    path: str
    printed: datetime | None
    is_unclosed: bool
    related: tuple[Teaser, ...]

    @property
    def portlet(self) -> str:
        """The id of the portal's asset publisher portlet."""
        return f"101_INSTANCE_{self.portal.instance}"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a listing: ``href`` as the page links it, ``day`` None where no date is printed."""

    title: str
    href: str
    day: datetime | None
    summary: str


@dataclass(frozen=True, slots=True)
class ListingPage:
    """Page ``number`` of ``total`` of one section; ``count`` is the number of lines on all of them."""

    portal: ReplicaPortal
    section: str
    path: str
    items: tuple[Item, ...]
    number: int
    total: int
    count: int

    @property
    def portlet(self) -> str:
        """The id of the portal's asset publisher portlet."""
        return f"101_INSTANCE_{self.portal.instance}"

    def address(self, number: int) -> str:
        """The address of another page of the section, as Liferay's page iterator writes it, escaped for an
        attribute. The first page is the section's own address.
        """
        if number == 1:
            return self.path
        portlet = self.portlet
        fields = {
            "p_p_id": portlet,
            "p_p_lifecycle": "0",
            "p_p_state": "normal",
            "p_p_mode": "view",
            "p_p_col_id": "column-2",
            "p_p_col_count": "1",
            f"_{portlet}_delta": str(self.portal.page_size),
            f"_{portlet}_keywords": "",
            f"_{portlet}_advancedSearch": "false",
            f"_{portlet}_andOperator": "true",
            "p_r_p_564233524_resetCur": "false",
            f"_{portlet}_cur": str(number),
        }
        return self.path + "?" + "&amp;".join(f"{name}={quote(value)}" for name, value in fields.items())


def print_address(portal: ReplicaPortal, href: str) -> str:
    """The pop-up print view of the article at ``href``, escaped for an attribute."""
    path = href.partition("?")[0].partition(";")[0]
    return (
        f"{path}?p_p_id=101_INSTANCE_{portal.instance}&amp;p_p_lifecycle=0&amp;p_p_state=pop_up"
        f"&amp;_101_INSTANCE_{portal.instance}_viewMode=print"
    )


def export_address(portal: ReplicaPortal, href: str) -> str:
    """The PDF export of the article at ``href``, escaped for an attribute."""
    path = href.partition("?")[0].partition(";")[0]
    return (
        f"{path}?p_p_id=101_INSTANCE_{portal.instance}&amp;p_p_lifecycle=2&amp;p_p_state=normal"
        "&amp;p_p_resource_id=%2Fexport%2Fpdf"
    )
