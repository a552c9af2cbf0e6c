"""Catalogues: what each portal publishes, its entries and the lines of its listings, traps included."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from wardcrawler.replica.hcmc.boilerplate import calendar_address
from wardcrawler.replica.hcmc.traps import TRAPS, Trap
from wardcrawler.replica.portals import NOTICES, PORTALS, WARD_9, ReplicaPortal
from wardcrawler.replica.texts.composer import ScheduledStory, scheduled_stories, three_stories_a_day
from wardcrawler.replica.texts.stories import Story, decomposed, new_tone_placement, slug, trap_story
from wardcrawler.replica.texts.units import Unit

FAR_FUTURE = datetime.fromisoformat("2035-09-15T08:00+07:00")
COPIED = {"nfd-copy": 3, "tone-copy": 10, "district-copy": 6}
"""Which news article of phuong-9 (0 the newest) a copy is made from."""


@dataclass(slots=True)
class Entry:
    """One article, or what answers in its place.

    ``trap`` names the behaviour that differs; ``printed`` is the date node's time, None for none.
    ``version`` counts edits. ``story`` has no blocks where no article stands behind the address.
    """

    slug: str
    section: str
    published: datetime
    story: Story
    printed: datetime | None
    trap: str | None = None
    version: int = 0


@dataclass(slots=True)
class Line:
    """One line of a listing. ``slug`` is None for lines that lead to no entry."""

    title: str
    href: str
    published: datetime
    slug: str | None


@dataclass(slots=True)
class Catalogue:
    """A portal's entries by slug, and per section the lines of its listing, newest first."""

    portal: ReplicaPortal
    entries: dict[str, Entry] = field(default_factory=dict)
    lines: dict[str, list[Line]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lines = {section: [] for section in self.portal.sections}

    def add(self, entry: Entry, href: str | None = None) -> Entry:
        """Add an entry and list it under ``href``, by default its usual address."""
        self.entries[entry.slug] = entry
        self.list(entry.section, entry, href or self.address(entry.slug, entry.section))
        return entry

    def list(self, section: str, entry: Entry, href: str) -> None:
        """Put one more line for ``entry`` into the listing of ``section``."""
        self.insert(section, Line(entry.story.title, href, entry.published, entry.slug))

    def insert(self, section: str, line: Line) -> None:
        """Put a line where its date belongs, after lines of the same moment."""
        lines = self.lines[section]
        position = sum(other.published >= line.published for other in lines)
        lines.insert(position, line)

    def address(self, name: str, section: str) -> str:
        """Return the usual address of an entry: short on the wards, with the asset publisher on
        the district.
        """
        if self.portal.look == "stock":
            return self.long_address(name, section)
        return f"{self.portal.site}/-/{name}"

    def long_address(self, name: str, section: str) -> str:
        """Return ``<section>/-/asset_publisher/<instance>/content/<slug>``."""
        return f"{self.portal.sections[section]}/-/asset_publisher/{self.portal.instance}/content/{name}"

    def free_slug(self, title: str) -> str:
        """Return the slug of ``title``, numbered as Liferay does where it is taken."""
        base = slug(title, keep_d=self.portal.look == "stock")
        name, number = base, 0
        while name in self.entries:
            number += 1
            name = f"{base}-{number}"
        return name

    def publish(self, section: str, published: datetime, story: Story, *, printed: datetime | None) -> Entry:
        """Add an entry for ``story``, listed under its usual address; ``printed`` None for no date node."""
        name = self.free_slug(story.title)
        return self.add(Entry(name, section, published, story, printed))


def catalogue_of(portal: ReplicaPortal) -> Catalogue:
    """Make the catalogue of one of the three portals."""
    catalogue = Catalogue(portal)
    ordinary = {section: list(_scheduled(portal, section)) for section in portal.sections}
    for scheduled in ordinary.values():
        for each in scheduled:
            catalogue.publish(each.section, each.published, each.story, printed=each.published)
    for trap in TRAPS:
        if trap.portal != portal.name:
            continue
        if trap.on is None:
            _add_trap(catalogue, trap)
        else:
            name = next(
                entry.slug
                for entry in catalogue.entries.values()
                if entry.story.id == ordinary[trap.section][trap.on].story.id
            )
            _change(catalogue, catalogue.entries[name], trap)
    return catalogue


def generated_catalogue(portal: ReplicaPortal, count: int, unit: Unit) -> Catalogue:
    """Make a catalogue of ``count`` ordinary articles a section, with numbered slugs."""
    catalogue = Catalogue(portal)
    for section in portal.sections:
        for number, (published, story) in enumerate(
            three_stories_a_day(f"{portal.name}/{section}", section, unit, count)
        ):
            name = f"{slug(story.title, keep_d=False)}-{count - number}"
            entry = Entry(name, section, published, story, published)
            catalogue.entries[name] = entry
            catalogue.lines[section].append(
                Line(entry.story.title, catalogue.address(name, section), published, name)
            )
    return catalogue


def catalogues() -> dict[str, Catalogue]:
    """Make the three portals' catalogues, by name."""
    return {portal.name: catalogue_of(portal) for portal in PORTALS}


def _scheduled(portal: ReplicaPortal, section: str) -> Iterable[ScheduledStory]:
    return (each for each in scheduled_stories() if each.portal == portal.name and each.section == section)


def _change(catalogue: Catalogue, entry: Entry, trap: Trap) -> None:
    """Change an ordinary article as a trap says."""
    short = catalogue.address(entry.slug, entry.section)
    match trap.name:
        case "second-address":
            catalogue.list(NOTICES, entry, catalogue.long_address(entry.slug, entry.section))
        case "locale-prefix":
            catalogue.list(entry.section, entry, f"/vi{short}")
        case "session-id":
            catalogue.list(entry.section, entry, f"{short};jsessionid=5D1F0C7B9A22E46D.node1")
        case "redirect-parameter":
            catalogue.list(entry.section, entry, f"{short}?redirect=%2Fweb%2Fphuong9%2Fthong-bao")
        case "redirect-only":
            line = next(line for line in catalogue.lines[entry.section] if line.slug == entry.slug)
            line.href = f"{short}?inheritRedirect=false&amp;redirect=%2Fweb%2Fquan%2Fcai-cach-hanh-chinh"
        case "no-date":
            entry.printed = None
        case "future-date-node":
            entry.printed = FAR_FUTURE
        case _:
            entry.trap = trap.name


def _add_trap(catalogue: Catalogue, trap: Trap) -> None:
    """Add a trap that is an entry, or a line, of its own."""
    assert trap.at is not None  # noqa: S101  # every trap of its own has a time
    if trap.name in COPIED:
        original = [each for each in scheduled_stories() if each.portal == WARD_9.name][
            COPIED[trap.name]
        ].story
        change = {"nfd-copy": decomposed, "tone-copy": new_tone_placement}.get(trap.name, str)
        catalogue.publish(trap.section, trap.at, original.rewritten(change), printed=trap.at)
    elif trap.name == "calendar":
        title = trap_story(trap.name).title
        catalogue.insert(
            trap.section, Line(title, calendar_address(catalogue.portal, 6, 2024), trap.at, None)
        )
    elif trap.name == "foreign-link":
        href = "http://localhost:{port}/web/phuong9/-/ngoai-pham-vi"
        catalogue.insert(trap.section, Line(trap_story(trap.name).title, href, trap.at, None))
    else:
        _add_entry(catalogue, trap, trap.at)


def _add_entry(catalogue: Catalogue, trap: Trap, published: datetime) -> None:
    story = trap_story(trap.name)
    name = catalogue.free_slug(story.title)
    printed = None if trap.name in ("conference-report", "future-date-in-text") else published
    entry = Entry(name, trap.section, published, story, printed, trap.name)
    href = None
    if trap.outcome == "robots":
        href = f"{catalogue.portal.site}/noi-bo/-/asset_publisher/{catalogue.portal.instance}/content/{name}"
    catalogue.add(entry, href)
