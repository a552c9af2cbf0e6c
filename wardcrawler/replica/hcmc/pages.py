"""Pages of the Liferay portals: what a look is given to make one from, the URLs and pieces of HTML on it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from html import escape
from importlib.resources import files
from random import Random
from string import Template
from urllib.parse import quote
from uuid import UUID

from wardcrawler.replica.portals import ReplicaPortal
from wardcrawler.replica.texts.markup import story_html
from wardcrawler.replica.texts.stories import Story


@dataclass(frozen=True, slots=True)
class Teaser:
    """A link to another article: title, address, date as printed."""

    title: str
    href: str
    day: str


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
        """Return the id of the portal's asset publisher portlet."""
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
        """Return the id of the portal's asset publisher portlet."""
        return f"101_INSTANCE_{self.portal.instance}"

    def address(self, number: int) -> str:
        """Return the address of another page of the section, as Liferay's page iterator writes it, escaped
        for an attribute. The first page is the section's own address.
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
    """Return the address of the pop-up print view of the article at ``href``, escaped for an attribute."""
    path = href.partition("?")[0].partition(";")[0]
    return (
        f"{path}?p_p_id=101_INSTANCE_{portal.instance}&amp;p_p_lifecycle=0&amp;p_p_state=pop_up"
        f"&amp;_101_INSTANCE_{portal.instance}_viewMode=print"
    )


def export_address(portal: ReplicaPortal, href: str) -> str:
    """Return the address of the PDF export of the article at ``href``, escaped for an attribute."""
    path = href.partition("?")[0].partition(";")[0]
    return (
        f"{path}?p_p_id=101_INSTANCE_{portal.instance}&amp;p_p_lifecycle=2&amp;p_p_state=normal"
        "&amp;p_p_resource_id=%2Fexport%2Fpdf"
    )


def fill(template: str, /, **values: object) -> str:
    """Return the file ``template`` of ``templates/`` with ``values``, which are HTML already, for its
    ``$name``.

    Raises KeyError where one is missing.
    """
    return _template(template).substitute(values)


@cache
def _template(name: str) -> Template:
    return Template(files("wardcrawler.replica").joinpath("templates", f"{name}.html").read_text("utf-8"))


def body(
    portal: ReplicaPortal, story: Story, *, without_lead: bool = False, is_unclosed: bool = False
) -> str:
    """Return the inside of ``div.journal-content-article``; see :func:`story_html`."""
    return story_html(
        story, partial(file_address, portal), without_lead=without_lead, is_unclosed=is_unclosed
    )


def file_address(portal: ReplicaPortal, name: str) -> str:
    """Return an address in the document library, escaped for an attribute:
    ``/documents/<group>/<folder>/<name>/<uuid>?version=1.0&t=<ms>``.
    """
    rng = Random(f"{portal.group}/{name}")  # noqa: S311
    uuid = UUID(int=rng.getrandbits(128), version=4)
    folder = portal.group + rng.randrange(100, 900)
    stamp = 1687570000000 + rng.randrange(30_000_000_000)
    return f"/documents/{portal.group}/{folder}/{quote(name)}/{uuid}?version=1.0&amp;t={stamp}"


def summary(story: Story | None) -> str:
    """Return what a listing prints under a title: the first 240 characters of the lead, escaped."""
    text = (story.lead if story else None) or ""
    return escape(text if len(text) <= 240 else text[:240] + "...", quote=False)


def share_links(count: int, path: str) -> str:
    """Return Liferay's social bookmarks for the page at ``path``: ``count`` list items whose text is the
    label.
    """
    address = quote(path, safe="")
    link = (
        '<li class="taglib-social-bookmark-zalo"><a class="social-bookmark-link" '
        f'href="https://zalo.me/share?u={address}" title="Zalo">Zalo</a></li>'
    )
    return "\n".join([link] * count)
