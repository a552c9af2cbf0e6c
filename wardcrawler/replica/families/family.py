"""Families: an imitation portal of one platform, and what each family overrides of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html import escape
from random import Random
from typing import ClassVar, Literal
from urllib.parse import quote

from wardcrawler.replica.answers import Answer, number_in
from wardcrawler.replica.texts.composer import stories_nine_days_apart
from wardcrawler.replica.texts.markup import story_html
from wardcrawler.replica.texts.stories import File, Story, slug
from wardcrawler.replica.texts.units import ward

WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
PageMaker = Callable[[str, str], Answer]
"""Makes a page of a title and a main column (HTML)."""


@dataclass(frozen=True, slots=True)
class FamilyPortal:
    """A family's portal.

    ``sections`` maps a section's title to the path of its listing, ``counts`` to the number of its articles.
    ``variant`` is the platform a crawler should recognise, ``ward`` the number of the unit.
    """

    name: str
    title: str
    level: Literal["ward", "commune"]
    province: str
    variant: str
    ward: int
    page_size: int
    sections: dict[str, str]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class FamilyTrap:
    """Something unusual about article ``on`` of ``section`` (0 the newest). Outcomes are those of
    :mod:`wardcrawler.replica.hcmc.traps`, and the refusals ``document``, ``view``, ``no-body``
    and ``protected``.
    """

    name: str
    section: str
    on: int
    outcome: str
    words: str


@dataclass(frozen=True, slots=True)
class Publication:
    """A published article. ``number`` is unique on its portal; ``published`` is aware, +07:00."""

    number: int
    section: str
    published: datetime
    story: Story
    trap: str | None


@dataclass(frozen=True, slots=True)
class Listing:
    """Page ``number`` of ``total`` of a section: its articles, each with the address it is linked by."""

    section: str
    path: str
    number: int
    total: int
    items: tuple[tuple[Publication, str], ...]


class Family:
    """One family and its portal; addresses, pages and paging are methods that each family overrides."""

    portal: ClassVar[FamilyPortal]
    precision: ClassVar[Literal["minute", "day"]] = "minute"
    first_number: ClassVar[int] = 1001
    page_parameter: ClassVar[str] = "page"
    repeats_last_page: ClassVar[bool] = False
    """Whether an address behind the last page of a listing shows the last one, else an empty one."""
    traps: ClassVar[tuple[FamilyTrap, ...]] = ()
    never: ClassVar[tuple[str, ...]] = ()
    """No address with one of these in it may be asked for, besides those every family's boilerplate has."""
    head: ClassVar[str] = ""
    body_attributes: ClassVar[str] = ""

    @cached_property
    def sections(self) -> dict[str, tuple[Publication, ...]]:
        """Return what each section publishes, newest first."""
        found: dict[str, tuple[Publication, ...]] = {}
        number = self.first_number + sum(self.portal.counts.values())
        for section, count in self.portal.counts.items():
            traps = {trap.on: trap.name for trap in self.traps if trap.section == section}
            texts = stories_nine_days_apart(
                f"{self.portal.name}/{section}", section, ward(self.portal.ward), count
            )
            found[section] = tuple(
                Publication(number - position, section, published, _story(story, trap), trap)
                for position, (published, story) in enumerate(texts)
                for trap in (traps.get(position),)
            )
            number -= count
        return found

    # --- addresses ---------------------------------------------------------------------------------

    def address(self, publication: Publication) -> str:
        """Return the usual address of an article, path and query, not escaped."""
        raise NotImplementedError

    def content_address(self, address: str) -> str:
        """Return where the text of the article at ``address`` is asked for: there, but where a script loads
        it.
        """
        return address

    def second_address(self, publication: Publication) -> str:
        """Return a further address of the same article, for families that have such."""
        raise NotImplementedError

    def file(self, name: str) -> str:
        """Return the address of a file, escaped for an attribute."""
        return f"/upload/{self.portal.ward}/{quote(name)}"

    def section_page(self, listing: Listing, number: int) -> str:
        """Return the address of a page of a section, not escaped."""
        return listing.path if number == 1 else f"{listing.path}?{self.page_parameter}={number}"

    def route(self, path: str, query: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, int] | None:
        """Find the section and the number of the listing page that a request means; None for no listing.

        ``path`` is not escaped; ``form`` are the fields of a POST.
        """
        for section, own in self.portal.sections.items():
            if path == own:
                return section, number_in(query.get(self.page_parameter), 1)
        return None

    # --- pages -------------------------------------------------------------------------------------

    def article(self, publication: Publication) -> str:
        """Return an article's main column."""
        raise NotImplementedError

    def article_head(self, publication: Publication) -> str:
        """Return what an article's page has in its head besides :attr:`head`."""
        return ""

    def listing(self, listing: Listing) -> str:
        """Return a listing's main column."""
        raise NotImplementedError

    def listing_answer(self, listing: Listing, make_page: PageMaker, form: Mapping[str, str]) -> Answer:
        """Return the answer that brings a page of a listing."""
        return make_page(listing.section, self.listing(listing))

    def resource(self, path: str, query: Mapping[str, str]) -> Answer | None:
        """Return the answer to an address that is neither a page nor a file, such as those that scripts ask
        for; None where there is nothing.
        """
        return None

    def text(self, publication: Publication, *, without_lead: bool = False) -> str:
        """Return the text as HTML; the rows of a legal document where that is the trap."""
        if publication.trap == "document":
            number = publication.number
            return (
                f"<table><tr><td>Số ký hiệu</td><td>{number}/QĐ-UBND</td></tr>"
                f"<tr><td>Ngày ban hành</td><td>{publication.published:%d/%m/%Y}</td></tr>"
                f"<tr><td>Trích yếu</td><td>{title(publication)}</td></tr></table>"
                f'<p><a href="{self.file(f"{number}.signed.pdf")}">Tải về</a></p>'
            )
        return story_html(publication.story, self.file, without_lead=without_lead)


def title(publication: Publication) -> str:
    """Return the title, escaped for text and attributes."""
    return escape(publication.story.title)


def lead(publication: Publication) -> str:
    """Return the lead, escaped; empty for a text without one."""
    return escape(publication.story.lead or "")


def slug_of(publication: Publication) -> str:
    """Return the title as most platforms write it into an address."""
    return slug(publication.story.title, keep_d=True)


def random_letters(publication: Publication, count: int) -> str:
    """Return ``count`` small letters and digits that look random and belong to the article."""
    rng = Random(f"{publication.story.id}/{publication.number}")  # noqa: S311  # looks, not secrets
    return "".join(rng.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(count))


def page_numbers(listing: Listing) -> range:
    """Return the numbers of all pages of a listing."""
    return range(1, listing.total + 1)


def _story(story: Story, trap: str | None) -> Story:
    """Return the text as a trap leaves it: of an article that is attached, the link alone is printed."""
    if trap != "attachment-only":
        return story
    return Story(story.id, story.title, (File("Van ban kem theo.signed.pdf", "Văn bản kèm theo"),))
